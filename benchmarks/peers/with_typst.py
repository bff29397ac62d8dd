"""The content by typst: a document of its own markup, every word of it escaped by standing in a string."""

import json
import sys
from pathlib import Path


def main(content: Path, target: Path, face: Path) -> None:
    import typst  # type: ignore[import-not-found]  # lives in an environment of its own

    lines = [
        '#set text(font: "BranchBook Fang", size: 12pt, lang: "zh", region: "cn")',
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true))",
    ]
    for part in json.loads(content.read_text("utf-8")):
        flipped = "true" if part["landscape"] else "false"
        lines.append(f'#set page(paper: "a4", flipped: {flipped}, margin: 22mm, numbering: "1 / 1")')
        lines.append(f"#align(center, text(size: 18pt, {_string(part['title'])}))")
        if part["fields"]:
            cells = ", ".join(_cell(text) for pair in part["fields"] for text in pair)
            lines.append(f"#table(columns: (30mm, 1fr), {cells})")
        lines += [f"#par({_string(text)})" for text in part["paragraphs"]]
        for table in part["tables"]:
            cells = ", ".join(_cell(text) for row in table for text in row)
            lines.append(f"#{{set text(size: 9pt); table(columns: {len(table[0])}, {cells})}}")
        lines.append("#pagebreak(weak: true)")
    typst.compile("\n".join(lines).encode(), output=str(target), font_paths=[str(face.parent)])


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _cell(text: str) -> str:
    return f"par(first-line-indent: 0em, {_string(text)})"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
