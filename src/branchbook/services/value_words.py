"""Stored values in words: what a value is called, and each of its fields as a reader may see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.catalogue.procedures_list import SHAPE_BY_KEY
from branchbook.domain.amounts import amount_words, decimals_of
from branchbook.domain.fields import FieldType
from branchbook.domain.identity_number import mask
from branchbook.domain.ledgers import LedgerDefinition, LedgerRow
from branchbook.domain.organisations import DatedName, Organisation
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.problems import Problem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, PersonRef, Record
from branchbook.domain.roster import Roster
from branchbook.services.codec import from_json
from branchbook.services.fact_words import fact_words, value_words
from branchbook.services.field_words import entity_word, field_word
from branchbook.services.noting import NOTED, SUBJECTS
from branchbook.services.settings_table import SPEC_BY_KEY
from branchbook.services.step_words import step_name, step_values
from branchbook.services.store import Setting
from branchbook.services.words import ENUMERATIONS, word_of

HIDDEN_FIELDS = frozenset(
    {"id", "initials", "kind_version", "sha256", "print_sha256", "position", "size", "media_type"}
)
"""Fields that say nothing to a reader."""

LONGEST = 2_000
"""Characters of one field shown in a difference; the whole text is in the record itself."""


def subject_words(roster: Roster, entity: str, payload: str | None) -> str:
    """What a value is called in a list: 人员“张三”, 记录“2026-03-05 支部党员大会”."""
    name = _name(roster, entity, payload) if payload else ""
    word = "记载" if name in SUBJECTS.values() else entity_word(entity)
    return f"{word}“{name}”" if name else word


def field_values(roster: Roster, entity: str, payload: str | None) -> Mapping[str, str]:
    """Each field's words by its Chinese label, in the order of the value; empty for no value."""
    value = _decoded(entity, payload)
    if value is None:
        return {}
    if isinstance(value, Setting):
        return {"内容": value.value[:LONGEST]}
    shown = {}
    for each in fields(value):
        if isinstance(value, Procedure) and each.name == "steps":
            steps = step_values(value, lambda content: _words(roster, content))
            shown.update({label: words[:LONGEST] for label, words in steps.items()})
        elif each.name not in HIDDEN_FIELDS:
            words = _field(roster, value, each.name)
            shown[field_word(each.name, entity)] = words[:LONGEST]
    return shown


def _decoded(entity: str, payload: str | None) -> Any:
    """The value, or None for a payload that this version cannot read: history must always be shown."""
    try:
        return None if payload is None else from_json(entity, payload)
    except Problem:
        return None


def _name(roster: Roster, entity: str, payload: str) -> str:
    value = _decoded(entity, payload)
    if isinstance(value, Person | Organisation):
        return value.name
    if isinstance(value, PersonFact):
        person = roster.person_by_id.get(value.person_id)
        return f"{person.name if person else ''} {fact_words(roster, value)}".strip()
    if isinstance(value, Record):
        kind = KIND_BY_KEY.get(value.kind)
        return f"{value.held_on or '未定日期'} {kind.name if kind else value.kind}"
    if isinstance(value, Procedure):
        shape = SHAPE_BY_KEY.get(value.shape)
        return f"{value.begun_on} {shape.name if shape else value.shape}"
    if isinstance(value, LedgerRow):
        return _ledger_words(value.ledger)
    if isinstance(value, LedgerDefinition):
        return value.name or _ledger_words(value.key)
    if isinstance(value, Attachment):
        return value.file_name
    if isinstance(value, Setting):
        return _setting_name(value.key)
    return str(getattr(value, "name", ""))


def _setting_name(key: str) -> str:
    if key.startswith("transfer."):
        return "组织关系转接"
    if key.startswith("handbook."):
        return "结册的年度手册"
    if key.startswith(NOTED):
        return SUBJECTS.get(key.removeprefix(NOTED), key)
    spec = SPEC_BY_KEY.get(key.removeprefix("book."))
    return spec.label if spec else key


def _field(roster: Roster, value: Any, name: str) -> str:
    content = getattr(value, name)
    if isinstance(value, Person) and name == "identity_number":
        return mask(content)
    if isinstance(value, PersonFact) and name == "value":
        return value_words(value)
    if isinstance(value, LedgerRow) and name in ("ledger", "values", "people"):
        return _of_row(roster, value, name)
    if isinstance(value, LedgerDefinition):
        return _of_definition(roster, value, name)
    if name == "kinds":
        return _kind_words(content)
    if name == "shape" and content in SHAPE_BY_KEY:
        return SHAPE_BY_KEY[content].name
    return _words(roster, content)


