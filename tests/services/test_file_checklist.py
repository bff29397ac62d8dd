"""The file of a person: which papers there are, which are missing (D-23; 发展党员工作细则2026 第三十六条)."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.domain.problems import RefusedProblem
from branchbook.services.file_checklist import VOTE_PAPER, file_checklist
from branchbook.services.transfers import transfer_out
from tests.services.conversion_book import PROBATIONER, conversion_book, prepared, voted
from tests.services.joining_book import APPLICANT, joining_book, walked
from tests.services.small_book import TODAY, actor, named


def checklist(book, person_id, day=TODAY):
    with book.reading() as reading:
        return file_checklist(reading, person_id, day)


def test_of_a_whole_way_only_the_observations_lack():
    book = joining_book()
    walked(book)
    found = checklist(book, APPLICANT)
    assert [each.name for each in found.missing] == [
        "培养考察记录（满 6 个月）",
        "培养考察记录（满 12 个月）",
    ]
    assert found.sentence == "应有 15 件，缺 2 件：培养考察记录（满 6 个月）、培养考察记录（满 12 个月）"
    form = next(each for each in found.papers if each.name == "入党志愿书")
    assert (form.present_on, form.material) == (date(2024, 11, 25), "入党志愿书")


def test_on_an_earlier_day_what_was_done_later_is_missing():
    book = joining_book()
    walked(book)
    names = [each.name for each in checklist(book, APPLICANT, date(2024, 9, 1)).missing]
    assert "政治审查材料" not in names
    assert "入党志愿书" in names


def test_a_conversion_with_its_vote_and_its_article():
    book = conversion_book()
    procedure_id = prepared(book)
    names = [each.name for each in checklist(book, PROBATIONER).missing]
    assert "转正申请书" not in names
    assert {"转正大会记录", VOTE_PAPER, "转正谈话记录", "预备党员考察表：第一季度考察"} <= set(names)
    voted(book, procedure_id)
    found = checklist(book, PROBATIONER)
    assert VOTE_PAPER not in [each.name for each in found.missing]
    assert found.article == "发展党员工作细则（2026） 第三十六条"


def test_of_a_case_that_ended_here_only_what_was_done_is_asked():
    """The rest is made by the branch that took the person in (D-22)."""
    book = conversion_book()
    prepared(book)
    transfer_out(book, PROBATIONER, date(2026, 10, 18), "示例县委", "介字1号", actor(30))
    found = checklist(book, PROBATIONER)
    assert found.missing == ()
    assert "转正申请书" in [each.name for each in found.papers if each.present_on]


def test_someone_without_a_case_and_someone_gone():
    book = joining_book()
    assert checklist(book, named("赵示例")).sentence == "应有 0 件，齐全"
    with pytest.raises(RefusedProblem, match="已不在簿中"):
        checklist(book, named("没有这个人"))
