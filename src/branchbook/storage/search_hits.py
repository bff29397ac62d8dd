"""From found values to hits: title, day and a snippet, read from the values themselves.

The texts of a value are read in stages, the most telling first, and only until a word is found: fifty
hits then cost a few small queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from branchbook.services.store import SearchHit
from branchbook.storage.driver import Connection
from branchbook.storage.record_queries import PRIVATE_RECORD
from branchbook.storage.search_texts import texts_of_values
from branchbook.storage.search_words import Finder, beginning

_Texts = Callable[[Sequence[Any]], Iterator[str]]


@dataclass(frozen=True, slots=True)
class _Stage:
    """One query for some values of a kind: id, title, day, then cells that ``texts`` turns into texts.

    ``{ids}`` stands for the placeholders.
    """

    sql: str
    texts: _Texts


@dataclass(slots=True)
class _Found:
    """A hit being put together."""

    title: str = ""
    held_on: str | None = None
    snippet: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    matched: bool = False


def hits(connection: Connection, places: Sequence[tuple[str, str]], words: str) -> tuple[SearchHit, ...]:
    """Hits for (kind, id) in the order given; a value that is not there has none."""
    finder = Finder(words)
    wanted: dict[str, list[str]] = defaultdict(list)
    for entity, key in places:
        wanted[entity].append(key)
    found = {entity: _read(connection, _STAGES[entity], keys, finder) for entity, keys in wanted.items()}
    return tuple(
        SearchHit(
            entity,
            UUID(key),
            hit.title,
            hit.snippet,
            hit.marks,
            date.fromisoformat(hit.held_on) if hit.held_on else None,
        )
        for entity, key in places
        if (hit := found[entity].get(key)) is not None
    )


def _read(
    connection: Connection, stages: Sequence[_Stage], keys: Sequence[str], finder: Finder
) -> dict[str, _Found]:
    """Run stage after stage for the values that have no snippet yet."""
    found: dict[str, _Found] = {}
    for stage in stages:
        open_keys = [
            key for key in keys if key not in found or not found[key].matched or not found[key].title
        ]
        if not open_keys:
            break
        sql = stage.sql.format(ids=",".join("?" * len(open_keys)))
        for key, title, held_on, *cells in connection.execute(sql, open_keys):
            hit = found.setdefault(key, _Found())
            hit.title = hit.title or title
            hit.held_on = hit.held_on or held_on
            for text in stage.texts(cells):
                _look(hit, text, finder)
    return found


def _look(hit: _Found, text: str, finder: Finder) -> None:
    """Take the snippet of the first text that holds a word; until then show the first text."""
    if hit.matched or not text:
        return
    if piece := finder.snippet(text):
        hit.snippet, hit.marks = piece
        hit.matched = True
    elif not hit.snippet:
        hit.snippet = beginning(text)


def _plain(cells: Sequence[Any]) -> Iterator[str]:
    yield from cells


def _record(cells: Sequence[Any]) -> Iterator[str]:
    """Plain texts, then persons by field, the kind's own fields, observers."""
    *texts, people, fields, observers = cells
    yield from texts
    for persons in msgspec.json.decode(people).values():
        yield from map(_named, persons)
    for value in (msgspec.json.decode(fields) or {}).values():
        yield from value if isinstance(value, list) else (value,) if isinstance(value, str) else ()
    yield from map(_named, msgspec.json.decode(observers))


def _item(cells: Sequence[Any]) -> Iterator[str]:
    """An agenda item's title and speeches."""
    title, speeches = cells
    yield title
    for speech in msgspec.json.decode(speeches):
        yield f"{speech['name']}：{speech['text']}" if speech["name"] else speech["text"]


def _resolution(cells: Sequence[Any]) -> Iterator[str]:
    """A resolution's text and outcome, and those responsible."""
    *texts, responsible = cells
    yield from texts
    for person in msgspec.json.decode(responsible):
        yield person["name"]


def _step(cells: Sequence[Any]) -> Iterator[str]:
    """A step's reason, fields and people."""
    reason, values, people = cells
    yield reason
    for value in msgspec.json.decode(values).values():
        yield from value if isinstance(value, list) else (value,) if isinstance(value, str) else ()
    for persons in msgspec.json.decode(people).values():
        yield from map(_named, persons)


def _count(cells: Sequence[Any]) -> Iterator[str]:
    """Those on the ballots and those written on them, the count's note."""
    *names, note = cells
    for lines in names:
        yield from (line["name"] for line in msgspec.json.decode(lines))
    yield note


def _assessment(cells: Sequence[Any]) -> Iterator[str]:
    """A name, the two own texts, what others said with the answers, then the branch's texts."""
    name, summary, self_criticism, criticisms, *texts = cells
    yield from (name, summary, self_criticism)
    for each in msgspec.json.decode(criticisms):
        yield from (each["text"], each["reply"])
    yield from texts


def _row(cells: Sequence[Any]) -> Iterator[str]:
    """A ledger row's texts, then the people in it."""
    values, people = cells
    yield from texts_of_values(msgspec.json.decode(values))
    for persons in msgspec.json.decode(people).values():
        yield from map(_named, persons)


