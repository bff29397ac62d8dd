"""A list of what has changed: since the handbook was closed, or since records were printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from branchbook.services.handbook_closing import CHANGE_WORDS, ChangedSection, SectionChange
from branchbook.services.paper_gallery import StaleLine
from branchbook.ui.place import Place, ShowPaper
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.entry_list import Entry, EntryList

_TONES = {SectionChange.ADDED: Tone.OK, SectionChange.CHANGED: Tone.WARN, SectionChange.REMOVED: Tone.BAD}


class ChangesCard(Card):
    """``ended`` when the user goes back; ``chosen`` gives a ``ShowPaper`` for a record that is to be printed again."""

    ended = Signal()
    chosen = Signal(object)

    def __init__(self, place: Place) -> None:
        super().__init__("", "", place, padding=0)
        self.back = Button(self.tr("返回"), "arrow-left", self)
        self.back.clicked.connect(self.ended)
        self.add_action(self.back)
        self.list = EntryList(self)
        self.list.chosen.connect(self._choose)
        self.same = EmptyState(
            "circle-check", self.tr("没有改动"), self.tr("现在重印，与结册时的手册内容一致。")
        )
        self.add(self.list, 1)
        self.add(self.same, 1)

    def show_sections(self, changes: Sequence[ChangedSection]) -> None:
        """What a reprint would show otherwise than the kept handbook."""
        self.set_title(self.tr("与结册时比较"), self.tr("{n} 处不同").format(n=len(changes)))
        self._show(
            [
                Entry(place, each.name, "", "", CHANGE_WORDS[each.change], _TONES[each.change])
                for place, each in enumerate(changes)
            ]
        )

    def show_stale(self, papers: Sequence[StaleLine]) -> None:
        """Records that were printed and say something else now; choosing one previews it."""
        self.set_title(self.tr("已改未重印"), self.tr("{n} 份，选一份即可预览、重印").format(n=len(papers)))
        self._show(
            [
                Entry(
                    ShowPaper(each.paper, each.record_id),
                    each.words,
                    each.title,
                    "",
                    self.tr("未重印"),
                    Tone.WARN,
                )
                for each in papers
            ]
        )

    def focus_list(self) -> None:
        """Put the keyboard where work goes on."""
        widget = self.back if self.list.isHidden() else self.list
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, entries: list[Entry]) -> None:
        self.list.set_entries(entries)
        self.list.setVisible(bool(entries))
        self.same.setVisible(not entries)

    def _choose(self, key: object) -> None:
        if isinstance(key, ShowPaper):
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
            return
        super().keyPressEvent(event)
