"""Local cadences that are stricter than the rules: a list, and a form that opens in the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.catalogue.requirements import REQUIREMENTS
from branchbook.domain.cadences import CADENCE_NAMES, times_a_year
from branchbook.domain.checklists import Cadence
from branchbook.services.rule_choices import LocalCadence
from branchbook.services.settings_table import SPEC_BY_KEY
from branchbook.ui.models.rows import Column
from branchbook.ui.places.settings.cadence_form import CadenceForm
from branchbook.ui.places.settings.organisation_boxes import scope_words
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.inline_form import FormHost
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.places.settings.page import Page

KEY = "local_cadences"
_TITLES = {requirement.key: requirement.title for requirement in REQUIREMENTS}
_RULES = {requirement.key: requirement.rule_id for requirement in REQUIREMENTS}

Numbered = tuple[int, LocalCadence]


class CadencesCard(Card):
    """Each change is one operation on the whole list."""

    def __init__(self, page: Page) -> None:
        spec = SPEC_BY_KEY[KEY]
        super().__init__(spec.label, spec.help, page, padding=0)
        self._page = page
        self._view: SettingsView | None = None
        self.edit_button = Button(self.tr("修改"), "pencil")
        self.edit_button.clicked.connect(self.edit)
        self.remove_button = Button(self.tr("删除"), "trash-2")
        self.remove_button.clicked.connect(self.remove)
        self.add_button = Button(self.tr("登记频次"), "plus", primary=True)
        self.add_button.clicked.connect(lambda: self.open_form(None))
        for button in (self.edit_button, self.remove_button, self.add_button):
            self.add_action(button)
        self.host = FormHost(self)
        self.host.setContentsMargins(14, 12, 14, 12)
        self.table = self._make_table()
        self.nothing = EmptyState(
            "calendar",
            self.tr("没有更严的频次"),
            self.tr("上级文件要求得比条例更勤时（例如党课每月一次），在这里登记，并写明依据的文件。"),
        )
        self.add(self.host)
        self.add(self.table, 1)
        self.add(self.nothing, 1)

    def _make_table(self) -> Table[Numbered]:
        table: Table[Numbered] = Table(
            (
                Column(
                    self.tr("工作"), lambda each: _TITLES.get(each[1].requirement, each[1].requirement), 140
                ),
                Column(self.tr("频次"), lambda each: cadence_words(each[1]), 92),
                Column(self.tr("作用"), self._effect, 104, tone=self._effect_tone),
                Column(self.tr("起始日期"), self._since, 96),
                Column(self.tr("适用于"), self._scope, 150),
                Column(self.tr("依据文件"), lambda each: each[1].source),
            ),
            self,
            key=lambda each: each[0],
        )
        table.setAccessibleName(SPEC_BY_KEY[KEY].label)
        table.opened.connect(lambda _: self.edit())
        return table

    # --------------------------------------------------------------------------------- showing

    def show_view(self, view: SettingsView) -> None:
        """Show the book's list."""
        self._view = view
        rows = tuple(enumerate(view.settings.local_cadences))
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.edit_button.setVisible(bool(rows))
        self.remove_button.setVisible(bool(rows))

    def is_stricter(self, cadence: LocalCadence) -> bool:
        """Whether it asks for more than the rule in force today; only then does it count."""
        assert self._view is not None
        rule = self._view.rulebook.on(self._view.today).find(_RULES.get(cadence.requirement, ""))
        if rule is None:
            return True
        by_rule = times_a_year(Cadence(str(rule.values["cadence"])), rule.number("times"))
        return times_a_year(cadence.cadence, cadence.times) > by_rule

    def _effect(self, each: Numbered) -> str:
        return self.tr("更严，起作用") if self.is_stricter(each[1]) else self.tr("不严于条例")

    def _effect_tone(self, each: Numbered) -> Tone:
        return Tone.OK if self.is_stricter(each[1]) else Tone.WARN

    def _since(self, each: Numbered) -> str:
        return each[1].from_on.isoformat() if each[1].from_on else self.tr("不限")

    def _scope(self, each: Numbered) -> str:
        organisations = self._view.organisations if self._view else ()
        return scope_words(each[1].organisation_ids, organisations, self.tr("所有支部"))

    # -------------------------------------------------------------------------------- changing

    def open_form(self, number: int | None) -> CadenceForm:
        """A form for a new cadence, or for the one at ``number``."""
        assert self._view is not None
        known = self._view.settings.local_cadences
        form = CadenceForm(
            self._page.place, self._view.organisations, known[number] if number is not None else None
        )
        form.filled.connect(lambda cadence: self._keep(form, number, cadence))
        self.host.open(form)
        return form

    def edit(self) -> None:
        """Open the chosen one."""
        chosen = self.table.current_row
        if chosen is None:
            self._page.place.banner.say(Tone.WARN, self.tr("请先选中一行"))
        else:
            self.open_form(chosen[0])

    def remove(self) -> None:
        """Take the chosen one away; undo brings it back."""
        chosen = self.table.current_row
        if chosen is None or self._view is None:
            self._page.place.banner.say(Tone.WARN, self.tr("请先选中一行"))
            return
        kept = list(self._view.settings.local_cadences)
        del kept[chosen[0]]
        self._page.change(KEY, tuple(kept))

    def _keep(self, form: CadenceForm, number: int | None, cadence: LocalCadence) -> None:
        assert self._view is not None
        kept = list(self._view.settings.local_cadences)
        if number is None:
            kept.append(cadence)
        else:
            kept[number] = cadence
        form.run(self._page.changing(KEY, tuple(kept)))


def cadence_words(cadence: LocalCadence) -> str:
    """每季, or 每季 2 次."""
    name = CADENCE_NAMES[cadence.cadence]
    return name if cadence.times == 1 else f"{name} {cadence.times} 次"
