"""Hold the code to its size budget: a file or a function that outgrows it is a room that wants a wall.

Prints the measures and leaves with 1 when one is over. The aim "as many lines of tests as of code" is printed
too, without failing: tests are written with a rule in mind, not with a count.

    python scripts/size_budget.py [CHECKOUT]
"""

import ast
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE_MOST = 400
FILE_P90 = 250
FUNCTION_P90 = 20
MAIN_WINDOW_MOST = 200
MAIN_WINDOW = "src/branchbook/ui/main_window.py"
CODE_FOLDERS = ("src",)
OTHER_FOLDERS = ("tests", "scripts", "benchmarks", "packaging")


@dataclass(frozen=True)
class Measure:
    """One line of the report: what was measured, its value, the most it may be, and where it is worst."""

    what: str
    value: int
    most: int
    where: str = ""

    @property
    def is_over(self) -> bool:
        """Tell whether the budget is broken."""
        return self.value > self.most


def percentile(values: Iterable[int], percent: int) -> int:
    """Give the smallest value that at least `percent` of all values do not exceed; 0 of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else 0


def function_lengths(source: str) -> Iterator[tuple[str, int]]:
    """Give name and number of lines of every function in the source, from `def` on, its docstring left out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node) is not None:
                length -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield node.name, length


def python_files(checkout: Path, folders: Sequence[str]) -> list[Path]:
    """Give the Python files below these folders of the checkout, in a fixed order."""
    return sorted(path for folder in folders for path in (checkout / folder).rglob("*.py"))


def line_counts(checkout: Path, paths: Iterable[Path]) -> dict[str, int]:
    """Give the number of lines of each file, by its path inside the checkout."""
    return {
        path.relative_to(checkout).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in paths
    }


def longest(counts: dict[str, int]) -> tuple[str, int]:
    """Give the longest file and its length."""
    return max(counts.items(), key=lambda item: item[1], default=("", 0))


def measures(checkout: Path) -> list[Measure]:
    """Measure the checkout against every line of the budget."""
    code_paths = python_files(checkout, CODE_FOLDERS)
    code = line_counts(checkout, code_paths)
    everything = code | line_counts(checkout, python_files(checkout, OTHER_FOLDERS))
    functions = [
        (length, f"{name} in {path.relative_to(checkout).as_posix()}")
        for path in code_paths
        for name, length in function_lengths(path.read_text(encoding="utf-8"))
    ]
    where, most = longest(everything)
    return [
        Measure("longest file", most, FILE_MOST, where),
        Measure("files, 90 of 100 within", percentile(code.values(), 90), FILE_P90),
        Measure(
            "functions, 90 of 100 within",
            percentile((length for length, _ in functions), 90),
            FUNCTION_P90,
            "longest: " + max(functions)[1] if functions else "",
        ),
        Measure("main window", code.get(MAIN_WINDOW, 0), MAIN_WINDOW_MOST, MAIN_WINDOW),
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the report of the checkout; 1 when the budget is broken."""
    checkout = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[1]
    report = measures(checkout)
    for measure in report:
        mark = "OVER" if measure.is_over else "ok"
        print(f"{measure.what:30} {measure.value:5} of {measure.most:4}  {mark:5} {measure.where}")
    code = sum(line_counts(checkout, python_files(checkout, CODE_FOLDERS)).values())
    tests = sum(line_counts(checkout, python_files(checkout, ("tests",))).values())
    aim = "ok" if tests >= code else "below the aim of one to one"
    print(f"{'lines of tests : of code':30} {tests} : {code}  {aim}")
    return 1 if any(measure.is_over for measure in report) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
