"""Who a row of a roster is: someone the book knows, someone new, or nobody that can be told apart."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from branchbook.domain import identity_number
from branchbook.domain.people import Person
from branchbook.services.roster_dates import says_the_same
from branchbook.services.roster_values import RosterRow, Severity

_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・．●.", "·"))


def name_key(name: str) -> str:
    """A name for comparison: blanks dropped, every kind of middle dot the same. Never shown or kept."""
    return "".join(unicodedata.normalize("NFC", name).split()).translate(_DOTS).casefold()


def match_rows(rows: Sequence[RosterRow], people: Iterable[Person]) -> Mapping[int, Person | None]:
    """For each row number the known person, or None for someone new.

    In turn by the book's own id, the identity number, the name with the birth date, and the name alone
    where it can only mean one person. What cannot be decided is noted as refused in the row and left out.
    """
    known = _KnownPeople(people)
    shared = _shared_names(rows)
    matched: dict[int, Person | None] = {}
    taken: dict[UUID, int] = {}
    for row in rows:
        if row.is_refused():
            continue
        person = known.find(row, name_is_shared=name_key(row.name) in shared)
        if row.is_refused():
            continue
        if person is not None and person.id in taken:
            text = f"与第 {taken[person.id]} 行是同一个人，只导入前一行"
            row.note(Severity.ROW_REFUSED, "name", text)
            continue
        if person is not None:
            taken[person.id] = row.number
        matched[row.number] = person
    _note_doubles(rows, matched)
    return matched


def _shared_names(rows: Sequence[RosterRow]) -> frozenset[str]:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[name_key(row.name)] += 1
    return frozenset(name for name, count in counts.items() if count > 1)


class _KnownPeople:
    """The book's people by each sign that a row may give."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by_id: dict[UUID, Person] = {}
        self._by_number: dict[str, list[Person]] = defaultdict(list)
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self._by_id[person.id] = person
            self._by_name[name_key(person.name)].append(person)
            if person.identity_number:
                self._by_number[identity_number.normalised(person.identity_number)].append(person)

    def find(self, row: RosterRow, *, name_is_shared: bool) -> Person | None:
        """The person that the row means; None for someone new, or with a refusal noted in the row."""
        if row.identifier is not None and row.identifier in self._by_id:
            return self._by_id[row.identifier]
        if row.identity_number and len(self._by_number[row.identity_number]) == 1:
            return self._same_number(row)
        candidates = [each for each in self._by_name[name_key(row.name)] if _may_be(row, each)]
        sure = [each for each in candidates if _surely_is(row, each)]
        if len(sure) == 1:
            return sure[0]
        if not candidates:
            return None
        if len(candidates) == 1 and not name_is_shared:
            return candidates[0]
        text = f"簿中或文件中有几位“{row.name}”，出生日期和身份证号都不足以分清是哪一位，请补填后再导入"
        row.note(Severity.ROW_REFUSED, "name", text)
        return None

    def _same_number(self, row: RosterRow) -> Person:
        person = self._by_number[row.identity_number][0]
        if name_key(person.name) != name_key(row.name):
            text = f"身份证号与簿中的“{person.name}”相同，姓名却不同，按同一人更名处理，请核对"
            row.note(Severity.CHECK, "name", text)
        return person


def _may_be(row: RosterRow, person: Person) -> bool:
    """Nothing that the row says speaks against this person of the same name."""
    if row.identity_number and person.identity_number:
        return row.identity_number == identity_number.normalised(person.identity_number)
    if row.masked_identity and person.identity_number:
        return row.masked_identity.replace("＊", "*") == identity_number.mask(person.identity_number)
    born = row.dates.get("born_on")
    if born is not None and person.born_on is not None:
        return says_the_same(born, person.born_on)
    return True


def _surely_is(row: RosterRow, person: Person) -> bool:
    """The row gives a second sign, beside the name, that agrees with this person."""
    if row.masked_identity and person.identity_number:
        return True  # _may_be has compared it
    born = row.dates.get("born_on")
    return born is not None and says_the_same(born, person.born_on)


def _note_doubles(rows: Sequence[RosterRow], matched: Mapping[int, Person | None]) -> None:
    """New people: an identity number twice is one person twice; a name twice is two people, told apart."""
    by_number: dict[str, RosterRow] = {}
    by_name: dict[str, list[RosterRow]] = defaultdict(list)
    for row in rows:
        if row.is_refused() or row.number not in matched:
            continue
        earlier = by_number.setdefault(row.identity_number, row) if row.identity_number else row
        if earlier is not row:
            text = f"身份证号与第 {earlier.number} 行“{earlier.name}”相同，只导入前一行"
            row.note(Severity.ROW_REFUSED, "identity_number", text)
            continue
        by_name[name_key(row.name)].append(row)
    for same in by_name.values():
        if len(same) > 1:
            numbers = "、".join(str(row.number) for row in same)
            for row in same:
                row.note(Severity.CHECK, "name", f"第 {numbers} 行同名，分别作为不同的人导入，请核对")
