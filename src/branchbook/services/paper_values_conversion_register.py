"""The application's cover (D1) and the register of observations (D2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import Paragraph, Value
from branchbook.services.conversion_facts import ConversionFacts, Observation
from branchbook.services.conversion_words import body_word
from branchbook.services.election_words import DAY_BLANK
from branchbook.services.paper_words import paragraphs

Values = Mapping[str, Value]
HALF_A_YEAR = 6


def day_or_empty(value: date | None) -> str:
    """2026年10月20日; empty where it is not known."""
    return chinese_date(value) if value else ""


def application_values(facts: ConversionFacts) -> Values:
    """What stands on the cover; an extended probation names both ends."""
    end = day_or_empty(facts.first_end)
    if facts.extension is not None:
        end = f"{day_or_empty(facts.ends_on)}（延长后）"
    return {
        "name": facts.person,
        "organisation": facts.organisation,
        "accepted_on": day_or_empty(facts.accepted_on),
        "probation_end": end,
        "applied_on": day_or_empty(facts.applied_on),
    }


def register_values(facts: ConversionFacts) -> Values:
    """The register as far as the book knows it; every opinion only where it was entered."""
    return {**_cover(facts), **_person(facts), **_own_words(facts), **_observed(facts), **_opinions(facts)}


def _cover(facts: ConversionFacts) -> Values:
    return {
        "organisation": facts.organisation,
        "name": facts.person,
        "filled_on": day_or_empty(facts.acceptance_approved_on),
    }


_CELLS = ("sex", "ethnic_group", "born_on", "native_place", "education", "work_started_on", "work_post")


def _person(facts: ConversionFacts) -> Values:
    probation = ""
    if facts.accepted_on is not None:
        probation = f"{day_or_empty(facts.accepted_on)}至{day_or_empty(facts.first_end)}"
    if facts.extension is not None:
        probation += f"，延长至{day_or_empty(facts.ends_on)}"
    return {
        **{key: facts.cells.get(key, "") for key in _CELLS},
        "person": facts.person,
        "applied_on": day_or_empty(facts.joining.applied_on),
        "accepted_on": day_or_empty(facts.accepted_on),
        "acceptance_approved_on": day_or_empty(facts.acceptance_approved_on),
        "probation": probation,
        "sponsors": "、".join(facts.sponsors),
        "oath_on": day_or_empty(facts.oath_on),
        "oath_venue": facts.oath_venue,
        "training": facts.joining.training,
    }


def _own_words(facts: ConversionFacts) -> Values:
    """Self-assessments of the first half-year and of the second; after an extension there is one."""
    first = [each for each in facts.observations if each.months <= HALF_A_YEAR]
    second = [each for each in facts.observations if each.months > HALF_A_YEAR]
    return {"self_1": _assessments(first), "self_2": _assessments(second)}


def _assessments(observations: list[Observation]) -> tuple[Paragraph, ...]:
    return tuple(part for each in observations for part in paragraphs(each.self_assessment))


def _observed(facts: ConversionFacts) -> Values:
    values: dict[str, Value] = {}
    for each in facts.observations:
        values[f"period_{each.months}"] = _period(each)
        values[f"opinion_{each.months}"] = _opinion(each)
    return values


def _period(observation: Observation) -> str:
    """第一季度考察：2025年10月20日至2026年1月20日; the dates are blanks without an acceptance."""
    span = f"{_or_blank(observation.from_on)}至{_or_blank(observation.to_on)}"
    return f"{span}（{observation.name}）"


def _or_blank(value: date | None) -> str:
    return chinese_date(value) if value else DAY_BLANK


def _opinion(observation: Observation) -> tuple[Paragraph, ...]:
    """The opinion, then what is recorded beside it: reports of thought, who observed, on which day."""
    found = paragraphs(observation.opinion)
    beside = []
    if observation.reports is not None:
        beside.append(f"本期递交思想汇报{observation.reports}篇")
    if observation.sponsors:
        beside.append(f"入党介绍人（培养联系人）{'、'.join(observation.sponsors)}")
    if observation.observed_on is not None:
        beside.append(f"考察日期{chinese_date(observation.observed_on)}")
    return (*found, *((Paragraph("；".join(beside) + "。"),) if beside else ()))


def _opinions(facts: ConversionFacts) -> Values:
    asked = facts.opinions
    counted = []
    if asked.members is not None or asked.masses is not None:
        counted = [f"征求党员{asked.members or 0}名、群众{asked.masses or 0}名。"]
    dated = [f"征求意见日期{chinese_date(asked.given_on)}。"] if asked.given_on else []
    beside = tuple(Paragraph(line) for line in ("".join((*dated, *counted)),) if line)
    return {
        "group_opinion": paragraphs(facts.group_opinion.text),
        "opinions": (*beside, *paragraphs(asked.text)),
        "committee": _committee(facts),
    }


def _committee(facts: ConversionFacts) -> tuple[Paragraph, ...]:
    review = facts.review
    if review.held_on is None:
        return ()
    lead = f"{chinese_date(review.held_on)}经{body_word(facts)}审查"
    lead += f"，结论为提请支部大会讨论{review.conclusion}。" if review.conclusion else "。"
    return (Paragraph(lead), *paragraphs(review.text))
