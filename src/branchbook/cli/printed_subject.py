"""What a paper is printed of, from the words of the command line: a record, a person, a year's evaluation."""

from __future__ import annotations

import argparse
from uuid import UUID

from branchbook.cli.choosing import organisation_named
from branchbook.cli.surroundings import Surroundings
from branchbook.domain.papers import PaperGroup, Subject
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Record
from branchbook.services.conversion_reading import latest_conversion
from branchbook.services.evaluations import round_of
from branchbook.services.paper_gallery import OF_ONE_MEMBER
from branchbook.services.printing import PaperEntry
from branchbook.services.store import Reading


def take_subject(
    entry: PaperEntry, arguments: argparse.Namespace, around: Surroundings, reading: Reading
) -> None:
    """Put into ``record`` what a person or a year names. Raises a problem for words that do not go together."""
    if entry.subject == Subject.PROCEDURE and entry.group == PaperGroup.EVALUATION:
        _take_round(entry, arguments, around, reading)
    else:
        _take_person(entry, arguments, reading)


def _take_round(
    entry: PaperEntry, arguments: argparse.Namespace, around: Surroundings, reading: Reading
) -> None:
    """--year names the round of a branch, so that nobody has to look up its id."""
    if arguments.person is not None and (entry.key not in OF_ONE_MEMBER or arguments.blank):
        wrong = "空白表" if arguments.blank else f"“{entry.name}”"
        raise UnreadableProblem(f"{wrong}不能按人打印", str(arguments.person), "请去掉 --person")
    if arguments.blank or arguments.record is not None:
        return
    branch = organisation_of(reading, arguments.branch, around, may_lack=False)
    assert branch is not None
    year = arguments.year or around.now.year
    found = round_of(reading, branch, year)
    if found is None:
        raise RefusedProblem(
            f"{year}年度还没有开始民主评议", "", "请用 --year 指明年度，或用 --blank 打印空白表"
        )
    arguments.record = found.id


def _take_person(entry: PaperEntry, arguments: argparse.Namespace, reading: Reading) -> None:
    """--person names the latest conversion of someone, so that nobody has to look up its id."""
    if arguments.person is None:
        return
    if arguments.record is not None or arguments.blank or entry.group != PaperGroup.CONVERSION:
        fault = (
            f"“{entry.name}”不能按人打印" if entry.group != PaperGroup.CONVERSION else "--person 只能单独用"
        )
        raise UnreadableProblem(fault, str(arguments.person), "请去掉 --person，或去掉 --record 和 --blank")
    if entry.subject != Subject.PROCEDURE:
        raise UnreadableProblem(f"“{entry.name}”不能按人打印", str(arguments.person), "请去掉 --person")
    arguments.record = latest_conversion(reading, arguments.person).id


def check_there(reading: Reading, entry: PaperEntry, record_id: UUID) -> None:
    """Raise RefusedProblem for a record or procedure that is not in the book."""
    if entry.subject == Subject.PROCEDURE:
        if reading.get(Procedure, record_id) is not None:
            return
        if entry.group == PaperGroup.CONVERSION:
            raise RefusedProblem(
                "本簿没有这次转正", str(record_id), "人员编号见 branchbook conversions --json，用 --person"
            )
        if entry.group == PaperGroup.EVALUATION:
            raise RefusedProblem("本簿没有这次民主评议", str(record_id), "用 --year N 指明年度")
        raise RefusedProblem(
            "本簿没有这次选举", str(record_id), "编号见 branchbook election --show 或 --list --json"
        )
    if reading.get(Record, record_id) is None:
        raise RefusedProblem(
            "本簿没有这份记录", str(record_id), "编号见 branchbook search --json 或 due --json"
        )


def organisation_of(
    reading: Reading, name: str | None, around: Surroundings, *, may_lack: bool
) -> UUID | None:
    """The organisation named; without a name the only branch of the book, or none on an empty form."""
    roster, today = reading.roster(), around.now.date()
    if name:
        return organisation_named(roster, name, today).id
    branches = roster.branches_on(today)
    if len(branches) == 1:
        return branches[0].id
    if may_lack:
        return None
    names = "、".join(each.name_on(today) for each in branches)
    raise RefusedProblem("本簿不止一个支部，需要指明哪一个", "", f"请加 --branch，可用：{names}")
