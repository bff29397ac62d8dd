"""Ledger files (resources/ledgers/*.toml) to ledgers; what does not fit is named by file and key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.ledgers import Ledger, LedgerColumn, LedgerLayout, LedgerPaper
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.records import AttachmentKind

_TEXTS = ("key", "name", "code", "owner", "note", "title", "date", "due", "done")
_ROLES = ("title", "date", "due", "done")
_LISTS = ("sort", "totals", "filters", "evidence")
_PARTS = ("field", "column", "paper")
_FIELD_KEYS = {"key", "label", "type", "required", "choices", "hint", "decimals", "evidence"}
_PAPER_KEYS = {"layout", "row_height_mm", "blank_rows", "signatures", "page_title"}
_SUMMED = (FieldType.NUMBER, FieldType.MONEY)
MOST_DECIMALS = 3


def parse_ledger(file_name: str, content: Mapping[str, Any]) -> Ledger:
    """The ledger of one file.

    Raises UnreadableProblem naming file and key: an unknown key or type, two fields of one name, a column, total,
    filter or role on a field that is not there or cannot be it.
    """
    return _Parsing(file_name).ledger(content)


@dataclass(frozen=True)
class _Parsing:
    """One file on its way; every complaint names it."""

    file_name: str

    def wrong(self, key: str, what: str) -> UnreadableProblem:
        """The complaint about a key of this file."""
        return UnreadableProblem(
            f"台账文件有误：{what}",
            f"{self.file_name} 的 {key}",
            "这本台账暂不能用，其他台账不受影响；请改正这个文件",
        )

    def ledger(self, content: Mapping[str, Any]) -> Ledger:
        """The whole file."""
        self._refuse_unknown("", content, {*_TEXTS, *_LISTS, *_PARTS})
        texts: dict[str, Any] = {key: self._text(content, key) for key in _TEXTS if key in content}
        lists: dict[str, Any] = {key: self._texts(content, key) for key in _LISTS if key in content}
        for key in ("key", "name", "title"):
            if not texts.get(key):
                raise self.wrong(key, "缺少这一项")
        fields = tuple(self._field(number, each) for number, each in self._tables(content, "field"))
        self._refuse_twice("field", (each.key for each in fields))
        columns = tuple(self._column(number, each) for number, each in self._tables(content, "column"))
        self._refuse_twice("column", (each.field for each in columns))
        paper = self._paper(content.get("paper", {}))
        roles = {f"{key}_field": texts.pop(key) for key in _ROLES if key in texts}
        ledger = Ledger(fields=fields, columns=columns, paper=paper, **texts, **lists, **roles)
        self._check(ledger)
        return ledger

    def _check(self, ledger: Ledger) -> None:
        """Whatever names a field names one that is there and can be it."""
        for number, column in enumerate(ledger.columns, start=1):
            self._known(ledger, f"column 第 {number} 项 field", column.field)
        for key in (each.removeprefix("-") for each in ledger.sort):
            self._known(ledger, "sort", key)
        for key in ledger.filters:
            self._known(ledger, "filters", key)
        for key in ledger.totals:
            self._known(ledger, "totals", key, _SUMMED)
        for key in ledger.evidence:
            self._known(ledger, "evidence", key, (FieldType.ATTACHMENT,))
        self._known(ledger, "title", ledger.title_field)
        for role in ("date", "due", "done"):
            if key := getattr(ledger, f"{role}_field"):
                self._known(ledger, role, key, (FieldType.DATE,))

    def _known(self, ledger: Ledger, where: str, key: str, types: tuple[FieldType, ...] = ()) -> None:
        spec = ledger.field(key)
        if spec is None:
            raise self.wrong(where, f"没有“{key}”这个栏目")
        if types and spec.type not in types:
            wanted = "、".join(each.value for each in types)
            raise self.wrong(where, f"“{key}”的类型是 {spec.type.value}，这里要 {wanted}")

    def _field(self, number: int, table: Mapping[str, Any]) -> FieldSpec:
        where = f"field 第 {number} 项"
        self._refuse_unknown(f"{where} ", table, _FIELD_KEYS)
        key, label = (self._text(table, each, f"{where} ") for each in ("key", "label"))
        if not key or not label:
            raise self.wrong(where, "每个栏目要有 key 和 label")
        kind = self._type(where, self._text(table, "type", f"{where} ") or "text")
        choices = self._texts(table, "choices", f"{where} ") if "choices" in table else ()
        if kind in (FieldType.CHOICE, FieldType.CHOICES) and not choices:
            raise self.wrong(f"{where} choices", f"“{label}”没有可选的内容")
        if kind is FieldType.ATTACHMENT:
            choices = (self._evidence(where, table),)
        return FieldSpec(
            key,
            label,
            kind,
            required=self._flag(table, "required", where),
            choices=choices,
            hint=self._text(table, "hint", f"{where} "),
            decimals=self._decimals(table, where),
        )

    def _type(self, where: str, text: str) -> FieldType:
        try:
            return FieldType(text)
        except ValueError:
            raise self.wrong(f"{where} type", f"不认识的类型“{text}”") from None

    def _evidence(self, where: str, table: Mapping[str, Any]) -> str:
        text = self._text(table, "evidence", f"{where} ") or AttachmentKind.OTHER.value
        if text not in {each.value for each in AttachmentKind}:
            raise self.wrong(f"{where} evidence", f"不认识的附件种类“{text}”")
        return text

    def _decimals(self, table: Mapping[str, Any], where: str) -> int:
        value = table.get("decimals", 0)
        if not isinstance(value, int) or not 0 <= value <= MOST_DECIMALS:
            raise self.wrong(f"{where} decimals", f"应是 0 到 {MOST_DECIMALS} 的整数")
        return value

    def _column(self, number: int, table: Mapping[str, Any]) -> LedgerColumn:
        where = f"column 第 {number} 项"
        self._refuse_unknown(f"{where} ", table, {"field", "width_mm"})
        return LedgerColumn(
            self._text(table, "field", f"{where} "), self._length(table, "width_mm", 30.0, where)
        )

    def _paper(self, table: Any) -> LedgerPaper:
        if not isinstance(table, Mapping):
            raise self.wrong("paper", "应为 [paper] 表")
        self._refuse_unknown("paper ", table, _PAPER_KEYS)
        layout = self._text(table, "layout", "paper ") or LedgerLayout.GRID.value
        if layout not in {each.value for each in LedgerLayout}:
            raise self.wrong("paper layout", f"不认识的版式“{layout}”")
        usual = LedgerPaper()
        return LedgerPaper(
            LedgerLayout(layout),
            self._length(table, "row_height_mm", usual.row_height_mm, "paper"),
            int(self._length(table, "blank_rows", usual.blank_rows, "paper")),
            self._texts(table, "signatures", "paper ") if "signatures" in table else (),
            self._text(table, "page_title", "paper "),
        )

    def _tables(self, content: Mapping[str, Any], key: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
        tables = content.get(key)
        if not isinstance(tables, list) or not tables or not all(isinstance(e, Mapping) for e in tables):
            raise self.wrong(key, f"应有一个或几个 [[{key}]] 表")
        return enumerate(tables, start=1)

    def _refuse_unknown(self, where: str, table: Mapping[str, Any], known: set[str]) -> None:
        unknown = sorted(set(table) - known)
        if unknown:
            raise self.wrong(f"{where}{unknown[0]}", "不认识的键")

    def _refuse_twice(self, where: str, keys: Iterable[str]) -> None:
        seen: set[str] = set()
        for key in keys:
            if key in seen:
                raise self.wrong(f"{where} {key}", "同一个栏目出现两次")
            seen.add(key)

    def _text(self, table: Mapping[str, Any], key: str, where: str = "") -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(f"{where}{key}", "应是文字")
        return value.strip()

    def _texts(self, table: Mapping[str, Any], key: str, where: str = "") -> tuple[str, ...]:
        value = table[key]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(f"{where}{key}", "应是几段文字")
        return tuple(value)

    def _flag(self, table: Mapping[str, Any], key: str, where: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{where} {key}", "应是 true 或 false")
        return value

    def _length(self, table: Mapping[str, Any], key: str, usual: float, where: str) -> float:
        value = table.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 300:
            raise self.wrong(f"{where} {key}", "应是 1 到 300 之间的数")
        return float(value)
