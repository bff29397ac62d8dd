"""Spreadsheet files: what is read is what stands there, what is written stays text, and hostile files stay out."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import NamedStyle

from branchbook.domain.problems import UnreadableProblem
from branchbook.exchange import office_package, xlsx_reading
from branchbook.exchange.sheet_features import parse_area
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.exchange_files import CellTable, ListColumn, ListTable, NoteKind

FILES = SpreadsheetFiles()


def new_workbook() -> Any:
    """A workbook with one sheet."""
    return Workbook()


def saved(workbook: Workbook, folder: Path, name: str = "花名册.xlsx") -> Path:
    path = folder / name
    workbook.save(path)
    return path


def first_cell(path: Path) -> Any:
    """The cell under the head."""
    workbook: Any = load_workbook(path)
    return workbook.active["A2"]


def read_one(path: Path) -> CellTable:
    (table,) = FILES.read(path)
    return table


def kinds(table: CellTable) -> set[NoteKind]:
    return {note.kind for note in table.notes}


def changed_part(path: Path, part: str, change) -> Path:
    """The same package with one part's bytes changed."""
    target = BytesIO()
    with ZipFile(path) as source, ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for info in source.infolist():
            content = source.read(info)
            packed.writestr(info.filename, change(content) if info.filename == part else content)
    path.write_bytes(target.getvalue())
    return path


def test_values_read_as_a_person_reads_them(tmp_path: Path) -> None:
    workbook = new_workbook()
    workbook.active.append(
        [
            "张示例",
            date(2019, 7, 1),
            datetime.fromisoformat("2019-07-01 08:30"),
            43647,
            2019.7,
            True,
            None,
            "  甲 ",
        ]
    )
    assert read_one(saved(workbook, tmp_path)).rows == (
        ("张示例", "2019-07-01", "2019-07-01 08:30", "43647", "2019.7", "是", "", "甲"),
    )


def test_october_kept_as_a_number_shows_its_zero_where_the_format_does(tmp_path: Path) -> None:
    workbook = new_workbook()
    workbook.active.append([2019.1, 2019.1])
    workbook.active["A1"].number_format = "0.00"
    assert read_one(saved(workbook, tmp_path)).rows == (("2019.10", "2019.1"),)


def test_a_long_number_reads_with_the_zeros_that_excel_left(tmp_path: Path) -> None:
    workbook = new_workbook()
    workbook.active.append([999999199003070017])
    path = changed_part(
        saved(workbook, tmp_path),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"999999199003070017", b"9.99999199003070E+17"),
    )
    assert read_one(path).rows == (("999999199003070000",),)


def test_merged_cells_all_carry_the_value_and_it_is_told(tmp_path: Path) -> None:
    workbook = new_workbook()
    for row in (["支部", "姓名"], ["一支部", "甲"], [None, "乙"], ["二支部", "丙"]):
        workbook.active.append(row)
    workbook.active.merge_cells("A2:A3")
    table = read_one(saved(workbook, tmp_path))
    assert [row[0] for row in table.rows] == ["支部", "一支部", "一支部", "二支部"]
    (note,) = table.notes
    assert (note.kind, note.row, note.column) == (NoteKind.MERGED_FILLED, 2, 1)


def test_a_merge_of_the_whole_sheet_does_not_fill_memory(tmp_path: Path) -> None:
    workbook = new_workbook()
    for number in range(200):
        workbook.active.append([f"{number}", "乙"])
    path = changed_part(
        saved(workbook, tmp_path),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    table = read_one(path)
    assert table.rows[0][:1] == ("0",)
    assert "没有填充" in table.notes[0].text


def test_hidden_rows_columns_and_sheets_are_read_and_told(tmp_path: Path) -> None:
    workbook = new_workbook()
    for name in ("姓名", "甲", "乙"):
        workbook.active.append([name, "x"])
    workbook.active.row_dimensions[2].hidden = True
    workbook.active.column_dimensions["B"].hidden = True
    other = workbook.create_sheet("旧表")
    other.append(["甲"])
    other.sheet_state = "hidden"
    first, second = FILES.read(saved(workbook, tmp_path))
    assert first.rows[1] == ("甲", "x")
    assert kinds(first) == {NoteKind.HIDDEN_ROWS, NoteKind.HIDDEN_COLUMNS}
    assert second.hidden
    assert kinds(second) == {NoteKind.HIDDEN_SHEET}


def test_a_formula_gives_its_last_value_and_one_never_calculated_says_so(tmp_path: Path) -> None:
    workbook = new_workbook()
    workbook.active.append(["=1+1", "=2+2"])
    path = changed_part(
        saved(workbook, tmp_path),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        ),
    )
    table = read_one(path)
    assert table.rows[0][0] == "2"
    assert kinds(table) == {NoteKind.FORMULA, NoteKind.FORMULA_EMPTY}
    empty = next(note for note in table.notes if note.kind is NoteKind.FORMULA_EMPTY)
    assert (empty.row, empty.column) == (1, 2)


