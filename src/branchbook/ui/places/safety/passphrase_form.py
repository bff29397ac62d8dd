"""The form that sets, changes or takes away the passphrase, inside its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent

from branchbook.domain.passphrases import StrengthLevel, check_passphrase, judge_passphrase
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.recovery_code import RecoveryGroupsProblem, Secret, secret_in
from branchbook.services.protection import NOBODY_CAN_HELP
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.inline_form import InlineForm
from branchbook.ui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_TONES = {StrengthLevel.WEAK: Tone.BAD, StrengthLevel.FAIR: Tone.WARN, StrengthLevel.GOOD: Tone.OK}


class PassphraseForm(InlineForm):
    """``asks_present`` where the book has a passphrase, ``asks_new`` unless it is to be taken away.

    ``known`` are words that stand in the book, which a passphrase should not be made of.
    """

    def __init__(
        self,
        place: Place,
        title: str,
        action: str,
        *,
        asks_present: bool,
        asks_new: bool,
        known: tuple[str, ...] = (),
    ) -> None:
        warning = NOBODY_CAN_HELP if asks_new else ""
        super().__init__(place, title, action, warning)
        self._known = known
        self.present = SecretField(self.tr("口令，或恢复单上的各组"))
        self.wanted = SecretField(self.tr("四五个互不相干的词，好记又难猜"))
        self.again = SecretField()
        self.strength = Banner(self, closable=False)
        if asks_present:
            self._add(self.tr("现在的"), self.present, True)
        if asks_new:
            self._add(self.tr("新口令"), self.wanted, True)
            self._add(self.tr("再输一次"), self.again, True)
            self.add_below(self.strength)
            self.wanted.edited.connect(self._judge)
        self._asks = (asks_present, asks_new)

    def wanted_passphrase(self) -> str | None:
        """The new one, after ``submitted``; None where it is to be taken away."""
        return self.wanted.value() if self._asks[1] else None

    def present_secret(self) -> Secret | None:
        """What was given as the present one, after ``submitted``."""
        return secret_in(self.present.value()) if self._asks[0] else None

    def submit(self) -> None:
        """Say beside the form what can't be; else tell."""
        problem = self._problem()
        if problem is not None:
            self.banner.show_problem(problem)
            return
        super().submit()

    def _problem(self) -> Problem | None:
        asks_present, asks_new = self._asks
        try:
            if asks_present and not secret_in(self.present.value()):
                return RefusedProblem(self.tr("还没有输入现在的口令"))
            if asks_new:
                check_passphrase(self.wanted.value())
        except (RefusedProblem, RecoveryGroupsProblem) as problem:
            return problem
        if asks_new and self.wanted.value() != self.again.value():
            return RefusedProblem(self.tr("两次输入的口令不一样"), "", self.tr("请点“显示”核对，再输一次"))
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Never lower than its words need at this width: where room is short, the place scrolls."""
        super().resizeEvent(event)
        self._keep_height()

    def _keep_height(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def _judge(self, text: str) -> None:
        if not text:
            self.strength.clear()
            return
        judged = judge_passphrase(text, self._known)
        self.strength.say(_TONES[judged.level], self.tr("强度：{words}").format(words=judged.words))
        self._keep_height()
