"""The ledgers that BranchBook ships: one TOML file each in ``resources/ledgers``, read once when first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from branchbook.domain.ledger_parsing import parse_ledger
from branchbook.domain.ledgers import Ledger
from branchbook.domain.problems import UnreadableProblem
from branchbook.resources import resource_path


@dataclass(frozen=True)
class ShippedLedgers:
    """The ledgers in order of their files' names, and what is wrong with the files that could not be used."""

    ledgers: tuple[Ledger, ...]
    faults: tuple[UnreadableProblem, ...] = ()

    @property
    def by_key(self) -> Mapping[str, Ledger]:
        """The ledgers by key."""
        return {each.key: each for each in self.ledgers}


@cache
def shipped_ledgers() -> ShippedLedgers:
    """The ledgers as shipped."""
    return read_ledgers(resource_path("ledgers"))


def read_ledgers(folder: Path) -> ShippedLedgers:
    """The ledgers of every ``*.toml`` in a folder; a faulty file leaves the others in use."""
    found: dict[str, Ledger] = {}
    faults = []
    for path in sorted(folder.glob("*.toml")):
        try:
            ledger = parse_ledger(path.name, _read(path))
            if ledger.key in found:
                raise _fault(path, f"key “{ledger.key}”与另一本台账重复")
            found[ledger.key] = ledger
        except UnreadableProblem as problem:
            faults.append(problem)
    return ShippedLedgers(tuple(found.values()), tuple(faults))


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(path, f"读不出来（{error}）") from error


def _fault(path: Path, what: str) -> UnreadableProblem:
    return UnreadableProblem(
        f"台账文件有误：{what}", path.name, "这本台账暂不能用，其他台账不受影响；请改正这个文件"
    )
