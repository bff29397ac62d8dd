"""What stands above the pages: history, values, recycle bin, loose rows and search index, each against the others.

A page that an older version of the file lent, or a row that another program changed, passes every check of pages.
Here every value is compared with what the history says it last became, and the history with its own hashes. All
of it is read some rows at a time; nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from branchbook.domain.history import Touch
from branchbook.domain.organisations import Organisation, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.problems import Problem
from branchbook.domain.roster import Roster
from branchbook.services.codec import ENTITY_TYPES, from_json, to_json
from branchbook.services.history import differences
from branchbook.services.value_words import subject_words
from branchbook.storage import book_state, driver, history_chain, search_index
from branchbook.storage.driver import Connection
from branchbook.storage.mapping import mappings
from branchbook.storage.statements import places

MOST_SHOWN = 20
"""Findings of one kind that are listed; the rest are counted."""

_AT_ONCE = 200
_LOOSE_WORDS = {"printed_paper": "打印登记", "draft": "草稿"}
_LAST_TOUCHES = (
    "SELECT t.entity_id, t.before, t.after, t.operation_number FROM"
    " (SELECT entity_id, max(operation_number) AS number FROM touch WHERE entity = ? GROUP BY entity_id) AS latest"
    " JOIN touch AS t ON t.entity = ? AND t.entity_id = latest.entity_id AND t.operation_number = latest.number"
    " ORDER BY t.entity_id"
)
_KINDS_ELSEWHERE = (
    "SELECT id FROM record WHERE kinds <> (SELECT json_group_array(kind) FROM"
    " (SELECT kind FROM record_kind WHERE record_id = record.id ORDER BY line))"
)
_HEAD = "SELECT at, who, label FROM operation WHERE number = ?"


@dataclass(frozen=True, slots=True)
class LastTouch:
    """What the history says of one value: how it stood before its last change, and what it became (JSON, or None)."""

    key: str
    before: str | None
    after: str | None
    number: int


@dataclass(frozen=True, slots=True)
class ContentReport:
    """``findings`` are Chinese sentences; ``index_differs`` alone is mended by rebuilding the search index."""

    findings: tuple[str, ...]
    index_differs: bool


def steps_of(connection: Connection) -> int:
    """How many steps :func:`check_content` reports in all: operations, values, and values to search."""
    count = driver.number(connection, "SELECT count(*) FROM operation")
    for entity in ENTITY_TYPES:
        rows = driver.number(connection, f"SELECT count(*) FROM {entity}")
        count += rows * (2 if entity in search_index.SEARCHED else 1)
    return count


def check_content(connection: Connection, step: Callable[[int], None] = lambda _: None) -> ContentReport:
    """Compare everything above the pages. ``step`` is told how much was done, and may raise to cancel.

    Raises the driver's errors where a page cannot be read.
    """
    findings = [
        *_limited(_chain_findings(connection, step)),
        *_foreign_findings(connection),
        *_loose_findings(connection),
        *_limited(_Values(connection, step).findings()),
    ]
    try:
        differs = search_index.index_differs(connection, step)
    except driver.engine_errors():
        raise
    except ValueError:  # a value that cannot be read has been named, and has no words
        differs = True
    return ContentReport(tuple(findings), differs)


def last_touches(connection: Connection, entity: str) -> Iterator[LastTouch]:
    """The last touch of every value of a kind that the history knows, in order of id."""
    for row in connection.execute(_LAST_TOUCHES, (entity, entity)):
        yield LastTouch(*row)


def same_value(entity: str, present: Any, said: str) -> bool:
    """Whether a value is what a touch says, which an earlier version may have written without newer fields."""
    if to_json(present) == said:
        return True
    try:
        return bool(from_json(entity, said) == present)
    except Problem:
        return False


def load_values(connection: Connection, entity: str, ids: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Values by id, and the ids of those whose rows hold what no version of this program writes."""
    try:
        return mappings()[entity].load(connection, ids), []
    except driver.engine_errors():
        raise
    except Exception:  # noqa: BLE001 - whatever another program put into a cell
        if len(ids) == 1:
            return {}, list(ids)
    found: dict[str, Any] = {}
    unreadable: list[str] = []
    for key in ids:
        value, bad = load_values(connection, entity, [key])
        found |= value
        unreadable += bad
    return found, unreadable


def roster_of(connection: Connection) -> Roster:
    """The roster to name values by, without what cannot be read."""
    parts = []
    for entity in ("person", "person_fact", "organisation", "term"):
        ids = [row[0] for row in connection.execute(f"SELECT id FROM {entity}")]
        parts.append(tuple(load_values(connection, entity, ids)[0].values()))
    people: tuple[Person, ...] = parts[0]
    facts: tuple[PersonFact, ...] = parts[1]
    organisations: tuple[Organisation, ...] = parts[2]
    terms: tuple[Term, ...] = parts[3]
    return Roster(people, facts, organisations, terms)


def _limited(findings: Iterator[str]) -> Iterator[str]:
    """The first of a kind, then how many more there are."""
    yield from islice(findings, MOST_SHOWN)
    more = sum(1 for _ in findings)
    if more:
        yield f"……另有 {more} 项同类的问题"


