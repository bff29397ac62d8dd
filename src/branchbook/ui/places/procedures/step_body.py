"""The body of the step card: lead, fields, the step's own work, votes, papers and files, one under the other."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from branchbook.domain.procedures import StepEntry
from branchbook.domain.tally import Finding
from branchbook.ui.places.procedures.step_fields import StepFields
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_surroundings import FindingLines, PaperRow, StepLead
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.places.procedures.step_votes import StepVotes
from branchbook.ui.widgets.attachments_panel import AttachmentsPanel
from branchbook.ui.widgets.followed_body import FollowedBody, lock_fields


class StepBody(FollowedBody):
    """Shows a ``StepView`` with what is typed, and tells every edit. ``sections`` are the work of single steps."""

    edited = Signal(object)

    def __init__(self, sections: tuple[StepSection, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = self.widget()
        self.lead = StepLead(inside)
        self.findings = FindingLines(inside)
        self.fields = StepFields(inside)
        self.votes = StepVotes(inside)
        self.papers = PaperRow(inside)
        self.attachments = AttachmentsPanel(inside)
        self.sections = sections
        self._locked = False
        self._lay_out()
        for section in (self.fields, self.votes):
            section.edited.connect(self.edited)
        self.votes.arranged.connect(self.order_tabs)
        for each in sections:
            each.arranged.connect(self.order_tabs)
            each.edited.connect(self.edited)

    def _lay_out(self) -> None:
        self.column.setContentsMargins(14, 12, 14, 14)
        self.column.setSpacing(12)
        above = (self.lead, self.findings, self.fields)
        for widget in (*above, *self.sections, self.votes, self.fields.texts, self.papers):
            self.column.addWidget(widget)
        self._files = QWidget()
        column = QVBoxLayout(self._files)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column.addWidget(rule)
        column.addWidget(self.attachments)
        self.column.addWidget(self._files)
        self.column.addStretch(1)

    def show_step(self, view: StepView, entry: StepEntry, *, locked: bool) -> None:
        """Show a step as typed; ``locked`` where the election has ended and is not being corrected."""
        self._locked = locked
        self.lead.show_step(view)
        self.findings.show_findings(_said_once(view))
        self.fields.show_step(view, entry, locked=locked)
        self.votes.show_step(view, entry, locked=locked)
        for section in self.sections:
            wanted = view.spec.key in section.steps
            section.setVisible(wanted)
            if wanted:
                section.show_step(view, locked=locked)
        self.show_faults(view, entry)
        self.papers.show_papers(view.papers)
        self.attachments.show_attachments(view.attachments)
        for part in (self.fields, self.fields.texts, self.votes):
            lock_fields(part, locked)
        self.order_tabs()

    def show_faults(self, view: StepView, entry: StepEntry) -> None:
        """What is out of order about the step as typed; it says more than what the step waits for."""
        self.fields.show_faults(view, entry)
        self.lead.show_waiting(view, told=bool(view.faults(entry)))

    def forget(self) -> None:
        """The text size changed: widgets with a width of their own are made anew at the next showing."""
        self.fields.forget()
        self.votes.forget()

    def order_tabs(self) -> None:
        """Tab goes through everything in reading order, also through what was added later."""
        for before, after in pairwise(self.stops()):
            QWidget.setTabOrder(before, after)

    def stops(self) -> list[QWidget]:
        """Every stop of Tab in reading order."""
        own = [stop for each in self.sections if not each.isHidden() for stop in each.stops()]
        return [
            *self.lead.stops(),
            *self.fields.stops(),
            *own,
            *self.votes.stops(),
            *self.fields.text_stops(),
            *self.papers.stops(),
            *self.attachments.stops(),
        ]


def _said_once(view: StepView) -> list[Finding]:
    """The step's findings without those that its own work shows beside what they are about."""
    said = {each.text for kind in view.candidates for each in kind.findings}
    if view.voters is not None:
        said.add(view.voters.quorum.sentence)
    return [each for each in view.findings if each.text not in said]
