"""The form in which a member's dues of a year are fixed: by what they are reckoned, the base or the sum."""

from __future__ import annotations

from branchbook.domain.amounts import MONEY_DECIMALS
from branchbook.domain.dues import WITH_BASE, WITH_SUM, Payer
from branchbook.services.dues import PAYER_WORDS, DuesLine, DuesView, fix_dues
from branchbook.ui.place import Place
from branchbook.ui.widgets.amount_field import AmountField
from branchbook.ui.widgets.inline_form import InlineForm


class DuesForm(InlineForm):
    """Asks only for what the choice needs; what the rules refuse is said in the form."""

    def __init__(self, place: Place, view: DuesView, line: DuesLine) -> None:
        title = place.tr("核定 {name} {year} 年党费").format(name=line.name, year=view.year)
        super().__init__(place, title, place.tr("核定"))
        self.view, self.line = view, line
        self.payer = self.add_choice(self.tr("计算依据"), list(PAYER_WORDS.items()))
        self.base = self._add(self.tr("计算基数"), AmountField(MONEY_DECIMALS), False)
        self.sum = self._add(self.tr("月应交"), AmountField(MONEY_DECIMALS), False)
        self.approval = self.add_line(self.tr("批准依据"), "", self.tr("少交、免交的写批准文件"))
        self.reason = self.add_line(self.tr("更改原因"), "", self.tr("已登记交费后更改的才写"), wide=True)
        self.payer.set_value(line.payer or Payer.WAGE)
        self.base.show_units(line.base_fen)
        if line.payer in WITH_SUM and line.due is not None:
            self.sum.show_units(line.due.fen)
        self.payer.value_changed.connect(lambda _: self._arrange())
        self.submitted.connect(self._keep)
        self._arrange()

    def _arrange(self) -> None:
        payer = self.payer.value()
        self.base.setEnabled(payer in WITH_BASE)
        self.sum.setEnabled(payer in WITH_SUM)
        self.approval.setEnabled(payer is Payer.REDUCED)

    def _keep(self) -> None:
        wrong = self.base.problem() or self.sum.problem()
        if wrong is not None:
            self.banner.show_problem(wrong)
            return
        payer: Payer = self.payer.value()
        context, view = self.place.context, self.view
        base = self.base.units() if payer in WITH_BASE else None
        total = self.sum.units() if payer in WITH_SUM else None
        approval, reason = self.approval.text(), self.reason.text()
        self.run(
            lambda: fix_dues(
                context.book,
                view.branch_id,
                self.line.person_id,
                view.year,
                payer,
                context.actor(),
                base_fen=base,
                sum_fen=total,
                approval=approval if payer is Payer.REDUCED else "",
                reason=reason,
            )
        )
