"""The form that begins an election: the shape that fits with its reason, and the day from which it is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.catalogue.procedures_list import SHAPES
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.procedures import Procedure
from branchbook.services.elections import FAMILIES, SuggestedShape, begin_election, suggested_shape
from branchbook.services.store import Reading
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.inline_form import FormHost, InlineForm

if TYPE_CHECKING:
    from branchbook.ui.place import Place


def shapes_for(organisation: Organisation) -> list[tuple[str, str]]:
    """(key, name) of what can be begun for an organisation: a general branch elects in its own shape."""
    general = organisation.kind == OrganisationKind.GENERAL_BRANCH
    other = {"term_election", "secretary_election"} if general else {"general_branch_election"}
    return [
        (shape.key, shape.name) for shape in SHAPES if shape.family in FAMILIES and shape.key not in other
    ]


class BeginningCard(Card):
    """Holds the form while it is open (``offering``).

    ``begun`` gives the procedure, ``closed`` tells that the form went.
    """

    begun = Signal(object)
    closed = Signal()

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.place = place
        self.host = FormHost(self)
        self.host.closed.connect(self._close)
        self.offering = False
        self.form: InlineForm | None = None
        self.add(self.host)
        self.body.addStretch(1)

    def shut(self) -> None:
        """Give the form up, also one that is only on its way."""
        self.offering = False
        self.host.shut()

    def _close(self) -> None:
        self.offering = False
        self.closed.emit()

    def offer(self, organisation_id: UUID, wanted: str = "") -> None:
        """Ask which shape fits, then open the form; ``wanted`` is the shape that is meant."""
        self.offering = True
        book, today = self.place.context.book, self.place.context.today

        def question() -> tuple[Organisation, SuggestedShape]:
            with book.reading() as reading:
                return self._asked(reading, organisation_id, today)

        self.place.ask(question, lambda found: self._open(*found, wanted), key="beginning")

    @staticmethod
    def _asked(reading: Reading, organisation_id: UUID, today: object) -> tuple[Organisation, SuggestedShape]:
        organisation = reading.roster().organisation_by_id[organisation_id]
        return organisation, suggested_shape(reading, organisation_id, today)  # type: ignore[arg-type]

    def _open(self, organisation: Organisation, suggested: SuggestedShape, wanted: str) -> None:
        if not self.offering:
            return
        place, today = self.place, self.place.context.today
        self.set_title(self.tr("开始一次选举"), organisation.name_on(today))
        form = InlineForm(place, self.tr("选哪一种，从哪天起"), self.tr("开始"))
        self.shape = form.add_choice(self.tr("种类"), shapes_for(organisation))
        self.shape.set_value(wanted or suggested.shape.key)
        self.begun_on = form.add_date(self.tr("开始日期"), today)
        self.reason = Banner(form, closable=False)
        form.add_below(self.reason)
        self.shape.value_changed.connect(lambda key: self._explain(suggested, key))
        self._explain(suggested, self.shape.value())
        form.submitted.connect(lambda: self._begin(form, organisation.id))
        self.form = form
        self.host.open(form)

    def _explain(self, suggested: SuggestedShape, chosen: str) -> None:
        """Why the suggested shape fits; where another is chosen, which one was suggested."""
        from branchbook.ui.theme import Tone

        if chosen == suggested.shape.key:
            self.reason.say(Tone.OK, suggested.reason, suggested.article)
        elif chosen == "term_extension":
            self.reason.say(Tone.QUIET, self.tr("延期须经上级批准，一般不超过 1 年"))
        else:
            words = self.tr("按现在的情况建议“{name}”：{reason}")
            self.reason.say(
                Tone.WARN, words.format(name=suggested.shape.name, reason=suggested.reason), suggested.article
            )

    def _begin(self, form: InlineForm, organisation_id: UUID) -> None:
        book, actor = self.place.context.book, self.place.context.actor()
        key, day = self.shape.value(), form.day(self.begun_on)

        def told(procedure: Procedure) -> None:
            self.begun.emit(procedure)

        form.run(lambda: begin_election(book, organisation_id, key, day, actor), told)
