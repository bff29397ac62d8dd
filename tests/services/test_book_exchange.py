"""A book as one file and back: byte-equal, merged by id, repeatable, one undo, and nothing half-read."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind
from branchbook.domain.people import Person
from branchbook.domain.problems import Problem, RefusedProblem, UnreadableProblem
from branchbook.domain.records import Record, RecordState
from branchbook.exchange.book_zip import ZipArchives
from branchbook.services.book_exchange import ValueStatus, export_book, import_book, preview_import
from branchbook.services.guards import clean_line, clean_text
from branchbook.services.operations import Actor, operate
from branchbook.services.settings import change_setting
from branchbook.services.store import Book, Setting
from branchbook.services.undo import next_undo, undo
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import create_book_file
from tests.fakes import FakeBook
from tests.storage.example import BRANCH, CHECKLIST, ROSTER, TICK, ZHOU, attached, identity, meeting

ARCHIVES = ZipArchives()
ACTOR = Actor("李测试", datetime(2026, 11, 24, 9, 30, tzinfo=UTC))
STARTED = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PHOTO = b"a photo, as far as this test is concerned"

Maker = Callable[[str], Book]


@pytest.fixture(params=["in memory", "in a file"])
def new_book(request, tmp_path: Path) -> Iterator[Maker]:
    """Makes empty books, in memory and as files: the same promises hold for both."""
    opened: list[Book] = []

    def make(name: str) -> Book:
        if request.param == "in memory":
            book: Book = FakeBook()
        else:
            book = StoredBook(create_book_file(tmp_path / f"{name}.branchbook", None, "李测试"))
        opened.append(book)
        return book

    yield make
    for book in opened:
        book.close()


def fill(book: Book) -> None:
    """A branch's year: people, a final meeting with a photo, a draft, a checklist, a setting, a transfer."""
    with operate(book, ACTOR, "录入") as operating:
        writing = operating.writing
        sha256 = writing.keep_content(PHOTO)
        writing.put_all(
            (*ROSTER, meeting(), meeting("draft", None, state=RecordState.DRAFT), CHECKLIST, TICK)
        )
        writing.put(attached(meeting(), sha256))
        writing.put(Setting("book.half_period_rule", "false"))
        writing.put(Setting("transfer.示例", '"介绍信"'))


def exported(book: Book, path: Path) -> bytes:
    with book.reading() as reading:
        export_book(reading, ARCHIVES, path)
    return path.read_bytes()


def general_branch() -> Organisation:
    founded = date(2018, 1, 1)
    return Organisation(
        identity("general"), OrganisationKind.GENERAL_BRANCH, (DatedName("示例党总支", founded),), founded
    )


def test_export_import_export_is_byte_equal(new_book: Maker, tmp_path: Path) -> None:
    source, target = new_book("甲"), new_book("乙")
    fill(source)
    first = exported(source, tmp_path / "a.zip")
    import_book(target, ARCHIVES, tmp_path / "a.zip", ACTOR)
    assert exported(target, tmp_path / "b.zip") == first
    assert exported(source, tmp_path / "c.zip") == first


