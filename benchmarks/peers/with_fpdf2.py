"""The content by fpdf2: cells and multi-line cells."""

import json
import sys
from pathlib import Path
from typing import Any


def main(content: Path, target: Path, face: Path) -> None:
    from fpdf import FPDF  # type: ignore[import-untyped]  # lives in an environment of its own

    document = FPDF(format="A4")
    document.set_margin(22)
    document.set_auto_page_break(True, 22)
    document.add_font("Fang", "", str(face))
    for part in json.loads(content.read_text("utf-8")):
        document.add_page(orientation="L" if part["landscape"] else "P")
        document.set_font("Fang", size=18)
        document.multi_cell(0, 12, part["title"], align="C", new_x="LMARGIN", new_y="NEXT")
        if part["fields"]:
            _table(document, part["fields"], (30, 135))
        document.set_font("Fang", size=12)
        for text in part["paragraphs"]:
            document.multi_cell(
                0, 7, "　　" + text, align="J", wrapmode="CHAR", new_x="LMARGIN", new_y="NEXT"
            )
        for table in part["tables"]:
            _table(document, table, None)
    document.output(str(target))


def _table(document: Any, rows: list[list[str]], widths: tuple[int, ...] | None) -> None:
    document.set_font("Fang", size=9)
    with document.table(
        first_row_as_headings=False, col_widths=widths, wrapmode="CHAR", line_height=5
    ) as table:
        for row in rows:
            line = table.row()
            for text in row:
                line.cell(text)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
