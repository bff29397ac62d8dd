"""A template by docxtpl alone, with constant values: what every filling has to do."""

import json
import sys
from pathlib import Path


def main(template: Path, values: Path, target: Path) -> None:
    from docxtpl import DocxTemplate

    document = DocxTemplate(str(template))
    document.render(json.loads(values.read_text("utf-8")), autoescape=True)
    document.save(str(target))


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:]))
