"""Reading PDFs back, to compare what was printed and to look at its lines."""

from __future__ import annotations

from pathlib import Path


def text_of_pages(pdf: Path) -> list[str]:
    """The text of each page as a reader's program copies it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def same_print(one: Path, other: Path) -> None:
    """Refuse to compare files with different pages or a different text."""
    first, second = text_of_pages(one), text_of_pages(other)
    if len(first) != len(second):
        raise AssertionError(f"{len(first)} pages beside {len(second)}")
    for number, (mine, theirs) in enumerate(zip(first, second, strict=True), start=1):
        if mine != theirs:
            raise AssertionError(f"page {number} does not hold the same text")