def _named(person: dict[str, Any]) -> str:
    return f"{person['name']} {person['post']}" if person["post"] else str(person["name"])


_OPEN = f"CASE WHEN {PRIVATE_RECORD} THEN '' ELSE {{}} END"
_OPEN_FIELDS = f"CASE WHEN {PRIVATE_RECORD} THEN 'null' ELSE fields END"
_OPEN_ITEM = f"NOT EXISTS (SELECT 1 FROM record WHERE record.id = agenda_item.record_id AND {PRIVATE_RECORD})"
"""Of a private record the index holds only who is named; a snippet shows no more than that."""

_STAGES: dict[str, tuple[_Stage, ...]] = {
    "person": (
        _Stage(
            "SELECT id, name, NULL, name, work_post, title, phone, native_place, note"
            " FROM person WHERE id IN ({ids})",
            _plain,
        ),
        _Stage(
            "SELECT person_id, '', NULL, document, ending_document, counterpart"
            " FROM person_fact WHERE person_id IN ({ids}) ORDER BY from_on",
            _plain,
        ),
    ),
    "record": (
        _Stage(
            f"SELECT id, {_OPEN.format('subject')}, held_on, {_OPEN.format('subject')},"
            f" {_OPEN.format('occasion')}, venue, {_OPEN.format('correction_reason')}, people, {_OPEN_FIELDS},"
            " observers FROM record WHERE id IN ({ids})",
            _record,
        ),
        _Stage(
            "SELECT record_id, title, NULL, title, speeches"
            f" FROM agenda_item WHERE record_id IN ({{ids}}) AND {_OPEN_ITEM} ORDER BY record_id, line",
            _item,
        ),
        _Stage(
            "SELECT agenda_item.record_id, agenda_item.title, NULL, text, outcome, responsible"
            " FROM resolution JOIN agenda_item ON agenda_item.id = resolution.agenda_item_id"
            f" WHERE agenda_item.record_id IN ({{ids}}) AND {_OPEN_ITEM}"
            " ORDER BY agenda_item.record_id, agenda_item.line, resolution.line",
            _resolution,
        ),
    ),
    "procedure": (
        _Stage(
            "SELECT procedure.id, shape, begun_on, person.name, procedure.note, ending_reason,"
            " correction_reason FROM procedure LEFT JOIN person ON person.id = procedure.subject_id"
            " WHERE procedure.id IN ({ids})",
            _plain,
        ),
        _Stage(
            "SELECT procedure_id, '', NULL, name, manual_reason, withdrawn_reason"
            " FROM procedure_candidate WHERE procedure_id IN ({ids}) ORDER BY procedure_id, line",
            _plain,
        ),
        _Stage(
            "SELECT procedure_id, '', NULL, lines, write_ins, note"
            " FROM ballot_round WHERE procedure_id IN ({ids}) ORDER BY procedure_id, line",
            _count,
        ),
        _Stage(
            "SELECT procedure_id, '', NULL, reason, \"values\", people"
            " FROM procedure_step WHERE procedure_id IN ({ids}) ORDER BY procedure_id, line",
            _step,
        ),
        _Stage(
            "SELECT procedure_id, '', NULL, name, duties, contact_group"
            " FROM procedure_assignment WHERE procedure_id IN ({ids}) ORDER BY procedure_id, line",
            _plain,
        ),
        _Stage(
            "SELECT procedure_id, '', NULL, note FROM question_round"
            " WHERE procedure_id IN ({ids}) ORDER BY procedure_id, line",
            _plain,
        ),
        _Stage(
            "SELECT procedure_id, '', NULL, consent_document FROM procedure_voter"
            " WHERE procedure_id IN ({ids}) AND consent_document <> '' ORDER BY procedure_id, line",
            _plain,
        ),
        _Stage(
            "SELECT procedure_id, '', NULL, other_branch, CASE WHEN manual THEN reason ELSE '' END"
            " FROM procedure_participant WHERE procedure_id IN ({ids}) ORDER BY procedure_id, line",
            _plain,
        ),
        _Stage(
            "SELECT procedure_id, '', NULL, note FROM grade_round"
            " WHERE procedure_id IN ({ids}) ORDER BY procedure_id, line",
            _plain,
        ),
    ),
    "assessment": (
        _Stage(
            "SELECT assessment.id, name, procedure.begun_on, name, summary, self_criticism, criticisms, opinion,"
            " departure_reason, problems, advice, own_words, superior_opinion, use, remark"
            " FROM assessment JOIN procedure ON procedure.id = assessment.procedure_id"
            " WHERE assessment.id IN ({ids})",
            _assessment,
        ),
    ),
    "ledger_row": (
        _Stage(
            'SELECT id, ledger, substr(created_at, 1, 10), "values", people'
            " FROM ledger_row WHERE id IN ({ids})",
            _row,
        ),
    ),
    "attachment": (
        _Stage(
            "SELECT attachment.id, file_name, record.held_on, caption, file_name"
            " FROM attachment LEFT JOIN record ON record.id = attachment.record_id"
            " WHERE attachment.id IN ({ids})",
            _plain,
        ),
    ),
}
