"""Make resources/stroke_order/order.txt: the order of characters by strokes, in which names stand on a ballot.

The order is that of the PyPI package ``cn-sort`` 0.14.0 (MIT), corrected so that the 8,105 characters of the
national list (通用规范汉字表) stand in their official order inside each of its three levels. The official order
is the field ``kTGH`` of the Unihan database, in Debian's package ``unicode-data``. The script downloads
nothing; get both first, for example

    pip download --no-deps cn-sort==0.14.0
    apt-get install unicode-data
    python scripts/build_stroke_order.py --cn-sort cn_sort-0.14.0-py3-none-any.whl

Without paths an installed ``cn_sort`` and /usr/share/unicode are used. ``--standard-list FILE`` writes the official
order too, one line a level, as the tests have it. Nothing in the program runs this.
"""

from __future__ import annotations

import argparse
import bz2
import json
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
TARGET = CHECKOUT / "resources/stroke_order/order.txt"
UNIHAN = Path("/usr/share/unicode")
WORDS = "cn_sort/res/all_word.json"
LEVELS = ((1, 3500), (3501, 6500), (6501, 8105))
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


def installed_words() -> Path:
    """Give the data of an installed cn-sort; stop where there is none."""
    found = find_spec("cn_sort")  # the package itself is not run: it would load numpy and jieba
    for folder in (found.submodule_search_locations or ()) if found else ():
        if (path := Path(folder) / "res/all_word.json").exists():
            return path
    raise SystemExit("cn-sort is not installed: give its wheel, its folder or all_word.json with --cn-sort")


def read_words(path: Path) -> Any:
    """Give the parsed all_word.json out of a wheel, a folder or the file itself."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return json.loads(wheel.read(WORDS))
    for file in (path, path / "all_word.json", path / "res/all_word.json", path / WORDS):
        if file.is_file():
            return json.loads(file.read_text(encoding="utf-8"))
    raise SystemExit(f"no all_word.json at {path}")


def order_of(words: Any) -> list[str]:
    """Give the Chinese characters in the order of cn-sort, each once (it lists one line for each reading)."""
    ranks: dict[str, int] = {}
    for word in words["all_word"]:
        if HAN.fullmatch(word["chinese"]):
            ranks.setdefault(word["chinese"], word["stroke_increment_level"])
    return sorted(ranks, key=lambda character: ranks[character])


def standard_list(folder: Path) -> list[list[str]]:
    """Give the three levels of the national list, each in its official order, from field kTGH."""
    pattern = re.compile(r"^U\+([0-9A-F]{4,5})\tkTGH\t2013:(\d+)$", re.MULTILINE)
    numbers: dict[int, str] = {}
    for path in sorted(folder.glob("Unihan_*.txt*")):
        content = bz2.decompress(path.read_bytes()) if path.suffix == ".bz2" else path.read_bytes()
        numbers |= {int(number): chr(int(code, 16)) for code, number in pattern.findall(content.decode())}
    if sorted(numbers) != list(range(1, 8106)):
        raise SystemExit(f"{folder} has {len(numbers)} characters with kTGH, not 8105")
    return [[numbers[number] for number in range(first, last + 1)] for first, last in LEVELS]


def corrected(order: Sequence[str], levels: Iterable[Sequence[str]]) -> list[str]:
    """Give the order with every level in its official order, moving as few characters as can be.

    What already agrees (the longest ascending part of a level) stays where it is. Each other character of the
    level goes between its official neighbours: as near as can be to where it was, or, where the order does not
    have it at all, right behind the one before it.
    """
    result = list(order)
    for level in levels:
        staying = agreeing(result, level)
        was = {character: place for place, character in enumerate(result)}
        moved = set(level) - staying
        result = [character for character in result if character not in moved]
        for at, character in enumerate(level):
            if character not in staying:
                first = result.index(level[at - 1]) + 1 if at else 0
                following = next((each for each in level[at:] if each in staying), None)
                last = len(result) if following is None else result.index(following)
                result.insert(nearest(result[first:last], was, character) + first, character)
    return result


def nearest(between: Sequence[str], was: dict[str, int], character: str) -> int:
    """Give the place among its neighbours that is nearest to where a character was; 0 where it was nowhere."""
    earlier = (was.get(each, -1) < was.get(character, -1) for each in between)
    return next((place for place, is_earlier in enumerate(earlier) if not is_earlier), len(between))


def agreeing(order: Sequence[str], level: Sequence[str]) -> set[str]:
    """Give the most characters of a level that stand in the order as the level has them."""
    places = {character: place for place, character in enumerate(order)}
    ends: list[int] = []  # of the ascending parts of each length, the smallest last place …
    last: list[str] = []  # … and the character there
    before: dict[str, str | None] = {}
    for character in level:
        if character in places:
            at = bisect_left(ends, places[character])
            before[character] = last[at - 1] if at else None
            ends[at : at + 1], last[at : at + 1] = [places[character]], [character]
    found: set[str] = set()
    walking = last[-1] if last else None
    while walking is not None:
        found.add(walking)
        walking = before[walking]
    return found


def inversions(order: Sequence[str], levels: Iterable[Sequence[str]]) -> int:
    """Give how often a character stands before the one that precedes it in its level."""
    places = {character: place for place, character in enumerate(order)}
    return sum(places[one] > places[other] for level in levels for one, other in pairwise(level))


def arguments() -> argparse.Namespace:
    """Give the paths asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--cn-sort", type=Path, help="wheel, package folder or all_word.json (installed one)")
    parser.add_argument(
        "--unihan", type=Path, default=UNIHAN, help=f"folder with Unihan_*.txt[.bz2] ({UNIHAN})"
    )
    parser.add_argument("--target", type=Path, default=TARGET, help="where to write the order")
    parser.add_argument("--standard-list", type=Path, help="where to write the official order, if anywhere")
    return parser.parse_args()


def main() -> None:
    """Write the table, and say what was corrected."""
    asked = arguments()
    levels = standard_list(asked.unihan)
    before = order_of(read_words(asked.cn_sort or installed_words()))
    order = corrected(before, levels)
    if inversions(order, levels) or len(order) != len(set(order)):
        raise SystemExit("the corrected order is wrong")
    asked.target.parent.mkdir(parents=True, exist_ok=True)
    asked.target.write_text("".join(f"{character}\n" for character in order), encoding="utf-8")
    if asked.standard_list:
        asked.standard_list.write_text("".join("".join(level) + "\n" for level in levels), encoding="utf-8")
    print(f"{asked.target}: {len(order)} characters, {len(order) - len(before)} added to those of cn-sort")


if __name__ == "__main__":
    main()
