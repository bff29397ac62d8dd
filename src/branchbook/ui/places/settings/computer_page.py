"""本机: who works here, and how the window looks. Kept with the program, not with the book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.preedit import composing
from branchbook.ui.theme import TEXT_SCALES, Look, ThemeChoice
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.fields import FieldGrid, LineField

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings


class ComputerPage(Page):
    """The operator's name is saved when its field is left; theme and text size show at once."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        self.operator = LineField("", self.tr("您的姓名"))
        self.operator.left.connect(self.save_operator)
        self.operator.returnPressed.connect(self.save_operator)
        self.theme = ChoiceField(
            [
                (ThemeChoice.SYSTEM.value, self.tr("跟随系统")),
                (ThemeChoice.LIGHT.value, self.tr("浅色")),
                (ThemeChoice.DARK.value, self.tr("深色")),
            ]
        )
        self.theme.value_changed.connect(self.choose_theme)
        self.text_size = ChoiceField([(scale, self._size_words(scale)) for scale in TEXT_SCALES])
        self.text_size.value_changed.connect(self.choose_text_size)
        self.add(self._operator_card())
        self.add(self._look_card())
        self.column.addStretch(1)
        Look.current().changed.connect(self._show_look)

    def _operator_card(self) -> Card:
        card = Card(self.tr("操作人"), self.tr("保存在这台电脑上，不随簿带走"))
        fields = FieldGrid(1, label_width=88)
        hint = self.tr("修改记录里写的就是这个名字，交接后请改成接手人的姓名。")
        fields.add(self.tr("操作人姓名"), self.operator, hint=hint)
        card.add(fields)
        return card

    def _look_card(self) -> Card:
        card = Card(self.tr("外观"), self.tr("保存在这台电脑上"))
        fields = FieldGrid(1, label_width=88)
        fields.add(self.tr("主题"), self.theme, hint=self.tr("打印出来的纸总是白底，不受主题影响。"))
        fields.add(
            self.tr("文字大小"), self.text_size, hint=self.tr("随时可按 Ctrl+加号 放大，Ctrl+减号 缩小。")
        )
        card.add(fields)
        return card

    def _size_words(self, scale: int) -> str:
        return self.tr("100%（标准）") if scale == 100 else f"{scale}%"

    def show_view(self, view: SettingsView) -> None:
        """Show what this computer remembers; a name being typed is left alone."""
        super().show_view(view)
        if not self.operator.hasFocus():
            self.operator.set_value(self.place.settings_file.load().operator)
        self._show_look()

    def _show_look(self) -> None:
        look = Look.current()
        self.theme.set_value(look.choice.value)
        self.text_size.set_value(look.text_scale)

    def save_operator(self) -> None:
        """Keep the name, and tell the window, so that history names it from now on."""
        if composing(self.operator):
            return
        name = " ".join(self.operator.value().split())
        file = self.place.settings_file
        if name != file.load().operator:
            file.save(replace(file.load(), operator=name))
            self.operator.set_value(name)
            self.place.operator_changed.emit(name)

    def keep(self) -> None:
        """Save a name that is still being typed."""
        self.save_operator()

    def choose_theme(self, choice: str) -> None:
        """Light, dark, or as the system is."""
        Look.current().choose(ThemeChoice(choice))
        self._keep_look()

    def choose_text_size(self, scale: int) -> None:
        """A text size in percent."""
        Look.current().choose(text_scale=scale)
        self._keep_look()

    def _keep_look(self) -> None:
        look, file = Look.current(), self.place.settings_file
        file.save(replace(file.load(), theme=look.choice.value, text_scale=look.text_scale))
        self.place.look_changed.emit()
