"""The content by WeasyPrint: plain HTML with a small style sheet."""

import html
import json
import sys
from pathlib import Path
from typing import Any

STYLE = """
@font-face { font-family: Fang; src: url("%s"); }
@page { size: A4; margin: 22mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt } }
@page wide { size: A4 landscape; }
body { font-family: Fang; font-size: 12pt; line-height: 1.5; text-align: justify }
section { break-after: page } section.wide { page: wide }
h1 { font-size: 18pt; text-align: center; font-weight: normal }
p { text-indent: 2em; margin: 0; white-space: pre-wrap }
table { border-collapse: collapse; width: 100%%; font-size: 9pt } td { border: 0.5pt solid; padding: 1mm }
"""


def main(content: Path, target: Path, face: Path) -> None:
    from weasyprint import CSS, HTML  # type: ignore[import-not-found]  # lives in an environment of its own
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-not-found]

    fonts = FontConfiguration()
    style = CSS(string=STYLE % face.as_uri(), font_config=fonts)
    parts = json.loads(content.read_text("utf-8"))
    page = f"<html lang=zh-CN><body>{''.join(map(_section, parts))}</body></html>"
    HTML(string=page).write_pdf(target, stylesheets=[style], font_config=fonts)


def _section(part: dict[str, Any]) -> str:
    kind = "wide" if part["landscape"] else "tall"
    tables = [_table(part["fields"])] if part["fields"] else []
    words = "".join(f"<p>{html.escape(text)}</p>" for text in part["paragraphs"])
    tables_below = "".join(map(_table, part["tables"]))
    title = html.escape(part["title"])
    return f"<section class={kind}><h1>{title}</h1>{''.join(tables)}{words}{tables_below}</section>"


def _table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<td>{html.escape(text)}</td>" for text in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
