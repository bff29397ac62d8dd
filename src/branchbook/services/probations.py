"""A person's probation as the book's conversions tell it: extended where an extension was voted and approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from branchbook.catalogue.procedures.conversion_steps import APPROVED, FAMILY, REFUSED
from branchbook.catalogue.procedures_list import SHAPE_BY_KEY
from branchbook.domain.ballots import Question, QuestionRound
from branchbook.domain.conversion_vote import vote_result
from branchbook.domain.people import Person
from branchbook.domain.probation import Extension, Probation, probation_of
from branchbook.domain.procedures import Procedure
from branchbook.domain.rulebook import Rulebook
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading

EXTENDED_SHAPE = "conversion_extended"


def family_of(procedure: Procedure) -> str:
    """The family of a procedure's shape; empty for a shape of a later version of the program."""
    shape = SHAPE_BY_KEY.get(procedure.shape)
    return shape.family if shape else ""


def probation_in(reading: Reading, person: Person) -> Probation | None:
    """A person's probation with its approved extension; None without a day of acceptance."""
    own = [each for each in reading.all(Procedure) if each.subject_id == person.id]
    return probation_from(person, own, rulebook_of(reading))


def probation_from(person: Person, procedures: Sequence[Procedure], rulebook: Rulebook) -> Probation | None:
    """The probation of a person whose procedures these are; ``rulebook`` holds the rules of all times."""
    if person.accepted_on is None:
        return None
    plain = probation_of(person.accepted_on, rulebook)
    for procedure in procedures:
        if family_of(procedure) != FAMILY:
            continue
        approval = procedure.entry("approval")
        if approval.done_on is None or approval.text("outcome") != APPROVED:
            continue
        decided = decided_question(procedure, rulebook) or _approved_before(procedure)
        if decided is not None and decided.question == Question.EXTEND:
            extension = Extension(plain.first_end, decided.months, approval.text("document"))
            return replace(plain, extension=extension)
    return plain


def _approved_before(procedure: Procedure) -> QuestionRound | None:
    """What was approved stays so when a rule is corrected afterwards: no probation moves back (rule_version kept)."""
    confirmed = [each for each in procedure.questions if each.confirmed_on is not None]
    return confirmed[-1] if confirmed else None


def decided_question(procedure: Procedure, rulebook: Rulebook) -> QuestionRound | None:
    """The confirmed vote that the branch passed, the latest of several; None while there is none."""
    passed = [
        each
        for each in procedure.questions
        if each.confirmed_on is not None and vote_result(each, rulebook).passed
    ]
    return passed[-1] if passed else None


def refused_since(procedure: Procedure, decided: QuestionRound) -> bool:
    """Whether the higher organisation did not approve what the branch passed."""
    refused_on = procedure.done_on("approval")
    refused = procedure.entry("approval").text("outcome") == REFUSED
    return refused and refused_on is not None and decided.held_on <= refused_on
