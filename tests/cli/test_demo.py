"""demo: the main job on the shipped example, from the workbook to the handbook, on a machine without a display."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from branchbook.cli.verbs_demo import BOOK_NAME
from tests.cli.conftest import Answer, CommandLine, assert_words


@dataclass(frozen=True)
class Shown:
    """The demo as it was run once: what it said, where, and what was asked of the window."""

    answer: Answer
    out: Path
    asked: list[tuple[Path, Path, int, list[Path]]]


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Shown:
    """One run over what an earlier run left; the pictures are counted instead of taken."""
    out = tmp_path_factory.mktemp("演示") / "结果"
    out.mkdir()
    (out / BOOK_NAME).write_bytes(b"left by an earlier run")
    asked: list[tuple[Path, Path, int, list[Path]]] = []

    def take(book: Path, folder: Path) -> int:
        asked.append((book, folder, CommandLine()("verify", book).code, list(folder.glob(".*.lock"))))
        return 12

    return Shown(CommandLine(pictures=take)("demo", "--out", out), out, asked)


@pytest.mark.slow
def test_it_makes_the_book_and_says_what_is_due(shown, branchbook):
    answer, out = shown.answer, shown.out
    assert (answer.code, answer.errors) == (0, "")
    assert_words(answer.out, ["已建立示例簿", "要办的事共", "已逾期", "已打印手册"])
    assert branchbook("verify", out / BOOK_NAME, "--json").json["people"] == 68
    owed = len([each for each in branchbook("due", out / BOOK_NAME).out.splitlines() if "条例" in each])
    assert owed > 0


@pytest.mark.slow
def test_it_prints_the_handbook_of_the_largest_branch(shown):
    answer, out = shown.answer, shown.out
    (path,) = out.glob("*.pdf")
    assert path.name == "示例机关第三党支部2026年工作手册.pdf"
    document = pypdfium2.PdfDocument(path)
    pages = len(document)
    text = "".join(document[number].get_textpage().get_text_range() for number in range(pages))
    document.close()
    assert f"已打印手册 {pages} 页" in answer.out
    assert_words(text, ["示例机关第三党支部", "2026"])


@pytest.mark.slow
def test_pictures_are_taken_of_a_book_that_is_whole_and_closed(shown):
    assert shown.asked == [(shown.out / BOOK_NAME, shown.out, 0, [])]
    assert "已存各页面图片 12 张" in shown.answer.out
