"""A whole joining through the window, from the application to the approved acceptance, and on into the conversion."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.domain.people import Standing
from tests.services.joining_book import APPLICANT, WAY, joining_book
from tests.ui.places.conversions.conversions_place import Screen

NAME = "卫示例"


@pytest.fixture
def book():
    """Six full members, and 卫示例, an applicant since March 2023."""
    return joining_book()


def enter(screen: Screen, step: str, day: date, values) -> None:
    """Fill in one step and its day, as the sheet of rules allows it."""
    screen.go_to(step)
    if step in ("mentors", "sponsors"):
        screen.type_into(screen.body.fields.editor(step), "赵示例、钱示例")
    for key, value in values.items():
        field = screen.body.fields.editor(key)
        if key == "outcome":
            screen.choose(field, value)
        else:
            screen.type_into(field, str(value))
    screen.type_into(screen.body.fields.day, day.isoformat())


def test_an_applicant_becomes_probationary_on_the_day_of_approval(screen):
    """细则2014: the standing follows each step; probation runs from the resolution (第三十二条)."""
    screen.press(screen.place.beginning.empty.button)
    screen.type_into(screen.place.beginning.begun_on, "2023-3-1")
    screen.press(screen.place.beginning.form.act)
    stages = {}
    for step, day, values in WAY:
        enter(screen, step, day, values)
        assert screen.procedure.done_on(step) == day, (step, screen.notice(), screen.body.fields.faults.text)
        line = screen.place.screen_shown.record.line
        stages[step] = str(line.stage)
    assert stages["application"] == "applicant"
    assert stages["activist"] == "activist"
    assert stages["candidate"] == "development_candidate"
    assert stages["preliminary_review"] == "acceptance"
    assert screen.standing(NAME, date(2025, 2, 9)) == Standing.DEVELOPMENT_CANDIDATE
    assert screen.standing(NAME, date(2025, 2, 10)) == Standing.PROBATIONARY
    assert screen.person(NAME).accepted_on == date(2024, 12, 10)
    assert screen.place.head.bar.bar.ends_on == date(2025, 12, 10)
    screen.press(screen.place.head.begin_button)
    screen.press(screen.place.beginning.form.act)
    assert screen.procedure.shape == "conversion"
    assert screen.place.steps.procedures.count() == 2


def test_a_step_in_the_future_is_refused(screen):
    screen.press(screen.place.beginning.empty.button)
    screen.press(screen.place.beginning.form.act)
    screen.fill(day="2026-12-1")
    assert "在今天之后" in screen.notice()
    assert screen.place.screen_shown.record.person.id == APPLICANT
