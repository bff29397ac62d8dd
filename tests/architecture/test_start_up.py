"""The program starts at once because what is slow to load is loaded when it is first needed."""

import subprocess
import sys

import pytest

SLOW = (
    "reportlab", "openpyxl", "docx", "alembic", "pypinyin", "PIL", "pypdfium2", "fontTools", "sqlalchemy", "lxml",
)  # fmt: skip


@pytest.mark.parametrize("room", ["app", "ui", "cli", "services", "catalogue", "domain"])
def test_loading_a_room_loads_nothing_slow(room):
    code = (
        "import importlib, pkgutil, sys\n"
        f"room = importlib.import_module('branchbook.{room}')\n"
        "for found in pkgutil.walk_packages(getattr(room, '__path__', []), room.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
        f"print(*[name for name in {SLOW!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


@pytest.mark.parametrize("room", ["cli", "services", "catalogue", "domain", "storage", "forms", "exchange"])
def test_a_room_without_a_screen_never_loads_qt(room):
    code = f"import sys, branchbook.{room}\nprint('PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "False"
