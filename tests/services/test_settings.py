"""The settings of a book: a table, defaults, checks with a clear problem, undoable changes."""

from dataclasses import fields
from datetime import date

import pytest

from branchbook.catalogue.kinds_list import KINDS
from branchbook.domain.amounts import HalfCents
from branchbook.domain.ballot_papers import BallotStyle
from branchbook.domain.checklists import Cadence
from branchbook.domain.dues import DuesRounding
from branchbook.domain.education_hours import StudyHour
from branchbook.domain.evaluation_count import CapBase
from branchbook.domain.paper_change import PaperChange
from branchbook.domain.problems import Problem, RefusedProblem, UnreadableProblem
from branchbook.domain.records import AttachmentKind
from branchbook.domain.tally import ElectionBase, WriteInWithoutAgainst
from branchbook.services.operations import operate
from branchbook.services.paper_choices import (
    BallotMark,
    BallotsPerSheet,
    ConversionBallots,
    EvaluationOrder,
    ProbationaryOnBallot,
    SpareBallots,
    WritingPaperKind,
)
from branchbook.services.rule_choices import (
    LocalCadence,
    MajorityBase,
    ObservationCadence,
    RightsFrom,
    RuleCorrection,
    SecretaryFrom,
)
from branchbook.services.settings import book_settings, change_setting, reset_setting
from branchbook.services.settings_table import SPECS, BookSettings, SettingType
from branchbook.services.store import Setting
from tests.fakes import FakeBook
from tests.services.small_book import actor

CADENCE = LocalCadence("party_lesson", Cadence.MONTHLY, "示组发〔2026〕1号", from_on=date(2026, 1, 1))
GOOD = {
    "expected_attachments": {"general_meeting": (AttachmentKind.SIGN_IN,)},
    "local_cadences": (CADENCE,),
    "rule_corrections": (RuleCorrection("B-17", "示组发〔2026〕2号", value="1/2"),),
    "half_period_rule": False,
    "talk_occasions": ("岗位变动", "长期病休"),
    "talks_with_each_committee_member": True,
    "exclude_at_acceptance": True,
    "exclude_at_conversion": True,
    "exclude_at_disposal": True,
    "committee_majority_base": MajorityBase.PRESENT,
    "secretary_from": SecretaryFrom.REPLY,
    "election_base": ElectionBase.DUE,
    "observation_cadence": ObservationCadence.HALF_YEARLY,
    "rights_from": RightsFrom.END_OF_PROBATION,
    "conversion_by_hands": True,
    "write_in_without_against": WriteInWithoutAgainst.COUNT,
    "single_names_first": False,
    "secretary_election_margin": True,
    "admission_boundary": date(2026, 7, 1),
    "excellent_base": CapBase.PARTICIPANTS,
    "grade_under_observation": True,
    "grade_suspended": True,
    "grade_abroad": True,
    "further_holidays": '[2027]\noff = ["10-01"]\n',
    "paper_changes": {"member_roster": PaperChange("党员名册", {"name": "姓 名"}, ("note",))},
    "ballot_style": BallotStyle.TABLE,
    "ballots_per_sheet": BallotsPerSheet.ONE,
    "ballot_write_ins": 2,
    "ballot_colour_note": False,
    "spare_ballots": SpareBallots.KEEP,
    "conversion_ballots": ConversionBallots.EIGHT,
    "conversion_ballot_mark": BallotMark.TICK,
    "evaluation_ballot_order": EvaluationOrder.STROKES,
    "evaluation_ballot_probationary": ProbationaryOnBallot.DASH,
    "half_cents": HalfCents.ROUND,
    "dues_rounding": DuesRounding.JIAO,
    "study_hour": StudyHour.FORTY_FIVE,
    "writing_paper": WritingPaperKind.LINES,
    "roster_columns": {"姓 名": "name"},
    "identity_masked": False,
    "attachment_megabytes": 20,
    "exchange_megabytes": 100,
    "lock_after_minutes": 10,
    "backup_at_exit": False,
    "backup_reminder_days": 30,
    "backups_of_days": 3,
    "backups_of_weeks": 0,
    "backups_of_months": 24,
    "backups_of_years": 10,
}


def settings_of(book: FakeBook) -> BookSettings:
    with book.reading() as reading:
        return book_settings(reading)


def test_every_setting_has_a_line_in_the_place_and_a_label_with_help() -> None:
    assert {spec.key for spec in SPECS} == {field.name for field in fields(BookSettings)} == set(GOOD)
    for spec in SPECS:
        assert spec.label
        assert spec.help
        assert (spec.type == SettingType.CHOICE) == bool(spec.choices)


