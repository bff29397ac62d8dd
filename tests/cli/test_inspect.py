"""The command line's inspection view."""

from __future__ import annotations

import json

from tests.cli.conftest import refused
from tests.forms.reading import flat


def test_what_is_owed_is_listed_under_its_heading(branchbook, book):
    answer = branchbook("inspect", book, "--from", "2026-01-01", "--to", "2026-06-30")
    assert "应开展未开展" in answer.out
    assert "2026-01-01 至 2026-06-30，共 " in answer.out


def test_lines_as_json_name_what_they_are_about(branchbook, book):
    answer = branchbook("inspect", book, "--from", "2026-01-01", "--to", "2026-06-30", "--json")
    lines = json.loads(answer.out)
    assert lines
    for each in lines:
        assert set(each) == {"group", "place", "what", "on", "detail", "article", "entity", "id"}


def test_the_paper_is_written(branchbook, book, tmp_path):
    branchbook("inspect", book, "--to", "2026-06-30", "--pdf", tmp_path / "迎检.pdf")
    assert "迎检清单" in flat((tmp_path / "迎检.pdf").read_bytes())


def test_a_period_that_ends_before_it_starts_is_refused(branchbook, book):
    refused(branchbook("inspect", book, "--from", "2026-06-30", "--to", "2026-01-01"), "早于开始")
