"""The steps of a procedure field by field, in the words of its shape, for the history's differences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from branchbook.catalogue.procedures_list import SHAPE_BY_KEY, SHAPES
from branchbook.domain.procedures import Procedure, StepEntry, StepSpec
from branchbook.services.field_words import field_word

Words = Callable[[Any], str]
"""A value in words."""


def step_values(procedure: Procedure, words: Words) -> Mapping[str, str]:
    """Words by label: “投票计票·监票人”. A step twice in a procedure is told apart by its number."""
    shape = SHAPE_BY_KEY.get(procedure.shape)
    found: dict[str, str] = {}
    for entry in procedure.steps:
        spec = shape.step(entry.step) if shape else None
        name = spec.name if spec else step_name(entry.step)
        for label, value in _fields(entry, spec, words):
            if value:
                found[_free(found, f"{name}·{label}")] = value
    return found


def step_name(key: str) -> str:
    """What a step is called in whatever shape has it; the key where none has."""
    return next((step.name for shape in SHAPES if (step := shape.step(key)) is not None), key)


def _fields(entry: StepEntry, spec: StepSpec | None, words: Words) -> Iterator[tuple[str, str]]:
    yield "办理", words(entry.done_on) or "已开始"
    for values in (entry.values, entry.people, entry.votes):
        for key, value in values.items():
            yield _label(spec, key), words(value)
    yield "原因", entry.reason
    yield "会议记录", "已关联" if entry.record_id else ""


def _label(spec: StepSpec | None, key: str) -> str:
    labels = {each.key: each.label for each in spec.votes} if spec else {}
    if spec is not None:
        labels |= {each.key: each.label for each in spec.fields}
    return labels.get(key) or field_word(key)


def _free(found: Mapping[str, str], label: str) -> str:
    number = 2
    free = label
    while free in found:
        free, number = f"{label}（{number}）", number + 1
    return free
