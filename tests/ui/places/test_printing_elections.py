"""Papers of elections in the Print place: a group of their own, filled from a procedure, blank in a shape's words."""

from datetime import date

import pytest

from branchbook.services.printing import paper_entries
from branchbook.services.procedures import begin_procedure
from branchbook.ui.place import ShowPaper
from tests.services.printing_sample import ACTOR, BRANCH
from tests.ui.places.printing_screen import PrintScreen

SINGLE = [entry for entry in paper_entries() if entry.key != "handbook"]


@pytest.fixture
def screen(qtbot, settled, tmp_path):
    made = PrintScreen(settled, tmp_path)
    qtbot.addWidget(made.place)
    return made.open()


@pytest.fixture
def election(screen):
    begun = begin_procedure(screen.book, "by_election", BRANCH, date(2026, 3, 2), ACTOR)
    screen.commands.changed.emit(begun.changes)
    screen.settle()
    return begun.value.id


def test_papers_of_elections_stand_in_a_group_of_their_own(screen):
    screen.show_group("election")
    tiles = {tile.key: tile for tile in screen.papers.gallery.tiles}
    assert list(tiles) == [entry.key for entry in SINGLE if entry.group == "election"]
    assert list(tiles)[-1] == "election:all"
    assert tiles["election:request"].detail == "0 份"


def test_a_paper_asked_for_from_elsewhere_brings_its_group(screen):
    screen.place.show_subject(ShowPaper("election:method"))
    screen.settle()
    assert screen.papers.groups.current == "election"
    assert screen.papers.gallery.current_key == "election:method"
    assert "换届选举办法" in screen.preview.product.title


def test_a_blank_paper_of_an_election_takes_the_words_of_the_shape_chosen(screen):
    screen.fill(blank=True)
    screen.choose("election:request")
    screen.pick(screen.papers.fields.kind, "by_election")
    assert "补选委员" in screen.preview.product.title


def test_a_paper_of_an_election_is_filled_from_the_latest_and_says_which(screen, election):
    screen.choose("election:request")
    assert screen.papers.fields.record.currentText() == "2026年3月2日 补选"
    assert screen.preview.product.request.record_id == election
    assert "补选" in screen.preview.product.title
    assert not screen.papers.fields.kind.isVisible()


def test_the_screen_of_elections_opens_a_paper_of_one(screen, election):
    screen.place.show_subject(ShowPaper("election:all", record_id=election))
    screen.settle()
    assert screen.preview.product.request.record_id == election
    assert screen.preview.preview.page_count > 20
    assert screen.preview.docx.isHidden()
    assert not screen.papers.fields.adjust.isVisible()


def test_the_gallery_counts_elections(screen, election):
    screen.show_group("election")
    tiles = {tile.key: tile for tile in screen.papers.gallery.tiles}
    assert tiles["election:result"].detail == "1 份"


def test_a_paper_that_the_election_does_not_have_says_so(screen, election):
    screen.choose("election:work_report_cover")
    assert "这次补选没有“工作报告封面”" in screen.place.banner.text
