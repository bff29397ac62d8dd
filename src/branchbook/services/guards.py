"""What every use case checks before it writes: texts that can be kept, and values that are still there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from branchbook.domain.problems import RefusedProblem
from branchbook.services.field_words import field_word
from branchbook.services.store import EntityT, Reading

T = TypeVar("T")

TEXT_LIMIT = 200_000
"""Characters in one text: minutes of a long day fit many times over."""

NAME_LIMIT = 500
"""Characters in one line: names, posts, document numbers, titles."""

ONE_LINE_FIELDS = frozenset(
    {
        "name",
        "document",
        "ending_document",
        "closing_document",
        "counterpart",
        "ethnic_group",
        "native_place",
        "education",
        "degree",
        "work_post",
        "title",
        "identity_number",
        "phone",
        "email",
        "category",
        "higher_organisation",
        "file_name",
        "label",
    }
)
"""Fields that stand on one line wherever they are shown; a line break in one is a slip of the paste."""

_LINE_BREAKS = {"\r\n": "\n", "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"}
_REMOVED = dict.fromkeys(
    [code for code in range(32) if chr(code) not in "\n\t"] + list(range(0x7F, 0xA0)) + [0xFEFF]
)


def clean_text(text: str, where: str, limit: int = TEXT_LIMIT) -> str:
    """A text that file, screen and paper can keep: one sort of line break, no control characters.

    Nothing else is changed: brackets, ampersands, emoji, rare characters and direction marks stay as
    typed. Raises RefusedProblem for a text longer than ``limit`` or with half a character.
    """
    for found, wanted in _LINE_BREAKS.items():
        if found in text:
            text = text.replace(found, wanted)
    text = text.translate(_REMOVED)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RefusedProblem(
            f"文字中有不完整的字符（第 {error.start + 1} 个字）", where, "请删去这个字后重新输入"
        ) from None
    if len(text) > limit:
        raise RefusedProblem(
            f"文字过长：{len(text)} 字，最多 {limit} 字", where, "请分成几段保存，原文没有改动"
        )
    return text


def clean_line(text: str, where: str, limit: int = NAME_LIMIT) -> str:
    """A text on one line without blanks at its ends; inner spaces and · stay exactly as typed."""
    return " ".join(clean_text(text, where, limit).split("\n")).strip()


def cleaned(value: T, where: str = "") -> T:
    """A value with every text in it cleaned, however deep; the error names the field's path."""
    result: T = _cleaned(value, where, "")
    return result


def required_line(text: str, where: str) -> str:
    """A cleaned line that may not be empty. Raises RefusedProblem naming the field."""
    line = clean_line(text, where)
    if not line:
        raise RefusedProblem(f"{where}不能为空", "", f"请填写{where}")
    return line


def still_there(reading: Reading, entity_type: type[EntityT], identity: UUID, what: str) -> EntityT:
    """A value by id. Raises RefusedProblem where it has gone to the recycle bin meanwhile."""
    value = reading.get(entity_type, identity)
    if value is None:
        raise RefusedProblem(f"{what}已不在簿中", "", "可能已移到回收站，请刷新后再试")
    return value


def _cleaned(value: Any, where: str, name: str) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return clean_line(value, where) if name in ONE_LINE_FIELDS else clean_text(value, where)
    if isinstance(value, tuple):
        return tuple(_cleaned(each, f"{where}第 {i} 项", name) for i, each in enumerate(value, start=1))
    if isinstance(value, Mapping):
        return {
            key: _cleaned(each, f"{where}·{_key_word(str(key))}", str(key)) for key, each in value.items()
        }
    if is_dataclass(value) and not isinstance(value, type):
        own = {each.name: getattr(value, each.name) for each in fields(value)}
        new = {key: _cleaned(each, _path(where, key), key) for key, each in own.items()}
        changed = {key: each for key, each in new.items() if each is not own[key] and each != own[key]}
        return replace(value, **changed) if changed else value
    return value


def _key_word(key: str) -> str:
    """What a kind calls its field on the screen: 备注 for remark; the key where no kind has it."""
    from branchbook.catalogue.kinds_list import KINDS

    return next((spec.label for kind in KINDS for spec in kind.fields if spec.key == key), key)


def _path(where: str, field_name: str) -> str:
    word = field_word(field_name)
    return f"{where}·{word}" if where else word
