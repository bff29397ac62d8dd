"""The least that drawing a handbook costs: its runs, rules and pictures, already broken and placed, on a bare canvas.

    python -m benchmarks.floors.raw_canvas DRAWN.json OUT.pdf

Nothing is read from a book and nothing is laid out. The faces are embedded by the program's own classes, which take
less time and room than ReportLab's.
"""

import sys
from pathlib import Path

import msgspec
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from branchbook.forms.drawing import _StandInFont
from branchbook.forms.embedding import FontBook
from branchbook.forms.library import open_face


def draw(source: Path, target: Path) -> None:
    """Draw every page that the file describes."""
    rl_config.useA85 = 0
    pdfmetrics.registerFont(_StandInFont())
    canvas = Canvas(
        str(target), pageCompression=1, invariant=1, initialFontName=_StandInFont.fontName, lang="zh-CN"
    )
    fonts, faces = FontBook(), {}
    for width, height, texts, rules, pictures in msgspec.json.decode(source.read_bytes()):
        canvas.setPageSize((width, height))
        code = [f"{w:.2f} w 2 J {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S" for x1, y1, x2, y2, w in rules]
        for x, y, size, spacing, runs in texts:
            shown = []
            for file, characters in runs:
                if file not in faces:
                    faces[file] = fonts.codes(open_face(Path(file)))
                name, codes = faces[file]
                shown.append(f"/{name} {size:g} Tf <{''.join([codes[each] for each in characters])}> Tj")
            gap = f"{spacing:.3f} Tc " if spacing else ""
            back = " 0 Tc" if spacing else ""
            code.append(f"BT {gap}1 0 0 1 {x:.2f} {y:.2f} Tm {' '.join(shown)}{back} ET")
        canvas._code.extend(code)
        for file, x, y, box_width, box_height in pictures:
            canvas.drawImage(file, x, y, box_width, box_height)
        canvas.showPage()
    fonts.add_objects(canvas._doc)
    canvas.save()


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
