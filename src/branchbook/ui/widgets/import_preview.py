"""The second step of an import: what it would do, row by row, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.services.ledger_import import LedgerLineRead, LedgerPreview
from branchbook.services.roster_plan import LineStatus, RosterLine, RosterPreview
from branchbook.services.roster_values import RosterFinding, Severity
from branchbook.services.stage_plan import DatesLine, DatesPreview
from branchbook.ui.models.rows import Column
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

Preview = RosterPreview | DatesPreview | LedgerPreview
ALL, TO_CHECK = "all", "to_check"
_SERIOUS = frozenset({Severity.ROW_REFUSED, Severity.CELL_REFUSED, Severity.CHECK})
_TONES = {
    LineStatus.NEW: Tone.OK,
    LineStatus.CHANGED: Tone.WARN,
    LineStatus.UNCHANGED: Tone.QUIET,
    LineStatus.REFUSED: Tone.BAD,
}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the file with everything that is said about it."""

    line: RosterLine | DatesLine | LedgerLineRead
    findings: tuple[RosterFinding, ...]

    @property
    def to_check(self) -> bool:
        """Whether the user should look at this row."""
        return any(finding.severity in _SERIOUS for finding in self.findings)

    @property
    def words(self) -> str:
        """The findings by column, then what changes."""
        said = [f"{each.column}：{each.text}" if each.column else each.text for each in self.findings]
        said += [f"{each.label}：{each.before or '（空）'} → {each.after}" for each in self.line.changes]
        return "；".join(said)


def preview_rows(preview: Preview) -> tuple[PreviewRow, ...]:
    """The rows with their findings, in the order of the file."""
    found: dict[int, list[RosterFinding]] = defaultdict(list)
    for finding in preview.findings:
        found[finding.row].append(finding)
    return tuple(PreviewRow(line, tuple(found[line.row])) for line in preview.lines)


class PreviewPage(QWidget):
    """Chips by result, the rows (with the branch where ``places``), below them the whole text of the chosen row.

    ``named`` is the head of the column that names a row, 姓名 where it is a person.
    """

    def __init__(self, parent: QWidget | None = None, *, places: bool = True, named: str = "") -> None:
        super().__init__(parent)
        self._named = named or self.tr("姓名")
        self._places = places
        self._rows: tuple[PreviewRow, ...] = ()
        self.words = {
            LineStatus.NEW: self.tr("新增"),
            LineStatus.CHANGED: self.tr("更新"),
            LineStatus.UNCHANGED: self.tr("无变化"),
            LineStatus.REFUSED: self.tr("未导入"),
        }
        self.chips = Chips()
        self.chips.setAccessibleName(self.tr("按结果筛选"))
        self.chips.chosen.connect(lambda _: self._narrow())
        self.table: Table[PreviewRow] = Table(self._columns(), self, key=lambda row: row.line.row)
        self.table.setAccessibleName(self.tr("导入预览"))
        self.table.chosen.connect(lambda row: self._show_details(row))
        self.details = Text("", "", wrap=True)
        self.remarks = Text("", "dim", wrap=True)
        self._lay_out()

    def show_preview(self, preview: Preview) -> None:
        """Show what an import would do."""
        self._rows = preview_rows(preview)
        counted = [(ALL, self.tr("全部 {n}").format(n=len(self._rows)))]
        for status, word in self.words.items():
            if preview.count(status):
                counted.append((status.value, f"{word} {preview.count(status)}"))
        if checks := sum(row.to_check for row in self._rows):
            counted.append((TO_CHECK, self.tr("请核对 {n}").format(n=checks)))
        self.chips.set_chips(counted)
        self.chips.choose(ALL)
        self.remarks.setText(self._remarks(preview))
        self.remarks.setVisible(bool(self.remarks.text()))
        self.details.hide()
        self._narrow()

    # ------------------------------------------------------------------------------------ inside

    def _narrow(self) -> None:
        chip = self.chips.current
        self.table.set_rows(
            [
                row
                for row in self._rows
                if chip == ALL or (row.to_check if chip == TO_CHECK else row.line.status.value == chip)
            ]
        )

    def _show_details(self, row: PreviewRow) -> None:
        text = self.tr("第 {row} 行 {name}：{words}")
        words = row.words or self.words[row.line.status]
        self.details.setText(text.format(row=row.line.row, name=row.line.name, words=words))
        self.details.show()

    def _remarks(self, preview: Preview) -> str:
        said = [finding.text for finding in preview.findings if not finding.row]
        if isinstance(preview, RosterPreview) and preview.absent:
            names = "、".join(preview.absent[:8])
            more = self.tr("等 {n} 人").format(n=len(preview.absent)) if len(preview.absent) > 8 else ""
            text = self.tr("簿中的{names}{more}不在文件里，保持不变")
            said.append(text.format(names=names, more=more))
        return "\n".join(said[:6])

    def _columns(self) -> tuple[Column[PreviewRow], ...]:
        branch = Column[PreviewRow](self.tr("党支部"), lambda row: getattr(row.line, "branch", ""), 104)
        return (
            Column(self.tr("行"), lambda row: str(row.line.row), 44, right=True),
            Column(self._named, lambda row: row.line.name, 124),
            Column(
                self.tr("结果"),
                lambda row: self.words[row.line.status],
                76,
                tone=lambda row: _TONES[row.line.status],
            ),
            *([branch] if self._places else []),
            Column(self.tr("说明"), lambda row: row.words),
        )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(14, 0, 14, 0)
        top.addWidget(self.chips)
        below = QVBoxLayout()
        below.setContentsMargins(14, 0, 14, 10)
        below.setSpacing(6)
        below.addWidget(self.details)
        below.addWidget(self.remarks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(below)
