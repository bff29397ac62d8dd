"""Entities to JSON and back: one form for storage's JSON columns, history, export and undo."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from branchbook.domain.checklists import Checklist, ChecklistTick
from branchbook.domain.evaluations import Assessment
from branchbook.domain.ledgers import LedgerDefinition, LedgerRow
from branchbook.domain.organisations import Organisation, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, Record
from branchbook.services.store import Entity, Setting

T = TypeVar("T")

ENTITY_TYPES: dict[str, type[Any]] = {
    "organisation": Organisation,
    "term": Term,
    "person": Person,
    "person_fact": PersonFact,
    "record": Record,
    "procedure": Procedure,
    "assessment": Assessment,
    "ledger_definition": LedgerDefinition,
    "ledger_row": LedgerRow,
    "attachment": Attachment,
    "checklist": Checklist,
    "checklist_tick": ChecklistTick,
    "setting": Setting,
}
"""Types by name, in the order in which they can be written without a dangling reference."""

_NAMES = {entity_type: name for name, entity_type in ENTITY_TYPES.items()}


def entity_name(entity_type: type[Any]) -> str:
    """The name under which a type stands in history and exports."""
    return _NAMES[entity_type]


def entity_id(entity: Entity) -> str:
    """The identity of a value as text: its UUID, or a setting's key."""
    return entity.key if isinstance(entity, Setting) else str(entity.id)


def to_json(value: Any) -> str:
    """A value as JSON text; keys of mappings are sorted, so equal values give equal text."""
    return msgspec.json.encode(value, order="deterministic").decode()


def from_json(name: str, text: str) -> Any:
    """A value of the named type. Raises UnreadableProblem naming the key that does not fit."""
    entity_type = ENTITY_TYPES.get(name)
    if entity_type is None:
        raise UnreadableProblem("不认识的数据类型", name, "请用本程序的新版本打开")
    return decode(text, entity_type, name)


def decode(text: str | bytes, value_type: type[T], where: str) -> T:
    """Any value of a known type from JSON; the error says where and which key."""
    try:
        return msgspec.json.decode(text, type=value_type)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableProblem(
            "数据内容不符合格式", f"{where}：{_in_words(str(error))}", "原有数据没有改动"
        ) from error


_KEY = re.compile(r"at `(?:key in )?\$\.?([^`]*)`")
_FAULTS = (
    (re.compile(r"missing required field `([^`]*)`"), "缺少 {0}"),
    (re.compile(r"unknown field `([^`]*)`"), "不认识的键 {0}"),
    (re.compile(r"Invalid enum value '?([^']*?)'?(?: - at .*)?$"), "不认识的值 {0}"),
    (re.compile(r"^Expected|^Invalid"), "类型或写法不对"),
)


def _in_words(message: str) -> str:
    """The decoder's English message in Chinese: the key, and what is wrong there."""
    key = _KEY.search(message)
    for pattern, words in _FAULTS:
        if found := pattern.search(message):
            fault = words.format(*found.groups())
            return f"{key[1]} {fault}" if key and key[1] else fault
    return "不是完整的 JSON"
