"""The history of the book: every operation as a line, and each value's own history field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from branchbook.domain.history import Operation, Touch
from branchbook.domain.problems import Problem
from branchbook.domain.roster import Roster
from branchbook.services.codec import from_json
from branchbook.services.privacy import WITHHELD, is_private_json
from branchbook.services.store import Reading
from branchbook.services.value_words import field_values, subject_words

MOST_SUBJECTS = 3
FIRST_PAGE = 8
MOST_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One operation as the history shows it. ``undone`` is True while its effect is taken back.

    ``subjects`` names the first values touched, ``count`` says how many there were.
    """

    operation_id: UUID
    number: int
    at: datetime
    who: str
    label: str
    reason: str
    subjects: tuple[str, ...]
    count: int
    undone: bool
    undoes: UUID | None


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field before and after, in words; of a private record one alone, which says that it is ``withheld``."""

    label: str
    before: str
    after: str

    @property
    def withheld(self) -> bool:
        """Whether this stands for everything that a private record changed."""
        return self.label == WITHHELD


NOT_TOLD = (FieldDifference(WITHHELD, "", ""),)
"""In the place of what differs in a private record."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One operation's change of one value; ``what`` is 新增, 更改 or 删除. ``name`` says which value in words."""

    operation_id: UUID
    number: int
    at: datetime
    who: str
    label: str
    reason: str
    what: str
    differences: tuple[FieldDifference, ...]
    value: tuple[str, str] = ("", "")
    name: str = ""


def history_lines(
    reading: Reading, limit: int = 100, before_number: int | None = None
) -> tuple[HistoryLine, ...]:
    """The latest operations first. ``before_number`` asks for the page after the one already shown."""
    roster = reading.roster()
    shown = reading.operations(limit, before_number)
    if not shown:
        return ()
    undone = undone_ids(operations_from(reading, shown[-1].number))
    return tuple(_line(reading, roster, operation, operation.head.id in undone) for operation in shown)


def value_history(reading: Reading, entity: str, entity_id: str) -> tuple[ValueChange, ...]:
    """What happened to one value, the latest first, with the fields that differ."""
    roster = reading.roster()
    return tuple(
        _change(reading, roster, operation, touch)
        for operation in reading.history_of(entity, entity_id)
        for touch in operation.touches
    )


def person_history(reading: Reading, person_id: UUID) -> tuple[ValueChange, ...]:
    """What happened to a person and to the dated facts about the person that are there, the latest first."""
    facts = reading.roster().facts_of(person_id)
    own = value_history(reading, "person", str(person_id))
    about = [change for fact in facts for change in value_history(reading, "person_fact", str(fact.id))]
    return tuple(sorted((*own, *about), key=lambda each: -each.number))


def operation_changes(reading: Reading, operation_id: UUID) -> tuple[ValueChange, ...]:
    """Everything that one operation changed, in the order of the changes; empty where it is not known."""
    operation = reading.operation(operation_id)
    if operation is None:
        return ()
    roster = reading.roster()
    return tuple(_change(reading, roster, operation, touch) for touch in operation.touches)


def differences(roster: Roster, touch: Touch) -> tuple[FieldDifference, ...]:
    """The fields in which a value differs; of a new or removed value those that are not empty."""
    before = field_values(roster, touch.entity, touch.before)
    after = field_values(roster, touch.entity, touch.after)
    return tuple(
        FieldDifference(label, before.get(label, ""), after.get(label, ""))
        for label in dict.fromkeys((*before, *after))
        if before.get(label, "") != after.get(label, "")
    )


def operations_from(reading: Reading, number: int) -> Iterator[Operation]:
    """Operations from the latest back to the one with ``number``, asked page by page."""
    before, size = None, FIRST_PAGE
    while True:
        page = reading.operations(size, before)
        for operation in page:
            if operation.number < number:
                return
            yield operation
        if len(page) < size:
            return
        before, size = page[-1].number, min(size * 3, MOST_A_PAGE)


def undone_ids(latest_first: Iterable[Operation]) -> frozenset[UUID]:
    """Ids of operations whose effect has been taken back. An undo that was itself undone takes nothing back."""
    taken_back: set[UUID] = set()
    for operation in latest_first:
        undoes = operation.head.undoes
        if undoes is not None and operation.head.id not in taken_back:
            taken_back.add(undoes)
    return frozenset(taken_back)


def open_subject(reading: Reading, roster: Roster, entity: str, payload: str | None) -> str:
    """What a value is called in a list; of a file of a private record not even its name."""
    return subject_words(roster, entity, None if _hangs_on_private(reading, entity, payload) else payload)


def _line(reading: Reading, roster: Roster, operation: Operation, undone: bool) -> HistoryLine:
    head, touches = operation.head, operation.touches
    subjects: dict[str, None] = {}
    for touch in touches:
        if len(subjects) < MOST_SUBJECTS:
            subjects.setdefault(open_subject(reading, roster, touch.entity, touch.after or touch.before))
    private = any(is_private_json(state) for touch in touches for state in (touch.before, touch.after))
    return HistoryLine(
        head.id,
        operation.number,
        head.at,
        head.who,
        head.label,
        "" if private else head.reason,
        tuple(subjects),
        len(touches),
        undone,
        head.undoes,
    )


def _change(reading: Reading, roster: Roster, operation: Operation, touch: Touch) -> ValueChange:
    head = operation.head
    private = is_private_touch(reading, touch)
    what = "新增" if touch.before is None else "删除" if touch.after is None else "更改"
    return ValueChange(
        head.id,
        operation.number,
        head.at,
        head.who,
        head.label,
        "" if private else head.reason,
        what,
        NOT_TOLD if private else differences(roster, touch),
        (touch.entity, touch.entity_id),
        open_subject(reading, roster, touch.entity, touch.after or touch.before),
    )


def is_private_touch(reading: Reading, touch: Touch) -> bool:
    """Whether a record is private or was at this change, or a file hangs on such a record.

    What was typed before a record was marked is private too.
    """
    if touch.entity != "record":
        return _hangs_on_private(reading, touch.entity, touch.after or touch.before)
    now = reading.current_json(touch.entity, touch.entity_id)
    return any(map(is_private_json, (touch.before, touch.after, now)))


def _hangs_on_private(reading: Reading, entity: str, payload: str | None) -> bool:
    """Whether a stored value is an attachment of a private record, or of one that was private when it was removed."""
    if entity != "attachment" or payload is None:
        return False
    try:
        owner = str(from_json(entity, payload).record_id)
    except Problem:  # what this version cannot read is not shown anyway
        return False
    state = reading.current_json("record", owner)
    if state is None:
        last = next(iter(reading.history_of("record", owner)), None)
        state = last.touches[0].before if last else None
    return is_private_json(state)
