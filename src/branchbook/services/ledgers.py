"""What a user does with a ledger: look at it, and add, change and remove its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.domain.amounts import amount_words, decimals_of
from branchbook.domain.ledgers import Ledger, LedgerRow, is_overdue, sorted_rows, totals_of, within
from branchbook.domain.organisations import Organisation
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attachment, FieldValue, PersonRef
from branchbook.services.evidence import places_below
from branchbook.services.guards import still_there
from branchbook.services.ledger_reading import ledger_of, ledgers_of, row_title
from branchbook.services.ledger_values import RowWords, checked_row
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.place_words import short_places
from branchbook.services.store import Book, Reading, Writing


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when, both days included; None is open."""

    from_on: date | None = None
    to_on: date | None = None

    @classmethod
    def of_year(cls, year: int) -> Period:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))


EVER = Period()


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A row as a list shows it. ``cells`` are words by field key; ``missing`` names evidence that it lacks."""

    row: LedgerRow
    title: str
    cells: Mapping[str, str]
    place: str = ""
    overdue: bool = False
    missing: tuple[str, ...] = ()

    def contains(self, words: str) -> bool:
        """Whether every one of the words stands in some cell."""
        text = "\n".join((self.place, *self.cells.values())).casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A ledger with the rows asked for, in its order, and their totals in words by field key."""

    ledger: Ledger
    lines: tuple[LedgerLine, ...]
    totals: Mapping[str, str] = field(default_factory=dict)

    @property
    def overdue(self) -> int:
        """How many lines are overdue."""
        return sum(line.overdue for line in self.lines)


@dataclass(frozen=True, slots=True)
class LedgerSummary:
    """A ledger in the list of all: how many rows the organisation has in the period, how many overdue ever."""

    ledger: Ledger
    rows: int
    overdue: int


def ledger_summaries(
    reading: Reading, organisation_id: UUID, today: date, period: Period = EVER
) -> tuple[LedgerSummary, ...]:
    """Every ledger, the user's own first."""
    places = places_below(reading.roster(), organisation_id)
    found = []
    for ledger in ledgers_of(reading):
        rows = reading.ledger_rows(ledger.key, places)
        shown = sum(within(ledger, row, period.from_on, period.to_on) for row in rows)
        late = sum(is_overdue(ledger, row, today) for row in rows)
        found.append(LedgerSummary(ledger, shown, late))
    return tuple(found)


def ledger_view(
    reading: Reading,
    key: str,
    organisation_id: UUID,
    today: date,
    *,
    period: Period = EVER,
    words: str = "",
    chosen: Mapping[str, str] | None = None,
) -> LedgerView:
    """The rows of an organisation and all below it, in a period, that contain the words.

    ``chosen`` narrows by what a cell says in words, by field key. Raises RefusedProblem for an unknown ledger.
    """
    ledger = ledger_of(reading, key)
    rows = rows_of(reading, ledger, organisation_id, period)
    lines = [
        line
        for line in lines_of(reading, ledger, rows, today)
        if line.contains(words) and all(line.cells.get(key) == word for key, word in (chosen or {}).items())
    ]
    return LedgerView(ledger, tuple(lines), total_words(ledger, (line.row for line in lines)))


def rows_of(
    reading: Reading, ledger: Ledger, organisation_id: UUID, period: Period = EVER
) -> tuple[LedgerRow, ...]:
    """The rows of an organisation and all below it in a period, in the ledger's order."""
    places = places_below(reading.roster(), organisation_id)
    rows = reading.ledger_rows(ledger.key, places)
    return sorted_rows(ledger, (row for row in rows if within(ledger, row, period.from_on, period.to_on)))


def lines_of(
    reading: Reading, ledger: Ledger, rows: Sequence[LedgerRow], today: date
) -> tuple[LedgerLine, ...]:
    """Rows in words; the organisation is named where several stand together."""
    words = RowWords(reading, ledger, rows)
    places = short_places(reading.roster(), tuple(dict.fromkeys(row.organisation_id for row in rows)), today)
    return tuple(
        LedgerLine(
            row,
            row_title(ledger, row),
            words.cells(row),
            places.get(row.organisation_id, ""),
            is_overdue(ledger, row, today),
            words.missing(row),
        )
        for row in rows
    )


def total_words(ledger: Ledger, rows: Iterable[LedgerRow]) -> Mapping[str, str]:
    """The sums in words by field key; a field that no row has is missing."""
    totals = totals_of(ledger, rows)
    return {
        spec.key: amount_words(totals[spec.key], decimals_of(spec))
        for spec in ledger.summed
        if spec.key in totals
    }


def add_row(
    book: Book,
    key: str,
    organisation_id: UUID,
    actor: Actor,
    values: Mapping[str, FieldValue] | None = None,
    people: Mapping[str, tuple[PersonRef, ...]] | None = None,
) -> Outcome[LedgerRow]:
    """Add a row to a ledger. Raises RefusedProblem whose ``where`` is the label of the field that is wrong."""
    with operate(book, actor, _label(book, key, "登记")) as operating:
        row = LedgerRow(uuid4(), key, organisation_id, values or {}, people or {}, created_at=actor.now)
        added = put_new(operating.writing, row, actor)
    return Outcome(added, operating.changes)


def put_new(writing: Writing, row: LedgerRow, actor: Actor) -> LedgerRow:
    """Within an operation: check a row and write it behind those that its ledger has."""
    ledger = ledger_of(writing, row.ledger)
    still_there(writing, Organisation, row.organisation_id, "这个组织")
    position = max((each.position for each in writing.ledger_rows(row.ledger)), default=-1) + 1
    clean = checked_row(writing, ledger, replace(row, position=position), actor.today, None)
    writing.put(clean)
    return clean


def change_row(book: Book, row: LedgerRow, actor: Actor) -> Outcome[LedgerRow]:
    """Replace a row by one with the same id. What its ledger hides stays as it was."""
    with operate(book, actor, _label(book, row.ledger, "更改")) as operating:
        changed = put_changed(operating.writing, row, actor)
    return Outcome(changed, operating.changes)


def put_changed(writing: Writing, row: LedgerRow, actor: Actor) -> LedgerRow:
    """Within an operation: check a row that is in the book and write it."""
    before = still_there(writing, LedgerRow, row.id, "这一行")
    if before.ledger != row.ledger:
        raise RefusedProblem("一行不能换到另一本台账", row.ledger, "请在那本台账里另行登记")
    still_there(writing, Organisation, row.organisation_id, "这个组织")
    clean = checked_row(writing, ledger_of(writing, row.ledger), row, actor.today, before)
    writing.put(clean)
    return clean


def remove_rows(book: Book, row_ids: Sequence[UUID], actor: Actor) -> Outcome[int]:
    """Move rows with their attachments to the recycle bin, as one operation; gives their number."""
    with operate(book, actor, f"删除台账 {len(row_ids)} 行") as operating:
        writing = operating.writing
        for row_id in row_ids:
            still_there(writing, LedgerRow, row_id, "这一行")
        for attachment in writing.attachments_of(tuple(row_ids)):
            writing.remove(Attachment, attachment.id)
        for row_id in row_ids:
            writing.remove(LedgerRow, row_id)
    return Outcome(len(row_ids), operating.changes)


def _label(book: Book, key: str, what: str) -> str:
    with book.reading() as reading:
        return f"{what}{ledger_of(reading, key).name}"
