"""The Print place while it opens: what another place asks for is not lost in its own loading."""

from PySide6.QtWidgets import QApplication

from branchbook.ui.place import PlaceContext, ScopeChoice, ShowPaper
from tests.services.printing_sample import ACTOR, BRANCH
from tests.ui.executors import WhenTold
from tests.ui.places.printing_screen import PrintScreen


def test_a_paper_asked_for_while_the_place_opens_is_previewed_all_the_same(qtbot, settled, tmp_path):
    """The place's own loading asks again what the paper needs; the wish for a preview outlasts it."""
    slow = WhenTold()
    made = PrintScreen(settled, tmp_path, slow)
    qtbot.addWidget(made.place)
    made.place.show()
    scope = ScopeChoice(BRANCH, 2026)
    made.place.open(PlaceContext(made.book, made.commands, scope, "李操作", lambda: ACTOR.now))
    made.place.show_subject(ShowPaper("member_roster"))
    made.place.papers.open()
    while slow.waiting or not made.commands.idle:
        if slow.waiting:
            slow.carry_out()
        QApplication.processEvents()
    assert "党员花名册" in made.text
