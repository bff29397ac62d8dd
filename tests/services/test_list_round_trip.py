"""What we export as lists we read again without a change, and what is typed into them arrives as typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.records import AgendaItem, PersonRef, Record, RecordState, Resolution
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.exchange_files import ListTable
from branchbook.services.guards import cleaned
from branchbook.services.list_export import export_lists
from branchbook.services.list_import import ListPreview, import_lists, open_lists
from branchbook.services.operations import operate
from tests.fakes import FakeBook
from tests.services.listed_year import (
    DRAFT,
    OPEN,
    changed,
    opened,
    resolution,
    stored,
    tables_of,
    with_cell,
    year,
)
from tests.services.small_book import FIRST_BRANCH, NAMES, actor, named

FILES = SpreadsheetFiles()
DAYS = st.dates(date(2026, 1, 1), date(2026, 11, 24))

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(
        ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "'=1", "无", "x\n\ny", "<b>&", "\u202e右", "😀"]
    ),
)
names = st.one_of(st.sampled_from(NAMES), st.text(st.sampled_from("李𬭎㭎·A=+-@"), min_size=1, max_size=5))
people = st.lists(names, max_size=3).map(
    lambda found: tuple(PersonRef(name, named(name) if name in NAMES else None) for name in found)
)


@st.composite
def resolutions(draw: st.DrawFn, number: int) -> Resolution:
    done = draw(st.none() | DAYS)
    return Resolution(
        named(f"决议 {number}"),
        draw(texts),
        draw(people),
        draw(st.none() | DAYS),
        done,
        draw(texts) if done else "",
    )


@st.composite
def records(draw: st.DrawFn, number: int) -> Record:
    item = AgendaItem(named(f"议题 {number}"), draw(texts), resolutions=(draw(resolutions(number)),))
    made = Record(
        named(f"记录 {number}"),
        draw(
            st.sampled_from(
                [("general_meeting",), ("committee_meeting",), ("theme_party_day", "party_lesson")]
            )
        ),
        FIRST_BRANCH,
        draw(st.none() | DAYS),
        subject=draw(texts),
        venue=draw(texts),
        people={"chair": draw(people), "minute_taker": draw(people)},
        agenda=(item,),
        state=draw(st.sampled_from(RecordState)),
    )
    return cleaned(made)


def journey(book: FakeBook, folder: Path, *tables: ListTable) -> ListPreview:
    export_lists(FILES, folder / "a.xlsx", tables)
    return import_lists(book, open_lists(FILES, folder / "a.xlsx"), actor(30)).value


@settings(max_examples=40)
@given(st.data())
def test_a_list_that_nobody_changed_changes_nothing(tmp_path_factory, data: st.DataObject) -> None:
    book = year()
    with operate(book, actor(1), "录入") as operating:
        operating.writing.put_all(data.draw(records(number)) for number in range(2))
    before = book.state.copy()
    preview = journey(book, tmp_path_factory.mktemp("lists"), *tables_of(book))
    assert [row.findings for row in preview.rows if row.findings] == []
    assert preview.changed == ()
    assert book.state == before


@settings(max_examples=40)
@given(subject=texts, venue=texts, outcome=texts, day=DAYS)
def test_what_is_typed_arrives_as_typed(
    tmp_path_factory, subject: str, venue: str, outcome: str, day: date
) -> None:
    """But for what no cell can hold: control characters, blanks at the ends, a line break's own form."""
    book = year()
    ledger, outcome = tables_of(book)[1], "已办" + outcome
    records_list = with_cell(tables_of(book)[0], DRAFT, "主题", "题" + subject)
    records_list = with_cell(records_list, DRAFT, "地点", "点" + venue)
    ledger = with_cell(ledger, OPEN, "落实情况", outcome)
    ledger = with_cell(ledger, OPEN, "落实日期", max(day, date(2026, 3, 19)).isoformat())
    preview = journey(book, tmp_path_factory.mktemp("lists"), records_list, ledger)
    assert preview.refused == ()
    kept = stored(book, DRAFT), resolution(book, OPEN)
    assert plain(kept[0].subject) == plain("题" + subject)
    assert plain(kept[0].venue) == plain("点" + venue)
    assert plain(kept[1].outcome) == plain(outcome)


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True), st.sampled_from("、，,；;"))
def test_names_are_found_however_they_are_separated(chosen: list[str], mark: str) -> None:
    book = year()
    changed(book, lambda record: replace(record, people={}), DRAFT)
    table = with_cell(tables_of(book)[0], DRAFT, "主持人", mark.join(chosen))
    import_lists(book, opened(table), actor(30))
    assert [(each.name, each.person_id) for each in stored(book, DRAFT).people["chair"]] == [
        (name, named(name)) for name in chosen
    ]


def plain(text: str) -> str:
    """Without blanks and control characters, which a spreadsheet rewrites."""
    return "".join(
        text.translate(dict.fromkeys(range(32), " "))
        .translate(dict.fromkeys(range(0x7F, 0xA0)))
        .replace("\ufeff", "")
        .split()
    )
