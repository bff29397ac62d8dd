"""Everything that the pages of the settings show of a book, asked in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.domain.checklists import Checklist
from branchbook.domain.ledgers import Ledger, LedgerDefinition
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.rulebook import Rulebook
from branchbook.services.ledger_reading import ledgers_of
from branchbook.services.rule_choices import RuleCorrection
from branchbook.services.rules import rulebook_of, shipped_rulebook
from branchbook.services.settings import PREFIX, book_settings
from branchbook.services.settings_table import BookSettings
from branchbook.services.shipped_rules import check_correction
from branchbook.services.store import Reading


@dataclass(frozen=True, slots=True)
class Misfit:
    """A correction kept in the book that the rules of this version do not take, and why."""

    correction: RuleCorrection
    problem: RefusedProblem


@dataclass(frozen=True, slots=True)
class SettingsView:
    """``changed`` are the keys that the book holds, ``changed_ledgers`` those of shipped ledgers that were
    changed; ``organisations`` those open on the day, in their order.

    ``rulebook`` holds the rules of all times under the corrections, ``shipped`` without them.
    """

    settings: BookSettings
    changed: frozenset[str]
    checklists: tuple[Checklist, ...]
    organisations: tuple[tuple[UUID, str], ...]
    rulebook: Rulebook
    shipped: Rulebook
    misfits: tuple[Misfit, ...]
    today: date
    ledgers: tuple[Ledger, ...] = ()
    changed_ledgers: frozenset[str] = frozenset()


def settings_view(reading: Reading, today: date) -> SettingsView:
    """What the settings place shows of a book."""
    settings = book_settings(reading)
    checklists = sorted(reading.all(Checklist), key=lambda each: (each.position, each.from_on, each.name))
    return SettingsView(
        settings,
        frozenset(key.removeprefix(PREFIX) for key in reading.settings(PREFIX)),
        tuple(checklists),
        _organisations(reading, today),
        rulebook_of(reading),
        shipped_rulebook(),
        _misfits(settings.rule_corrections),
        today,
        ledgers_of(reading),
        frozenset(each.key for each in reading.all(LedgerDefinition) if not each.own),
    )


def _organisations(reading: Reading, today: date) -> tuple[tuple[UUID, str], ...]:
    """The general branch and the branches that exist today; groups are asked through their branch."""
    wanted = [
        each
        for each in reading.roster().organisations
        if each.kind != OrganisationKind.GROUP and (each.closed_on is None or each.closed_on > today)
    ]
    wanted.sort(
        key=lambda each: (each.kind != OrganisationKind.GENERAL_BRANCH, each.position, each.founded_on)
    )
    return tuple((each.id, each.name_on(today)) for each in wanted)


def _misfits(corrections: tuple[RuleCorrection, ...]) -> tuple[Misfit, ...]:
    found = []
    for each in corrections:
        try:
            check_correction(each)
        except RefusedProblem as problem:
            found.append(Misfit(each, problem))
    return tuple(found)
