"""The rules of a book: as shipped, under the corrections and choices kept in its settings."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from branchbook.domain.evaluation_count import CapBase
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.rulebook import Correction, Rulebook, RuleValue
from branchbook.domain.tally_count import ElectionBase, WriteInWithoutAgainst
from branchbook.services.rule_choices import MajorityBase, RuleCorrection
from branchbook.services.settings_reading import book_settings
from branchbook.services.settings_table import BookSettings
from branchbook.services.shipped_rules import check_correction, example_checklists, shipped_rulebook
from branchbook.services.store import Reading

BOUNDARY_RULE = "D26-21"
"""It says from which day the revised rules on admission hold; a choice or a correction of it moves them."""

__all__ = ["example_checklists", "misfits_of", "rulebook_of", "shipped_rulebook"]


def rulebook_of(reading: Reading) -> Rulebook:
    """The rules of all times for a book: as shipped, under the corrections and choices in its settings.

    A correction is checked when it is set. One that a later version of the rules no longer takes is left
    out here, so that the book stays usable, and told by ``misfits_of``.
    """
    return _of(book_settings(reading))[0]


def misfits_of(reading: Reading) -> tuple[RefusedProblem, ...]:
    """Corrections kept in the book that the rules of this version do not take, each as its problem."""
    return _of(book_settings(reading))[1]


def _of(settings: BookSettings) -> tuple[Rulebook, tuple[RefusedProblem, ...]]:
    return _laid_over(
        settings.rule_corrections,
        settings.committee_majority_base,
        settings.election_base,
        settings.write_in_without_against,
        settings.admission_boundary,
        settings.excellent_base,
    )


@lru_cache(maxsize=16)
def _laid_over(
    corrections: tuple[RuleCorrection, ...],
    committee_base: MajorityBase,
    election_base: ElectionBase,
    write_in: WriteInWithoutAgainst,
    boundary: date,
    excellent_base: CapBase,
) -> tuple[Rulebook, tuple[RefusedProblem, ...]]:
    fitting: list[Correction] = []
    misfits: list[RefusedProblem] = []
    for each in corrections:
        try:
            fitting.append(check_correction(each))
        except RefusedProblem as problem:
            misfits.append(problem)
    values: dict[str, dict[str, RuleValue]] = {
        "B-17": {"base": "present" if committee_base == MajorityBase.PRESENT else "due"},
        "E-24": {"write_in_needs_against": write_in == WriteInWithoutAgainst.VOID_WRITE_IN},
        "E-28": {"base": election_base.value},
        "E-29": {"base": election_base.value},
        "V-05": {"base": excellent_base.value},
        BOUNDARY_RULE: {"boundary": boundary},
    }
    laid = shipped_rulebook().with_values(values).corrected(fitting)
    rule = laid.find(BOUNDARY_RULE)
    day = rule.values["boundary"] if rule else boundary
    assert isinstance(day, date)
    return laid.with_boundary("admission_2014", "admission_2026", day), tuple(misfits)
