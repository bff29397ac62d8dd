"""Salvage: a new, whole book out of everything that a damaged file still holds.

A value stands in the book twice: in its own rows, and in the history as what it last became. What a damaged page
took of one is rebuilt from the other. The history itself is copied as far as it can be read and chained anew; what
was not in it any more goes into one last operation, so that the new book passes every check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from branchbook.domain.history import OperationHead, Touch
from branchbook.domain.recovery_code import Secret
from branchbook.services.codec import ENTITY_TYPES, to_json
from branchbook.services.operations import Actor
from branchbook.services.store import RemovedValue
from branchbook.services.value_words import subject_words
from branchbook.services.workshop import StepProgress
from branchbook.storage import book_state, driver, history_rows, search_index
from branchbook.storage.book_file import write_schema
from branchbook.storage.check import CheckReport, Steps, verify_contents
from branchbook.storage.content_check import LastTouch, last_touches, load_values, roster_of, same_value
from branchbook.storage.copying import flush, part_name, temporary
from branchbook.storage.driver import Connection
from branchbook.storage.history_chain import fill_chain
from branchbook.storage.keys import BookKey, new_key
from branchbook.storage.mapping import mappings
from branchbook.storage.problems import WouldOverwriteProblem
from branchbook.storage.reading import DRAFTS, PRINTED, REMOVED
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.salvage_history import HistoryCopy, remembered
from branchbook.storage.salvage_source import DamagedSource, key_of_damaged
from branchbook.storage.statements import in_parts, insert_row

LABEL = "从损坏的簿中抢救"
MOST_NAMED = 200
"""Values lost or rebuilt that are named; all are counted."""

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """What became of a damaged book. ``saved`` counts values by their type, with those ``rebuilt`` from the history.

    ``rebuilt`` and ``lost`` name values in Chinese, the first of them; ``lost_operations`` counts lines of history.
    """

    path: Path
    damaged_pages: tuple[int, ...]
    saved: Mapping[str, int]
    rebuilt: tuple[str, ...]
    lost: tuple[str, ...]
    rebuilt_count: int
    lost_count: int
    operations: int
    lost_operations: int
    check: CheckReport


@dataclass
class _Tally:
    saved: Counter[str] = field(default_factory=Counter)
    rebuilt: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str | None]] = field(default_factory=list)
    operations: int = 0
    lost_operations: int = 0


def salvage_book(
    damaged: Path, target: Path, passphrase: Secret | None, actor: Actor, progress: StepProgress | None = None
) -> SalvageReport:
    """Save what can be read of ``damaged`` into the new file ``target``, under the same passphrase (or, by the
    recovery groups, the same key).

    The damaged file is only read. Raises the Problem that says why nothing can be saved (no page verifies under
    the key, or the tables are not even listed); then there is no new file.
    """
    if target.exists():
        raise WouldOverwriteProblem(target)
    key = key_of_damaged(damaged, passphrase)
    fresh = new_key(passphrase) if isinstance(passphrase, str) and key.protected else key
    steps, working_copy = Steps(target, progress), part_name(target.with_name(f"{target.name}.damaged"))
    source: DamagedSource | None = None
    with temporary(target) as part:
        try:
            source = DamagedSource(damaged, key, working_copy)
            tally, names = _fill(source, part, fresh, actor, steps, target)
            pages = source.damaged_pages
        finally:
            if source is not None:
                source.close()
            working_copy.unlink(missing_ok=True)
        flush(part)
        check = verify_contents(part, fresh)
        part.rename(target)
        flush(target.parent)
    rebuilt, lost = names
    return SalvageReport(
        target, pages, dict(tally.saved), rebuilt, lost, len(tally.rebuilt), len(tally.lost),
        tally.operations, tally.lost_operations, replace(check, path=target),
    )  # fmt: skip


def _fill(
    source: DamagedSource, part: Path, key: BookKey, actor: Actor, steps: Steps, target: Path
) -> tuple[_Tally, tuple[tuple[str, ...], tuple[str, ...]]]:
    connection = driver.open_connection(part, key, "rwc")
    try:
        driver.hurry(connection)
        write_schema(connection, target)
        with driver.translated(target), driver.transaction(connection, writes=True):
            salvaging = _Salvaging(source, connection, actor, steps)
            salvaging.run()
            return salvaging.tally, salvaging.names()
    finally:
        connection.close()


class _Salvaging:
    """One run: history first, then values against it, then what belongs to no value."""

    def __init__(self, source: DamagedSource, target: Connection, actor: Actor, step: Steps) -> None:
        self._source, self._target, self._actor, self._step = source, target, actor, step
        self.tally = _Tally()
        self._head = OperationHead(uuid4(), actor.now, actor.who, LABEL)
        self._last_lost = 0
        self._touches: list[Touch] = []

    def run(self) -> None:
        history = HistoryCopy(self._source, self._target, self._actor.now, self._step).run()
        self.tally.operations, self.tally.lost_operations = history.operations, history.lost
        self._last_lost = history.last_lost
        for entity in ENTITY_TYPES:
            self._copy_values(entity)
        self._copy_contents()
        self._drop_dangling()
        self._copy_loose(book_state.LOOSE_TABLES[0], PRINTED)
        self._copy_loose(book_state.LOOSE_TABLES[1], DRAFTS)
        self._copy_bin()
        search_index.rebuild_index(self._target)
        fill_chain(self._target)
        if self._touches:
            history_rows.write_operation(self._target, self._head, self._touches)

    def names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What was rebuilt and what was lost, in words."""
        roster = roster_of(self._target)
        rebuilt = (subject_words(roster, *each) for each in self.tally.rebuilt[:MOST_NAMED])
        lost = (subject_words(roster, *each) for each in self.tally.lost[:MOST_NAMED])
        return tuple(rebuilt), tuple(lost)

    # ------------------------------------------------------------------------------------- values

    def _copy_values(self, entity: str) -> None:
        known: set[str] = set()
        touches = last_touches(self._target, entity)
        while part := list(islice(touches, _AT_ONCE)):
            known.update(each.key for each in part)
            self._decide(entity, {each.key: each for each in part})
            self._step(len(part))
        key = "key" if entity == "setting" else "id"
        more = [each for each in self._source.ids(entity, key) if each not in known]
        for some in in_parts(more):
            self._decide(entity, dict.fromkeys(some))

    def _decide(self, entity: str, said: Mapping[str, LastTouch | None]) -> None:
        """Take each value from its rows or from the history."""
        present, unreadable = self._load(entity, list(said))
        taken: dict[str, Any] = {}
        for key, touch in said.items():
            value = present.get(key)
            chosen, from_history = choose(
                entity,
                value,
                key in unreadable,
                touch,
                newer_lost=touch is None or touch.number <= self._last_lost,
            )
            if chosen is None:
                if key in unreadable and touch is None:
                    self.tally.lost.append((entity, None))
                continue
            taken[key] = chosen
            if from_history:
                self.tally.rebuilt.append((entity, to_json(chosen)))
            if touch is None or touch.after is None or not same_value(entity, chosen, touch.after):
                self._touches.append(Touch(entity, key, touch.after if touch else None, to_json(chosen)))
        self.tally.saved[entity] += len(taken)
        mappings()[entity].write(self._target, list(taken.values()), {})

    def _load(self, entity: str, ids: list[str]) -> tuple[dict[str, Any], set[str]]:
        """Values from their rows, and the ids of those whose rows cannot be read."""
        try:
            found, bad = load_values(self._source.connection, entity, ids)
            self._source.confirm()
            return found, set(bad)
        except driver.engine_errors():
            self._source.reopen()
            if len(ids) == 1:
                return {}, set(ids)
        found, unreadable = {}, set()
        for key in ids:
            value, failed = self._load(entity, [key])
            found |= value
            unreadable |= failed
        return found, unreadable

    def _copy_contents(self) -> None:
        """The bytes of every attachment that was saved; what is not found any more takes its attachment along."""
        wanted = {row[0] for row in self._target.execute("SELECT DISTINCT sha256 FROM attachment")}
        prints = self._target.execute("SELECT DISTINCT print_sha256 FROM attachment WHERE print_sha256 <> ''")
        wanted |= {row[0] for row in prints}
        missing = set()
        for sha256 in sorted(wanted):
            content = self._source.content(sha256)
            if content is None:
                missing.add(sha256)
            else:
                insert_row(self._target, "content", {"sha256": sha256, "bytes": content})
        for sha256, content in self._source.contents_anywhere(frozenset(missing)):
            insert_row(self._target, "content", {"sha256": sha256, "bytes": content})

    def _drop_dangling(self) -> None:
        """A value whose owner or content is lost cannot stand in a book; it is named among the lost."""
        while rows := self._target.execute("PRAGMA foreign_key_check").fetchall():
            owners = {
                owner for table in {str(row[0]) for row in rows} for owner in _dangling(self._target, table)
            }
            if not sum(self._drop(entity, key) for entity, key in sorted(owners)):
                return

    def _drop(self, entity: str, key: str) -> int:
        value = load_values(self._target, entity, [key])[0].get(key)
        if value is None:
            return 0
        mappings()[entity].delete(self._target, [key])
        self.tally.saved[entity] -= 1
        self.tally.lost.append((entity, to_json(value)))
        self.tally.rebuilt = [each for each in self.tally.rebuilt if each != (entity, to_json(value))]
        self._touches = [each for each in self._touches if (each.entity, each.entity_id) != (entity, key)]
        said = next((each for each in last_touches(self._target, entity) if each.key == key), None)
        if said is not None and said.after is not None:
            self._touches.append(Touch(entity, key, said.after, None))
        return 1

    # --------------------------------------------------------------------------------------- rest

    def _copy_loose(self, table: str, codec: RowCodec[Any]) -> None:
        for row in self._source.scan(table, codec.names):
            book_state.put_loose_row(self._target, table, dict(zip(codec.names, row, strict=True)))

    def _copy_bin(self) -> None:
        """What was removed: the history says it with what was there; where it does not, the bin's own row."""
        sql = "SELECT id, at FROM operation WHERE number = ?"
        known = set()
        for entity in ENTITY_TYPES:
            for said in last_touches(self._target, entity):
                known.add((entity, said.key))
                if said.after is None and said.before is not None and entity != "setting":
                    operation, at = self._target.execute(sql, (said.number,)).fetchall()[0]
                    self._bin(entity, said.key, said.before, operation, at)
        own = (str(self._head.id), self._head.at.isoformat())
        written = {(each.entity, each.entity_id) for each in self._touches}
        for touch in self._touches:
            if touch.after is None and touch.before is not None and touch.entity != "setting":
                self._bin(touch.entity, touch.entity_id, touch.before, *own)
        for row in self._source.scan("removed", REMOVED.names):
            value = REMOVED.from_row(row)
            if (value.entity, value.entity_id) not in known | written and _is_readable(value):
                self._bin(value.entity, value.entity_id, value.payload, *own)
                self._touches.append(Touch(value.entity, value.entity_id, value.payload, None))

    def _bin(self, entity: str, key: str, payload: str, operation: str, at: str) -> None:
        row = {
            "entity": entity,
            "entity_id": key,
            "payload": payload,
            "removed_at": at,
            "operation_id": operation,
        }
        delete = "DELETE FROM removed WHERE entity = ? AND entity_id = ?"
        self._target.execute(delete, (entity, key))
        insert_row(self._target, "removed", row)


