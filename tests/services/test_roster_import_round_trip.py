"""What we export as a roster we read again without a change, whatever the people are called."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.people import FactKind, PersonFact, Restriction
from branchbook.services.operations import operate
from branchbook.services.roster_dates import read_date, says_the_same
from branchbook.services.roster_export import export_roster, roster_table
from branchbook.services.roster_import import LineStatus, open_roster, preview_roster
from branchbook.services.roster_words import posts_of, words_of
from tests.domain.rosters import identity
from tests.fakes import FakeBook
from tests.services.roster_files import ACTOR, TODAY, TablesInMemory, book_with_branch, imported, number_for

HEAD = (
    *("所在支部", "党小组", "姓名", "性别", "民族", "出生日期", "籍贯", "学历", "身份证号", "联系电话"),
    *("入党时间", "转正时间", "党籍状态", "党内职务", "任职时间", "组织关系转入时间", "标记", "备注"),
)

days = st.dates(date(1960, 1, 1), date(2005, 12, 31))
names = st.text(st.sampled_from("张李王赵𬭎㭎喆·阿不都 A=+-@'"), min_size=1, max_size=6).filter(
    lambda text: text.strip() == text
)
words = st.text(st.characters(exclude_categories=["C"], exclude_characters="*＊"), max_size=12).map(str.strip)


@st.composite
def rows(draw):
    born = draw(days)
    accepted = born + timedelta(days=19 * 366)
    standing = draw(st.sampled_from(["正式党员", "预备党员", "入党积极分子"]))
    return (
        draw(st.sampled_from(["一支部", "二支部"])),
        draw(st.sampled_from(["", "第一党小组", "第二党小组"])),
        draw(names),
        draw(st.sampled_from(["男", "女", ""])),
        draw(st.sampled_from(["汉族", "维吾尔族", ""])),
        draw(st.sampled_from([born.isoformat(), ""])),
        draw(words),
        draw(words),
        draw(st.sampled_from([number_for(born, draw(st.integers(1, 999))), ""])),
        draw(st.sampled_from(["000-0000", ""])),
        accepted.isoformat(),
        (accepted + timedelta(days=365)).isoformat() if standing == "正式党员" else "",
        standing,
        draw(st.sampled_from(["", "宣传委员", "委员、党小组组长", "党总支委员"])),
        draw(st.sampled_from(["", "2024-05-01"])),
        draw(st.sampled_from(["", "2023-03-15"])),
        draw(st.sampled_from(["", "离退休、流动党员", "困难党员"])),
        draw(words),
    )


def read_back(book: FakeBook, *, masked: bool = False):
    files = TablesInMemory()
    with book.reading() as reading:
        export_roster(files, Path("花名册.xlsx"), reading.roster(), TODAY, masked=masked)
        file = open_roster(files, Path("花名册.xlsx"), reading)
        return file, preview_roster(reading, file, file.mapping, ACTOR)


@settings(max_examples=50)
@given(st.lists(rows(), min_size=1, max_size=8))
def test_export_then_import_changes_nothing(people) -> None:
    book, _ = book_with_branch(general="示例党总支")
    imported(book, HEAD, *people)
    for masked in (False, True):
        file, preview = read_back(book, masked=masked)
        assert file.mapping.certain
        assert {line.status for line in preview.lines} <= {LineStatus.UNCHANGED}, preview.lines
        assert (preview.people, preview.facts, preview.organisations) == ((), (), ())


@settings(max_examples=50)
@given(st.lists(rows(), min_size=1, max_size=8))
def test_importing_the_same_file_twice_changes_nothing(people) -> None:
    """Rows of one name with nothing to tell them apart may be refused, but never doubled."""
    book, _ = book_with_branch(general="示例党总支")
    first = imported(book, HEAD, *people).value
    with book.reading() as reading:
        before = reading.roster()
    again, _ = open_and_preview(book, people)
    assert again.people == ()
    assert again.facts == ()
    assert again.count(LineStatus.NEW) == 0
    assert len(before.people) == first.count(LineStatus.NEW)


def open_and_preview(book: FakeBook, people):
    from tests.services.roster_files import table

    with book.reading() as reading:
        file = open_roster(TablesInMemory(table(HEAD, *people)), Path("a.xlsx"), reading)
        return preview_roster(reading, file, file.mapping, ACTOR), file


def test_a_masked_export_shows_six_and_four() -> None:
    book, _ = book_with_branch()
    number = number_for(date(1990, 3, 7))
    imported(book, ("姓名", "身份证号"), ("张示例", number))
    with book.reading() as reading:
        roster = reading.roster()
    (row,) = roster_table(roster, TODAY, masked=True).rows
    assert f"{number[:6]}********{number[-4:]}" in row
    assert number not in row


def test_discipline_is_exported_and_read_again_without_a_word() -> None:
    book, _ = book_with_branch()
    imported(book, ("姓名", "性别"), ("张示例", "男"))
    with operate(book, ACTOR, "登记") as operating:
        (person,) = operating.writing.roster().people
        operating.writing.put(
            PersonFact(
                identity("fact"), person.id, FactKind.RESTRICTION, Restriction.WARNING, date(2026, 1, 5)
            )
        )
    _, preview = read_back(book)
    assert preview.count(LineStatus.UNCHANGED) == 1
    assert not [each for each in preview.findings if each.column == "处分与权利"]


def test_a_group_can_be_exported_by_itself() -> None:
    book, _ = book_with_branch()
    imported(book, ("姓名", "党小组"), ("甲示例", "第一党小组"), ("乙示例", "第二党小组"))
    with book.reading() as reading:
        roster = reading.roster()
    (branch,) = roster.branches_on(TODAY)
    first = roster.groups_of(branch.id, TODAY)[0]
    assert len(roster_table(roster, TODAY, first.id).rows) == 1
    assert len(roster_table(roster, TODAY, branch.id).rows) == 2


@given(st.dates(date(1908, 4, 1), TODAY))
def test_a_day_reads_the_same_in_every_way_of_writing_it(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    ways = [day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日"]
    ways += [f"{day:%Y%m%d}", f"{day.year}/{day.month}/{day.day} 00:00:00"]
    if serial >= 10_000:
        ways += [str(serial), f"{serial}.5"]
    assert {read_date(text, TODAY).day for text in ways} == {day}
    month = read_date(f"{day.year}年{day.month}月", TODAY)
    assert says_the_same(month, day)
    assert not says_the_same(month, None)


@given(st.lists(st.sampled_from(["书记", "组织委员", "党小组组长", "委员"]), unique=True))
def test_posts_are_read_as_they_are_written(names_of_posts) -> None:
    found, unknown = posts_of("、".join(names_of_posts))
    assert unknown == ()
    assert set(words_of(read.post for read in found).split("、")) - {""} == set(names_of_posts)
