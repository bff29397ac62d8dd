"""One rule in full, and the form that corrects it; above it what no longer fits."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem
from branchbook.domain.rulebook import UNCONFIRMED_MARK, Rule
from branchbook.services.rule_choices import RuleCorrection
from branchbook.ui.places.settings.correction_form import CorrectionForm
from branchbook.ui.places.settings.rule_values import values_in_words
from branchbook.ui.places.settings.view import Misfit
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.labels import Text

_CONFIDENCE: Mapping[str, str] = {
    "A": "A：有全文或两处一致",
    "B": "B：一处来源",
    "C": "C：地方做法或转述",
}


class RuleDetails(QFrame):
    """``kept`` gives a ``RuleCorrection``, ``taken_back`` the ids of the rules whose correction goes."""

    kept = Signal(object)
    taken_back = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self._rule: Rule | None = None
        self._known: RuleCorrection | None = None
        self._misfits: tuple[Misfit, ...] = ()
        self.banner = Banner(self, closable=False)
        self.banner.linked.connect(self._drop_misfits)
        self.problem = Banner(self)
        self.title = Text("", "title", self, wrap=True)
        self.badge = Badge("", Tone.WARN, self)
        self.cited = Text("", "dim", self, wrap=True)
        self.values = Text("", "", self, wrap=True)
        self.correct_button = Button(self.tr("更正这条规则"), "pencil", self)
        self.correct_button.clicked.connect(self.open_form)
        self.back_button = Button(self.tr("撤销更正"), "rotate-ccw", self)
        self.back_button.clicked.connect(self._take_back)
        self.form: CorrectionForm | None = None
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.badge)
        head.addWidget(self.back_button)
        head.addWidget(self.correct_button)
        self._shown = QWidget(self)
        words = QVBoxLayout(self._shown)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(4)
        words.addLayout(head)
        words.addWidget(self.cited)
        words.addWidget(self.values)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 4)
        self._column.setSpacing(8)
        for widget in (self.banner, self.problem, self._shown):
            self._column.addWidget(widget)

    # --------------------------------------------------------------------------------- showing

    def show_nothing(self) -> None:
        """No rule is chosen."""
        self._rule = None
        self._shut_form()
        self._shown.setVisible(False)
        self.setVisible(bool(self._misfits))

    def show_rule(self, shipped: Rule, rule: Rule, known: RuleCorrection | None) -> None:
        """Show a rule as it was shipped and as it holds for the book."""
        if self.form is not None and (
            self._rule is None or shipped.id != self._rule.id or known != self._known
        ):
            self._shut_form()
        self._rule, self._known = shipped, known
        self.problem.clear()
        self.title.setText(f"{rule.id}　{rule.text}")
        self._show_badge(rule)
        sure = "" if rule.source else _CONFIDENCE.get(rule.confidence_mark, "")
        self.cited.setText("；".join(part for part in (rule.document.title, rule.citations, sure) if part))
        self._show_values(shipped, rule, known)
        self.back_button.setVisible(known is not None)
        self._shown.setVisible(self.form is None)
        self.show()

    def _show_badge(self, rule: Rule) -> None:
        if rule.source:
            self.badge.say(self.tr("已更正"), Tone.ACCENT)
        else:
            self.badge.say(UNCONFIRMED_MARK if rule.unconfirmed else "", Tone.WARN)

    def _show_values(self, shipped: Rule, rule: Rule, known: RuleCorrection | None) -> None:
        words = values_in_words(rule)
        before = values_in_words(shipped)
        lines = [words] if words else []
        if known is not None:
            if before != words:
                lines.append(self.tr("随程序附带的是：{before}").format(before=before))
            if known.note:
                lines.append(self.tr("备注：{note}").format(note=known.note))
        self.values.setText("\n".join(lines))
        self.values.setVisible(bool(lines))

    # ------------------------------------------------------------------------------ correcting

    def open_form(self) -> None:
        """Open the form in place of the rule."""
        if self._rule is None:
            return
        self._shut_form()
        self.form = CorrectionForm(self._rule, self._known, self)
        self.form.filled.connect(self.kept)
        self.form.dismissed.connect(self.close_form)
        self._column.addWidget(self.form)
        self._shown.hide()
        self.form.focus_first()

    def _take_back(self) -> None:
        if self._rule is not None:
            self.taken_back.emit((self._rule.id,))

    def close_form(self, _: object = None) -> None:
        """Done or given up: the rule is shown again."""
        self._shut_form()
        self._shown.setVisible(self._rule is not None)
        self.correct_button.setFocus()

    def _shut_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.hide()
            form.deleteLater()

    def show_problem(self, problem: Problem) -> None:
        """Why a correction was refused; the form stays open."""
        self.problem.show_problem(problem)

    # --------------------------------------------------------------------------------- misfits

    def show_misfits(self, misfits: tuple[Misfit, ...]) -> None:
        """Corrections that this version's rules do not take: told until they are dropped."""
        self._misfits = misfits
        self.banner.setVisible(bool(misfits))
        if not misfits:
            return
        names = "、".join(each.correction.rule for each in misfits)
        text = self.tr("有更正不再适用，没有起作用：{names}").format(names=names)
        reasons = [
            self.tr("{rule}：{why}（依据：{source}）").format(
                rule=each.correction.rule, why=each.problem.what, source=each.correction.source
            )
            for each in misfits
        ]
        self.banner.say(Tone.WARN, text, more="\n".join(reasons), link=self.tr("删去"))
        self.show()

    def _drop_misfits(self) -> None:
        self.taken_back.emit(tuple(each.correction.rule for each in self._misfits))
