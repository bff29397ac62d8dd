"""A short run of the kills; ``make faults`` runs the long one, docs/reliability.md has its figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.kill_trials import TRIALS

KILLS = 2

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system: not run")


@pytest.mark.parametrize("trial", TRIALS, ids=lambda each: each.name)
def test_nothing_that_was_called_saved_is_lost_and_nothing_is_half_written(trial):
    command = [sys.executable, "-m", "tests.faults.kills", "--only", trial.name, "--count", str(KILLS)]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert figures["kills"] == KILLS
    assert (figures["lost"], figures["torn"]) == (0, 0)


def test_a_trial_that_loses_something_fails(tmp_path):
    """The check can fail: a record that was never saved is missed."""
    finalise = next(each for each in TRIALS if each.name == "finalise")
    finalise.prepare(tmp_path)
    with pytest.raises(AssertionError):
        finalise.check(tmp_path, ["00000000-0000-0000-0000-000000000001"])
