"""A damaged rule file is refused with the names of file and key."""

from datetime import date

import pytest

from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.rulebook import Confidence
from branchbook.domain.rulebook_parsing import parse_rulebook, parse_rules


def document(**more):
    return {
        "key": "trial",
        "title": "试行办法（全称）",
        "short": "试行办法",
        "from_on": date(2020, 1, 1),
        **more,
    }


def one(**rule):
    return {"document": document(), "rule": [{"id": "T-1", "text": "每季 1 次", **rule}]}


def test_a_rule_is_read_with_everything_that_it_says():
    table = one(
        article="第三条",
        confidence="B",
        unconfirmed=True,
        basis="通行做法",
        also=["党章 第七条"],
        setting="trial_setting",
        values={
            "cadence": "quarterly",
            "times": 1,
            "strict": True,
            "grades": ["甲", "乙"],
            "from": date(2020, 5, 1),
        },
    )
    (rule,) = parse_rules("trial.toml", table)
    assert rule.document.title == "试行办法（全称）"
    assert (rule.article, rule.confidence, rule.unconfirmed) == ("第三条", Confidence.B, True)
    assert (rule.basis, rule.also, rule.setting) == ("通行做法", ("党章 第七条",), "trial_setting")
    assert rule.values["grades"] == ("甲", "乙")
    assert rule.values["from"] == date(2020, 5, 1)


def test_what_is_left_out_has_a_default():
    (rule,) = parse_rules("trial.toml", one())
    assert (rule.article, rule.confidence, rule.unconfirmed, dict(rule.values)) == (
        "",
        Confidence.A,
        False,
        {},
    )


FAULTS = [
    ({"rule": []}, "document"),
    ({"document": document(), "rules": []}, "rules"),
    ({"document": document(), "rule": {"id": "T-1"}}, "rule"),
    ({"document": document(), "rule": ["T-1"]}, "rule"),
    ({"document": document(colour="red"), "rule": []}, "document.colour"),
    ({"document": document(from_on="2020"), "rule": []}, "document.from_on"),
    ({"document": document(to_on="2020"), "rule": []}, "document.to_on"),
    ({"document": document(to_on=date(2019, 1, 1)), "rule": []}, "document.to_on"),
    ({"document": document(short=""), "rule": []}, "document.short"),
    ({"document": document(), "rule": [{"text": "…"}]}, "rule.id"),
    ({"document": document(), "rule": [{"id": "T-1"}]}, "T-1.text"),
    (one(artikel="第三条"), "T-1.artikel"),
    (one(confidence="D"), "T-1.confidence"),
    (one(unconfirmed="yes"), "T-1.unconfirmed"),
    (one(article=3), "T-1.article"),
    (one(also="党章"), "T-1.also"),
    (one(also=[""]), "T-1.also"),
    (one(values=[1]), "T-1.values"),
    (one(values={"share": 0.5}), "T-1.values.share"),
    (one(values={"share": {"numerator": 1}}), "T-1.values.share"),
    ({"document": document(), "rule": [{"id": "T-1", "text": "…"}] * 2}, "T-1"),
]


@pytest.mark.parametrize("table,key", FAULTS)
def test_a_fault_names_file_and_key(table, key):
    with pytest.raises(UnreadableProblem) as caught:
        parse_rules("trial.toml", table)
    assert caught.value.where == f"trial.toml 的 {key}"
    assert caught.value.next_step


def test_one_id_may_stand_in_documents_that_follow_one_another():
    earlier = {"document": document(to_on=date(2023, 12, 31)), "rule": [{"id": "T-1", "text": "旧"}]}
    later = {
        "document": document(key="next", from_on=date(2024, 1, 1)),
        "rule": [{"id": "T-1", "text": "新"}],
    }
    book = parse_rulebook([("a.toml", earlier), ("b.toml", later)])
    assert [book.on(day).find("T-1").text for day in (date(2023, 12, 31), date(2024, 1, 1))] == ["旧", "新"]


def test_one_id_in_two_documents_in_force_together_is_refused():
    with pytest.raises(UnreadableProblem) as caught:
        parse_rulebook([("a.toml", one()), ("b.toml", {**one(), "document": document(key="other")})])
    assert caught.value.where == "b.toml 的 T-1"
