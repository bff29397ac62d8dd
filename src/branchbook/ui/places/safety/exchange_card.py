"""The exchange file: everything in the book as one documented zip, and the way back in with a preview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from branchbook.services.book_exchange import (
    ExchangePreview,
    ValueStatus,
    export_book,
    import_book,
    preview_import,
)
from branchbook.services.exchange_files import ExchangeArchives
from branchbook.services.import_safety import keep_before_import
from branchbook.services.operations import Actor, Outcome
from branchbook.services.sealing import Sealing, seal_finals
from branchbook.services.store import Book
from branchbook.services.workshop import Workshop
from branchbook.ui.commands import Progress
from branchbook.ui.place import FileChooser
from branchbook.ui.places.safety.two_step_card import TwoStepCard
from branchbook.ui.theme import Tone

if TYPE_CHECKING:
    from branchbook.ui.place import Place

WARNINGS_SHOWN = 3


class ExchangeCard(TwoStepCard):
    """Export at once; import in two steps: first what it would do, then 确认导入."""

    def __init__(self, place: Place, workshop: Workshop, files: FileChooser) -> None:
        self._chosen: Path | None = None
        super().__init__(place, workshop, files)
        self.set_title(self.tr("交换文件"), self.tr("全簿导出为 zip，或并入别处导出的支部"))
        self.set_steps(
            (self.tr("导出"), self.export),
            (self.tr("导入"), self.choose),
            (self.tr("确认导入"), self.confirm),
        )

    def reset(self) -> None:
        """Forget the file that was chosen."""
        self._chosen = None
        super().reset()

    def export(self) -> None:
        """Write everything but the history. It is not protected, and said so."""
        pattern, book = self.tr("交换文件 (*.zip)"), self._place.context.book
        path = self._files.save_file(self.tr("导出到哪个文件"), pattern, f"{book.path.stem}.zip")
        if path is None:
            return
        actor, archives = self._place.context.actor(), self._workshop.archives
        done = self.tr("已导出 {name}；文件没有加密，请妥善保管").format(name=path.name)
        self._place.work(
            self.tr("导出"),
            lambda _: _export(book, archives, path, actor),
            lambda _: self._place.banner.say(Tone.OK, done),
        )

    def choose(self) -> None:
        """Choose a file and show what importing it would do."""
        path = self._files.open_file(self.tr("选择交换文件"), self.tr("交换文件 (*.zip)"))
        if path is None:
            return
        self.reset()
        book, archives = self._place.context.book, self._workshop.archives

        def question() -> ExchangePreview:
            with book.reading() as reading:
                return preview_import(reading, archives, path)

        self._chosen = path
        self._place.ask(question, self._show, key="exchange")

    def confirm(self) -> None:
        """Import what was previewed, as one operation that one undo takes back."""
        path = self._chosen
        if path is None:
            return
        book, actor = self._place.context.book, self._place.context.actor()
        workshop = self._workshop
        self.reset()

        def job(_: Progress) -> Outcome[ExchangePreview]:
            keep_before_import(workshop, book, actor)
            return import_book(book, workshop.archives, path, actor)

        self._place.work(
            self.tr("导入"),
            job,
            lambda _: self._place.banner.say(Tone.OK, self.tr("已导入，可按 Ctrl+Z 撤销")),
        )

    def _show(self, preview: ExchangePreview) -> None:
        words = self.tr("新增 {new} 项，更新 {changed} 项，相同 {same} 项，保留本簿的 {kept} 项").format(
            new=preview.count(ValueStatus.NEW),
            changed=preview.count(ValueStatus.CHANGED),
            same=preview.count(ValueStatus.SAME),
            kept=preview.count(ValueStatus.KEPT),
        )
        self.show_preview((words, *preview.warnings[:WARNINGS_SHOWN]), can_confirm=True)


def _export(book: Book, archives: ExchangeArchives, path: Path, actor: Actor) -> int:
    with book.reading() as reading:
        count = export_book(reading, archives, path)
    seal_finals(book, Sealing.EXPORT, actor)
    return count
