"""scripts/set_up.py: quick when nothing is to do, plain about what is missing, careful with what it may not do."""

import pytest

from scripts import set_up


@pytest.fixture
def own_checkout(tmp_path, monkeypatch):
    """Give the set-up a stamp and an environment folder of its own."""
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin/branchbook").write_text("", encoding="utf-8")
    monkeypatch.setattr(set_up, "VENV", venv)
    monkeypatch.setattr(set_up, "STAMP", venv / ".stamp")
    return tmp_path


def test_it_is_ready_only_with_the_stamp_of_these_very_pins(own_checkout):
    state = set_up.wanted_state()
    assert not set_up.is_ready(state)
    set_up.STAMP.write_text("older pins", encoding="utf-8")
    assert not set_up.is_ready(state)
    set_up.STAMP.write_text(state, encoding="utf-8")
    assert set_up.is_ready(state)


def test_a_removed_command_makes_it_work_again(own_checkout):
    state = set_up.wanted_state()
    set_up.STAMP.write_text(state, encoding="utf-8")
    (set_up.VENV / "bin/branchbook").unlink()
    assert not set_up.is_ready(state)


def test_the_state_changes_with_the_pins(tmp_path, monkeypatch):
    before = set_up.wanted_state()
    pins = tmp_path / "constraints.txt"
    pins.write_text("one==1\n", encoding="utf-8")
    monkeypatch.setattr(set_up, "INPUTS", (pins,))
    with_one = set_up.wanted_state()
    pins.write_text("one==2\n", encoding="utf-8")
    assert len({before, with_one, set_up.wanted_state()}) == 3


def test_a_library_that_the_loader_does_not_find_names_its_package():
    libraries = {"libc.so.6": "libc6", "libno-such-thing.so.9": "libno-such-thing9"}
    assert set_up.missing_packages(libraries) == ["libno-such-thing9"]


@pytest.fixture
def without_rights(monkeypatch):
    """Make this a system where one library is missing and nothing may be installed."""
    monkeypatch.setattr(set_up, "can_install", lambda: False)
    monkeypatch.setattr(set_up, "missing_venv_package", list)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def test_where_it_may_not_install_it_leaves_with_the_one_command(without_rights, monkeypatch):
    monkeypatch.setattr(set_up, "missing_packages", lambda libraries: sorted(libraries.values())[:1])
    with pytest.raises(SystemExit) as left:
        set_up.provide_system_packages()
    assert "sudo apt-get install" in str(left.value)
    assert "libdbus-1-3" in str(left.value)


def test_without_a_display_the_missing_libraries_of_the_window_are_only_mentioned(
    without_rights, monkeypatch, capsys
):
    missing = {id(set_up.X11_LIBRARIES): ["libxcb-cursor0"], id(set_up.OFFSCREEN_LIBRARIES): []}
    monkeypatch.setattr(set_up, "missing_packages", lambda libraries: missing[id(libraries)])
    set_up.provide_system_packages()
    assert "libxcb-cursor0" in capsys.readouterr().out


def test_the_development_tools_come_from_the_project_file():
    names = [requirement.split(">=")[0] for requirement in set_up.development_requirements()]
    assert {"pytest", "mypy", "ruff", "import-linter", "hatchling"} <= set(names)
