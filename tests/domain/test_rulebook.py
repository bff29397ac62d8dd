"""The rulebook on a date: what is in force, how it is cited, and what a user may lay over it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.rulebook import Confidence, Correction, Document, Rule, Rulebook
from branchbook.services.rules import shipped_rulebook

OLD = Document("old", "旧规定（全称）", "旧规定", date(2014, 5, 28), date(2026, 5, 17))
NEW = Document("new", "新规定（全称）", "新规定", date(2026, 5, 18))
BOOK = Rulebook(
    (
        Rule("O-1", OLD, "旧", "第一条", values={"months": 3}),
        Rule("N-1", NEW, "新", "第二条"),
        Rule("X-1", OLD, "旧版", "第三条"),
        Rule("X-1", NEW, "新版", "第四条"),
    )
)


@pytest.mark.parametrize(
    "day,ids",
    [
        (date(2014, 5, 27), set()),
        (date(2014, 5, 28), {"O-1", "X-1"}),
        (date(2026, 5, 17), {"O-1", "X-1"}),
        (date(2026, 5, 18), {"N-1", "X-1"}),
        (date(2099, 1, 1), {"N-1", "X-1"}),
    ],
)
def test_the_rules_in_force_on_a_day(day, ids):
    assert {rule.id for rule in BOOK.on(day).rules} == ids
    assert bool(BOOK.on(day)) == bool(ids)


def test_a_rule_with_two_versions_is_found_by_the_day():
    assert BOOK.on(date(2020, 1, 1)).find("X-1").text == "旧版"
    assert BOOK.on(date(2027, 1, 1)).find("X-1").text == "新版"
    assert BOOK.find("X-1").text == "新版"
    assert BOOK.find("Y-1") is None
    assert BOOK.first_of("Y-1", "N-1", "O-1").id == "N-1"


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_what_is_in_force_is_what_each_document_says(day):
    book = shipped_rulebook()
    assert set(map(id, book.on(day).rules)) == {id(rule) for rule in book.rules if rule.in_force_on(day)}


def test_a_citation_names_document_and_article():
    assert BOOK.find("O-1").citation == "旧规定 第一条"


def test_an_unknown_article_number_is_left_out_without_a_mark():
    """Where only the article's number is not known the rule is sound: no 待核实."""
    rule = Rule("A-1", NEW, "…", confidence=Confidence.A)
    assert rule.citation == "新规定"
    assert rule.confidence_mark == "A"


def test_a_doubtful_number_says_so():
    rule = Rule("A-1", NEW, "…", "第九条", Confidence.B, unconfirmed=True)
    assert rule.citation == "新规定 第九条（待核实）"
    assert rule.confidence_mark == "待核实"


def test_a_rule_may_rest_on_something_else_and_name_more():
    rule = Rule("A-1", NEW, "…", basis="通行做法", also=("党章 第七条",))
    assert rule.citation == "通行做法"
    assert rule.citations == "通行做法；党章 第七条"


def test_a_missing_number_is_an_error_that_names_rule_and_key():
    with pytest.raises(UnreadableProblem) as caught:
        BOOK.find("O-1").number("years")
    assert caught.value.where == "O-1：years"
    assert BOOK.find("O-1").number("months") == 3


def test_a_correction_lies_over_the_shipped_rule_and_leaves_it():
    corrected = BOOK.corrected([Correction("O-1", "某通知", "第八条", {"months": 6})])
    rule = corrected.find("O-1")
    assert (rule.article, rule.number("months"), rule.source) == ("第八条", 6, "某通知")
    assert rule.citation == "旧规定 第八条（依据：某通知）"
    assert BOOK.find("O-1").number("months") == 3


def test_a_correction_takes_the_doubt_away():
    book = Rulebook((Rule("A-1", NEW, "…", unconfirmed=True),))
    assert book.corrected([Correction("A-1", "某通知")]).find("A-1").confidence_mark == "A"


def test_a_choice_in_the_settings_keeps_the_doubt():
    chosen = shipped_rulebook().with_values({"B-17": {"base": "present"}}).find("B-17")
    assert chosen.values["base"] == "present"
    assert chosen.unconfirmed


def test_the_boundary_between_two_versions_can_be_moved():
    """The day from which the 细则 of 2026 holds is in doubt."""
    moved = BOOK.with_boundary("old", "new", date(2026, 7, 1))
    assert moved.on(date(2026, 6, 30)).find("O-1")
    assert not moved.on(date(2026, 6, 30)).find("N-1")
    assert moved.on(date(2026, 7, 1)).find("N-1")
    assert not moved.on(date(2026, 7, 1)).find("O-1")
