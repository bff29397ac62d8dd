"""Papers of conversions in the Print place: a group of their own, filled from a person's procedure."""

from dataclasses import replace
from datetime import date
from uuid import uuid5

import pytest

from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.services.conversions import begin_conversion
from branchbook.services.operations import operate
from branchbook.services.printing import paper_entries
from branchbook.ui.place import ShowPaper
from tests.services.printing_sample import ACTOR, BRANCH
from tests.ui.places.printing_screen import PrintScreen

PERSON = uuid5(BRANCH, "褚示例")


@pytest.fixture
def screen(qtbot, settled, tmp_path):
    made = PrintScreen(settled, tmp_path)
    qtbot.addWidget(made.place)
    return made.open()


@pytest.fixture
def conversion(screen):
    with operate(screen.book, ACTOR, "准备") as operating:
        operating.writing.put(Person(PERSON, "褚示例", "csl", accepted_on=date(2025, 10, 20), position=90))
        for kind, value, place in (
            (FactKind.MEMBERSHIP, MembershipChange.ACCEPTED, BRANCH),
            (FactKind.STANDING, Standing.PROBATIONARY, None),
        ):
            fact = PersonFact(uuid5(PERSON, kind), PERSON, kind, value, date(2025, 12, 1))
            operating.writing.put(replace(fact, organisation_id=place))
    begun = begin_conversion(screen.book, PERSON, date(2026, 3, 2), ACTOR)
    screen.commands.changed.emit(begun.changes)
    screen.settle()
    return begun.value.id


def test_papers_of_conversions_stand_in_a_group_of_their_own(screen):
    screen.show_group("conversion")
    tiles = [tile.key for tile in screen.papers.gallery.tiles]
    assert tiles == [entry.key for entry in paper_entries() if entry.group == "conversion"]
    assert tiles[-1] == "conversion:all"


def test_a_paper_is_filled_from_a_person_and_says_whose_it_is(screen, conversion):
    screen.place.show_subject(ShowPaper("conversion:resolution"))
    screen.settle()
    assert screen.papers.groups.current == "conversion"
    assert screen.papers.fields.record.currentText() == "褚示例 2026年3月2日 预备党员转正"
    assert screen.preview.product.request.record_id == conversion


def test_all_papers_of_a_person_come_as_one(screen, conversion):
    screen.place.show_subject(ShowPaper("conversion:all", record_id=conversion))
    screen.settle()
    assert screen.preview.preview.page_count > 20
    assert screen.preview.docx.isHidden()
    assert not screen.papers.fields.adjust.isVisible()


def test_a_blank_register_takes_the_shape_chosen(screen):
    screen.place.show_subject(ShowPaper("conversion:observation_register"))
    screen.fill(blank=True)
    screen.pick(screen.papers.fields.kind, "conversion_extended")
    assert screen.preview.preview.page_count == 7


def test_the_ledger_is_of_a_branch_and_a_day(screen):
    screen.place.show_subject(ShowPaper("joining_ledger"))
    screen.settle()
    assert "发展党员台账" in screen.preview.product.title
    assert screen.papers.fields.day.isVisible()