def _ledger_words(key: str) -> str:
    """The name of a shipped ledger; a user's own is called by what its definition says, elsewhere."""
    ledger = shipped_ledgers().by_key.get(key)
    return ledger.name if ledger else "自建台账"


def _of_row(roster: Roster, row: LedgerRow, name: str) -> str:
    """A row's fields under the labels of its ledger; a user's own fields are called by their keys."""
    if name == "ledger":
        return _ledger_words(row.ledger)
    ledger = shipped_ledgers().by_key.get(row.ledger)
    parts = []
    for key, content in sorted((row.values if name == "values" else row.people).items()):
        spec = ledger.field(key) if ledger else None
        words = _words(roster, content)
        if spec is not None and spec.type in (FieldType.MONEY, FieldType.NUMBER) and isinstance(content, int):
            words = amount_words(content, decimals_of(spec))
        elif isinstance(content, str) and (found := _IDENTITY.fullmatch(content)):
            words = _words(roster, UUID(found[2])) or {"record": "记录", "procedure": "办理事项"}.get(
                found[1], ""
            )
        parts.append(f"{spec.label if spec else key}：{words}")
    return "；".join(parts)


def _of_definition(roster: Roster, definition: LedgerDefinition, name: str) -> str:
    """What the user made of a ledger, with the labels of its fields instead of their keys."""
    content = getattr(definition, name)
    if name == "key":
        return _ledger_words(definition.key)
    if name == "fields":
        return "；".join(f"{spec.label}（{word_of(spec.type)}）" for spec in content)
    if name == "labels":
        return "；".join(f"{_label_in(definition, key)}改为{label}" for key, label in sorted(content.items()))
    if name in ("hidden", "totals"):
        return "、".join(_label_in(definition, key) for key in content)
    return _label_in(definition, content) if name.endswith("_field") else _words(roster, content)


def _label_in(definition: LedgerDefinition, key: str) -> str:
    ledger = shipped_ledgers().by_key.get(definition.key)
    fields = (*(ledger.fields if ledger else ()), *definition.fields)
    return next((spec.label for spec in fields if spec.key == key), key)


_IDENTITY = re.compile(r"(?:(\w+):)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def _words(roster: Roster, content: Any) -> str:
    if content is None or content == "":
        return ""
    if isinstance(content, bool):
        return "是" if content else "否"
    if isinstance(content, StrEnum):
        return word_of(content) if type(content) in ENUMERATIONS else str(content)
    if isinstance(content, datetime):
        return f"{content:%Y-%m-%d %H:%M}"
    if isinstance(content, time):
        return f"{content:%H:%M}"
    if isinstance(content, str | int | date):
        return str(content)
    return _compound_words(roster, content)


def _compound_words(roster: Roster, content: Any) -> str:
    if isinstance(content, UUID):
        person, place = roster.person_by_id.get(content), roster.organisation_by_id.get(content)
        return person.name if person else place.name if place else ""
    if isinstance(content, tuple):
        return "；".join(filter(None, (_words(roster, each) for each in content)))
    if isinstance(content, Mapping):
        pairs = ((_label(key), _words(roster, each)) for key, each in sorted(content.items()))
        return "；".join(f"{label}：{words}" for label, words in pairs if words)
    if isinstance(content, PersonRef):
        return content.name
    if isinstance(content, DatedName):
        return f"{content.name}（{content.from_on} 起{'，' + content.document if content.document else ''}）"
    return _parts(roster, content) if is_dataclass(content) else str(content)


def _parts(roster: Roster, content: Any) -> str:
    """A nested value: its fields that are not at their default, without ids."""
    parts = []
    for each in fields(content):
        inner = getattr(content, each.name)
        if each.name.endswith("id") or (each.default is not MISSING and inner == each.default):
            continue
        words = _KEYED[each.name](inner) if each.name in _KEYED else _words(roster, inner)
        if words:
            parts.append(f"{field_word(each.name)} {words}")
    return "，".join(parts)


def _kind_words(keys: Iterable[str]) -> str:
    return "、".join(KIND_BY_KEY[key].name if key in KIND_BY_KEY else key for key in keys)


_KEYED: Mapping[str, Callable[[Any], str]] = {"step": step_name, "satisfied_by": _kind_words}
"""Fields of nested values that hold keys of the catalogue."""


def _label(key: str) -> str:
    for kind in KIND_BY_KEY.values():
        for spec in kind.fields:
            if spec.key == key:
                return spec.label
    return KIND_BY_KEY[key].name if key in KIND_BY_KEY else key
