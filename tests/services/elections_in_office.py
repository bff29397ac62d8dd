"""Elections of the invented books up to the day on which those elected took office, and the reply to them."""

from __future__ import annotations

from datetime import date

from branchbook.domain.ballots import Assignment
from branchbook.domain.people import Post
from branchbook.domain.procedures import Procedure
from branchbook.services.election_office import (
    take_office,
)
from tests.services.election_books import (
    counted,
    entry,
    put_procedure,
)
from tests.services.small_book import actor, named

SEPTEMBER_8, SEPTEMBER_20 = date(2026, 9, 8), date(2026, 9, 20)
START = actor(-600).now
MEMBER = Post.COMMITTEE_MEMBER


def assigned(name: str, post: Post, duties: str = "") -> Assignment:
    return Assignment(named(name), name, post, duties)


def reply(day: date = SEPTEMBER_20, outcome: str = "批准"):
    return entry("result_reply", day, outcome=outcome, document="示机党〔2026〕30号")


def reported(book, procedure: Procedure) -> Procedure:
    """The same procedure with its result reported."""
    return put_procedure(book, procedure.with_entry(entry("result_report", date(2026, 9, 9))))


def in_office(book, **how) -> Procedure:
    procedure = reported(book, counted(book, **how))
    return take_office(book, procedure.id, date(2026, 9, 10), actor(10)).value