def choose(
    entity: str, value: Any, unreadable: bool, said: LastTouch | None, *, newer_lost: bool
) -> tuple[Any, bool]:
    """Which to take: what the rows hold (``value``), or what the history ``said`` last; True with the latter.

    ``newer_lost``: that line of history or later ones are lost or not proved by their hashes, so that rows which
    differ may be what those lines made of them. Else the history is right: a page of the rows is from another time.
    """
    if said is None:
        return value, False
    history = remembered(entity, said.after)
    if value is None or unreadable:
        return history, history is not None
    if history == value or newer_lost or (history is None and said.after is not None):
        return value, False
    return history, history is not None


def _dangling(connection: Connection, table: str) -> Iterator[tuple[str, str]]:
    """The values to which rows of a table belong that refer to something which is not there."""
    references = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    owner, column = next(((row[2], row[3]) for row in references if row[6] == "CASCADE"), (table, "id"))
    for row in references:
        parent, own, other = row[2], row[3], row[4]
        sql = f"SELECT {column} FROM {table} WHERE {own} IS NOT NULL AND {own} NOT IN (SELECT {other} FROM {parent})"
        yield from ((owner, str(found[0])) for found in connection.execute(sql))


def _is_readable(value: RemovedValue) -> bool:
    return remembered(value.entity, value.payload) is not None
