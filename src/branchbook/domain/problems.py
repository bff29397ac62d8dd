"""What can go wrong, said so that a user knows what happened, where, and what to do next."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - it is shown to people, and is no programming error
    """An error meant for the user. All three parts are Chinese sentences or fragments.

    ``what`` says what happened, ``where`` names the file, row, person or field (may be empty),
    ``next_step`` says what is safe and what to do (may be empty).
    """

    exit_code = 1

    def __init__(self, what: str, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where, next_step)
        self.what = what
        self.where = where
        self.next_step = next_step

    def __str__(self) -> str:
        place = f"（{self.where}）" if self.where else ""
        return "。".join(part for part in (f"{self.what}{place}", self.next_step) if part)


class RefusedProblem(Problem):
    """Well-formed input refused by a rule, by the data, or by a lock."""

    exit_code = 1


class ReasonProblem(RefusedProblem):
    """Refused as long as nobody says why it is so all the same; where the window shows it, it asks for the reason."""


class UnreadableProblem(Problem):
    """Wrong use, or input that cannot be read at all."""

    exit_code = 2


class DamagedProblem(UnreadableProblem):
    """A file of ours that is no longer what was written: pages, or the file as a whole, fail their check."""


class PassphraseProblem(RefusedProblem):
    """A passphrase is needed; ``given`` says whether one was tried, and was wrong."""

    given = False
