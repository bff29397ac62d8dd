"""What the card of a row shows, asked from the book in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from branchbook.domain.amounts import HalfCents
from branchbook.domain.fields import FieldType
from branchbook.domain.ledgers import Ledger, LedgerRow
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, AttachmentKind
from branchbook.domain.roster import Roster
from branchbook.services.codec import from_json
from branchbook.services.evidence import place_words, places_below
from branchbook.services.guards import still_there
from branchbook.services.ledger_reading import ledger_of, row_title
from branchbook.services.ledger_values import LINK_PROCEDURE, LINK_RECORD, link_to, link_words
from branchbook.services.settings import book_settings
from branchbook.services.store import Reading, RecordQuery
from branchbook.ui.people_choices import people_choices
from branchbook.ui.widgets.person_picker import PersonChoice

TITLE_LIMIT = 13
ROW = "ledger_row"
LINKED_DAYS = 800
"""Meetings of so many days back are offered to link to; an older one that is linked stays."""


@dataclass(frozen=True)
class RowView:
    """A row with what its fields offer. ``is_new``: the book does not hold it yet."""

    ledger: Ledger
    row: LedgerRow
    is_new: bool
    title: str
    attachments: tuple[Attachment, ...]
    expected: tuple[AttachmentKind, ...]
    people: tuple[PersonChoice, ...]
    holders: tuple[tuple[UUID, str], ...]
    organisations: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    half_cents: HalfCents
    typed: LedgerRow | None = None
    """What was typed and could not be kept yet, from this run or an earlier one."""


def row_view(reading: Reading, ledger_key: str, row_id: UUID | None, scope_id: UUID, today: date) -> RowView:
    """A row of the book, or a new one of the scope. Raises RefusedProblem where it is in the recycle bin."""
    ledger, roster = ledger_of(reading, ledger_key), reading.roster()
    typed = _typed(reading, ledger_key, row_id, scope_id)
    row = LedgerRow(typed.id if typed and row_id is None else uuid4(), ledger_key, scope_id)
    if row_id is not None:
        row = still_there(reading, LedgerRow, row_id, "这一行")
    return RowView(
        ledger,
        row,
        row_id is None,
        row_title(ledger, row, TITLE_LIMIT),
        reading.attachments_of((row.id,)),
        _expected(ledger),
        people_choices(roster, row.organisation_id, today),
        _holders(roster, scope_id, row.organisation_id, today),
        _organisations(roster, today),
        _links(reading, roster, ledger, row, today),
        book_settings(reading).half_cents,
        typed,
    )


def _typed(reading: Reading, ledger_key: str, row_id: UUID | None, scope_id: UUID) -> LedgerRow | None:
    """The draft of a row; asked for a new one, the latest of this ledger that never became a row."""
    for draft in reading.drafts():
        if draft.entity != ROW:
            continue
        row: LedgerRow = from_json(ROW, draft.payload)
        if row_id is not None and row.id == row_id:
            return row
        new = row_id is None and (row.ledger, row.organisation_id) == (ledger_key, scope_id)
        if new and reading.get(LedgerRow, row.id) is None:
            return row
    return None


def ledger_of_row(reading: Reading, row_id: UUID) -> str:
    """The key of the ledger to which a row belongs. Raises RefusedProblem where it is gone."""
    return still_there(reading, LedgerRow, row_id, "这一行").ledger


def _expected(ledger: Ledger) -> tuple[AttachmentKind, ...]:
    wanted = [
        spec
        for spec in ledger.shown
        if spec.type is FieldType.ATTACHMENT and (spec.required or spec.key in ledger.evidence)
    ]
    return tuple(AttachmentKind(kind) for spec in wanted for kind in spec.choices)


def _holders(roster: Roster, scope_id: UUID, own_id: UUID, today: date) -> tuple[tuple[UUID, str], ...]:
    """To whom a row can belong: the scope's organisation and the branches below it, never a group."""
    found = [
        each
        for each in places_below(roster, scope_id)
        if each == own_id
        or (
            roster.organisation_by_id[each].kind is not OrganisationKind.GROUP
            and roster.organisation_by_id[each].exists_on(today)
        )
    ]
    if own_id not in found:
        found.append(own_id)
    return tuple((each, place_words(roster, each, today)) for each in found)


def _organisations(roster: Roster, today: date) -> tuple[tuple[str, str], ...]:
    shown = [each for each in roster.organisations if each.exists_on(today)]
    shown.sort(key=lambda each: (list(OrganisationKind).index(each.kind), each.position))
    return tuple((str(each.id), place_words(roster, each.id, today)) for each in shown)


def _links(
    reading: Reading, roster: Roster, ledger: Ledger, row: LedgerRow, today: date
) -> tuple[tuple[str, str], ...]:
    """Recent meetings and all procedures of the organisation, the latest first, and what is linked already."""
    keys = [spec.key for spec in ledger.shown if spec.type is FieldType.LINK]
    if not keys:
        return ()
    places = places_below(roster, row.organisation_id)
    query = RecordQuery(places, from_on=today - timedelta(days=LINKED_DAYS), undated=False)
    texts = [row.text(key) for key in keys if row.text(key)]
    texts += [
        link_to(LINK_PROCEDURE, each.id) for each in reading.all(Procedure) if each.organisation_id in places
    ]
    texts += [link_to(LINK_RECORD, each.id) for each in reading.summaries(query)]
    words = link_words(reading, texts)
    return tuple((text, words[text]) for text in dict.fromkeys(texts) if text in words)
