"""papers, print: what can be printed, and one paper as PDF or docx."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from branchbook.catalogue.papers_list import HANDBOOK_KEY
from branchbook.catalogue.procedures.conversion_steps import FAMILY as CONVERSION
from branchbook.catalogue.procedures.election_steps import FAMILY as ELECTION
from branchbook.catalogue.procedures_list import SHAPES
from branchbook.cli.parsing import year_argument
from branchbook.cli.printed_subject import check_there, organisation_of, take_subject
from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import check_target, write_whole
from branchbook.domain.papers import PaperGroup, Subject
from branchbook.domain.problems import UnreadableProblem
from branchbook.services.handbook import print_handbook
from branchbook.services.handbook_closing import handbook_changes, kept_handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import PaperEntry, paper_entries, paper_entries_of, print_paper, word_paper
from branchbook.services.printing_press import PressedPaper
from branchbook.services.store import Reading

SUBJECT_NAMES = {
    Subject.RECORD: "一份记录（--record）",
    Subject.ORGANISATION: "一个组织（--branch）",
    Subject.YEAR: "一个组织的一年（--branch、--year）",
    Subject.PROCEDURE: "一次选举（--record）或一名预备党员的转正（--person）",
}

_WHICH = {
    PaperGroup.ELECTION: ("哪一次选举", "--record ID"),
    PaperGroup.CONVERSION: ("哪一名预备党员", "--person ID（或 --record ID）"),
    PaperGroup.EVALUATION: ("哪一年的民主评议", "--year N"),
}
WITH_PAPERS = (ELECTION, CONVERSION)
PROCEDURE_SHAPES = {each.key: each.name for each in SHAPES if each.family in WITH_PAPERS}


def add_verbs(verbs: Any) -> None:
    """Add the two verbs to the parser's sub-commands."""
    papers = verbs.add_parser("papers", help="列出可以打印的表册")
    papers.add_argument("--json", action="store_true", help="以 JSON 输出")
    papers.set_defaults(run=run_papers)
    press = verbs.add_parser("print", help="打印一种表册为 PDF，或存为 docx")
    press.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    press.add_argument("paper", metavar="PAPER", help="表册代号，见 branchbook papers")
    press.add_argument(
        "--year", type=year_argument, metavar="N", help="哪一年，默认当年；民主评议取这一年的一次"
    )
    press.add_argument("--record", type=_record_id, metavar="ID", help="哪一份记录，哪一次选举或者哪一次转正")
    press.add_argument(
        "--person",
        type=_record_id,
        metavar="ID",
        help="哪一名预备党员（取最近一次转正），民主评议的哪一名党员",
    )
    press.add_argument("--item", type=_item_number, metavar="N", help="哪一项议题的决议，从 1 数起，默认全部")
    press.add_argument("--branch", metavar="NAME", help="哪个支部、党小组或党总支")
    press.add_argument("--private", action="store_true", help="连同标明不公开的谈话内容")
    press.add_argument("--blank", action="store_true", help="打印空白表")
    press.add_argument(
        "--shape", type=_shape, metavar="KIND", help="空白的选举、转正表册按哪一种程序，默认按组织的情形"
    )
    press.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="输出 .pdf 或 .docx")
    press.accept_passphrase()
    press.set_defaults(run=run_print)


