"""All rules in force on a day: searched, read with their source, and corrected."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from branchbook.domain.rulebook import NO_RULEBOOK, Rule
from branchbook.services.rule_choices import RuleCorrection
from branchbook.ui.models.rows import Column
from branchbook.ui.places.settings.organisation_boxes import in_tab_order
from branchbook.ui.places.settings.rule_details import RuleDetails
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.places.settings.page import Page

KEY = "rule_corrections"
EVERY, DOUBTFUL, CORRECTED = "every", "doubtful", "corrected"


class RulesCard(Card):
    """The list above, the chosen rule with its correction below."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.tr("规则"), "", page, padding=0)
        self._page = page
        self._view: SettingsView | None = None
        self._counts: tuple[int, ...] = ()
        self.words = LineField("", self.tr("查找编号、内容、依据"))
        self.words.setAccessibleName(self.tr("查找规则"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _: self._filter())
        self.day = DateField(date.min)
        self.day.setAccessibleName(self.tr("哪一天有效的规则"))
        self.day.value_changed.connect(lambda _: self._filter())
        self.filter = Chips()
        self.filter.chosen.connect(lambda _: self._filter())
        self.table = self._make_table()
        self.nothing = EmptyState("search", self.tr("没有找到"), "")
        self.details = RuleDetails(self)
        self.details.kept.connect(self.keep_correction)
        self.details.taken_back.connect(self.take_back)
        self.add(self._filter_row())
        self.add(self.table, 1)
        self.add(self.nothing, 1)
        self.add(self.details)
        self._fit()
        Look.current().changed.connect(self._fit)

    @property
    def page(self) -> Page:
        """The page it stands on."""
        return self._page

    def _filter_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 2)
        row.addWidget(self.filter, 3)
        row.addWidget(Text(self.tr("有效于"), "dim"))
        row.addWidget(self.day)
        return holder

    def _fit(self) -> None:
        """Follow the text size."""
        look = Look.current()
        self.words.setMaximumWidth(look.px(300))
        self.day.setFixedWidth(look.px(116))
        self.table.setMinimumHeight(look.px(200))

    def _make_table(self) -> Table[Rule]:
        table: Table[Rule] = Table(
            (
                Column(self.tr("编号"), lambda each: each.id, 104),
                Column(self.tr("规则"), lambda each: each.text),
                Column(self.tr("依据"), self._cited, 236),
                Column(self.tr("把握"), self._mark, 76, tone=self._mark_tone),
            ),
            self,
            key=lambda each: each.id,
        )
        table.setAccessibleName(self.tr("规则"))
        table.chosen.connect(self._show_rule)
        return table

    # --------------------------------------------------------------------------------- showing

    def show_view(self, view: SettingsView) -> None:
        """Show the rules of the book; the day stays as it was chosen."""
        self._view = view
        self.day.set_today(view.today)
        if self.day.value() is None and self.day.problem() is None:
            self.day.set_value(view.today)
        self._filter()
        self.details.show_misfits(view.misfits)
        self._show_rule(self.table.current_row)

    def _filter(self) -> None:
        if self._view is None:
            return
        rules = self._view.rulebook.on(self.day.value() or self._view.today).rules
        doubtful = sum(1 for each in rules if each.unconfirmed)
        corrected = sum(1 for each in rules if each.source)
        self._count(len(rules), doubtful, corrected)
        found = sorted((rule for rule in rules if self._is_wanted(rule)), key=_place_of)
        self.table.set_rows(found)
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.set_title(self.tr("规则"), "" if rules else NO_RULEBOOK)

    def _count(self, *counts: int) -> None:
        """The numbers on the chips; made anew only where they differ, for the keyboard may be on one."""
        if counts == self._counts:
            return
        self._counts = counts
        texts = (self.tr("全部 {n}"), self.tr("待核实 {n}"), self.tr("已更正 {n}"))
        worded = [text.format(n=count) for text, count in zip(texts, counts, strict=True)]
        self.filter.set_chips(list(zip((EVERY, DOUBTFUL, CORRECTED), worded, strict=True)))
        in_tab_order(self.words, *self.filter.findChildren(QPushButton), self.day, self.table)

    def _is_wanted(self, rule: Rule) -> bool:
        chip = self.filter.current
        if (chip == DOUBTFUL and not rule.unconfirmed) or (chip == CORRECTED and not rule.source):
            return False
        text = f"{rule.id} {rule.text} {rule.citations} {rule.document.title}".casefold()
        return all(word in text for word in self.words.value().casefold().split())

    def _cited(self, rule: Rule) -> str:
        return f"{rule.basis or rule.document.short} {rule.article}".strip()

    def _mark(self, rule: Rule) -> str:
        return self.tr("已更正") if rule.source else rule.confidence_mark

    def _mark_tone(self, rule: Rule) -> Tone:
        if rule.source:
            return Tone.ACCENT
        return Tone.WARN if rule.unconfirmed else Tone.QUIET

    def _show_rule(self, rule: Rule | None) -> None:
        assert self._view is not None
        if rule is None:
            self.details.show_nothing()
            return
        shipped = next(
            (
                each
                for each in self._view.shipped.rules
                if (each.id, each.document.key) == (rule.id, rule.document.key)
            ),
            rule,
        )
        known = {each.rule: each for each in self._view.settings.rule_corrections}
        self.details.show_rule(shipped, rule, known.get(rule.id))
        QTimer.singleShot(0, self.table, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """The details take room from the list: the chosen row must not go under."""
        self.table.scrollTo(self.table.currentIndex())

    # ------------------------------------------------------------------------------ correcting

    def keep_correction(self, correction: RuleCorrection) -> None:
        """Lay a correction over its rule, in place of an earlier one."""
        assert self._view is not None
        others = tuple(each for each in self._view.settings.rule_corrections if each.rule != correction.rule)
        self._page.change(KEY, (*others, correction), self.details.show_problem, self.details.close_form)

    def take_back(self, rule_ids: tuple[str, ...]) -> None:
        """Let the shipped rules stand again."""
        assert self._view is not None
        kept = tuple(each for each in self._view.settings.rule_corrections if each.rule not in rule_ids)
        self._page.change(KEY, kept, self.details.show_problem)


_ORDER = ("B", "Z", "L", "E", "X", "D26", "D", "V", "T", "M", "F")
"""The rules of daily work first; what is not named stands last."""


def _place_of(rule: Rule) -> tuple[int, str, int, str]:
    """B-09 before B-10, whichever file each of them stands in."""
    letters, _, rest = rule.id.partition("-")
    prefix = letters if letters in _ORDER else letters.rstrip("0123456789")
    number = re.search(r"\d+", rest or letters)
    rank = _ORDER.index(prefix) if prefix in _ORDER else len(_ORDER)
    return rank, prefix, int(number[0]) if number else 0, rule.id
