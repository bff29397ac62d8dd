"""Which text of 发展党员工作细则 governs a step, and the rules as that text and the day have them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from branchbook.domain.conversion_vote import RuleVersion, version_on
from branchbook.domain.rulebook import Rulebook

DOCUMENTS: Mapping[RuleVersion, str] = {
    RuleVersion.OF_2014: "admission_2014",
    RuleVersion.OF_2026: "admission_2026",
}
"""The document of each version, by its key in the rule files."""

VERSION_VALUE = "rule_version"
"""The value of a step in which a version chosen by hand is kept; it then needs a reason."""


def rules_of(rulebook: Rulebook, day: date, chosen: str = "") -> Rulebook:
    """The rules in force on ``day``, those on admission from the ``chosen`` version where one is chosen.

    ``rulebook`` holds the rules of all times. Before the earliest text, and without a choice, there are no
    rules on admission: nothing is checked against a number then.
    """
    in_force = rulebook.on(day)
    if chosen not in {each.value for each in RuleVersion} or version_on(day, rulebook) == chosen:
        return in_force
    wanted, every = DOCUMENTS[RuleVersion(chosen)], set(DOCUMENTS.values())
    kept = tuple(each for each in in_force.rules if each.document.key not in every)
    return Rulebook((*kept, *(each for each in rulebook.rules if each.document.key == wanted)))
