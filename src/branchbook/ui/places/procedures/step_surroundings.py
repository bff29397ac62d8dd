"""What stands around a step's fields: what it waits for, when it is due, its articles, findings and papers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.domain.procedures import StepState
from branchbook.domain.tally import Finding, Level
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.wrapping_row import WrappingRow

TONES = {Level.ERROR: Tone.BAD, Level.WARNING: Tone.WARN, Level.INFO: Tone.QUIET}


class StepLead(QWidget):
    """The lines above the fields. ``step_asked`` gives the key of the step that must stand first."""

    step_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = Text("", "dim-body", self, wrap=True)
        self.articles = Text("", "dim", self, wrap=True)
        self.waiting = Banner(self, closable=False)
        self.waiting.linked.connect(self._go)
        self.due = Banner(self, closable=False)
        self._first = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.hint, self.articles, self.waiting, self.due):
            column.addWidget(widget)

    def show_step(self, view: StepView) -> None:
        """Show what a step is about and what it waits for."""
        standing = view.standing
        self.hint.setText(view.spec.hint)
        self.hint.setVisible(bool(view.spec.hint))
        self.articles.setText("；".join(citation for citation, _ in view.articles))
        self.articles.setToolTip("\n".join(f"{citation}：{words}" for citation, words in view.articles))
        self.articles.setVisible(bool(view.articles))
        self.show_waiting(view)
        if standing.due_on is not None and standing.state != StepState.DONE:
            doubtful = bool(view.spec.due and view.spec.due.unconfirmed)
            right = self.tr("待核实") if doubtful else ""
            self.due.say(Tone.BAD if standing.overdue else Tone.QUIET, view.due_words, right)
        else:
            self.due.clear()

    def show_waiting(self, view: StepView, *, told: bool = False) -> None:
        """Name what must stand first, with the way there; not where it is ``told`` beside the day already."""
        missing = view.standing.missing
        if told or not missing or view.standing.state in (StepState.DONE, StepState.NOT_NEEDED):
            self.waiting.clear()
            return
        self._first = missing[0].key
        names = "、".join(f"“{each.name}”" for each in missing)
        self.waiting.say(
            Tone.WARN,
            self.tr("先要完成{names}").format(names=names),
            more=self.tr("确需先办这一步的，填日期时写明原因"),
            link=self.tr("去{name}").format(name=missing[0].name),
        )

    def stops(self) -> list[QWidget]:
        """What Tab visits."""
        return self.waiting.stops()

    def _go(self) -> None:
        self.step_asked.emit(self._first)


class FindingLines(QWidget):
    """What the program finds about a step, worst first, each with its article at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these; none takes no room."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        order = list(TONES)
        self.lines = []
        for each in sorted(findings, key=lambda found: order.index(found.level)):
            line = Banner(self, closable=False)
            line.say(TONES[each.level], each.text, each.article)
            self._column.addWidget(line)
            self.lines.append(line)
        self.setVisible(bool(self.lines))


class PaperRow(QWidget):
    """The papers of a step as buttons. ``asked`` gives a paper's key."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Button] = {}
        self._shown: tuple[tuple[str, str], ...] = ()
        self._row = WrappingRow(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Text(self.tr("材料"), "label", self))
        column.addWidget(self._row)

    def show_papers(self, papers: tuple[tuple[str, str], ...]) -> None:
        """Show (key, name) of these."""
        self.setVisible(bool(papers))
        if papers == self._shown:
            return
        self._shown = papers
        self._row.clear()
        self.buttons = {key: Button(name, "printer") for key, name in papers}
        for key, button in self.buttons.items():
            button.setAccessibleName(self.tr("打印{name}").format(name=button.text()))
            button.clicked.connect(lambda _=False, key=key: self.asked.emit(key))
            self._row.add(button)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return list(self.buttons.values())