def _chain_findings(connection: Connection, step: Callable[[int], None]) -> Iterator[str]:
    last, end = 0, history_chain.START
    for link in history_chain.walk(connection):
        step(1)
        if not link.holds:
            gap = f"，它前面缺第 {last + 1} 至 {link.number - 1} 条" if link.number > last + 1 else ""
            yield f"操作记录第 {link.number} 条（{_head_words(link.at, link.who, link.label)}）在程序外被改动过{gap}"
        last, end = link.number, link.stored
    head = history_chain.chain_head(connection)
    if (last, end) != (head.number, head.hash):
        yield f"操作记录的末尾不对：簿里记着共有 {head.number} 条，现在读到第 {last} 条，两处的校验值不同"
    given = driver.number(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'operation'")
    if given != head.number:
        yield f"操作记录的编号不对：已经用到第 {given} 号，簿里记着第 {head.number} 号"


def _foreign_findings(connection: Connection) -> Iterator[str]:
    """What would act by itself when the program writes; the program makes neither."""
    sql = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"
    names = "、".join(str(row[0]) for row in connection.execute(sql))
    if names:
        yield f"簿里有不是本程序建立的触发器或视图：{names}"


def _loose_findings(connection: Connection) -> Iterator[str]:
    state = book_state.read(connection)
    for table, word in _LOOSE_WORDS.items():
        if getattr(state, table) != book_state.sum_of_rows(connection, table):
            yield f"{word}与簿里记下的校验和不符：有的被改动、缺失，或是从前的"


class _Values:
    """Every value and everything in the recycle bin against the last touch of its history."""

    def __init__(self, connection: Connection, step: Callable[[int], None]) -> None:
        self._connection = connection
        self._step = step
        self._names: Roster | None = None

    def findings(self) -> Iterator[str]:
        for entity in ENTITY_TYPES:
            touches = last_touches(self._connection, entity)
            while part := list(islice(touches, _AT_ONCE)):
                yield from self._part(entity, part)
                self._step(len(part))
            yield from self._without_history(entity)
        for (key,) in self._connection.execute(_KINDS_ELSEWHERE):
            yield f"{self._present_words('record', key)}：种类的登记与记录不符"

    def _part(self, entity: str, part: Sequence[LastTouch]) -> Iterator[str]:
        ids = [each.key for each in part]
        present, unreadable = load_values(self._connection, entity, ids)
        binned = self._binned(entity, ids)
        for each in part:
            value = present.get(each.key)
            if each.key in unreadable:
                yield f"{self._words(entity, each.after)}读不出：表中的内容不是本程序写的{self._when(each)}"
            elif value is None and each.after is not None:
                yield f"{self._words(entity, each.after)}不见了，操作记录里还在{self._when(each)}"
            elif value is not None and each.after is None:
                yield f"{self._words(entity, to_json(value))}还在，操作记录里已经删除{self._when(each)}"
            elif value is not None and each.after is not None and not same_value(entity, value, each.after):
                yield self._differing(entity, each, to_json(value))
            if entity != "setting" and binned.get(each.key) != (each.before if each.after is None else None):
                words = self._words(entity, each.before or each.after)
                yield f"回收站里的{words}与操作记录不符{self._when(each)}"

    def _binned(self, entity: str, ids: Sequence[str]) -> dict[str, str]:
        sql = f"SELECT entity_id, payload FROM removed WHERE entity = ? AND entity_id IN ({places(ids)})"
        return {row[0]: row[1] for row in self._connection.execute(sql, (entity, *ids))}

    def _differing(self, entity: str, said: LastTouch, present: str) -> str:
        touch = Touch(entity, said.key, said.after, present)
        fields = "、".join(each.label for each in differences(self._roster, touch)) or "不显示的栏目"
        return f"{self._words(entity, said.after)}与操作记录不符：{fields}{self._when(said)}"

    def _without_history(self, entity: str) -> Iterator[str]:
        key = "key" if entity == "setting" else "id"
        known = f"(SELECT entity_id FROM touch WHERE entity = '{entity}')"
        for (unknown,) in self._connection.execute(f"SELECT {key} FROM {entity} WHERE {key} NOT IN {known}"):
            yield f"{self._present_words(entity, unknown)}没有操作记录，不是由本程序写入的"
        sql = f"SELECT payload FROM removed WHERE entity = '{entity}' AND entity_id NOT IN {known}"
        for (payload,) in self._connection.execute(sql):
            yield f"回收站里的{self._words(entity, payload)}没有操作记录"

    def _present_words(self, entity: str, key: str) -> str:
        value = load_values(self._connection, entity, [key])[0].get(key)
        return self._words(entity, None if value is None else to_json(value))

    def _words(self, entity: str, payload: str | None) -> str:
        return subject_words(self._roster, entity, payload)

    def _when(self, touch: LastTouch) -> str:
        row = self._connection.execute(_HEAD, (touch.number,)).fetchone()
        return f"（最后一次改动：{_head_words(*row)}）" if row else ""

    @property
    def _roster(self) -> Roster:
        """Read when there is something to name: a whole book needs no names."""
        if self._names is None:
            self._names = roster_of(self._connection)
        return self._names


def _head_words(at: str, who: str, label: str) -> str:
    return f"{at[:16].replace('T', ' ')} {who}“{label}”"
