"""The program's own folder for what must not outlive it."""

from __future__ import annotations

import signal
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from branchbook.storage.private_folder import PrivateFolder
from tests.storage.conftest import child

HOLD = """
import sys
from pathlib import Path
from branchbook.storage.private_folder import PrivateFolder
folder = PrivateFolder(Path(sys.argv[1]))
(folder.path / "附件.txt").write_text("周试一", "utf-8")
print(folder.path, flush=True)
sys.stdin.read()
"""


def test_every_temporary_file_of_the_program_lies_in_it_and_goes_with_it(tmp_path):
    before = tempfile.gettempdir()
    with PrivateFolder(tmp_path) as folder:
        with tempfile.NamedTemporaryFile(delete=False) as made:
            made.write(b"x")
        assert Path(made.name).parent == folder.path
        assert Path(tempfile.mkdtemp()).parent == folder.path
    assert list(tmp_path.iterdir()) == []
    assert tempfile.gettempdir() == before


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights on Windows: not run")
def test_nobody_else_may_look_into_it(tmp_path):
    with PrivateFolder(tmp_path) as folder:
        assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


def test_emptied_it_stays_usable_and_read_only_copies_go_too(tmp_path):
    with PrivateFolder(tmp_path) as folder:
        copies = Path(tempfile.mkdtemp())
        copy = copies / "附件.pdf"
        copy.write_bytes(b"x")
        copy.chmod(stat.S_IRUSR)
        (folder.path / "单个.txt").write_text("x")
        folder.empty()
        assert [each.name for each in folder.path.iterdir()] == [".in-use.lock"]
        tempfile.mkdtemp()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system: not run")
def test_what_a_killed_program_left_goes_at_the_next_start_and_a_living_one_keeps_its_own(tmp_path):
    with child(HOLD, tmp_path) as killed:
        left = Path(killed.stdout.readline().strip())
        killed.kill()
        killed.wait()
        killed.stdout.read(), killed.stderr.read()
    assert (left / "附件.txt").is_file()
    with child(HOLD, tmp_path) as living:
        other = Path(living.stdout.readline().strip())
        with PrivateFolder(tmp_path):
            assert not left.exists()
            assert (other / "附件.txt").is_file()
        living.communicate("")


def test_memory_is_chosen_where_the_session_has_some(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with PrivateFolder() as folder:
        assert folder.path.parent == tmp_path
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "nowhere"))
    with PrivateFolder() as folder:
        assert folder.path.is_dir()
        assert folder.path.parent != tmp_path