def test_the_file_is_readable_without_the_program(new_book: Maker, tmp_path: Path) -> None:
    source = new_book("甲")
    fill(source)
    exported(source, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as package:
        book = json.loads(package.read("book.json"))
        sha256 = hashlib.sha256(PHOTO).hexdigest()
        assert package.read(f"attachments/{sha256}") == PHOTO
    assert (book["format"], book["version"]) == ("branchbook-exchange", 2)
    identities = [person["id"] for person in book["person"]]
    assert identities == sorted(identities)
    assert {record["state"] for record in book["record"]} == {"final", "draft"}
    assert "history" not in book
    assert "operation" not in book


def test_an_import_is_one_operation_and_one_undo_takes_it_back(new_book: Maker, tmp_path: Path) -> None:
    source, target = new_book("甲"), new_book("乙")
    fill(source)
    exported(source, tmp_path / "a.zip")
    with operate(target, ACTOR, "新建") as operating:
        operating.writing.put(general_branch())
    before = exported(target, tmp_path / "before.zip")
    import_book(target, ARCHIVES, tmp_path / "a.zip", ACTOR)
    with target.reading() as reading:
        operation = next_undo(reading)
        assert operation is not None
        assert len(reading.operations(10)) == 2
    undo(target, operation.head.id, ACTOR, STARTED)
    assert exported(target, tmp_path / "after.zip") == before


def test_a_branch_comes_under_the_general_branch_and_a_second_import_changes_nothing(
    new_book: Maker, tmp_path: Path
) -> None:
    source, target = new_book("甲"), new_book("乙")
    fill(source)
    with operate(target, ACTOR, "新建") as operating:
        operating.writing.put(general_branch())
    exported(source, tmp_path / "a.zip")
    with target.reading() as reading:
        preview = preview_import(reading, ARCHIVES, tmp_path / "a.zip")
    assert preview.count(ValueStatus.NEW, "record") == 2
    assert preview.count(ValueStatus.KEPT, "setting") == 1
    assert any("设置" in warning for warning in preview.warnings)
    import_book(target, ARCHIVES, tmp_path / "a.zip", ACTOR)
    with target.reading() as reading:
        branch = reading.get(Organisation, BRANCH.id)
        assert branch is not None
        assert branch.parent_id == general_branch().id
        assert reading.setting("book.half_period_rule") is None
        assert reading.setting("transfer.示例") is not None
    again = import_book(target, ARCHIVES, tmp_path / "a.zip", ACTOR)
    assert again.changes.operation_id is None
    assert again.value.count(ValueStatus.NEW) == again.value.count(ValueStatus.CHANGED) == 0


def test_a_changed_person_is_told_and_taken(new_book: Maker, tmp_path: Path) -> None:
    source, target = new_book("甲"), new_book("乙")
    fill(source)
    exported(source, tmp_path / "a.zip")
    import_book(target, ARCHIVES, tmp_path / "a.zip", ACTOR)
    with operate(source, ACTOR, "更正") as operating:
        operating.writing.put(replace(ZHOU, phone="000-0000"))
    exported(source, tmp_path / "b.zip")
    preview = import_book(target, ARCHIVES, tmp_path / "b.zip", ACTOR).value
    assert [(line.entity, line.title, line.status) for line in preview.lines if line.entity == "person"] == [
        ("person", ZHOU.name, ValueStatus.CHANGED)
    ]
    with target.reading() as reading:
        person = reading.get(Person, ZHOU.id)
    assert person is not None
    assert person.phone == "000-0000"


def test_a_draft_never_replaces_a_final_record(new_book: Maker, tmp_path: Path) -> None:
    source, target = new_book("甲"), new_book("乙")
    fill(source)
    exported(source, tmp_path / "a.zip")
    import_book(target, ARCHIVES, tmp_path / "a.zip", ACTOR)
    finished = meeting("draft", date(2026, 6, 1), subject="已定稿")
    with operate(target, ACTOR, "定稿") as operating:
        operating.writing.put(finished)
    preview = import_book(target, ARCHIVES, tmp_path / "a.zip", ACTOR).value
    assert preview.count(ValueStatus.KEPT, "record") == 1
    assert any("定稿" in warning for warning in preview.warnings)
    with target.reading() as reading:
        assert reading.get(Record, finished.id) == finished


def test_a_branch_of_the_same_name_with_another_id_is_told(new_book: Maker, tmp_path: Path) -> None:
    source, target = new_book("甲"), new_book("乙")
    fill(source)
    exported(source, tmp_path / "a.zip")
    with operate(target, ACTOR, "新建") as operating:
        operating.writing.put(replace(BRANCH, id=uuid4()))
    with target.reading() as reading:
        preview = preview_import(reading, ARCHIVES, tmp_path / "a.zip")
    assert any(BRANCH.name in warning for warning in preview.warnings)


# ------------------------------------------------------------------------------------ bad files


def filled_zip(tmp_path: Path) -> Path:
    book = FakeBook()
    fill(book)
    exported(book, tmp_path / "a.zip")
    return tmp_path / "a.zip"


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    with ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def with_book(path: Path, change: Callable[[dict], object]) -> Path:
    def change_parts(parts: dict[str, bytes]) -> None:
        book = json.loads(parts["book.json"])
        change(book)
        parts["book.json"] = json.dumps(book, ensure_ascii=False).encode()

    return rewritten(path, change_parts)


def refusal(path: Path, book: FakeBook | None = None) -> Problem:
    """The problem that importing raises, after which the book is as it was."""
    target = book or FakeBook()
    before = target.state.copy()
    with pytest.raises(Problem) as caught:
        import_book(target, ARCHIVES, path, ACTOR)
    assert target.state == before
    assert path.name in caught.value.where or caught.value.where
    return caught.value


def drop_person(book: dict) -> None:
    book["person"] = book["person"][1:]


def without_name(book: dict) -> None:
    del book["person"][0]["name"]


def twice(book: dict) -> None:
    book["person"].append(book["person"][0])


def reorder(book: dict) -> None:
    first = book.pop("organisation")
    book["organisation"] = first


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda book: book.update(version=3), "版本是 3"),
        (lambda book: book.update(format="other"), "不是支部手册"),
        (lambda book: book.pop("person_fact"), "person_fact"),
        (lambda book: book.update(extra=[]), "不认识的项目"),
        (lambda book: book["person"][0].update(born_on="昨天"), "born_on"),
        (without_name, "name"),
        (drop_person, "person"),
        (lambda book: book["record"][0].update(organisation_id=str(uuid4())), "organisation"),
        (
            lambda book: book["attachment"][0].update(record_id=str(uuid4())),
            "record、procedure、ledger_row、person",
        ),
        (lambda book: book["attachment"][0].update(sha256="0" * 64), "附件"),
        (twice, "两次"),
        (reorder, "应为"),
        (lambda book: book.update(person=[1]), "JSON"),
    ],
)
def test_a_book_that_is_not_whole_is_refused_with_the_place(tmp_path: Path, change, said: str) -> None:
    assert said in str(refusal(with_book(filled_zip(tmp_path), change)))


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "attachments/../../evil",
        "/etc/passwd",
        "C:\\evil",
        "attachments/" + "A" * 64,
        "attachments/",
        "x",
    ],
)
def test_paths_that_climb_or_do_not_belong_are_refused(tmp_path: Path, name: str) -> None:
    path = rewritten(filled_zip(tmp_path), lambda parts: parts.update({name: b"x"}))
    problem = refusal(path)
    assert "不该有" in problem.what
    assert not (tmp_path.parent / "evil").exists()


