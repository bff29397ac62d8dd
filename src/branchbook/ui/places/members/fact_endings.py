"""The forms with which a dated fact ends or is corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from branchbook.domain.people import FactKind, PersonFact
from branchbook.services.people_facts import correct_fact, end_fact, restore
from branchbook.ui.places.members.person_view import PersonView
from branchbook.ui.widgets.inline_form import FormHost, InlineForm

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class FactEndings(QObject):
    """Opens the form that ends or corrects one fact."""

    def __init__(self, parent: QObject, place: Place, host: FormHost) -> None:
        super().__init__(parent)
        self._place = place
        self._host = host
        self.view: PersonView | None = None
        self._words = {
            FactKind.POST: self.tr("免职"),
            FactKind.GROUP: self.tr("退出小组"),
            FactKind.RESTRICTION: self.tr("解除、恢复权利"),
            FactKind.MARK: self.tr("取消标记"),
        }

    def word_for(self, kind: FactKind | None) -> str:
        """What ending a fact of this kind is called."""
        return self._words.get(kind, self.tr("结束")) if kind else self.tr("结束")

    def end(self, fact: PersonFact, words: str) -> InlineForm:
        """End a fact: the day is the first on which it no longer holds."""
        word = self.word_for(fact.kind)
        title = self.tr("{word}：{what}").format(word=word, what=words)
        form = InlineForm(self._place, title, word, self.tr("从这一天起不再是。"))
        on = form.add_date(self.tr("日期"), self._place.context.today)
        document = form.add_line(self.tr("文号"))

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            day, text = form.day(on), document.value()
            if fact.kind is FactKind.RESTRICTION:
                form.run(lambda: restore(book, fact.id, day, text, actor))
            else:
                form.run(lambda: end_fact(book, fact.id, day, actor, word, document=text))

        form.submitted.connect(act)
        return self._host.open(form)

    def correct(self, fact: PersonFact, words: str) -> InlineForm:
        """Correct the days and documents of a fact that was entered wrongly."""
        title = self.tr("更正：{what}").format(what=words)
        form = InlineForm(self._place, title, self.tr("更正"))
        since = form.add_date(self.tr("起始日期"), fact.from_on)
        until = form.add_date(self.tr("截止日期"), fact.to_on, required=False)
        document = form.add_line(self.tr("文号"), fact.document)
        ending = form.add_line(self.tr("结束文号"), fact.ending_document)
        note = form.add_line(self.tr("说明"), fact.note, wide=True)

        def act() -> None:
            book, actor = self._place.context.book, self._place.context.actor()
            day = form.day(since)
            corrected = replace(
                fact,
                from_on=day,
                to_on=until.value(),
                document=document.value(),
                ending_document=ending.value(),
                note=note.value(),
            )
            form.run(lambda: correct_fact(book, corrected, actor))

        form.submitted.connect(act)
        return self._host.open(form)
