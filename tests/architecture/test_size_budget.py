"""The size budget's own arithmetic: a budget that measures wrongly guards nothing. make check applies it."""

import sys

import pytest

from scripts import size_budget


@pytest.mark.parametrize(
    "values, percent, expected",
    [([], 90, 0), ([7], 90, 7), (range(1, 11), 90, 9), (range(1, 12), 90, 10), ([5, 1, 3], 50, 3)],
)
def test_the_percentile_is_a_value_that_occurs(values, percent, expected):
    assert size_budget.percentile(values, percent) == expected


def test_a_function_is_measured_from_def_without_its_docstring():
    documented = 'def one():\n    """Says\n\n    much.\n    """\n    return 1\n'
    decorated = "@cache\ndef two(\n    a,\n):\n    return a\n"
    assert dict(size_budget.function_lengths(documented + decorated)) == {"one": 2, "two": 4}


@pytest.fixture
def small_checkout(tmp_path):
    (tmp_path / "src/branchbook/ui").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "src/branchbook/ui/main_window.py").write_text("x = 1\n" * 200, encoding="utf-8")
    return tmp_path


def test_a_checkout_within_the_budget_passes(small_checkout):
    assert size_budget.main([str(small_checkout)]) == 0


@pytest.mark.parametrize(
    "path, lines, what",
    [
        ("src/branchbook/ui/main_window.py", 201, "main window"),
        ("tests/test_long.py", 401, "longest file"),
        ("src/branchbook/store.py", 251, "files, 90 of 100 within"),
    ],
)
def test_one_line_too_many_breaks_it(small_checkout, capsys, path, lines, what):
    (small_checkout / path).write_text("x = 1\n" * lines, encoding="utf-8")
    assert size_budget.main([str(small_checkout)]) == 1
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith(what) and "OVER" in line]


def test_long_functions_break_it(small_checkout):
    body = "def long():\n" + "    x = 1\n" * 20
    (small_checkout / "src/branchbook/long.py").write_text(body, encoding="utf-8")
    assert size_budget.main([str(small_checkout)]) == 1


def test_fewer_tests_than_code_is_said_but_does_not_fail(small_checkout, capsys):
    assert size_budget.main([str(small_checkout)]) == 0
    assert "below the aim" in capsys.readouterr().out
    assert "pytest" in sys.modules