def test_an_error_value_reads_as_empty_and_is_told(tmp_path: Path) -> None:
    workbook = new_workbook()
    workbook.active.append(["甲", "#N/A"])
    table = read_one(saved(workbook, tmp_path))
    assert table.rows == (("甲",),)
    assert kinds(table) == {NoteKind.CELL_ERROR}


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "空的"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), ".xls"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"), ".doc"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"%PDF-1.7\n", "PDF"),
        ("姓名,性别\n甲,男\n".encode(), "CSV"),
        (b"<html><table></table></html>", "网页"),
        (b"\x00\x01\x02\x03", "不是 Excel"),
        (b"PK\x03\x04" + bytes(40), "损坏"),
    ],
)
def test_what_is_no_xlsx_is_named_for_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableProblem) as caught:
        FILES.read(path)
    assert said in caught.value.what
    assert "花名册.xlsx" in caught.value.where
    assert caught.value.next_step


@pytest.mark.parametrize(
    "part, said",
    [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "pptx"),
        ("xl/workbook.bin", "xlsb"),
        ("content.xml", "ods"),
        ("readme.txt", "压缩包"),
    ],
)
def test_other_packages_renamed_xlsx_are_told_apart(tmp_path: Path, part: str, said: str) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w") as package:
        package.writestr(part, "x")
    with pytest.raises(UnreadableProblem, match=said):
        FILES.read(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.xlsx", tmp_path):
        with pytest.raises(UnreadableProblem, match="打不开"):
            FILES.read(path)


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = saved(Workbook(), tmp_path)
    with ZipFile(path, "a", ZIP_DEFLATED) as package:
        package.writestr("xl/media/bomb.bin", bytes(60 * 1024 * 1024))
    with pytest.raises(UnreadableProblem, match="压缩比异常"):
        FILES.read(path)


def test_a_file_that_unpacks_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(office_package, "MAX_UNPACKED_BYTES", 1024)
    with pytest.raises(UnreadableProblem, match="上限"):
        FILES.read(saved(Workbook(), tmp_path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused(tmp_path: Path, encoding: str) -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    )
    path = changed_part(
        saved(Workbook(), tmp_path), "xl/worksheets/sheet1.xml", lambda _: text.encode(encoding)
    )
    with pytest.raises(UnreadableProblem, match="实体"):
        FILES.read(path)


def test_a_broken_sheet_is_told_not_thrown(tmp_path: Path) -> None:
    path = changed_part(
        saved(Workbook(), tmp_path), "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2]
    )
    with pytest.raises(UnreadableProblem, match="损坏"):
        FILES.read(path)


def test_a_false_dimension_does_not_blow_up_the_table(tmp_path: Path) -> None:
    workbook = new_workbook()
    workbook.active.append(["姓名"])
    path = changed_part(
        saved(workbook, tmp_path),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<dimension ref="A1:A1"', b'<dimension ref="A1:XFD1048576"').replace(
            b'<dimension ref="A1"', b'<dimension ref="A1:XFD1048576"'
        ),
    )
    assert read_one(path).rows == (("姓名",),)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(xlsx_reading, "MAX_ROWS", 20)
    workbook = new_workbook()
    for number in range(21):
        workbook.active.append([str(number)])
    with pytest.raises(UnreadableProblem, match="20 行"):
        FILES.read(saved(workbook, tmp_path))


def test_far_cells_are_passed_over_and_a_sheet_of_nothing_else_is_refused(
    tmp_path: Path, monkeypatch
) -> None:
    workbook = new_workbook()
    workbook.active.append(["姓名"])
    workbook.active["XFD1"] = "远处"
    assert read_one(saved(workbook, tmp_path)).rows == (("姓名",),)
    monkeypatch.setattr(xlsx_reading, "MAX_WIDE_ROWS", 0)
    with pytest.raises(UnreadableProblem, match="列"):
        FILES.read(tmp_path / "花名册.xlsx")


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    """The rows are put in as XML: writing each cell took ten times as long as reading it."""
    workbook = new_workbook()
    workbook.active.append(["姓名", "序号"])
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>示例{n}</t></is></c><c r="B{n}"><v>{n}</v></c></row>'
        for n in range(2, 100_002)
    )
    path = changed_part(
        saved(workbook, tmp_path),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", f"{rows}</sheetData>".encode()),
    )
    table = read_one(path)
    assert len(table.rows) == 100_001
    assert (table.rows[0], table.rows[-1]) == (("姓名", "序号"), ("示例100001", "100001"))


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)


