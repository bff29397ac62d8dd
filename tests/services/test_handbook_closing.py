"""The handbook of a closed year: kept with its hash; what a reprint would change is told."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Record
from branchbook.services.handbook_closing import (
    ChangedSection,
    SectionChange,
    close_handbook,
    handbook_changes,
    kept_handbook,
    kept_pdf,
)
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.meetings import correct, finalise, remove_record, save_record
from branchbook.services.printed_papers import handbook_subject
from tests.services.paper_press import PressOfWords
from tests.services.printing_sample import ACTOR, BRANCH, TODAY, Sample, item, meeting, sample

REQUEST = HandbookRequest(BRANCH, 2026, TODAY)


@pytest.fixture
def closed() -> Sample:
    made = sample()
    close_handbook(made.book, PressOfWords(), REQUEST, ACTOR)
    return made


def changes(made: Sample) -> tuple[ChangedSection, ...]:
    with made.book.reading() as reading:
        return handbook_changes(reading, REQUEST)


def test_the_file_is_kept_under_its_hash(closed):
    with closed.book.reading() as reading:
        kept = kept_handbook(reading, BRANCH, 2026)
        assert kept is not None
        pdf = kept_pdf(reading, kept)
        printed = reading.printed(handbook_subject(BRANCH, 2026))
    assert hashlib.sha256(pdf).hexdigest() == kept.pdf_sha256
    assert printed[0].kept_sha256 == kept.pdf_sha256
    assert (kept.closed_by, kept.closed_at) == ("李测试", ACTOR.now)
    assert kept.title == "示例第一党支部2026年度党支部工作手册"


def test_closing_is_a_line_of_history(closed):
    with closed.book.reading() as reading:
        assert reading.operations(1)[0].head.label == "封存2026年度手册"


def test_nothing_changed_is_told_as_nothing(closed):
    assert changes(closed) == ()


def test_a_corrected_record_is_named(closed):
    with closed.book.reading() as reading:
        record = reading.get(Record, closed.records["general"])
    correct(closed.book, replace(record, venue="示例楼一层"), "地点写错", ACTOR)
    found = changes(closed)
    assert found == (
        ChangedSection("示例第一党支部党员大会记录（3月19日　推荐年度优秀共产党员）", SectionChange.CHANGED),
    )
    assert found[0].sentence.endswith("：有改动")


def test_a_late_entry_is_added_and_what_counts_it_has_changed(closed):
    record = meeting("迟", ("general_meeting",), date(2026, 5, 20), agenda=(item("补开"),))
    save_record(closed.book, record, ACTOR)
    finalise(closed.book, record.id, ACTOR)
    found = {change.name: change.change for change in changes(closed)}
    assert found["示例第一党支部党员大会记录（5月20日　补开）"] == SectionChange.ADDED
    assert found["示例第一党支部2026年度党员出勤统计表"] == SectionChange.CHANGED
    assert found["示例第一党支部2026年度组织生活落实情况"] == SectionChange.CHANGED


def test_a_removed_record_is_told(closed):
    remove_record(closed.book, closed.records["talk"], ACTOR, "误录")
    found = {change.name: change.change for change in changes(closed)}
    assert found["示例第一党支部谈心谈话记录（5月6日　谈心谈话）"] == SectionChange.REMOVED


def test_closing_again_keeps_the_new_one(closed):
    with closed.book.reading() as reading:
        record = reading.get(Record, closed.records["general"])
    correct(closed.book, replace(record, venue="示例楼一层"), "地点写错", ACTOR)
    close_handbook(closed.book, PressOfWords(), REQUEST, ACTOR)
    assert changes(closed) == ()
    with closed.book.reading() as reading:
        kept = [printed.kept_sha256 for printed in reading.printed(handbook_subject(BRANCH, 2026))]
        assert len(set(kept)) == 2
        assert all(reading.content(sha256) is not None for sha256 in kept), "the earlier file is still there"


def test_a_year_not_closed_cannot_be_compared():
    with sample().book.reading() as reading, pytest.raises(RefusedProblem) as caught:
        handbook_changes(reading, REQUEST)
    assert "还没有封存" in str(caught.value)


@pytest.mark.parametrize(
    "request_",
    [replace(REQUEST, year=2027), replace(REQUEST, blank=True), replace(REQUEST, with_drafts=True)],
    ids=["a year to come", "blank", "with drafts"],
)
def test_what_is_not_a_years_final_handbook_is_not_kept(request_):
    with pytest.raises(RefusedProblem):
        close_handbook(sample().book, PressOfWords(), request_, ACTOR)


def test_a_kept_file_that_was_altered_is_refused(closed):
    with closed.book.reading() as reading:
        kept = kept_handbook(reading, BRANCH, 2026)
    assert kept is not None
    closed.book.state.contents[kept.pdf_sha256] = b"altered"
    with closed.book.reading() as reading, pytest.raises(RefusedProblem) as caught:
        kept_pdf(reading, kept)
    assert "不一致" in str(caught.value)
    del closed.book.state.contents[kept.pdf_sha256]
    with closed.book.reading() as reading, pytest.raises(RefusedProblem) as missing:
        kept_pdf(reading, kept)
    assert "不在簿中" in str(missing.value)
