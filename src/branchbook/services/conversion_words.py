"""Words of a conversion's papers: formal names, what each question is called, and the sentences that all share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from branchbook.domain.ballots import Question
from branchbook.domain.organisations import OrganisationKind
from branchbook.services.conversion_facts import ConversionFacts, QuestionVote
from branchbook.services.election_words import DAY_BLANK, NAME_BLANK, NUMBER_BLANK, day, name, number
from branchbook.services.paper_words import formal_name

__all__ = [
    "DAY_BLANK",
    "NAME_BLANK",
    "NUMBER_BLANK",
    "day",
    "name",
    "number",
]

QUESTION_WORDS: Mapping[Question, str] = {
    Question.CONVERT: "按期转为正式党员",
    Question.EXTEND: "延长预备期",
    Question.CANCEL: "取消预备党员资格",
}


def question_words(facts: ConversionFacts, question: Question) -> str:
    """按期转为正式党员; after an extension there is no 按期 any more."""
    if question == Question.CONVERT and facts.is_extended:
        return "转为正式党员"
    return QUESTION_WORDS[question]


def branch_word(facts: ConversionFacts) -> str:
    """党支部, 党总支."""
    return "党总支" if facts.kind == OrganisationKind.GENERAL_BRANCH else "党支部"


def body_word(facts: ConversionFacts) -> str:
    """Who studies and reviews: 支部委员会; where there is none the branch itself."""
    if not facts.has_committee:
        return branch_word(facts)
    return "总支部委员会" if facts.kind == OrganisationKind.GENERAL_BRANCH else "支部委员会"


def party_name(facts: ConversionFacts) -> str:
    """中共示例机关第一支部: the organisation in its formal style."""
    return formal_name(facts.organisation, facts.kind)


def committee_name(facts: ConversionFacts) -> str:
    """中共示例机关第一支部委员会; without a committee the organisation itself."""
    return party_name(facts) + ("委员会" if facts.has_committee else "")


def own_name(facts: ConversionFacts) -> str:
    """示例机关第一党支部, or a blank for it."""
    return facts.organisation or NAME_BLANK + branch_word(facts)


def comrade(facts: ConversionFacts) -> str:
    """褚示例同志."""
    return f"{name(facts.person)}同志"


def span(from_on: date | None, to_on: date | None) -> str:
    """自2026年10月20日至2027年4月20日, blanks for what is not known."""
    return f"自{day(from_on)}至{day(to_on)}"


def extension_words(vote: QuestionVote | None) -> str:
    """延长预备期6个月（自…至…）; blanks where nothing was voted on."""
    if vote is None:
        return f"延长预备期{NUMBER_BLANK}个月（{span(None, None)}）"
    return f"延长预备期{number(vote.months or None)}个月（{span(vote.from_on, vote.to_on)}）"


def resolved(facts: ConversionFacts, vote: QuestionVote | None) -> str:
    """What the meeting resolved, as it is copied: nothing is said that was not voted."""
    who = comrade(facts)
    if vote is None or vote.passed is None:
        choices = f"同意{who}按期转为正式党员；{extension_words(None)}；取消{who}预备党员资格"
        return f"大会决议：{NAME_BLANK * 3}（{choices}）。"
    if not vote.passed:
        return "没有形成决议。"
    if vote.question == Question.CONVERT:
        return f"大会决议：同意{who}{question_words(facts, vote.question)}。"
    if vote.question == Question.EXTEND:
        return f"大会决议：将{who}的预备期延长{number(vote.months or None)}个月（{span(vote.from_on, vote.to_on)}）。"
    return f"大会决议：取消{who}的预备党员资格。"


def numbers_sentence(facts: ConversionFacts, vote: QuestionVote | None) -> str:
    """应到会有表决权的正式党员23名，实到会20名；经无记名投票，19票赞成，1票不赞成，0票弃权（含书面意见…）。"""
    due, present = (vote.due, vote.present) if vote else (facts.meeting.due, facts.meeting.present)
    how = "经举手表决" if vote is not None and vote.by_hands else "经无记名投票"
    totals = (vote.for_total, vote.against_total, vote.abstain_total) if vote else (None, None, None)
    votes = "，".join(
        f"{number(total)}票{word}" for total, word in zip(totals, ("赞成", "不赞成", "弃权"), strict=True)
    )
    return f"应到会有表决权的正式党员{number(due)}名，实到会{number(present)}名；{how}，{votes}{written_words(vote)}。"


def written_words(vote: QuestionVote | None) -> str:
    """（含会前书面意见：赞成1票、不赞成1票、弃权0票）; a blank before the vote, nothing where none was handed in."""
    if vote is None or vote.for_total is None:
        return f"（含会前书面意见：赞成{NUMBER_BLANK}票、不赞成{NUMBER_BLANK}票、弃权{NUMBER_BLANK}票）"
    given = vote.written
    if not given.all or (vote.for_total == vote.votes_for and given.votes_for):
        return ""
    return f"（含会前书面意见：赞成{given.votes_for}票、不赞成{given.votes_against}票、弃权{given.abstentions}票）"


def title_words(facts: ConversionFacts) -> Mapping[str, str]:
    """What replaces the words in braces of the papers' titles."""
    who = facts.person or NAME_BLANK
    proposed = facts.proposed or Question.CONVERT
    matters = {
        Question.CONVERT: f"{who}同志转为中共正式党员",
        Question.EXTEND: f"延长预备党员{who}预备期",
        Question.CANCEL: f"取消{who}预备党员资格",
    }
    return {
        "organisation": own_name(facts),
        "committee": committee_name(facts),
        "person": who,
        "matter": matters[proposed],
        "proposed": {
            Question.CONVERT: "拟转为中共正式党员",
            Question.EXTEND: "拟延长预备期",
            Question.CANCEL: "拟取消预备党员资格",
        }[proposed],
    }
