"""Settings for every test: no display, nobody's home folder, one profile for Hypothesis."""

import os

# Before anything imports Qt: the tests draw into memory, on every machine in the same way.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")
# Settings, recent books and logs of the tests never touch those of the person at this computer.
os.environ.pop("QT_STYLE_OVERRIDE", None)

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("branchbook", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("branchbook")


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path_factory):
    """Give the test an empty home, so that it neither reads nor leaves settings, caches or logs."""
    home = tmp_path_factory.mktemp("home")
    for name, folder in (
        ("HOME", ""),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_STATE_HOME", ".local/state"),
    ):
        monkeypatch.setenv(name, str(home / folder))
