"""The rules of a book: as shipped, under the corrections and choices kept in its settings."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.rulebook import Correction, Rulebook
from branchbook.domain.tally_count import ElectionBase, WriteInWithoutAgainst
from branchbook.services.settings_reading import book_settings
from branchbook.services.settings_table import BookSettings, MajorityBase, RuleCorrection
from branchbook.services.shipped_rules import check_correction, example_checklists, shipped_rulebook
from branchbook.services.store import Reading

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
    )


@lru_cache(maxsize=16)
def _laid_over(
    corrections: tuple[RuleCorrection, ...],
    committee_base: MajorityBase,
    election_base: ElectionBase,
    write_in: WriteInWithoutAgainst,
) -> tuple[Rulebook, tuple[RefusedProblem, ...]]:
    fitting: list[Correction] = []
    misfits: list[RefusedProblem] = []
    for each in corrections:
        try:
            fitting.append(check_correction(each))
        except RefusedProblem as problem:
            misfits.append(problem)
    chosen = shipped_rulebook().with_values(
        {
            "B-17": {"base": "present" if committee_base == MajorityBase.PRESENT else "due"},
            "E-24": {"write_in_needs_against": write_in == WriteInWithoutAgainst.VOID_WRITE_IN},
            "E-28": {"base": election_base.value},
            "E-29": {"base": election_base.value},
        }
    )
    return _with_boundary(chosen.corrected(fitting)), tuple(misfits)


def _with_boundary(rulebook: Rulebook) -> Rulebook:
    """The revision of 发展党员工作细则 in force from the day that the book takes for it (D26-21, 待核实)."""
    rule = rulebook.find("D26-21")
    day = rule.values.get("boundary") if rule else None
    if rule is None or not isinstance(day, date) or day == rule.document.from_on:
        return rulebook
    return rulebook.with_boundary("admission_2014", rule.document.key, day)
