"""打印: how ballots look; the papers whose titles, labels, order or heights were changed, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.catalogue.papers_list import PAPER_BY_KEY
from branchbook.domain.paper_change import PaperChange
from branchbook.services.paper_changes import put_paper_back
from branchbook.services.settings_table import SPEC_BY_KEY
from branchbook.ui.models.rows import Column
from branchbook.ui.place import Destination, ShowPaper
from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.spec_rows import SpecRows, specs_of
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings

GROUP = "打印"
KEY = "paper_changes"
ChangedPaper = tuple[str, PaperChange]


class PrintingPage(Page):
    """Papers are changed where they are seen, in the print place; here one sees which, and puts them back."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        ballots = Card(self.tr("选票"), self.tr("各地做法不同，按本地的选举办法选"))
        self.rows = SpecRows(self, specs_of(GROUP))
        ballots.add(self.rows)
        self.add(ballots)
        spec = SPEC_BY_KEY[KEY]
        card = Card(spec.label, spec.help, padding=0)
        self.back_button = Button(self.tr("恢复原样"), "rotate-ccw")
        self.back_button.clicked.connect(self.put_back)
        self.open_button = Button(self.tr("在打印中查看"), "printer")
        self.open_button.clicked.connect(self.open_paper)
        card.add_action(self.back_button)
        card.add_action(self.open_button)
        self.table: Table[ChangedPaper] = Table(
            (
                Column(self.tr("改过的表格"), lambda each: paper_name(each[0]), 240),
                Column(self.tr("改了什么"), self._words),
            ),
            self,
            key=lambda each: each[0],
        )
        self.table.setAccessibleName(spec.label)
        self.table.opened.connect(lambda _: self.open_paper())
        self.nothing = EmptyState(
            "printer",
            self.tr("所有表格都是原样"),
            self.tr("标题、栏目名称、顺序和空白高度在“打印”中修改；改过的表格会列在这里，随时可以恢复。"),
            self.tr("去打印"),
        )
        self.nothing.acted.connect(lambda: self.place.go.emit(Destination("print")))
        card.add(self.table, 1)
        card.add(self.nothing, 1)
        self.add(card, 1)

    def show_view(self, view: SettingsView) -> None:
        """Show the papers that the book changes."""
        super().show_view(view)
        self.rows.show_view(view)
        rows = [each for each in view.settings.paper_changes.items() if each[1] != PaperChange()]
        self.table.set_rows(sorted(rows, key=lambda each: paper_name(each[0])))
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.back_button.setVisible(bool(rows))
        self.open_button.setVisible(bool(rows))

    def open_paper(self) -> None:
        """Go to the chosen paper in the print place."""
        chosen = self.table.current_row
        subject = ShowPaper(chosen[0]) if chosen else None
        self.place.go.emit(Destination("print", subject))

    def put_back(self) -> None:
        """Forget the changes of the chosen paper."""
        chosen = self.table.current_row
        if chosen is None:
            self.place.banner.say(Tone.WARN, self.tr("请先选中要恢复的表格"))
            return
        book, actor = self.place.context.book, self.place.context.actor()
        self.place.do(lambda: put_paper_back(book, chosen[0], actor))

    def _words(self, changed: ChangedPaper) -> str:
        """标题、栏目名称 2 处、隐藏 1 项."""
        change = changed[1]
        counted = (
            (len(change.labels), self.tr("栏目名称 {n} 处")),
            (len(change.hidden), self.tr("隐藏 {n} 项")),
            (len(change.shown), self.tr("增加 {n} 项")),
            (len(change.heights_mm), self.tr("高度 {n} 处")),
        )
        words = [self.tr("标题：{title}").format(title=change.title)] if change.title else []
        words += [text.format(n=number) for number, text in counted if number]
        return "、".join(words + ([self.tr("顺序")] if change.order else []))


def paper_name(key: str) -> str:
    """The paper's name; the key itself for one that this version does not know."""
    paper = PAPER_BY_KEY.get(key)
    return paper.name if paper else key
