"""The papers of one election: which sheets each has, and what stands on them. Blank is an election of which
nothing is recorded yet, so that both say the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.ballots import ElectionKind
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Paper, Value
from branchbook.domain.problems import RefusedProblem
from branchbook.services.ballot_form import BallotForm
from branchbook.services.election_facts import BallotCount, ElectionFacts, ElectionShape
from branchbook.services.election_words import title_words
from branchbook.services.paper_values_election_agendas import (
    agenda_values,
    cover_values,
    first_meeting_agenda_values,
)
from branchbook.services.paper_values_election_ballots import (
    ballot_values,
    recommendation_values,
    slip_values,
    write_in_places,
)
from branchbook.services.paper_values_election_count import result_values, tally_sheet_values
from branchbook.services.paper_values_election_lists import (
    all_candidates,
    candidate_roster_values,
    division_values,
    not_counted_values,
    profile_values,
    recommendation_summary_values,
    register_values,
    reply_values,
    scrutineers_values,
)
from branchbook.services.paper_values_election_method import first_meeting_method_values, method_values
from branchbook.services.paper_values_election_requests import (
    candidates_request_values,
    request_values,
    result_report_values,
)

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ElectionSheet:
    """One sheet: the paper (a ballot's layout follows its seats), its values, words that replace its title's.

    ``about`` is what the sheet is about where a paper has several: an office, a candidate.
    """

    paper: Paper
    values: Values
    title_words: Mapping[str, str] = field(default_factory=dict)
    about: str = ""


def election_sheets(paper: Paper, facts: ElectionFacts, form: BallotForm) -> tuple[ElectionSheet, ...]:
    """The sheets of one paper. Raises RefusedProblem for a paper that such an election does not have."""
    _check_shape(paper, facts)
    words = title_words(facts)
    single = _SINGLE.get(paper.key)
    if single is not None:
        return (ElectionSheet(paper, single(facts), words),)
    return tuple(
        replace(each, title_words={**words, **each.title_words})
        for each in _MANY[paper.key](_Making(paper, facts, form))
    )


@dataclass(frozen=True, slots=True)
class _Making:
    """What the sheets of one paper are made of."""

    paper: Paper
    facts: ElectionFacts
    form: BallotForm


def applies(paper: Paper, facts: ElectionFacts) -> bool:
    """Whether an election of this shape has the paper."""
    if paper.key in _FIRST_MEETING:
        return facts.committee_elects
    if paper.key in _GENERAL_MEETING and not facts.general_meeting_elects:
        return False
    if paper.key in _BALLOT_OFFICES:
        return _BALLOT_OFFICES[paper.key] in facts.kinds
    if paper.key == "election:division_of_work":
        return facts.has_committee
    if paper.key == "election:work_report_cover":
        return facts.shape != ElectionShape.BY_ELECTION
    return True


def _check_shape(paper: Paper, facts: ElectionFacts) -> None:
    if not applies(paper, facts):
        kind = {
            ElectionShape.WITH_COMMITTEE: "不设副书记的选举",
            ElectionShape.WITHOUT_COMMITTEE: "不设委员会的选举",
            ElectionShape.BY_ELECTION: "这次补选",
        }[facts.shape]
        raise RefusedProblem(f"{kind}没有“{paper.name}”", facts.organisation, "请选择本次选举用到的表册")


ROOMY_ROWS = 6
"""So many lines of a recommendation ballot are roomy; more stand closer."""
_FIRST_MEETING = frozenset(
    {"election:first_meeting_agenda", "election:first_meeting_method", "election:first_meeting_result"}
)
_GENERAL_MEETING = frozenset(
    f"election:{key}"
    for key in ("agenda", "method", "scrutineers", "slips", "result", "not_counted", "work_report_cover")
)
_BALLOT_OFFICES: Mapping[str, ElectionKind] = {
    "election:ballot": ElectionKind.COMMITTEE,
    "election:ballot_secretary": ElectionKind.SECRETARY,
    "election:ballot_deputy": ElectionKind.DEPUTY,
}


def _ballots(making: _Making) -> Iterable[ElectionSheet]:
    """One ballot for each time the office is voted on; before the first vote from the candidates."""
    office = _BALLOT_OFFICES[making.paper.key]
    counts = [count for count in making.facts.counts if count.office == office] or [
        _expected(making.facts, office)
    ]
    for count in counts:
        people = making.facts.candidates_for(office)
        values = ballot_values(making.facts, count, making.form, people)
        yield ElectionSheet(_ballot_paper(making, count), values, about=_about(count))


def _expected(facts: ElectionFacts, office: ElectionKind) -> BallotCount:
    """The ballot to come: its seats and candidates, nothing counted."""
    seats = (
        facts.seats
        if office == ElectionKind.COMMITTEE
        else 1
        if office == ElectionKind.SECRETARY
        else facts.deputies
    )
    later = facts.shape == ElectionShape.WITH_COMMITTEE and office != ElectionKind.COMMITTEE
    meeting = facts.first_meeting if later else facts.meeting
    due = meeting.due if later or meeting.due is not None else facts.due
    return BallotCount(
        office,
        seats=seats,
        candidates=facts.candidates_for(office),
        due=due,
        held_on=meeting.held_on,
        in_first_meeting=later,
    )


def _ballot_paper(making: _Making, count: BallotCount) -> Paper:
    paper, form = _sealed(making), making.form
    assert isinstance(paper.layout, Ballots)
    layout = replace(
        paper.layout,
        style=form.style,
        per_sheet=form.per_sheet,
        half_sheet=form.per_sheet == 1,
        write_ins=write_in_places(form, count.seats),
    )
    return replace(paper, layout=layout)


def _sealed(making: _Making) -> Paper:
    """Whose seal a ballot bears."""
    assert isinstance(making.paper.layout, Ballots)
    if making.facts.kind != OrganisationKind.GENERAL_BRANCH:
        return making.paper
    return replace(making.paper, layout=replace(making.paper.layout, seal="（党总支盖章）"))


def _recommendation(making: _Making) -> Iterable[ElectionSheet]:
    paper, values = _sealed(making), recommendation_values(making.facts)
    assert isinstance(paper.layout, Ballots)
    if len(values["rows"]) > ROOMY_ROWS:
        paper = replace(paper, layout=replace(paper.layout, row_height_mm=9.0))
    yield ElectionSheet(paper, values)


def _of_counts(facts: ElectionFacts, *, first_meeting: bool | None) -> list[BallotCount]:
    """The ballots held; where none was, those to come. ``first_meeting`` None: of both meetings."""
    held = [each for each in facts.counts if first_meeting in (None, each.in_first_meeting)]
    if held:
        return held
    to_come = [_expected(facts, office) for office in facts.kinds]
    return [each for each in to_come if first_meeting in (None, each.in_first_meeting)]


def _about(count: BallotCount) -> str:
    words = {"main": "", "further": "（另行选举）", "tie": "（再次投票）"}[count.ballot]
    return count.office_words + words


def _title(facts: ElectionFacts, count: BallotCount) -> Mapping[str, str]:
    by_election = "补选" if facts.shape == ElectionShape.BY_ELECTION else ""
    words = {"main": "", "further": "另行", "tie": "再次投票"}[count.ballot]
    return {"office": f"{by_election}{count.office_words}{words}"}


def _tally_sheets(making: _Making) -> Iterable[ElectionSheet]:
    for count in _of_counts(making.facts, first_meeting=None):
        yield ElectionSheet(
            making.paper, tally_sheet_values(making.facts, count), _title(making.facts, count), _about(count)
        )


def _results(making: _Making) -> Iterable[ElectionSheet]:
    for count in _of_counts(making.facts, first_meeting=making.paper.key in _FIRST_MEETING):
        yield ElectionSheet(making.paper, result_values(count), _title(making.facts, count), _about(count))


def _slips(making: _Making) -> Iterable[ElectionSheet]:
    """One page for each ballot of the general meeting."""
    counts: list[BallotCount] = [each for each in making.facts.counts if not each.in_first_meeting]
    to_come: list[BallotCount | None] = [None]
    for count in counts or to_come:
        about = _about(count) if count is not None and len(counts) > 1 else ""
        yield ElectionSheet(making.paper, slip_values(making.facts, count, making.form), about=about)


def _replies(making: _Making) -> Iterable[ElectionSheet]:
    """One sheet for each reply received."""
    if not making.facts.replies:
        yield ElectionSheet(making.paper, {})
    for each in making.facts.replies:
        yield ElectionSheet(making.paper, reply_values(making.facts, each), about=each.subject)


def _profiles(making: _Making) -> Iterable[ElectionSheet]:
    people = all_candidates(making.facts)
    if not people:
        yield ElectionSheet(making.paper, {})
    for each in people:
        yield ElectionSheet(making.paper, profile_values(each), about=each.name)


_SINGLE: Mapping[str, Callable[[ElectionFacts], Values]] = {
    "election:request": request_values,
    "election:recommendation_summary": recommendation_summary_values,
    "election:not_counted": not_counted_values,
    "election:candidates_request": candidates_request_values,
    "election:candidate_roster": candidate_roster_values,
    "election:agenda": agenda_values,
    "election:work_report_cover": cover_values,
    "election:method": method_values,
    "election:scrutineers": scrutineers_values,
    "election:first_meeting_agenda": first_meeting_agenda_values,
    "election:first_meeting_method": first_meeting_method_values,
    "election:division_of_work": division_values,
    "election:result_report": result_report_values,
    "election:register": register_values,
}

_MANY: Mapping[str, Callable[[_Making], Iterable[ElectionSheet]]] = {
    "election:recommendation_ballot": _recommendation,
    "election:ballot": _ballots,
    "election:ballot_secretary": _ballots,
    "election:ballot_deputy": _ballots,
    "election:tally_sheet": _tally_sheets,
    "election:result": _results,
    "election:first_meeting_result": _results,
    "election:reply": _replies,
    "election:slips": _slips,
    "election:candidate_profiles": _profiles,
}
