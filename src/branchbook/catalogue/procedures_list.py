"""The procedures that BranchBook knows. A new one is one file in ``procedures`` and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.catalogue.procedures import conversions, elections, evaluation, joining
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.procedures import ProcedureShape

SHAPES: tuple[ProcedureShape, ...] = (
    elections.WITH_COMMITTEE,
    elections.WITHOUT_COMMITTEE,
    elections.BY_ELECTION,
    elections.GENERAL_BRANCH,
    elections.TERM_EXTENSION,
    conversions.QUARTERLY,
    conversions.HALF_YEARLY,
    conversions.EXTENDED,
    joining.JOINING,
    evaluation.YEARLY,
)

SHAPE_BY_KEY: Mapping[str, ProcedureShape] = {shape.key: shape for shape in SHAPES}


def shape_of(key: str) -> ProcedureShape:
    """The shape with this key. Raises UnreadableProblem for a key that the program does not know."""
    try:
        return SHAPE_BY_KEY[key]
    except KeyError:
        raise UnreadableProblem("不认识的办理事项", key, "请用本程序的新版本打开") from None
