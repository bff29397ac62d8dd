"""What would be refused, said beforehand in plain words; what follows from an approval; what the file lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.domain.ballots import Question, QuestionRound
from branchbook.ui.places.conversions.conversion_step import MEETING, ConversionStep
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class GuardSection(StepSection):
    """Beforehand, in plain words, what would be refused; and what follows from an approval."""

    steps = frozenset({MEETING, "postponement", "approval"})

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.lines: list[Banner] = []

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Say it anew."""
        super().show_step(view, locked=locked)
        assert isinstance(view, ConversionStep)
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        self.setVisible(view.is_conversion)
        if view.is_conversion:
            asked = view.counting or (view.spec.key == MEETING and view.resolved is not None)
            for finding in () if locked or asked else view.guards:
                tone = Tone.WARN if finding.level == "warning" else Tone.QUIET
                self._say(tone, finding.text, finding.article)
            if view.spec.key == "approval":
                self._say_what_follows(view)

    def _say(self, tone: Tone, text: str, article: str = "", more: str = "") -> None:
        banner = Banner(self, closable=False)
        banner.say(tone, text, article, more=more)
        self.column.addWidget(banner)
        self.lines.append(banner)

    def _say_what_follows(self, view: ConversionStep) -> None:
        person, decided, probation = view.person, view.resolved, view.probation
        if person is not None and person.full_member_since is not None:
            words = self.tr("转正日期 {since}（党龄从这天算）；权利自 {rights} 起")
            rights = person.rights_since or person.full_member_since
            self._say(Tone.OK, words.format(since=person.full_member_since, rights=rights))
        elif decided is None:
            self._say(Tone.WARN, self.tr("支部大会还没有通过决议，不能登记审批"))
        elif probation is not None and view.standing.entry.done_on is None:
            self._say(Tone.QUIET, self._consequence(view, decided), more=self.tr("不批准的，名册不变"))

    def _consequence(self, view: ConversionStep, decided: QuestionRound) -> str:
        assert view.probation is not None
        if decided.question == Question.EXTEND:
            return self.tr("批准后预备期延长 {n} 个月，这次办理自动办结").format(n=decided.months)
        if decided.question == Question.CANCEL:
            return self.tr("批准后预备党员资格取消，组织关系从审批日期起终止")
        since = self.tr("审批日期") if view.rights_from_approval else view.probation.ends_on.isoformat()
        words = self.tr("批准后转正日期为 {end}（预备期满），权利自{since}起（待核实，设置里可改）")
        return words.format(end=view.probation.ends_on, since=since)


class FileSection(StepSection):
    """At the archive: which papers the person's file should hold, and what it lacks."""

    steps = frozenset({"archive"})

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.sentence = Banner(self, closable=False)
        self.column.addWidget(self.sentence)

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the checklist's sentence with its article."""
        super().show_step(view, locked=locked)
        assert isinstance(view, ConversionStep)
        checklist = view.checklist
        if checklist is None:
            self.sentence.clear()
            return
        self.sentence.say(Tone.WARN if checklist.missing else Tone.OK, checklist.sentence, checklist.article)
