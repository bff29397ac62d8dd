"""The ledgers of a book: the shipped ones as the user changed them, and the user's own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.domain.ledgers import Ledger, LedgerDefinition, LedgerRow, changed_ledger, own_ledger
from branchbook.domain.problems import RefusedProblem
from branchbook.services.store import Reading

_DEFINITIONS = uuid5(NAMESPACE_URL, "branchbook:ledgers")


def definition_id(key: str) -> UUID:
    """The id of what a book says about a shipped ledger: the same in every book, so that two of them merge."""
    return uuid5(_DEFINITIONS, key)


def ledgers_of(reading: Reading) -> tuple[Ledger, ...]:
    """Every ledger that the book can show: the user's own first, then the shipped ones."""
    definitions = reading.all(LedgerDefinition)
    own = sorted((each for each in definitions if each.own), key=lambda each: (each.position, str(each.id)))
    changes = {each.key: each for each in definitions if not each.own}
    return (*map(own_ledger, own), *_shipped(changes))


def _shipped(changes: dict[str, LedgerDefinition]) -> Iterator[Ledger]:
    for ledger in shipped_ledgers().ledgers:
        change = changes.get(ledger.key)
        yield changed_ledger(ledger, change) if change else ledger


def ledger_of(reading: Reading, key: str) -> Ledger:
    """A ledger by key. Raises RefusedProblem where the book has none: its definition may be in the recycle bin."""
    found = next((each for each in ledgers_of(reading) if each.key == key), None)
    if found is None:
        raise RefusedProblem("没有这本台账", key, "它可能已移到回收站，或来自更新版本的程序；请刷新后再试")
    return found


def ledger_named(reading: Reading, name: str) -> Ledger:
    """A ledger by its name or key. Raises RefusedProblem with the names there are, or where two have that name."""
    ledgers = ledgers_of(reading)
    found = [each for each in ledgers if name in (each.key, each.name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise RefusedProblem("有几本台账同名", name, f"请用代号：{'、'.join(each.key for each in found)}")
    raise RefusedProblem("没有这本台账", name, f"可用：{'、'.join(each.name for each in ledgers)}")


def ledger_name(reading: Reading, key: str) -> str:
    """What a ledger is called; its key where the book cannot show it."""
    return next((each.name for each in ledgers_of(reading) if each.key == key), key)


def row_words(reading: Reading, row: LedgerRow) -> str:
    """What a row is called in a list or a refusal: 整改台账“学习制度落实不够”."""
    ledger = next((each for each in ledgers_of(reading) if each.key == row.ledger), None)
    if ledger is None:
        return row.ledger
    title = row_title(ledger, row)
    return f"{ledger.name}“{title}”" if title else ledger.name


def row_title(ledger: Ledger, row: LedgerRow, limit: int = 30) -> str:
    """The first words of the field that names a row."""
    people = row.people.get(ledger.title_field, ())
    text = "、".join(each.name for each in people) or row.text(ledger.title_field)
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
