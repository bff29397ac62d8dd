"""The parts that the program stands on, with their licences, read from ``resources/notices``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from branchbook.resources import resource_path


@dataclass(frozen=True, slots=True)
class Part:
    """One part. ``texts`` are the files of its licence, relative to the resources folder."""

    name: str
    purpose: str
    licence: str
    origin: str
    texts: tuple[str, ...]

    def licence_text(self) -> str:
        """The whole text of the licence."""
        texts = (resource_path(each).read_text(encoding="utf-8", errors="replace") for each in self.texts)
        return "\n\n".join(text.strip("\n") for text in texts)


@cache
def parts() -> tuple[Part, ...]:
    """All parts, the program itself first. Raises FileNotFoundError where the installation is incomplete."""
    table = tomllib.loads(resource_path("notices/parts.toml").read_text(encoding="utf-8"))
    return tuple(
        Part(each["name"], each["purpose"], each["licence"], each["origin"], tuple(each["texts"]))
        for each in table["part"]
    )
