"""Each benchmark compares like with like: shown on books so small that nothing is worth timing."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks import conversions, desk, finalise, line_breaks, preview, search
from benchmarks.books import (
    ACTOR,
    BRANCH,
    TODAY,
    book_of_minutes,
    book_of_years,
    final,
    meeting,
    roster,
    write,
)
from benchmarks.content import parts_of, texts_of
from benchmarks.floors import orm_window, raw_canvas
from benchmarks.reading_pdf import same_print, text_of_pages
from benchmarks.recording import record, write_drawn
from branchbook.app import Workshop
from branchbook.domain.papers import Booklet
from branchbook.domain.records import RecordState
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import booklet_for
from branchbook.storage.identify import find_key


def opened(path: Path):
    return Workshop().shelf.open(path, None, writable=False, holder="测量")


@pytest.fixture
def record_booklet(tmp_path):
    """A record of two pages as a booklet, and the reading behind it."""
    ids = preview.make_book(tmp_path / "record.branchbook", 1)
    book = opened(tmp_path / "record.branchbook")
    with book.reading() as reading:
        yield booklet_for(reading, PaperRequest("general_meeting_minutes", ACTOR.today, record_id=ids[0]))
    book.close()


def test_the_desk_of_many_years_shows_what_that_of_one_year_shows(tmp_path):
    paths = {years: tmp_path / f"{years}.branchbook" for years in (1, 3)}
    for years, path in paths.items():
        book_of_years(path, years, a_year=15, members=6)
    one, many = (opened(path) for path in paths.values())
    desk.same_desk(one, many)
    shown = desk.view(many)
    assert shown.due
    assert shown.grid
    assert shown.resolutions
    one.close()
    many.close()


def test_desks_that_differ_are_not_compared(tmp_path):
    for name, meetings in (("few", 2), ("more", 30)):
        book_of_years(tmp_path / f"{name}.branchbook", 1, a_year=meetings, members=6)
    few, more = opened(tmp_path / "few.branchbook"), opened(tmp_path / "more.branchbook")
    with pytest.raises(AssertionError, match="same Desk"):
        desk.same_desk(few, more)
    few.close()
    more.close()


@pytest.mark.parametrize("saves", [False, True])
def test_the_raw_rows_of_a_final_meeting_are_those_of_the_service(tmp_path, saves):
    _, rows = finalise.side_by_side(tmp_path / "books", 1, saves=saves)
    assert rows >= (finalise.MEMBERS if saves else 3)


def test_raw_rows_that_are_missing_are_noticed(tmp_path):
    path = tmp_path / "draft.branchbook"
    draft = meeting("draft", "general_meeting", BRANCH, date(2026, 5, 8), tuple(range(5)))
    book = Workshop().shelf.create(path, "测量")
    write(book, (*roster(5), draft))
    with finalise.bare(path) as raw, pytest.raises(AssertionError, match="raw rows"):
        finalise.compare(book, raw, [final(draft)])
    book.close()


def test_the_words_searched_for_stand_where_they_are_said_to(tmp_path):
    path = tmp_path / "minutes.branchbook"
    book_of_minutes(path, 80, a_record=1)
    book = opened(path)
    counts = {name: search.found(book, word).count for name, word in search.WORDS.items()}
    book.close()
    assert counts == {"rare": 2, "common": 50, "missing": 0}
    assert search.first_search(path, "防汛") > 0


def test_the_record_of_the_preview_has_two_pages_and_a_picture(record_booklet):
    pressed = Workshop().press.press(record_booklet)
    assert pressed.pages == 2
    width, height = preview.picture(pressed.pdf)
    assert 700 < width < height < 1200


def test_the_floor_draws_what_the_press_drew(tmp_path, record_booklet):
    pressed, pages = record(Workshop().press.press, record_booklet, tmp_path)
    (tmp_path / "ours.pdf").write_bytes(pressed.pdf)
    write_drawn(pages, tmp_path / "drawn.json")
    raw_canvas.draw(tmp_path / "drawn.json", tmp_path / "floor.pdf")
    same_print(tmp_path / "ours.pdf", tmp_path / "floor.pdf")
    write_drawn(pages[:1], tmp_path / "drawn.json")
    raw_canvas.draw(tmp_path / "drawn.json", tmp_path / "floor.pdf")
    with pytest.raises(AssertionError, match="2 pages beside 1"):
        same_print(tmp_path / "ours.pdf", tmp_path / "floor.pdf")


def test_recording_changes_nothing_of_what_is_printed(tmp_path, record_booklet):
    plain = Workshop().press.press(record_booklet)
    recorded, _ = record(Workshop().press.press, record_booklet, tmp_path)
    assert recorded.pdf == plain.pdf


def test_peers_are_given_every_word_of_the_sheets(record_booklet):
    words = "".join(texts_of(parts_of(record_booklet)))
    assert isinstance(record_booklet, Booklet)
    for expected in ("会议强调，联系群众要经常", "第0号发言", "示例会议室", "增设一台自助终端"):
        assert expected in words


def test_our_lines_have_no_faults_and_faults_are_found(tmp_path, record_booklet):
    ours = tmp_path / "ours.pdf"
    ours.write_bytes(Workshop().press.press(record_booklet).pdf)
    found = line_breaks.faults_in(ours)
    assert found.lines > 10
    assert found.all == 0
    assert "示例" in "".join(text_of_pages(ours))


@pytest.mark.parametrize(
    "before,line,expected",
    [
        ("会议认真学习了有关文件并讨论", "，大家谈了体会", (1, 0)),
        ("会议认真学习了有关文件以及《", "条例》全文", (0, 1)),
        ("会议认真学习了有关文件共计12", "34份", (0, 1)),
        ("会议认真学习了有关文件并讨论", "大家谈了体会，", (0, 0)),
        ("会议认真学习了有关文件并讨论", "——大家谈了体会", (0, 0)),
    ],
)
def test_a_line_that_begins_or_ends_wrongly_is_a_fault(before, line, expected):
    assert line_breaks.faults_between(before, line) == expected


def test_the_window_floor_queries_the_people_of_a_book(tmp_path):
    path = tmp_path / "book.branchbook"
    book_of_years(path, 1, a_year=1, members=7)
    assert orm_window.query(path, find_key(path, None).pragma) == 7


def test_the_meetings_measured_on_are_final_and_of_this_year():
    assert final(meeting("a", "party_lesson", BRANCH, date(2026, 3, 1), (0,))).state is RecordState.FINAL
    assert ACTOR.today == TODAY


def test_the_list_of_joining_must_hold_everyone_in_every_stage(tmp_path):
    path = tmp_path / "joining.branchbook"
    conversions.fill(path, 25)
    book = opened(path)
    try:
        lines = conversions.view(book, None)
        conversions.same_stages(lines, 25)
        with pytest.raises(AssertionError):
            conversions.same_stages(lines[1:], 25)
        own = conversions.view(book, conversions.branch_id(0))
        assert own
        assert all(each in lines for each in own)
    finally:
        book.close()