@given(st.lists(st.lists(texts, min_size=3, max_size=3), max_size=6))
def test_a_written_list_reads_back(tmp_path_factory, rows) -> None:
    path = tmp_path_factory.mktemp("list") / "名单.xlsx"
    FILES.write(path, [ListTable("名单", tuple(map(ListColumn, "甲乙丙")), tuple(map(tuple, rows)))])
    found = read_one(path).rows[1:]
    padded = [tuple(row) + ("",) * (3 - len(row)) for row in found]
    expected = [tuple(row) for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    assert padded == expected


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_no_cell_becomes_a_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    FILES.write(path, [ListTable("名单", (ListColumn("姓名"),), ((text,),))])
    cell = first_cell(path)
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.number_format == "@"
    assert cell.value.strip() == text.strip()
    with ZipFile(path) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_eighteen_digits_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    FILES.write(path, [ListTable("名单", (ListColumn("身份证号"),), (("999999199003070017",),))])
    cell = first_cell(path)
    assert (cell.value, cell.data_type, cell.number_format) == ("999999199003070017", "s", "@")


def test_the_same_list_is_the_same_bytes(tmp_path: Path) -> None:
    table = ListTable("名单", (ListColumn("姓名"),), (("甲",), ("=乙",)))
    for name in ("a.xlsx", "b.xlsx"):
        FILES.write(tmp_path / name, [table])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_sheet_names_are_made_valid_and_distinct(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    FILES.write(path, [ListTable("一/二[三]" + "长" * 40, (ListColumn("甲"),), ())] * 2)
    names = load_workbook(path).sheetnames
    assert len(set(names)) == 2
    assert all(len(name) <= 31 for name in names)


def test_a_folder_that_cannot_be_written_is_told_and_leaves_the_old_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableProblem, match="写不进去"):
        FILES.write(tmp_path / "没有这个文件夹" / "a.xlsx", [ListTable("名单", (ListColumn("甲"),), ())])
    blocked = tmp_path / "a.xlsx"
    blocked.mkdir()
    with pytest.raises(UnreadableProblem, match="写不进去"):
        FILES.write(blocked, [ListTable("名单", (ListColumn("甲"),), ())])
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_areas_are_read_as_the_library_names_them(row: int, column: int) -> None:
    from openpyxl.utils import get_column_letter

    name = f"{get_column_letter(column)}{row}"
    assert parse_area(name) == (row, column, row, column)
    assert parse_area(f"A1:{name}") == (1, 1, row, column)


@pytest.mark.parametrize("text", ["", "A", "1", "甲1:B2", "AAAA1", "A1:"])
def test_what_is_no_area_is_none(text: str) -> None:
    assert parse_area(text) in (None, (1, 1, 1, 1))


def test_foreign_styles_do_not_disturb(tmp_path: Path) -> None:
    workbook = new_workbook()
    workbook.add_named_style(NamedStyle("外来样式"))
    workbook.active.append(["甲"])
    workbook.active["A1"].style = "外来样式"
    assert read_one(saved(workbook, tmp_path)).rows == (("甲",),)