def run_papers(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Key, number and name of every paper, and what it needs."""
    entries = paper_entries()
    if arguments.json:
        around.report(
            [
                {
                    "key": entry.key,
                    "code": entry.code,
                    "name": entry.name,
                    "subject": entry.subject.value,
                    "kinds": list(entry.kinds),
                    "docx": entry.docx,
                }
                for entry in entries
            ]
        )
        return 0
    widest = max(len(entry.key) for entry in entries)
    for entry in entries:
        around.say(f"{entry.key:<{widest}} {entry.name}  {_needs(entry)}")
    return 0


def _needs(entry: PaperEntry) -> str:
    """What a paper is printed of, and the option that names it."""
    if entry.subject == Subject.PROCEDURE and entry.group == PaperGroup.EVALUATION:
        return "一年的民主评议（--branch、--year）"
    return SUBJECT_NAMES[entry.subject]


def run_print(arguments: argparse.Namespace, around: Surroundings) -> int:
    """One paper into a file; characters without a glyph are told and still printed."""
    output: Path = arguments.output
    check_target(output, ".pdf", ".docx")
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        entry = _entry(arguments.paper, reading)
        if output.suffix.lower() == ".docx":
            request = _request(entry, arguments, around, reading)
            write_whole(output, word_paper(reading, around.workshop.word_press, request))
            around.say_of_file(f"已存为 {output}")
            return 0
        request = _request(entry, arguments, around, reading)
        if entry.key == HANDBOOK_KEY:
            pressed, remarks = _handbook(request, around, reading)
        else:
            pressed, remarks = print_paper(reading, around.workshop.press, request), ()
    write_whole(output, pressed.pdf)
    around.say_of_file(f"已打印 {pressed.pages} 页：{output}")
    for remark in remarks:
        around.say(remark)
    _tell_characters(pressed, around)
    return 0


def _handbook(
    request: PaperRequest, around: Surroundings, reading: Reading
) -> tuple[PressedPaper, tuple[str, ...]]:
    """The handbook, and what it shows otherwise than the one kept when its year was closed."""
    assert request.organisation_id is not None
    assert request.year is not None
    wanted = HandbookRequest(request.organisation_id, request.year, around.now.date(), blank=request.blank)
    pressed = print_handbook(reading, around.workshop.press, wanted)
    kept = None if request.blank else kept_handbook(reading, wanted.organisation_id, wanted.year)
    if kept is None:
        return pressed, ()
    changes = [f"  {each.sentence}" for each in handbook_changes(reading, wanted)]
    head = f"与 {kept.closed_at:%Y-%m-%d} 封存的手册相比，" + (
        f"{len(changes)} 处不同：" if changes else "内容相同"
    )
    return pressed, (head, *changes)


def _tell_characters(pressed: PressedPaper, around: Surroundings) -> None:
    for character, face in pressed.substitutes:
        around.warn(f"“{character}”（U+{ord(character):04X}）用后备字体 {face} 印出")
    for missing in pressed.missing:
        code = f"U+{ord(missing.character):04X}"
        around.warn(f"没有字形：“{missing.character}”（{code}），在“{missing.context}”，印出来是空框")


def _request(
    entry: PaperEntry, arguments: argparse.Namespace, around: Surroundings, reading: Reading
) -> PaperRequest:
    today = around.now.date()
    take_subject(entry, arguments, around, reading)
    of_record = entry.subject in (Subject.RECORD, Subject.PROCEDURE)
    if arguments.private and entry.key == HANDBOOK_KEY:
        raise UnreadableProblem("手册不印不公开的内容", entry.name, "请去掉 --private，或单独打印那一份记录")
    if arguments.record is not None and (not of_record or arguments.blank):
        wrong = "空白表" if arguments.blank else f"“{entry.name}”"
        raise UnreadableProblem(f"{wrong}不是按记录打印的", str(arguments.record), "请去掉 --record")
    if arguments.item is not None and (entry.key != "resolution_document" or arguments.blank):
        wrong = "空白表" if arguments.blank else f"“{entry.name}”"
        raise UnreadableProblem(f"{wrong}不按议题打印", str(arguments.item), "请去掉 --item")
    if of_record and arguments.record is None and not arguments.blank:
        which, how = (
            _WHICH[entry.group] if entry.subject == Subject.PROCEDURE else ("哪一份记录", "--record ID")
        )
        raise UnreadableProblem(f"打印“{entry.name}”需要指明{which}", "", f"请加 {how}，或用 --blank")
    if arguments.record is not None:
        check_there(reading, entry, arguments.record)
    organisation_id = None
    if not of_record or arguments.branch or (entry.subject == Subject.PROCEDURE and arguments.blank):
        may_lack = arguments.blank and entry.key != HANDBOOK_KEY
        organisation_id = organisation_of(reading, arguments.branch, around, may_lack=may_lack)
    return PaperRequest(
        paper=entry.key,
        day=today,
        record_id=arguments.record,
        organisation_id=organisation_id,
        year=arguments.year or today.year,
        item=arguments.item,
        blank=arguments.blank,
        person_id=arguments.person if entry.group == PaperGroup.EVALUATION else None,
        private_content=arguments.private,
        kind=arguments.shape or "" if entry.subject == Subject.PROCEDURE and arguments.blank else "",
    )


def _entry(key: str, reading: Reading) -> PaperEntry:
    for entry in paper_entries_of(reading):
        if entry.key == key:
            return entry
    raise UnreadableProblem("没有这种表册", key, "可用的代号见 branchbook papers")


def _item_number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"议题从 1 数起：{text}")
    return number


def _record_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"记录编号的写法不对：{text}") from error


def _shape(text: str) -> str:
    if text not in PROCEDURE_SHAPES:
        known = "、".join(f"{key}（{name}）" for key, name in PROCEDURE_SHAPES.items())
        raise argparse.ArgumentTypeError(f"没有这种程序：{text}；可用：{known}")
    return text