def test_an_attachment_that_was_changed_is_refused(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        for name in parts:
            if name != "book.json":
                parts[name] = b"something else"

    assert "校验值不符" in refusal(rewritten(filled_zip(tmp_path), change)).what


def test_a_missing_attachment_is_refused(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if name != "book.json"]:
            del parts[name]

    assert "附件" in refusal(rewritten(filled_zip(tmp_path), change)).where


def test_the_limit_is_a_setting_and_is_named(tmp_path: Path) -> None:
    book = FakeBook()
    change_setting(book, "exchange_megabytes", 1, ACTOR)
    path = rewritten(
        filled_zip(tmp_path), lambda parts: parts.update({"attachments/" + "0" * 64: bytes(2**20)})
    )
    problem = refusal(path, book)
    assert "1 MB" in problem.what
    assert "导入交换文件的上限" in problem.next_step


@pytest.mark.parametrize("cut", [0, 10, 200, -30])
def test_a_file_that_did_not_arrive_whole_is_refused(tmp_path: Path, cut: int) -> None:
    path = filled_zip(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    assert refusal(path).exit_code == 2


@pytest.mark.parametrize(
    "text", [b"", b"{", b'{"format":"branchbook-exchange",', b"[" * 100_000, b"\xff\xfe", b"null"]
)
def test_what_is_not_json_is_refused(tmp_path: Path, text: bytes) -> None:
    path = rewritten(filled_zip(tmp_path), lambda parts: parts.update({"book.json": text}))
    assert refusal(path).exit_code == 2


def test_an_xlsx_or_any_other_zip_is_no_exchange_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w") as package:
        package.writestr("book.txt", "x")
    assert "不该有" in refusal(path).what
    with ZipFile(path, "w") as package:
        package.writestr("attachments/" + "0" * 64, "x")
    assert "没有 book.json" in refusal(path).what


def test_a_reference_may_be_met_by_the_book_itself(tmp_path: Path) -> None:
    book = FakeBook()
    fill(book)
    path = with_book(filled_zip(tmp_path), drop_person)
    assert import_book(book, ARCHIVES, path, ACTOR).changes.operation_id is None


def test_a_read_only_book_refuses_and_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(RefusedProblem, match="只读"):
        import_book(FakeBook(read_only=True), ARCHIVES, filled_zip(tmp_path), ACTOR)
    with pytest.raises(UnreadableProblem, match="打不开"):
        import_book(FakeBook(), ARCHIVES, tmp_path / "没有.zip", ACTOR)


def test_an_export_into_a_missing_folder_leaves_nothing(tmp_path: Path) -> None:
    book = FakeBook()
    with book.reading() as reading, pytest.raises(UnreadableProblem, match="写不进去"):
        export_book(reading, ARCHIVES, tmp_path / "没有" / "a.zip")
    assert list(tmp_path.iterdir()) == []


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
names = texts.map(lambda text: clean_line(text, "姓名")).filter(bool)
notes = texts.map(lambda text: clean_text(text, "备注"))


@given(st.lists(st.tuples(names, notes), max_size=5))
def test_any_text_survives_the_journey(tmp_path_factory, pairs) -> None:
    """Emoji, marks of direction, markup: what a book holds comes back as it was."""
    folder = tmp_path_factory.mktemp("journey")
    book, target = FakeBook(), FakeBook()
    with operate(book, ACTOR, "录入") as operating:
        operating.writing.put_all(
            Person(identity(f"person {number}"), name, note=note) for number, (name, note) in enumerate(pairs)
        )
    first = exported(book, folder / "a.zip")
    import_book(target, ARCHIVES, folder / "a.zip", ACTOR)
    assert exported(target, folder / "b.zip") == first
    with target.reading() as reading:
        assert sorted((p.name, p.note) for p in reading.all(Person)) == sorted(pairs)
