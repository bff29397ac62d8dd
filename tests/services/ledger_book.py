"""Short forms for the tests of ledgers: rows in the small invented book."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from branchbook.domain.fields import PERSON_TYPES, FieldSpec, FieldType
from branchbook.domain.ledgers import Ledger, LedgerRow
from branchbook.domain.records import FieldValue, PersonRef
from branchbook.services.ledgers import add_row
from branchbook.services.store import Book
from tests.services.small_book import FIRST_BRANCH, SECOND_BRANCH, actor, named

RECTIFICATION = "rectification"


def member(name: str) -> tuple[PersonRef, ...]:
    """One member of the small book, as a row names them."""
    return (PersonRef(name, named(name)),)


def rectify(book: Book, problem: str, place: UUID = FIRST_BRANCH, **values: Any) -> LedgerRow:
    """A row of the rectification ledger; persons are given as tuples of references."""
    people = {key: each for key, each in values.items() if isinstance(each, tuple)}
    plain = {key: each for key, each in values.items() if key not in people}
    given = {"source": "自查", "problem": problem, **plain}
    return add_row(book, RECTIFICATION, place, actor(), given, people).value


TEXTS = ("=1+1", "@甲", "<b>&", "无", "第一行\n第二行")


def sample_value(spec: FieldSpec, number: int) -> FieldValue:
    """Something that the field can hold; texts are such as spreadsheets like to spoil."""
    if spec.type in (FieldType.NUMBER, FieldType.MONEY):
        return 1050 + number
    if spec.type is FieldType.DATE:
        return f"2026-0{1 + number % 3}-15"
    if spec.type is FieldType.CHOICE:
        return spec.choices[number % len(spec.choices)]
    if spec.type is FieldType.ORGANISATION:
        return str(SECOND_BRANCH)
    if spec.type is FieldType.LONG_TEXT:
        return f"{TEXTS[number % len(TEXTS)]}\n{spec.label} {number}"
    return f"{TEXTS[number % 4]} {spec.label}{number}"


def sample_row(book: Book, ledger: Ledger, number: int, place: UUID = FIRST_BRANCH) -> LedgerRow:
    """A row with something in every field that a person can type."""
    typed = [spec for spec in ledger.shown if spec.type not in (FieldType.LINK, FieldType.ATTACHMENT)]
    people = {spec.key: member("赵示例") for spec in typed if spec.type is FieldType.PERSON}
    people |= {
        spec.key: (*member("钱示例"), PersonRef("外请专家"))
        for spec in typed
        if spec.type is FieldType.PERSONS
    }
    plain = {spec.key: sample_value(spec, number) for spec in typed if spec.type not in PERSON_TYPES}
    return add_row(book, ledger.key, place, actor(number), plain, people).value
