"""Promise 6, as far as Python can tell: no internet socket is ever made, and the program works without the modules."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys

from tests.architecture import rules
from tests.architecture.checkout import CHECKOUT

STAY = {"socket", "_socket", "urllib", "asyncio", "selectors"}
"""Loaded by SQLAlchemy, msgspec and pathlib themselves: not used, and not to be left out."""

RUN = """
import json, sys
from pathlib import Path
families, absent = [], set(json.loads(sys.argv[2]))

def hook(event, arguments):
    if event == "socket.__new__":
        families.append(str(arguments[1]))
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "urllib.Request"):
        families.append(event)
sys.addaudithook(hook)

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in absent or name.split(".")[0] in absent:
            raise ImportError(f"{name} is left out of the bundle")
sys.meta_path.insert(0, Absent())
import pkgutil
from importlib import import_module
import branchbook
from branchbook.app import Workshop, main, now
for module in pkgutil.walk_packages(branchbook.__path__, "branchbook."):
    if not module.name.endswith("__main__"):
        import_module(module.name)
folder, workshop = Path(sys.argv[1]), Workshop()
book = folder / "示例.branchbook"
workshop.shelf.create_filled(book, "示例", lambda each: workshop.fill_example(each, now())).close()
verbs = (
    ["print", str(book), "handbook", "--branch", "示例机关第一党支部", "-o", str(folder / "手册.pdf")],
    ["roster", "export", str(book), str(folder / "名册.xlsx")],
    ["export", str(book), str(folder / "全簿.zip")],
    ["verify", str(book)],
    ["--self-test", str(book)],
)
code = [main(words) for words in verbs]
print(json.dumps({"code": sum(code), "families": families, "loaded": sorted(absent & set(sys.modules))}))
"""


def excluded() -> set[str]:
    """What the bundle leaves out, as its description says."""
    tree = ast.parse((CHECKOUT / "packaging" / "branchbook.spec").read_text("utf-8"))
    return {
        str(item.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "excludes" and isinstance(node.value, ast.List)
        for item in node.value.elts
        if isinstance(item, ast.Constant)
    }


def test_the_bundle_leaves_out_every_module_of_the_network_that_can_be_left_out():
    assert rules.NETWORK_MODULES - STAY - excluded() == set()


def test_the_program_runs_without_them_and_makes_no_socket(tmp_path):
    """Every module, the example, a handbook, lists, the check, the window: nothing asks for a socket of any family."""
    absent = sorted((excluded() & rules.NETWORK_MODULES) | {"urllib.request", "urllib.robotparser"})
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", RUN, str(tmp_path), json.dumps(absent)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path / "config")},
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said == {"code": 0, "families": [], "loaded": []}
