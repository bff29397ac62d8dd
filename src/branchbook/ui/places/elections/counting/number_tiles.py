"""The six numbers of a round: 应到 实到 发出 收回 有效 无效."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from branchbook.domain.ballots import BallotRound
from branchbook.domain.evaluations import GradeRound
from branchbook.domain.problems import RefusedProblem
from branchbook.ui.preedit import composing
from branchbook.ui.theme import Look
from branchbook.ui.widgets.fields import set_wrong
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.number_field import NumberField

_ENTER_KEYS = (0x01000004, 0x01000005)  # Key_Return, Key_Enter
TYPED = ("issued", "returned", "invalid")


class TileField(NumberField):
    """A number typed in a tile; ``entered`` on Enter."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(0)
        self.setMaximumWidth(16_000)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; the key itself is nobody else's."""
        if event.key() in _ENTER_KEYS and not composing(self):
            self.entered.emit()
            return
        super().keyPressEvent(event)


class NumberTile(QFrame):
    """A caption over a big number, which is read, or typed where ``typed``."""

    def __init__(self, caption: str, parent: QWidget, *, typed: bool) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.caption = Text(caption, "dim", self)
        self.number = Text("0", "big", self)
        self.field = TileField(self) if typed else None
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 6)
        column.setSpacing(2)
        column.addWidget(self.caption)
        column.addWidget(self.number)
        if self.field is not None:
            self.field.setAccessibleName(caption)
            column.addWidget(self.field)
        self.set_typed(typed=False)

    def set_typed(self, *, typed: bool) -> None:
        """Show the field to type in, or the number alone."""
        self.number.setVisible(not typed or self.field is None)
        if self.field is not None:
            self.field.setVisible(typed)

    def show_number(self, number: int, wrong: str = "") -> None:
        """Show another number, and why it does not fit; not in a field that is being typed in."""
        shown = str(number) if number >= 0 else "—"  # fewer than none is no number of ballots
        self.number.setText(shown)
        self.setAccessibleName(f"{self.caption.text()} {shown}")
        self.setAccessibleDescription(wrong)
        self.setToolTip(wrong)
        if self.field is None or (self.field.number() is None and self.field.being_typed):
            return
        if self.field.number() != number or not (self.field.text() or self.field.being_typed):
            self.field.set_number(number)
        set_wrong(self.field, RefusedProblem(wrong) if wrong else None)


class NumberTiles(QWidget):
    """``typed`` gives the name of a number and its value while it is typed, ``left`` when a field is left,
    ``refused`` says what was typed that is no number.

    ``ended`` is emitted on Enter in ``returned`` and in the last field. ``can_be_typed`` names those with a field.
    """

    typed = Signal(str, int)
    left = Signal()
    refused = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None, *, can_be_typed: tuple[str, ...] = TYPED) -> None:
        super().__init__(parent)
        self._can_be_typed = can_be_typed
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.tiles: dict[str, NumberTile] = {}
        for name, caption in (
            ("due", self.tr("应到")),
            ("present", self.tr("实到")),
            ("issued", self.tr("发出")),
            ("returned", self.tr("收回")),
            ("valid", self.tr("有效")),
            ("invalid", self.tr("无效")),
        ):
            self._add(name, caption)
        self._measure()

    def _add(self, name: str, caption: str) -> None:
        tile = NumberTile(caption, self, typed=name in self._can_be_typed)
        self.tiles[name] = tile
        self._row.addWidget(tile, 1)
        if tile.field is not None:
            tile.field.counted.connect(lambda number, name=name: self.typed.emit(name, number))
            tile.field.left.connect(lambda name=name: self._leave(name))
            tile.field.entered.connect(lambda name=name: self._go_on(name))

    def field(self, name: str) -> TileField:
        """The field of a number that can be typed."""
        found = self.tiles[name].field
        assert found is not None
        return found

    def show_round(
        self, ballots: BallotRound | GradeRound, *, open_fields: tuple[str, ...], wrong: Mapping[str, str]
    ) -> None:
        """Show the numbers; those in ``open_fields`` can be typed, ``wrong`` says which do not fit and why."""
        for name, tile in self.tiles.items():
            tile.show_number(getattr(ballots, name), wrong.get(name, ""))
            tile.set_typed(typed=name in open_fields)

    def _leave(self, name: str) -> None:
        """Something that is no number is told and not taken."""
        field, caption = self.field(name), self.tiles[name].caption.text()
        typed, is_number = field.text(), field.number() is not None
        field.setModified(False)
        if not is_number:
            self.typed.emit(name, field.before)
        self.left.emit()
        if not is_number:
            words = self.tr("“{caption}”里的“{typed}”不是 0 到 99999 的整数，没有记下")
            self.refused.emit(words.format(caption=caption, typed=typed))

    def _go_on(self, name: str) -> None:
        if self.field(name).number() is None:
            self._leave(name)
            return
        self.field(name).before = self.field(name).number() or 0
        self.left.emit()
        following = self._following(name)
        if following is None:
            self.ended.emit()
        else:
            following.setFocus()
            following.selectAll()

    def _following(self, name: str) -> TileField | None:
        """The next field that is open, up to the ballots returned; None where entering goes on elsewhere."""
        before_last = self._can_be_typed[: self._can_be_typed.index("returned") + 1]
        if name not in before_last:
            return None
        later = (self.field(each) for each in before_last[before_last.index(name) + 1 :])
        return next((each for each in later if not each.isHidden()), None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "tiles"):
            self._measure()

    def _measure(self) -> None:
        look = Look.current()
        self._row.setSpacing(look.px(10) if look.text_scale <= 125 else 6)
        for tile in self.tiles.values():
            tile.setMinimumHeight(look.px(66))
            for each in (tile.number, tile.field):
                if each is not None:
                    each.setFixedHeight(look.px(30))
