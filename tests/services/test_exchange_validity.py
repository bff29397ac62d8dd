"""What a file made by another hand may hold that no book can: refused by its place, before anything is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from branchbook.domain.ballots import ElectionKind, Question, QuestionRound
from branchbook.domain.people import Person
from branchbook.domain.problems import Problem
from branchbook.exchange.book_zip import ZipArchives
from branchbook.services.book_exchange import export_book, import_book, preview_import
from branchbook.services.codec import to_json
from branchbook.services.meetings import save_record
from tests.fakes import FakeBook
from tests.services.election_books import ballots, begun, entry, put_procedure
from tests.services.small_book import actor, named, small_book
from tests.services.test_meetings import general_meeting

ARCHIVES = ZipArchives()
Change = Callable[[dict[str, Any]], object]


def changed_file(tmp_path: Path, change: Change) -> Path:
    """The small book with one draft as an exchange file, its values changed by hand."""
    book = small_book()
    save_record(book, general_meeting(book), actor())
    votes = ballots(ElectionKind.COMMITTEE, date(2026, 9, 8), {"赵示例": 6, "钱示例": 4}, present=6)
    decided = entry("decision", date(2026, 9, 1), seats=1, planned_on="2026-09-08")
    put_procedure(book, begun(book, "term_election", date(2026, 9, 1), (decided,)), rounds=(votes,))
    path = tmp_path / "甲.zip"
    with book.reading() as reading:
        export_book(reading, ARCHIVES, path)
    with ZipFile(path) as archive:
        values = json.loads(archive.read("book.json"))
        head = archive.getinfo("book.json")
    change(values)
    with ZipFile(path, "w") as archive:
        archive.writestr(head, json.dumps(values))
    return path


def first(kind: str, **changes: object) -> Change:
    """Change the first value of a kind."""
    return lambda values: values[kind][0].update(changes)


def each_fact(kind: str, value: str) -> Change:
    """Give all facts of a kind one value."""

    def change(values: dict[str, Any]) -> None:
        for fact in values["person_fact"]:
            if fact["kind"] == kind:
                fact["value"] = value

    return change


def step_of(**changes: object) -> Change:
    """Change the step of the procedure."""
    return lambda values: values["procedure"][0]["steps"][0].update(changes)


def round_of(**changes: object) -> Change:
    """Change the ballots of the procedure."""
    return lambda values: values["procedure"][0]["rounds"][0].update(changes)


def question_of(**changes: object) -> Change:
    """A vote on one person stands in the procedure, with these of its values."""

    def change(values: dict[str, Any]) -> None:
        asked = QuestionRound(named("转正"), Question.EXTEND, date(2026, 9, 8), 20, 20, months=6)
        values["procedure"][0]["questions"] = [json.loads(to_json(asked)) | changes]

    return change


def twice(part: str) -> Change:
    """A part of the procedure stands in it twice."""

    def change(values: dict[str, Any]) -> None:
        parts = values["procedure"][0][part]
        parts.append(dict(parts[0]))

    return change


def own_parents(values: dict[str, Any]) -> None:
    """Let every branch stand below itself."""
    for place in values["organisation"]:
        if place["kind"] == "branch":
            place["parent_id"] = place["id"]


def two_general_branches(values: dict[str, Any]) -> None:
    """Add a second general branch."""
    (general,) = (each for each in values["organisation"] if each["kind"] == "general_branch")
    values["organisation"].append({**general, "id": str(named("又一个总支"))})


@pytest.mark.parametrize(
    "change, said",
    [
        (first("person", name=" "), "人员没有姓名"),
        (first("record", kinds=["unheard_of"]), "不认识的记录种类“unheard_of”"),
        (first("record", kinds=[]), "不认识的记录种类"),
        (first("record", subject="会" * 200_001), "文字过长"),
        (first("organisation", names=[]), "组织没有名称"),
        (each_fact("standing", "king"), "不认识的值“king”"),
        (first("person_fact", to_on="2000-01-01"), "不晚于起始日期"),
        (first("procedure", shape="unheard_of"), "不认识的办理事项“unheard_of”"),
        (step_of(step="unheard_of"), "没有“unheard_of”这一步"),
        (step_of(values={"planned_on": "2026-02-30"}), "不是日期"),
        (step_of(values={"seats": "三"}), "数目应在 0 到 100000 之间"),
        (step_of(values={"seats": -3}), "数目应在 0 到 100000 之间"),
        (round_of(returned=100_001), "数目应在 0 到 100000 之间"),
        (round_of(returned=2**70, confirmed_on=None), "数目应在 0 到 100000 之间"),
        (question_of(votes_for=2**70), "数目应在 0 到 100000 之间"),
        (question_of(months=10**9), "延长预备期的月数"),
        (twice("steps"), "同一步出现两次"),
        (twice("rounds"), "同一次投票出现两次"),
        (own_parents, "上下级关系不对"),
        (two_general_branches, "只能有一个党总支"),
    ],
)
def test_what_no_book_can_hold_is_refused_and_nothing_is_written(
    tmp_path: Path, change: Change, said: str
) -> None:
    path, book = changed_file(tmp_path, change), FakeBook()
    before = book.state
    with book.reading() as reading, pytest.raises(Problem, match=said) as caught:
        preview_import(reading, ARCHIVES, path)
    assert caught.value.next_step
    with pytest.raises(Problem, match=said):
        import_book(book, ARCHIVES, path, actor())
    assert book.state is before


def test_control_characters_in_a_file_go_as_they_do_when_typed(tmp_path: Path) -> None:
    book = FakeBook()
    import_book(book, ARCHIVES, changed_file(tmp_path, first("person", name="卫\x00示\x1b例")), actor())
    with book.reading() as reading:
        assert "卫示例" in {each.name for each in reading.all(Person)}
