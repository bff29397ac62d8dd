"""The title line's buttons of a record, shown as its state allows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.records import Record
from branchbook.services.printed_papers import StalePaper
from branchbook.ui.places.meetings.kind_menu import KindMenu
from branchbook.ui.places.meetings.wording import state_badge
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.card import Card


class RecordHead:
    """Puts its buttons into a card's title line: 照上次, 预览, 定稿, 更正, and the rest behind ⋯."""

    def __init__(self, card: Card) -> None:
        self.state = Badge("", parent=card)
        self.reprint = Badge("", Tone.WARN, card)
        self.copy = Button(QCoreApplication.translate("RecordHead", "照上次"), "copy", card)
        self.copy.setToolTip(
            QCoreApplication.translate("RecordHead", "照上次的样子起草：不带旧日期、旧数字和旧姓名")
        )
        self.preview = Button(QCoreApplication.translate("RecordHead", "预览"), "eye", card)
        self.preview.setToolTip(QCoreApplication.translate("RecordHead", "Ctrl+P"))
        self.finalise = Button(QCoreApplication.translate("RecordHead", "定稿"), "", card, primary=True)
        self.finalise.setToolTip(QCoreApplication.translate("RecordHead", "Ctrl+Enter"))
        self.correct = Button(QCoreApplication.translate("RecordHead", "更正"), "pencil", card)
        self.more = IconButton("ellipsis", QCoreApplication.translate("RecordHead", "更多"), card)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.kinds = KindMenu(menu)
        menu.addMenu(self.kinds)
        self.rectify = menu.addAction(QCoreApplication.translate("RecordHead", "列入整改台账"))
        self.history = menu.addAction(QCoreApplication.translate("RecordHead", "修改历史"))
        self.delete = menu.addAction(QCoreApplication.translate("RecordHead", "删除这份记录"))
        self.more.setMenu(menu)
        actions: tuple[QWidget, ...] = (
            self.reprint, self.state, self.copy, self.preview, self.finalise, self.correct, self.more
        )  # fmt: skip
        for widget in actions:
            card.add_action(widget)

    def show_reprint(self, papers: Sequence[StalePaper]) -> None:
        """Say that papers of the record were printed before it was changed; the hint names them."""
        self.reprint.say(QCoreApplication.translate("RecordHead", "已改未重印") if papers else "")
        self.reprint.setToolTip("、".join(each.title for each in papers))

    def show_record(self, record: Record, held_by: OrganisationKind, *, correcting: bool) -> None:
        """Show what can be done with the record as it is."""
        final = record.is_final
        self.finalise.setText(_finalise_words())
        self.state.say(*state_badge(record.state, record.late_entry))
        self.state.setVisible(final)
        self.copy.setVisible(not final)
        self.finalise.setVisible(not final)
        self.correct.setVisible(final and not correcting)
        self.rectify.setVisible(kind_of(record.kind).is_meeting and not record.is_private)
        self.kinds.show_kinds(record, held_by, locked=final and not correcting)


def _finalise_words() -> str:
    """With its key, unless the text is so large that the title line has no room for it."""
    if Look.current().text_scale > 125:
        return QCoreApplication.translate("RecordHead", "定稿")
    return QCoreApplication.translate("RecordHead", "定稿 Ctrl+Enter")