def test_an_untouched_book_has_the_defaults() -> None:
    settings = settings_of(FakeBook())
    assert settings == BookSettings()
    assert settings.expected_attachments == {kind.key: kind.expected for kind in KINDS}


def test_exclusions_outside_elections_are_off_and_marked_unconfirmed() -> None:
    """Classes X1 to X6 are guidance for elections; that they apply to other meetings is said by some sources only."""
    exclusions = [spec for spec in SPECS if spec.key.startswith("exclude_at_")]
    assert len(exclusions) == 3
    assert all(spec.unconfirmed and spec.default is False for spec in exclusions)


@pytest.mark.parametrize("key", GOOD)
def test_a_setting_is_kept_read_typed_and_put_back(key: str) -> None:
    book = FakeBook()
    outcome = change_setting(book, key, GOOD[key], actor())
    assert getattr(outcome.value, key) == getattr(settings_of(book), key) == GOOD[key]
    assert type(getattr(settings_of(book), key)) is type(GOOD[key])
    assert outcome.changes.touches("setting")
    reset_setting(book, key, actor(1))
    assert settings_of(book) == BookSettings()


@pytest.mark.parametrize(
    "key, value, said",
    [
        ("no_such_setting", 1, "没有这项设置"),
        ("half_period_rule", "yes", "设置“存续不足半个周期的不作要求”"),
        ("attachment_megabytes", 0, "1 到 500"),
        ("attachment_megabytes", "许多", "单个附件最大"),
        ("committee_majority_base", "half", "支委会表决过半数的基数"),
        ("election_base", "all", "选举当选过半数的基数"),
        ("talk_occasions", ("岗位变动", "岗位变动"), "两次"),
        ("talk_occasions", ("岗位变动", " "), "一行"),
        ("talk_occasions", tuple(map(str, range(31))), "最多 30 种"),
        ("further_holidays", "[2027]\noff = ['13-01']\n", "没有这一天"),
        ("rights_from", "meeting", "转正后有表决权的起始日"),
        ("write_in_without_against", "maybe", "选票上没有不赞成任何人而另选他人"),
        ("expected_attachments", {"no_such_kind": ()}, "不认识的记录种类"),
        ("expected_attachments", {"general_meeting": ("no_such_attachment",)}, "各类记录应有的附件"),
        ("local_cadences", (LocalCadence("party_lesson", Cadence.MONTHLY, " "),), "没有写依据文件"),
        ("local_cadences", (LocalCadence("party_lesson", Cadence.MONTHLY, "某文件", 0),), "次数至少为 1"),
        ("local_cadences", (LocalCadence("nonsense", Cadence.MONTHLY, "某文件"),), "没有这项要求"),
        ("rule_corrections", (RuleCorrection("B-999", "某文件", "1/2"),), "没有这条规则"),
        ("rule_corrections", (RuleCorrection("B-17", "某文件", "许多"),), "规则 B-17"),
        ("rule_corrections", (RuleCorrection("B-17", "", "1/2"),), "没有写依据文件"),
        ("rule_corrections", (RuleCorrection("B-17", "某文件"),), "没有写更正的数值或条款"),
        (
            "rule_corrections",
            (RuleCorrection("B-17", "甲", "1/2"), RuleCorrection("B-17", "乙", "2/3")),
            "同一条规则更正了两次",
        ),
        ("rule_corrections", (RuleCorrection("B-17", "甲" * 200_001, "1/2"),), "文字过长"),
    ],
)
def test_a_wrong_value_is_refused_and_changes_nothing(key: str, value: object, said: str) -> None:
    book = FakeBook()
    with pytest.raises(Problem) as caught:
        change_setting(book, key, value, actor())
    assert said in str(caught.value)
    assert book.state.operations == ()
    assert settings_of(book) == BookSettings()


def test_a_read_only_book_refuses() -> None:
    with pytest.raises(RefusedProblem, match="只读"):
        change_setting(FakeBook(read_only=True), "half_period_rule", False, actor())


def test_a_stored_setting_that_cannot_be_read_is_named() -> None:
    book = FakeBook()
    with operate(book, actor(), "损坏") as operating:
        operating.writing.put(Setting("book.half_period_rule", '"maybe"'))
    with pytest.raises(UnreadableProblem, match="存续不足半个周期"):
        settings_of(book)
