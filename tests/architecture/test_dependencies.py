"""Each dependency has a reason and a licence in docs/dependencies.md, a range, and one pinned version."""

import re
from importlib.metadata import version

import pytest

from tests.architecture.checkout import CHECKOUT, project

REQUIREMENT = re.compile(r"([A-Za-z0-9_.-]+)(.*)")


def normal(name: str) -> str:
    """Write a package name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements):
    """Give the bounds of each requirement by its package's normal name."""
    return {normal(name): bounds for text in requirements for name, bounds in REQUIREMENT.findall(text)[:1]}


def runtime():
    table = project()["project"]
    return named(table["dependencies"] + table["optional-dependencies"]["speed"])


def development():
    return named(requirement for group in project()["dependency-groups"].values() for requirement in group)


def pins():
    lines = (CHECKOUT / "requirements/constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("name, bounds", sorted(runtime().items()))
def test_a_runtime_dependency_promises_a_range_with_both_ends(name, bounds):
    assert re.fullmatch(r">=[\d.]+,<[\d.]+", bounds), f"{name}{bounds}"


def test_every_dependency_is_pinned_exactly():
    pinned = {normal(name) for name in pins()}
    assert sorted((runtime() | development()).keys() - pinned) == []
    assert [pin for pin in pins().values() if not re.fullmatch(r"[\w.]+", pin)] == []


def test_the_tests_run_on_the_pinned_versions():
    wanted = {normal(name): pin for name, pin in pins().items()}
    installed = {name: version(name) for name in runtime()}
    assert installed == {name: wanted[name] for name in installed}


@pytest.mark.parametrize("name", sorted(runtime() | development()))
def test_each_dependency_says_why_and_under_which_licence(name):
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (CHECKOUT / "docs/dependencies.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    cells = [row for row in rows if name in {normal(word.strip("` ")) for word in row[0].split(",")}]
    assert len(cells) == 1, f"docs/dependencies.md has no row for {name}, or two"
    assert all(cells[0][:3]), f"the row of {name} lacks its reason or its licence"


def test_pyside_stays_below_the_version_that_older_systems_refuse():
    """6.10 and later need glibc 2.34: Kylin V10 has 2.31 and UOS 20 has 2.28 (docs/decisions)."""
    assert runtime()["pyside6-essentials"].endswith("<6.10")
