"""党员: the page of a member's life tells the grades of the years that ended."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from branchbook.domain.evaluation_count import Grade
from branchbook.services.assessments import assessments_by_person, correct_assessment
from branchbook.services.procedures import finish_procedure
from branchbook.ui.place import Destination, ShowProcedure
from branchbook.ui.widgets.buttons import LinkButton
from tests.services.evaluation_book import actor, evaluation_book, everyone_graded, step
from tests.services.small_book import TODAY, named
from tests.ui.places.members_screen import on_screen


def test_the_grades_of_the_years_stand_above_the_records(shown):
    book = evaluation_book(6)
    procedure = everyone_graded(book)
    screen = on_screen(shown, book)
    screen.place.person.show_page("life")
    life = screen.place.person.life
    assert told(life) == []
    for key in ("feedback", "use", "rectification"):
        step(book, procedure.id, key)
    screen.place.reload(finish_procedure(book, procedure.id, TODAY, actor()).changes)
    screen.settle()
    assert told(life) == ["2026年度 合格"]
    with book.reading() as reading:
        one = assessments_by_person(reading, procedure.id)[named("赵示例")]
    better = replace(one, grade=Grade.EXCELLENT, departure_reason="上级批复定为优秀")
    corrected = correct_assessment(book, better, "上级批复", actor())
    screen.place.reload(corrected.changes)
    screen.settle()
    assert told(life) == ["2026年度 优秀"]


def test_a_grade_leads_to_its_round_at_this_member(shown):
    book = evaluation_book(6)
    procedure = everyone_graded(book)
    for key in ("feedback", "use", "rectification"):
        step(book, procedure.id, key)
    finish_procedure(book, procedure.id, TODAY, actor())
    screen = on_screen(shown, book)
    screen.place.person.show_page("life")
    asked: list[Destination] = []
    screen.place.go.connect(asked.append)
    links = screen.place.person.life.findChildren(LinkButton)
    next(each for each in links if each.isVisible() and "年度" in each.text()).click()
    (where,) = asked
    assert where == Destination("evaluations", ShowProcedure(procedure.id, person_id=named("赵示例")))


def told(life: QWidget) -> list[str]:
    """The grades that can be seen on the page, whatever shows them."""
    shown = [each for each in life.findChildren(QWidget) if each.isVisible() and hasattr(each, "text")]
    found = [re.findall(r"\d{4}年度 \w+", str(each.text())) for each in shown]
    return [grade for grades in found for grade in grades]
