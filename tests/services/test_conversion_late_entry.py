"""Old cases entered late: the roster has the person as a full member already, and stays as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.ballots import Question
from branchbook.domain.people import FactKind, PersonFact, Standing
from branchbook.services.conversion_approval import record_approval
from branchbook.services.operations import operate
from tests.services.asking import refused, roster_of
from tests.services.conversion_book import (
    ENDS_ON,
    PROBATIONER,
    conversion_book,
    done,
    prepared,
    reported,
    voted,
)
from tests.services.small_book import actor

APPROVAL = done("approval", date(2026, 11, 10), document="示组〔2026〕9号", outcome="批准")


def known_as_full(full_member_since: date | None = ENDS_ON):
    """As a roster from a sheet has it: probationary until the end of the probation, a full member from then on."""
    book = conversion_book()
    with operate(book, actor(), "准备") as operating:
        writing = operating.writing
        for fact in writing.roster().facts_of(PROBATIONER, FactKind.STANDING):
            writing.put(replace(fact, to_on=ENDS_ON))
        writing.put(PersonFact(uuid4(), PROBATIONER, FactKind.STANDING, Standing.FULL, ENDS_ON))
        person = writing.roster().person_by_id[PROBATIONER]
        writing.put(replace(person, full_member_since=full_member_since))
    return book


def decided(book, question=Question.CONVERT, months=0):
    procedure_id = prepared(book)
    voted(book, procedure_id, question, months=months)
    reported(book, procedure_id)
    return procedure_id


def test_the_papers_can_be_completed_and_nothing_in_the_roster_moves():
    """No 应到 of the days between may change, so the rights stay as the roster has them."""
    book = known_as_full()
    procedure_id = decided(book)
    before = roster_of(book)
    record_approval(book, procedure_id, APPROVAL, actor(20))
    assert roster_of(book) == before


def test_another_day_in_the_roster_is_pointed_out():
    """D-20: the day of conversion is the end of the probation."""
    book = known_as_full(date(2026, 11, 10))
    procedure_id = decided(book)
    refused(book, "应为 2026-10-20", lambda: record_approval(book, procedure_id, APPROVAL, actor(20)))


@pytest.mark.parametrize("question, months", [(Question.EXTEND, 6), (Question.CANCEL, 0)])
def test_another_outcome_than_the_roster_knows_is_refused(question, months):
    book = known_as_full()
    procedure_id = decided(book, question, months)
    refused(book, "已是正式党员", lambda: record_approval(book, procedure_id, APPROVAL, actor(20)))
