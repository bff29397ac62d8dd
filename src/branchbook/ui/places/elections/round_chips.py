"""The chips of a step's rounds: one for each round, and one for each kind that was not balloted yet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branchbook.domain.ballots import Ballot
from branchbook.services.words import word_of
from branchbook.ui.places.elections.rounds_view import RoundsView, ShownRound


def chips_of(found: RoundsView) -> list[tuple[str, str]]:
    """(key, words): a round by its id, a kind without a round by its own key."""
    chips: list[tuple[str, str]] = []
    for kind in found.kinds:
        chips += [(str(each.ballots.id), _round_words(each)) for each in kind.rounds]
        if not kind.rounds:
            words = QCoreApplication.translate("Counting", "{name} 未投票").format(name=word_of(kind.kind))
            chips.append((kind.kind.value, words))
    return chips


def first_chip(found: RoundsView) -> str:
    """The round that is open; else a kind that somebody stands for; else the last round."""
    rounds = [each for kind in found.kinds for each in kind.rounds]
    opened = [str(each.ballots.id) for each in rounds if not each.ballots.is_confirmed]
    waiting = [kind.kind.value for kind in found.kinds if not kind.rounds and kind.names]
    last = [str(each.ballots.id) for each in rounds[-1:]]
    return next(iter([*opened, *waiting, *last]), found.kinds[0].kind.value if found.kinds else "")


def _round_words(shown: ShownRound) -> str:
    word, ballot = word_of(shown.ballots.kind), shown.ballots.ballot
    name = word if ballot == Ballot.MAIN else f"{word} {word_of(ballot)}"
    if shown.ballots.is_confirmed:
        return QCoreApplication.translate("Counting", "{name} ✓").format(name=name)
    return QCoreApplication.translate("Counting", "{name} 计票中").format(name=name)
