"""A new person: what is needed at once; everything else is filled in on the person's card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import MembershipChange, Person, Sex, Standing
from branchbook.services.operations import Actor, Outcome
from branchbook.services.people import Joining, add_person
from branchbook.services.store import Book, Reading
from branchbook.services.transfers import transfer_in
from branchbook.services.words import word_of
from branchbook.ui.widgets.inline_form import InlineForm

if TYPE_CHECKING:
    from branchbook.ui.place import Place


@dataclass(frozen=True, slots=True)
class Vacancies:
    """Where a new person can go: branches, and the groups of each."""

    branches: tuple[tuple[UUID, str], ...]
    groups: dict[UUID, tuple[tuple[UUID, str], ...]]


def vacancies(reading: Reading, organisation_id: UUID, day: date) -> Vacancies:
    """The branches that an organisation has on a day (a branch: itself), with their groups."""
    roster = reading.roster()
    own = roster.organisation_by_id[organisation_id]
    found = roster.branches_on(day) if own.kind is OrganisationKind.GENERAL_BRANCH else (own,)
    return Vacancies(
        tuple((each.id, each.name_on(day)) for each in found),
        {each.id: tuple((g.id, g.name_on(day)) for g in roster.groups_of(each.id, day)) for each in found},
    )


class NewPersonForm(InlineForm):
    """Asks for name, standing and place; someone who comes from elsewhere is a transfer with its letter."""

    def __init__(self, place: Place, rooms: Vacancies, added: Callable[[UUID], None]) -> None:
        title = place.tr("新增人员")
        hint = place.tr("先填这几项，其余内容在保存后逐项补充。")
        super().__init__(place, title, place.tr("保存"), hint)
        self._rooms = rooms
        self._added = added
        self.name = self.add_line(self.tr("姓名"))
        self.sex = self.add_choice(self.tr("性别"), [(None, self.tr("未填")), *_worded(Sex)])
        self.branch = self.add_choice(self.tr("党支部"), rooms.branches)
        self.group = self.add_choice(self.tr("党小组"), [(None, self.tr("不编组"))])
        self.standing = self.add_choice(self.tr("身份"), _worded(reversed(list(Standing))))
        ways = (MembershipChange.ON_RECORD, MembershipChange.TRANSFERRED_IN, MembershipChange.ACCEPTED)
        self.way = self.add_choice(self.tr("来源"), _worded(ways))
        self.since = self.add_date(self.tr("起始日期"), place.context.today)
        self.number = self.add_line(self.tr("身份证号"))
        self.counterpart = self.add_line(self.tr("转出单位"))
        self.letter = self.add_line(self.tr("介绍信"), "", self.tr("编号"))
        self.branch.value_changed.connect(lambda _: self._offer_groups())
        self.way.value_changed.connect(lambda _: self._offer_letter())
        self.submitted.connect(self._add_person)
        self._offer_groups()
        self._offer_letter()

    def _offer_groups(self) -> None:
        groups = self._rooms.groups.get(self.branch.value(), ())
        self.group.set_choices([(None, self.tr("不编组")), *groups])

    def _offer_letter(self) -> None:
        """The letter is asked for only where the person comes from another organisation."""
        asked: list[QWidget] = [
            self.name,
            self.sex,
            self.branch,
            self.group,
            self.standing,
            self.way,
            self.since,
            self.number,
        ]
        if self.way.value() is MembershipChange.TRANSFERRED_IN:
            asked += [self.counterpart, self.letter]
        self.fields.show_only(*asked)

    def _add_person(self) -> None:
        since = self.day(self.since)
        person = Person(uuid4(), self.name.value(), sex=self.sex.value(), identity_number=self.number.value())
        joining = Joining(
            self.branch.value(),
            since,
            self.standing.value(),
            self.group.value(),
            self.way.value(),
            counterpart=self.counterpart.value(),
        )
        book, actor, letter = self.place.context.book, self.place.context.actor(), self.letter.value()
        self.run(
            lambda: _enter(book, person, joining, letter, actor), lambda person_id: self._added(person_id)
        )


def _enter(book: Book, person: Person, joining: Joining, letter: str, actor: Actor) -> Outcome[UUID]:
    if joining.change is MembershipChange.TRANSFERRED_IN:
        return Outcome(person.id, transfer_in(book, person, joining, letter, actor).changes)
    return Outcome(person.id, add_person(book, person, joining, actor).changes)


def _worded(members: object) -> list[tuple[object, str]]:
    return [(each, word_of(each)) for each in members]  # type: ignore[attr-defined]
