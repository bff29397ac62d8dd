"""conversions: who is probationary, until when, and what is missing, from a real book."""

from __future__ import annotations

from datetime import date
from uuid import uuid5

import pytest

from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.services.operations import operate
from branchbook.storage.shelf import Shelf
from tests.cli.conftest import refused
from tests.services.small_book import SECOND_BRANCH, actor, named


@pytest.fixture
def with_probationers(book):
    """The book with 褚示例, accepted on 20 October 2025, and 卫示例 without a day of acceptance."""
    opened = Shelf().open(book, None, writable=True, holder="示例")
    with operate(opened, actor(), "准备") as operating:
        for name, accepted_on in (("褚示例", date(2025, 10, 20)), ("卫示例", None)):
            person_id = named(name)
            operating.writing.put(Person(person_id, name, accepted_on=accepted_on))
            operating.writing.put_all(
                PersonFact(uuid5(person_id, kind), person_id, kind, value, date(2025, 12, 1), None, place)
                for kind, value, place in (
                    (FactKind.MEMBERSHIP, MembershipChange.ACCEPTED, SECOND_BRANCH),
                    (FactKind.STANDING, Standing.PROBATIONARY, None),
                )
            )
    opened.close()
    return book


def test_as_json(branchbook, with_probationers):
    answer = branchbook("conversions", with_probationers, "--on", "2026-10-10", "--json")
    assert (answer.code, answer.errors) == (0, "")
    first, second = answer.json
    assert (first["name"], first["ends_on"], first["days_left"]) == ("卫示例", None, None)
    assert (second["name"], second["organisation"]) == ("褚示例", "第二支部")
    assert (second["ends_on"], second["days_left"], second["extended"]) == ("2026-10-20", 10, False)
    assert [each["need"] for each in second["missing"]] == ["observation"] * 3 + ["application"]
    assert "第三十二条" in second["article"]


def test_in_words(branchbook, with_probationers):
    answer = branchbook("conversions", with_probationers, "--on", "2026-10-22")
    assert "没有登记支部大会接收日期" in answer.out
    assert "褚示例  第二支部  2026-10-20 期满  已满 2 天" in answer.out
    assert answer.out.endswith("2026-10-22：预备党员 2 名\n")


def test_one_branch(branchbook, with_probationers):
    assert branchbook("conversions", with_probationers, "--branch", "第一支部", "--json").json == []
    refused(branchbook("conversions", with_probationers, "--branch", "第九支部"), "第九支部")


def test_a_book_without_probationers(branchbook, book):
    answer = branchbook("conversions", book)
    assert (answer.code, answer.out) == (0, "2026-11-24：预备党员 0 名\n")
