"""The shipped rules and checklists, read from the resources."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.requirements import REQUIREMENTS
from branchbook.domain.checklists import Cadence
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.rulebook import Confidence
from branchbook.domain.tally import ElectionBase, WriteInWithoutAgainst
from branchbook.domain.voting import MAJORITY_RULES, QUORUM_RULES, WRITTEN_OPINION_RULES
from branchbook.services.codec import to_json
from branchbook.services.operations import operate
from branchbook.services.rule_choices import MajorityBase, RuleCorrection
from branchbook.services.rules import example_checklists, misfits_of, rulebook_of, shipped_rulebook
from branchbook.services.settings import PREFIX, change_setting
from branchbook.services.shipped_rules import check_correction, read_rulebook
from branchbook.services.store import Setting
from tests.fakes import FakeBook
from tests.services.small_book import actor

SHIPPED = shipped_rulebook()

FAMILIES = {"B": 45, "E": 39, "D": 25, "D26": 21, "M": 22, "V": 17, "T": 7, "F": 17, "Z": 10}
"""How many rules the design numbers in each family, without a gap."""


@pytest.mark.parametrize("family,number", FAMILIES.items())
def test_every_numbered_rule_is_shipped(family, number):
    ids = {rule.id for rule in SHIPPED.rules}
    assert {f"{family}-{each:02}" for each in range(1, number + 1)} <= ids


@pytest.mark.parametrize("rule", SHIPPED.rules, ids=lambda rule: f"{rule.id}@{rule.document.key}")
def test_each_rule_is_sound(rule):
    assert rule.text
    assert rule.article == "" or re.fullmatch(
        r"第[一二三四五六七八九十]+条(、第[一二三四五六七八九十]+条)*|[一二三四]", rule.article
    )
    assert rule.confidence != Confidence.UNCONFIRMED or rule.unconfirmed
    for key in rule.values:
        if key.endswith("numerator"):
            bottom = rule.number(key.replace("numerator", "denominator"))
            assert 0 < rule.number(key) <= bottom


@pytest.mark.parametrize(
    "rule_id,citation,mark",
    [
        ("B-09", "支部工作条例 第十一条", "A"),
        ("B-31", "支部工作条例", "B"),  # article not known, the rule sound: no 待核实
        ("B-17", "通行做法（待核实）", "待核实"),
        ("B-24", "通行做法（待核实）", "待核实"),
        ("E-17", "基层组织选举工作条例", "A"),
        ("E-28", "基层组织选举工作条例（待核实）", "待核实"),
        ("D-20", "发展党员工作细则（2014） 第三十四条", "A"),
        ("D26-18", "发展党员工作细则（2026）（待核实）", "待核实"),
        ("Z-08", "党章", "A"),
        ("L-01", "通行做法（待核实）", "待核实"),
    ],
)
def test_doubt_stands_only_where_a_number_or_base_is_doubtful(rule_id, citation, mark):
    rule = SHIPPED.find(rule_id)
    assert (rule.citation, rule.confidence_mark) == (citation, mark)


@pytest.mark.parametrize(
    "day,there,not_yet",
    [
        (date(2008, 3, 31), [], ["F-01", "B-09"]),
        (date(2008, 4, 1), ["F-01"], ["B-09"]),
        (date(2018, 10, 27), ["T-01", "D-09"], ["B-09"]),
        (date(2018, 10, 28), ["B-09", "D-09"], ["E-17", "M-01"]),
        (date(2019, 5, 6), ["M-01"], ["E-17"]),
        (date(2020, 7, 12), ["M-01"], ["E-17", "X1"]),
        (date(2020, 7, 13), ["E-17", "X1"], ["Z-01"]),
        (date(2024, 6, 16), ["V-09", "Z-09"], ["D26-11"]),
        (date(2026, 5, 17), ["D-09"], ["D26-11"]),
        (date(2026, 5, 18), ["D26-11"], ["D-09"]),
    ],
)
def test_documents_come_into_force_on_their_day(day, there, not_yet):
    book = SHIPPED.on(day)
    assert all(book.find(each) for each in there)
    assert not any(book.find(each) for each in not_yet)


def test_every_rule_that_the_code_asks_for_is_there_with_its_numbers():
    for ids in (*QUORUM_RULES.values(), *MAJORITY_RULES.values(), WRITTEN_OPINION_RULES):
        assert all(SHIPPED.find(each) for each in ids)
    for requirement in REQUIREMENTS:
        rule = SHIPPED.find(requirement.rule_id)
        assert Cadence(str(rule.values["cadence"]))
        assert rule.number("times") == 1


def test_requirements_are_satisfied_by_kinds_that_exist():
    keys = [requirement.key for requirement in REQUIREMENTS]
    assert len(set(keys)) == len(keys)
    for requirement in REQUIREMENTS:
        assert set(requirement.kinds) <= set(KIND_BY_KEY)
        assert not requirement.by_secretary or "lecturer" in {
            field.key for kind in requirement.kinds for field in KIND_BY_KEY[kind].fields
        }


def test_the_five_musts_are_an_example_and_say_so():
    first = example_checklists(date(2026, 1, 1))
    assert first == example_checklists(date(2026, 1, 1))
    (five,) = first
    assert (five.name, five.label) == ("五必做", "示例，非官方定义")
    assert len(five.items) == 5
    assert len({item.id for item in five.items}) == 5
    assert {kind for item in five.items for kind in item.satisfied_by} <= set(KIND_BY_KEY)


def test_a_damaged_file_is_named(tmp_path):
    (tmp_path / "bad.toml").write_text("[document\n", encoding="utf-8")
    with pytest.raises(UnreadableProblem) as caught:
        read_rulebook(tmp_path)
    assert "bad.toml" in caught.value.where


def test_a_rule_file_in_another_encoding_is_named(tmp_path):
    (tmp_path / "bad.toml").write_bytes("[document]\nkey = '支部'\n".encode("gb18030"))
    with pytest.raises(UnreadableProblem) as caught:
        read_rulebook(tmp_path)
    assert "bad.toml" in caught.value.where


@dataclass(frozen=True)
class Written:
    rule: str
    source: str = "某通知"
    value: str = ""
    article: str = ""


def test_a_correction_of_an_unknown_rule_is_refused():
    with pytest.raises(RefusedProblem) as caught:
        check_correction(Written("B-99", value="3"))
    assert "B-99" in caught.value.where


def test_a_correction_is_read_against_its_rule():
    correction = check_correction(Written("M-01", " 某通知 ", "40", "第二十一条"))
    assert (correction.source, correction.article, dict(correction.values)) == (
        "某通知",
        "第二十一条",
        {"hours": 40},
    )


def rulebook_with(**settings):
    book = FakeBook()
    for key, value in settings.items():
        change_setting(book, key, value, actor())
    with book.reading() as reading:
        return rulebook_of(reading)


def test_a_book_without_settings_has_the_shipped_rules():
    assert rulebook_with().rules == SHIPPED.rules


def test_a_correction_kept_in_the_book_is_laid_over_the_rules():
    corrections = (RuleCorrection("M-01", "示组发〔2026〕2号", value="40"),)
    rule = rulebook_with(rule_corrections=corrections).find("M-01")
    assert rule.number("hours") == 40
    assert rule.citation == "党员教育管理工作条例 第二十条（依据：示组发〔2026〕2号）"
    assert SHIPPED.find("M-01").number("hours") == 32


def test_the_base_of_the_committee_follows_its_setting_and_stays_in_doubt():
    rule = rulebook_with(committee_majority_base=MajorityBase.PRESENT).find("B-17")
    assert rule.values["base"] == "present"
    assert rule.unconfirmed


def test_the_base_of_elections_follows_its_setting_and_stays_in_doubt():
    """第二十八条 (number not known): more than half of those present, or of those due (待核实)."""
    for rule_id in ("E-28", "E-29"):
        rule = rulebook_with(election_base=ElectionBase.DUE).find(rule_id)
        assert rule.values["base"] == "due"
        assert rule.unconfirmed


def test_a_correction_of_the_base_goes_before_its_setting():
    corrections = (RuleCorrection("E-28", "示组发〔2026〕3号", value="base=present"),)
    rule = rulebook_with(election_base=ElectionBase.DUE, rule_corrections=corrections).find("E-28")
    assert rule.values["base"] == "present"
    assert not rule.unconfirmed


def test_writing_a_name_without_being_against_anyone_follows_its_setting():
    """第二十五条: who is against someone may write another; the rest is left to the method of election."""
    assert rulebook_with().find("E-24").values["write_in_needs_against"] is True
    chosen = rulebook_with(write_in_without_against=WriteInWithoutAgainst.COUNT).find("E-24")
    assert chosen.values["write_in_needs_against"] is False


MISFIT = (RuleCorrection("B-09", "某通知", value="每旬"), RuleCorrection("M-01", "某通知", value="40"))


def test_a_correction_that_does_not_fit_is_refused_when_it_is_set():
    with pytest.raises(RefusedProblem) as caught:
        change_setting(FakeBook(), "rule_corrections", MISFIT, actor())
    assert "B-09" in caught.value.where


def test_a_kept_correction_that_no_longer_fits_is_told_and_stops_nothing():
    book = FakeBook()
    with operate(book, actor(), "旧版本的更正") as operating:
        operating.writing.put(Setting(PREFIX + "rule_corrections", to_json(MISFIT)))
    with book.reading() as reading:
        rules, (misfit,) = rulebook_of(reading), misfits_of(reading)
    assert rules.find("B-09").values["cadence"] == "quarterly"
    assert rules.find("M-01").number("hours") == 40
    assert "B-09" in misfit.where


@pytest.mark.parametrize("by_correction", [False, True])
def test_the_day_from_which_the_revised_admission_rules_hold_is_a_choice(by_correction):
    """发展党员工作细则 2026: its day of effect was not seen in a text (待核实); a correction with a source wins."""
    book = FakeBook()
    if by_correction:
        correction = RuleCorrection("D26-21", "示发〔2026〕1号", "2026-07-01")
        change_setting(book, "rule_corrections", (correction,), actor())
    else:
        change_setting(book, "admission_boundary", date(2026, 7, 1), actor())
    with book.reading() as reading:
        rules = rulebook_of(reading)
    assert rules.on(date(2026, 6, 30)).find("D-09")
    assert not rules.on(date(2026, 6, 30)).find("D26-11")
    assert rules.on(date(2026, 7, 1)).find("D26-11")
    assert rules.find("D26-21").unconfirmed is not by_correction


def test_a_day_in_another_year_is_taken_for_a_typing_error():
    with pytest.raises(RefusedProblem, match="施行日期应在"):
        change_setting(FakeBook(), "admission_boundary", date(2025, 5, 18), actor())
