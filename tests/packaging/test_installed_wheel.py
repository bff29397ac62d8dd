"""The wheel is whole: installed elsewhere, started from another folder under a Chinese path, it finds what it needs.

The packages it depends on are those of this environment; only BranchBook itself comes from the wheel, so the test needs
no network and no copy of Qt.
"""

import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.checkout import CHECKOUT, tracked_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel of this checkout once."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel into a folder of its own, with a Chinese name and a space, as pip would into a system."""
    target = tmp_path_factory.mktemp("机器") / "程序 文件"
    options = ["--no-deps", "--no-index", "--disable-pip-version-check", "--quiet", "--target", str(target)]
    command = [sys.executable, "-m", "pip", "install", *options, str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    return target


@dataclass(frozen=True)
class OtherFolder:
    """A folder with a Chinese name, from which the installed program is started."""

    installed: Path
    path: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python with these words; the installed copy comes before the checkout on its path."""
        environment = os.environ | {"PYTHONPATH": str(self.installed), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-P", *words]
        return subprocess.run(
            command, cwd=self.path, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )

    def branchbook(self, *words: str) -> str:
        """Run the program; gives what it printed when it succeeded."""
        done = self.run("-m", "branchbook", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def elsewhere(installed, tmp_path):
    folder = tmp_path / "支部 材料"
    folder.mkdir()
    return OtherFolder(installed, folder)


def test_the_wheel_carries_every_resource_and_no_stranger(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    kept = {
        path.relative_to(CHECKOUT / "resources").as_posix() for path in tracked_files() if is_resource(path)
    }
    assert kept
    assert sorted(name for name in kept if f"branchbook/_resources/{name}" not in names) == []
    assert {name.split("/")[0] for name in names} == {"branchbook", "branchbook-0.1.0.dist-info"}


def is_resource(path):
    return path.is_relative_to(CHECKOUT / "resources")


def test_the_wheel_carries_the_licence(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "branchbook-0.1.0.dist-info/licenses/LICENSE" in names


def test_the_installed_copy_is_the_one_that_runs_and_finds_its_resources(elsewhere, installed):
    code = (
        "from branchbook import resources; print(resources.__file__); print(resources.resource_path('fonts'))"
    )
    done = elsewhere.run("-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        str(installed / "branchbook/resources.py"),
        str(installed / "branchbook/_resources/fonts"),
    ]


def test_it_says_its_version(elsewhere):
    assert elsewhere.branchbook("--version").strip() == "branchbook 0.1.0"


def test_it_lists_its_papers_from_another_folder(elsewhere):
    assert "handbook" in elsewhere.branchbook("papers")


def test_it_makes_a_book_and_prints_a_paper_under_a_chinese_path(elsewhere):
    elsewhere.branchbook("new", "示例.branchbook", "--branch", "示例第一支部")
    elsewhere.branchbook("print", "示例.branchbook", "handbook", "--year", "2026", "-o", "手册.pdf")
    assert (elsewhere.path / "手册.pdf").read_bytes().startswith(b"%PDF-")


def test_the_entry_point_is_the_command(installed):
    (folder,) = installed.glob("branchbook-*.dist-info")
    assert "branchbook = branchbook.__main__:main" in (folder / "entry_points.txt").read_text(
        encoding="utf-8"
    )
