"""demo: the main job on the shipped example, from the roster to the printed handbook and the pictures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.surroundings import Surroundings
from branchbook.cli.writing import make_folder, write_whole
from branchbook.resources import resource_path
from branchbook.services.due import default_organisations, year_findings
from branchbook.services.example import create_example
from branchbook.services.handbook import print_handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.operations import Actor
from branchbook.services.store import Book

BOOK_NAME = "示例机关党总支.branchbook"
SHOWN = 12


def add_verbs(verbs: Any) -> None:
    """Add ``demo`` to the parser's sub-commands."""
    demo = verbs.add_parser("demo", help="用随程序附带的示例走一遍：建簿、导入、要办的事、手册、各页面图片")
    demo.add_argument(
        "--out", type=Path, default=Path("build/demo"), metavar="DIR", help="结果放到哪个文件夹"
    )
    demo.set_defaults(run=run_demo)


def run_demo(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Make the example book anew, print what is due, the handbook of its largest branch, and pictures."""
    out: Path = arguments.out
    make_folder(out)
    path = out / BOOK_NAME
    path.unlink(missing_ok=True)
    workshop = around.workshop
    actor, example = Actor("示例操作员", around.now), resource_path("example")
    book = workshop.shelf.create_filled(
        path, "示例", lambda made: create_example(made, workshop.tables, workshop.photos, example, actor)
    )
    try:
        around.say(f"已建立示例簿：{path}")
        _say_due(book, around)
        _write_handbook(book, out, around)
    finally:
        book.close()
    if around.take_pictures is not None:
        number = around.take_pictures(path, out)
        around.say(f"已存各页面图片 {number} 张（浅色、深色）：{out}")
    return 0


def _say_due(book: Book, around: Surroundings) -> None:
    """The overdue periods first, then what is still open, a dozen lines."""
    today = around.now.date()
    with book.reading() as reading:
        found = year_findings(reading, default_organisations(reading, today), today.year, today)
    owed = [each for each in found if each.state.value in ("overdue", "due", "held_not_final")]
    owed.sort(key=lambda each: (each.state.value != "overdue", each.period_end))
    around.say(f"{today:%Y-%m-%d} 要办的事共 {len(owed)} 项，前 {min(SHOWN, len(owed))} 项：")
    for each in owed[:SHOWN]:
        around.say(f"  {each.scope}  {each.period.label}{each.title}  {each.reason}  {each.article}")


def _write_handbook(book: Book, out: Path, around: Surroundings) -> None:
    """The handbook of this year of the branch with the most members."""
    today = around.now.date()
    with book.reading() as reading:
        roster = reading.roster()
        branch = max(roster.branches_on(today), key=lambda each: len(roster.members_on(each.id, today)))
        request = HandbookRequest(branch.id, today.year, today)
        pressed = print_handbook(reading, around.workshop.press, request)
    path = out / f"{branch.name_on(today)}{today.year}年工作手册.pdf"
    write_whole(path, pressed.pdf)
    around.say(f"已打印手册 {pressed.pages} 页：{path}")
