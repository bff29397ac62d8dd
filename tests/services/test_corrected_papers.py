"""Every paper of a corrected record or procedure says that it was corrected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchbook.catalogue.papers_list import PAPERS, family_of
from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.papers import Subject
from branchbook.domain.procedures import ProcedureState
from branchbook.domain.records import Record
from branchbook.services.meetings import correct
from tests.services.election_printing import sheets
from tests.services.election_sample import election_book, term_election
from tests.services.printing_sample import ACTOR, sample
from tests.services.test_printing_records import printed


def keys_of(family: str) -> list[str]:
    return [
        each.key.partition(":")[2]
        for each in PAPERS
        if each.subject == Subject.PROCEDURE and family_of(each.key) == family
    ]


@pytest.fixture(scope="module")
def elections():
    """A finished election, and the same corrected."""
    finished = term_election()
    corrected = replace(finished, state=ProcedureState.CORRECTED, correction_reason="票数写错")
    return election_book(finished), election_book(corrected)


@pytest.mark.parametrize("key", keys_of("election"))
def test_the_papers_of_a_corrected_election_say_so(elections, key):
    plain, corrected = (sheets(each, key) for each in elections)
    for before, after in zip(plain, corrected, strict=True):
        says = after.values is not None and not isinstance(after.paper.layout, Ballots)
        assert after.title == before.title + ("（更正）" if says else "")


@pytest.mark.parametrize("paper, mark", [("sign_in_sheet", True), ("meeting_notice", False)])
def test_other_papers_of_a_corrected_record(paper, mark):
    made = sample()
    with made.book.reading() as reading:
        record = reading.get(Record, made.records["general"])
    assert record is not None
    correct(made.book, replace(record, venue="示例楼一层"), "地点写错", ACTOR)
    assert printed(made, paper, "general").title.endswith("（更正）") == mark
