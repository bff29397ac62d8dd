"""Who was elected, and what the roster will say: shown with the report, the reply and the taking of office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from branchbook.services.election_results import Elected
from branchbook.services.words import word_of
from branchbook.ui.models.rows import Column
from branchbook.ui.places.elections.outcome_view import OutcomeView, PostLine
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.style import ROW
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class OutcomeSection(StepSection):
    """Sentences of the result; at 职务更新 a table of the posts that begin and end."""

    steps = frozenset({"result_report", "result_reply", "take_office"})

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.result = Banner(self, closable=False)
        self.title = Text(self.tr("名册里的职务"), "label", self)
        columns: tuple[Column[tuple[PostLine, bool]], ...] = (
            Column(self.tr("姓名"), lambda line: line[0].name, 160),
            Column(self.tr("职务"), lambda line: word_of(line[0].post), 130),
            Column(self.tr("变动"), self._change, tone=self._tone),
        )
        self.posts: Table[tuple[PostLine, bool]] = Table(columns, self)
        self.posts.setAccessibleName(self.tr("名册里职务的变动"))
        for widget in (self.result, self.title, self.posts):
            self.column.addWidget(widget)

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the result as it stands."""
        super().show_step(view, locked=locked)
        found = view.outcome
        if found is None:
            return
        self._say(found)
        lines = [*((each, True) for each in found.begins), *((each, False) for each in found.ends)]
        shown = view.spec.key != "result_report" and bool(lines)
        self.title.setVisible(shown)
        self.posts.setVisible(shown)
        self.posts.set_rows(lines)
        look = Look.current()
        self.posts.setFixedHeight(max(len(lines), 1) * look.px(ROW) + look.px(32))

    def stops(self) -> list[QWidget]:
        """What Tab visits."""
        return [] if self.posts.isHidden() else [self.posts]

    def _say(self, found: OutcomeView) -> None:
        outcome = found.outcome
        if outcome.void:
            self.result.say(Tone.BAD, self.tr("选举无效，没有当选人；请重新投票"))
            return
        parts = []
        if outcome.committee:
            names = "、".join(self._with_votes(each) for each in outcome.committee)
            parts.append(self.tr("当选委员 {n} 名：{names}").format(n=len(outcome.committee), names=names))
        if outcome.secretary is not None:
            parts.append(self.tr("当选书记：{name}").format(name=self._with_votes(outcome.secretary)))
        if outcome.deputies:
            names = "、".join(map(self._with_votes, outcome.deputies))
            parts.append(self.tr("当选副书记：{names}").format(names=names))
        if not parts:
            self.result.say(Tone.WARN, self.tr("还没有确认的计票结果"))
            return
        vacant = self.tr("还有 {n} 个名额没有选出").format(n=outcome.vacant) if outcome.vacant else ""
        tone = Tone.WARN if outcome.vacant else Tone.OK
        self.result.say(tone, "；".join(parts), more=vacant)

    def _with_votes(self, elected: Elected) -> str:
        return self.tr("{name}（{n} 票）").format(name=elected.name, n=elected.votes_for)

    def _change(self, line: tuple[PostLine, bool]) -> str:
        post, begins = line
        if post.waiting:
            return self.tr("当选待批")
        if begins:
            return self.tr("{day} 起任职").format(day=post.day)
        return self.tr("{day} 免去").format(day=post.day)

    def _tone(self, line: tuple[PostLine, bool]) -> Tone:
        post, begins = line
        if post.waiting:
            return Tone.WARN
        return Tone.OK if begins else Tone.QUIET
