"""What a user changed on a paper: kept in the book, laid over the paper as it is shipped, and put back at will."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PaperChange:
    """What the user changed on one paper. Unknown keys are ignored, so that data outlive papers.

    ``hidden`` leaves fields, rows and columns out; ``shown`` brings in those that are left out by default.
    """

    title: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    heights_mm: Mapping[str, float] = field(default_factory=dict)
