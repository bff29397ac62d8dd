"""Texts to be copied into a web platform field by field: filled for the period, in the user's order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from branchbook.services.copy_blocks import CopyBlock, FilledBlock, filled_blocks, keep_blocks
from branchbook.ui.models.rows import Column
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.places.statistics.place import Statistics

_DIGITS = 9
Numbered = tuple[int, FilledBlock]


class BlocksCard(Card):
    """``place`` gives period and book. Enter copies the chosen block, Alt+1 … Alt+9 the first nine."""

    def __init__(self, place: Statistics) -> None:
        super().__init__("", "", place, padding=0)
        self._place = place
        self._wanted = -1
        self.set_title(self.tr("复制块"), self.tr("填到网上平台，一栏一块；回车复制"))
        self.edit_button = Button(self.tr("编辑"), "pencil")
        self.edit_button.setCheckable(True)
        self.edit_button.toggled.connect(self._show_editor)
        self.copy_button = Button(self.tr("复制"), "copy", primary=True)
        self.copy_button.clicked.connect(self.copy)
        self.add_action(self.edit_button)
        self.add_action(self.copy_button)
        self.table: Table[Numbered] = Table(
            (
                Column("", lambda each: f"Alt+{each[0] + 1}" if each[0] < _DIGITS else "", 56),
                Column(self.tr("标题"), lambda each: each[1].block.title, 150),
                Column(self.tr("内容"), lambda each: each[1].problem or " ".join(each[1].text.split())),
            ),
            self,
            key=lambda each: each[0],
        )
        self.table.setAccessibleName(self.tr("复制块"))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self.copy())
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("readOnly", True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("填好的文字"))
        self.told = Text("", "dim", wrap=True)
        self.add(self.table, 1)
        self.add(self._below())
        self._measure()
        Look.current().changed.connect(self._measure)
        for digit in range(_DIGITS):
            shortcut = QShortcut(QKeySequence(f"Alt+{digit + 1}"), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(partial(self.copy_number, digit))

    def _below(self) -> QWidget:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(self.told)
        self.editor = self._editor()
        self.editor.hide()
        column.addWidget(self.editor)
        return below

    def _editor(self) -> QWidget:
        self.title_field = LineField("", self.tr("这一栏的标题"))
        self.title_field.setAccessibleName(self.tr("标题"))
        self.source = QPlainTextEdit()
        self.source.setPlaceholderText(self.tr("文字，可以写 {{ 数.党课 }}、{{ 名.单位 }}"))
        self.source.setAccessibleName(self.tr("文字"))
        self.source.setTabChangesFocus(True)
        self.save_button = self._button(self.tr("保存"), "save", self.save)
        self.new_button = self._button(self.tr("新增"), "plus", self.add_block)
        self.up_button = self._button(self.tr("上移"), "chevron-up", partial(self.move_block, -1))
        self.down_button = self._button(self.tr("下移"), "chevron-down", partial(self.move_block, 1))
        self.delete_button = self._button(self.tr("删除"), "trash-2", self.delete)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.save_button, self.new_button, self.up_button, self.down_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.delete_button)
        editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title_field, self.source):
            column.addWidget(widget)
        column.addLayout(row)
        return editor

    def _button(self, text: str, icon: str, clicked: Callable[[], None]) -> Button:
        button = Button(text, icon)
        button.clicked.connect(lambda _=False: clicked())
        return button

    def _measure(self) -> None:
        self.text.setFixedHeight(Look.current().px(104))
        self.source.setFixedHeight(Look.current().px(92))

    # ------------------------------------------------------------------------------------ filling

    def refresh(self) -> None:
        """Fill the blocks for the period."""
        context, period = self._place.context, self._place.period_row.period
        if period is None:
            return
        templates, organisation = self._place.workshop.templates, context.scope.organisation_id
        today = context.today

        def question() -> tuple[FilledBlock, ...]:
            with context.book.reading() as reading:
                return filled_blocks(reading, templates, period, organisation, today)

        self._place.ask(question, self.show_blocks, key="blocks")

    def show_blocks(self, blocks: Sequence[FilledBlock]) -> None:
        """The blocks; the one that was chosen stays so, one that was just added or moved is."""
        rows = tuple(enumerate(blocks))
        self.table.set_rows(rows)
        if self._wanted >= 0:
            self.table.select(min(self._wanted, len(rows) - 1))
            self._wanted = -1
        if self.table.current_row is None and rows:
            self.table.select(0)
        self._choose(self.table.current_row)

    @property
    def blocks(self) -> tuple[CopyBlock, ...]:
        """The blocks as they are kept."""
        return tuple(filled.block for _, filled in self.table.rows_model.rows)

    def _choose(self, row: Numbered | None) -> None:
        filled = row[1] if row is not None else FilledBlock(CopyBlock("", ""), "")
        self.text.setPlainText(filled.text)
        blanks = "；".join(filled.unfilled)
        self.told.setText(filled.problem or (self.tr("空白：{what}").format(what=blanks) if blanks else ""))
        self.told.setVisible(bool(self.told.text()))
        self.title_field.set_value(filled.block.title)
        self.source.setPlainText(filled.block.text)
        for button in (
            self.copy_button,
            self.save_button,
            self.up_button,
            self.down_button,
            self.delete_button,
        ):
            button.setEnabled(row is not None)

    # ------------------------------------------------------------------------------------ copying

    def copy(self) -> None:
        """The chosen block to the clipboard; the next one is chosen, to be copied next."""
        row = self.table.current_row
        if row is None:
            return
        self._to_clipboard(row)
        if row[0] + 1 < len(self.table.rows_model.rows):
            self.table.select(row[0] + 1)
            self._choose(self.table.current_row)

    def copy_number(self, number: int) -> None:
        """One of the first nine, while the card is seen."""
        rows = self.table.rows_model.rows
        if self.isVisible() and number < len(rows):
            self.table.select(number)
            self._choose(rows[number])
            self._to_clipboard(rows[number])

    def _to_clipboard(self, row: Numbered) -> None:
        filled = row[1]
        if filled.problem:
            self._place.banner.say(Tone.WARN, filled.problem)
            return
        QGuiApplication.clipboard().setText(filled.text)
        self._place.banner.say(Tone.OK, self.tr("已复制：{title}").format(title=filled.block.title))

    # ------------------------------------------------------------------------------------ editing

    def _show_editor(self, shown: bool) -> None:
        self.editor.setVisible(shown)
        if shown:
            self.title_field.setFocus()

    def _number(self) -> int:
        row = self.table.current_row
        return row[0] if row is not None else len(self.table.rows_model.rows)

    def save(self) -> None:
        """Keep what was typed of the chosen block."""
        blocks = list(self.blocks)
        blocks[self._number()] = CopyBlock(self.title_field.text(), self.source.toPlainText())
        self._keep(blocks, self._number())

    def add_block(self) -> None:
        """A further block after the chosen one."""
        number = min(self._number() + 1, len(self.blocks))
        blocks = list(self.blocks)
        blocks.insert(number, CopyBlock(self.tr("新的一栏"), ""))
        self._keep(blocks, number)

    def move_block(self, by: int) -> None:
        """The chosen block one place up (-1) or down (1)."""
        blocks, number = list(self.blocks), self._number()
        if 0 <= number + by < len(blocks):
            blocks[number], blocks[number + by] = blocks[number + by], blocks[number]
            self._keep(blocks, number + by)

    def delete(self) -> None:
        """Without the chosen block; Ctrl+Z brings it back."""
        blocks, number = list(self.blocks), self._number()
        del blocks[number]
        self._keep(blocks, max(number - 1, 0))

    def _keep(self, blocks: Sequence[CopyBlock], then: int) -> None:
        book, actor = self._place.context.book, self._place.context.actor()
        self._wanted = then
        self._place.do(lambda: keep_blocks(book, blocks, actor))
