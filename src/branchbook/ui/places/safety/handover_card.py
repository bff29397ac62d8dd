"""换书记交接: backup, handbooks, lists, open matters and the page for the signatures, in one folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.services.handover import HandoverPack, make_handover_pack
from branchbook.services.sealing import Sealing, seal_finals
from branchbook.services.workshop import Workshop
from branchbook.ui.commands import Progress
from branchbook.ui.place import FileChooser
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class HandoverCard(Card):
    """One button; it asks where to, and works with progress and Cancel."""

    def __init__(self, place: Place, workshop: Workshop, files: FileChooser) -> None:
        super().__init__(parent=place)
        self._place, self._workshop, self._files = place, workshop, files
        self.set_title(self.tr("换书记交接"), self.tr("备份、手册、列表、未办结事项和签字页"))
        words = self.tr(
            "放进一个新文件夹（名字以 .zip 结尾时打成一个压缩包）。手册和列表没有加密，请当面交接。"
        )
        self.add(Text(words, "dim", self, wrap=True))
        self.make_button = Button(self.tr("生成交接材料"), "folder-open", self)
        self.make_button.clicked.connect(self.make)
        self.add_foot(self.make_button, Text("", "dim", self))

    def make(self) -> None:
        """Ask where the pack goes, and put it together."""
        context, workshop = self._place.context, self._workshop
        suggestion = self.tr("交接材料 {day}").format(day=f"{context.today:%Y-%m-%d}")
        out = self._files.save_file(self.tr("交接材料放在哪里"), self.tr("文件夹或压缩包 (*)"), suggestion)
        if out is None:
            return
        book, actor = context.book, context.actor()

        def job(progress: Progress) -> HandoverPack:
            def step(done: int, total: int) -> bool:
                progress.report(done, total, self.tr("手册"))
                return True

            pack = make_handover_pack(workshop, book, out, actor.now, step)
            seal_finals(book, Sealing.EXPORT, actor)
            return pack

        self._place.work(self.tr("生成交接材料"), job, self._told)

    def _told(self, pack: HandoverPack) -> None:
        text = self.tr("交接材料已生成：{name}，{n} 个文件").format(name=pack.path.name, n=len(pack.files))
        more = self.tr("{folder}；手册和列表没有加密，请当面交接、妥善保管").format(folder=pack.path.parent)
        self._place.banner.say(Tone.OK, text, more=more)
