"""指标: the user's own measures as text, with what they count this year, and what can be asked of each source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.domain.measure_parsing import SourceFields
from branchbook.domain.measures import Figure
from branchbook.domain.problems import Problem, UnreadableProblem
from branchbook.services.measures import keep_own, own_text, preview_own, sources_of, whole_year
from branchbook.services.statistics import shown
from branchbook.ui.models.rows import Column
from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.long_text import LongText
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings

PATTERN = """[[measure]]
key = "province_awards"
name = "省部级表彰"
group = "自己的指标"
definition = "统计期内登记的省部级表彰"
unit = "项"
source = "ledger:commendations"
where = { level = "省部级" }
"""
"""What an empty page begins with when asked: a measure that can be kept as it is."""

LINES = 12
ROW_HEIGHT, HEAD_HEIGHT, MOST_ROWS = 34, 36, 8

Previewed = tuple[tuple[Figure, ...], tuple[UnreadableProblem, ...]]


class MeasuresPage(Page):
    """The text above, its figures below, the sources at the end. Nothing is kept before it fits."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        self._stored = ""
        about = self.tr("自己加的统计指标，和附带的一起列在“统计汇报”里；写法见用户手册“统计”")
        card = Card(self.tr("自己的指标"), about)
        self.pattern_button = Button(self.tr("插入样例"), "plus")
        self.pattern_button.clicked.connect(self.insert_pattern)
        self.preview_button = Button(self.tr("试算"), "sigma")
        self.preview_button.clicked.connect(self.preview)
        self.save_button = Button(self.tr("保存"), "save", primary=True)
        self.save_button.clicked.connect(self.save)
        for button in (self.pattern_button, self.preview_button, self.save_button):
            card.add_action(button)
        self.text = LongText(least_lines=LINES)
        self.text.setAccessibleName(self.tr("自己的指标"))
        self.told = Text("", "dim", wrap=True)
        self.figures: Table[Figure] = Table(
            (
                Column(self.tr("指标"), lambda each: each.measure.name, 200),
                Column(self.tr("本年"), lambda each: shown(each.value), 90, right=True),
                Column(self.tr("单位"), lambda each: each.measure.unit, 60),
                Column(self.tr("口径"), lambda each: each.measure.definition or each.blank_reason),
            ),
            self,
        )
        self.figures.setAccessibleName(self.tr("试算的结果"))
        for widget in (self.text, self.told, self.figures):
            card.add(widget)
        self.sources: Table[SourceFields] = Table(
            (
                Column(self.tr("来源"), lambda each: each.label, 150),
                Column(self.tr("代号"), lambda each: each.key, 210),
                Column(self.tr("栏目"), lambda each: "、".join(each.fields)),
            ),
            self,
        )
        self.sources.setAccessibleName(self.tr("可以统计的来源和栏目"))
        sources = Card(
            self.tr("可以统计什么"), self.tr("来源和栏目的代号，写在 source、where、sum 里"), padding=0
        )
        sources.add(self.sources)
        self.add(card)
        self.add(sources)
        self.column.addStretch(1)

    def show_view(self, view: SettingsView) -> None:
        """Show the book's measures; what is typed and not saved stays."""
        super().show_view(view)
        book = self.place.context.book

        def question() -> tuple[str, tuple[SourceFields, ...]]:
            with book.reading() as reading:
                return own_text(reading), tuple(each.fields for each in sources_of(reading).values())

        self.place.ask(question, self._show, key="measures")

    def _show(self, found: tuple[str, tuple[SourceFields, ...]]) -> None:
        text, sources = found
        if self.text.value() == self._stored:
            self.text.set_value(text)
        self._stored = text
        self.sources.set_rows(sources)
        self.sources.setFixedHeight(ROW_HEIGHT * min(len(sources), MOST_ROWS) + HEAD_HEIGHT)
        self.preview()

    def insert_pattern(self) -> None:
        """Put a measure that can be counted after what is there."""
        text = self.text.value().rstrip()
        self.text.set_value(f"{text}\n\n{PATTERN}" if text else PATTERN)
        self.preview()
        self.text.setFocus()

    def preview(self) -> None:
        """Count what is typed for the year that the window shows; nothing is kept."""
        book, scope, text = self.place.context.book, self.place.context.scope, self.text.value()

        def question() -> Previewed | UnreadableProblem:
            with book.reading() as reading:
                try:
                    return preview_own(reading, text, whole_year(scope.year), scope.organisation_id)
                except UnreadableProblem as problem:
                    return problem

        self.place.ask(question, self._show_preview, key="preview")

    def _show_preview(self, found: Previewed | UnreadableProblem) -> None:
        figures, faults = ((), (found,)) if isinstance(found, UnreadableProblem) else found
        self.figures.set_rows(figures)
        self.figures.setVisible(bool(figures))
        self.figures.setFixedHeight(ROW_HEIGHT * min(len(figures), MOST_ROWS) + HEAD_HEIGHT)
        self.told.setText("\n".join(str(each) for each in faults))
        self.told.setVisible(bool(faults))

    def save(self) -> None:
        """Keep what is typed, where all of it fits."""
        book, actor, text = self.place.context.book, self.place.context.actor(), self.text.value()

        def refused(problem: Problem) -> None:
            self.told.setText(str(problem))
            self.told.show()

        self._stored = text
        self.place.do(lambda: keep_own(book, text, actor), None, refused)
