"""The votes on a probationary member: one person, one question at a time; the count is frozen once confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.domain.admission_versions import VERSION_VALUE, rules_of
from branchbook.domain.ballots import Question, QuestionRound
from branchbook.domain.conversion_vote import VoteResult, vote_result
from branchbook.domain.people import Person
from branchbook.domain.probation import extension_fault
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Presence, Record
from branchbook.domain.rights import rights_on
from branchbook.services.conversion_checks import EARLY
from branchbook.services.guards import cleaned, still_there
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.probations import EXTENDED_SHAPE, decided_question, probation_in, refused_since
from branchbook.services.procedures import open_in
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.step_cases import rule_version
from branchbook.services.store import Book, Reading


def begin_question(
    book: Book, procedure_id: UUID, question: Question, held_on: date, actor: Actor, months: int = 0
) -> Outcome[QuestionRound]:
    """Put a question to the meeting: due and present come from the roster, and from the meeting's own attendance.

    Raises RefusedProblem before the end of the probation (D-06), for a day after today, for an extension outside
    of 6 to 12 months or a second one (D-15), while another question is being counted (D-11: one by one), and once
    the branch has passed one, unless the higher organisation did not approve it (D-14). The text of the vote is
    that chosen for the meeting, else that of its day.
    """
    with operate(book, actor, "开始转正表决") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        if held_on > actor.today:
            raise RefusedProblem("大会日期在今天之后", f"{held_on}", "开会后再录入票数")
        if any(each.confirmed_on is None for each in procedure.questions):
            raise RefusedProblem("还有一项表决没有确认", "", "请先确认或删去它，再表决下一项")
        decided = decided_question(procedure, rulebook_of(writing))
        if decided is not None and not refused_since(procedure, decided):
            raise RefusedProblem(
                "支部大会已经通过一项决议",
                f"{decided.held_on}",
                "一名预备党员只有一种结果；登记有误时请先撤销确认",
            )
        _refuse_early(writing, procedure, held_on)
        _refuse_extension(writing, procedure, question, held_on, months)
        due, present = voters_at(writing, procedure, held_on)
        version = rule_version(writing, replace(procedure.entry("meeting"), done_on=held_on))
        vote = QuestionRound(
            uuid4(),
            question,
            held_on,
            due,
            present,
            issued=present,
            returned=present,
            by_hands=book_settings(writing).conversion_by_hands,
            months=months if question == Question.EXTEND else 0,
            rule_version=version.value if version else "",
        )
        writing.put(replace(procedure, questions=(*procedure.questions, vote)))
    return Outcome(vote, operating.changes)


def save_question(book: Book, procedure_id: UUID, vote: QuestionRound, actor: Actor) -> Outcome[Procedure]:
    """Keep the numbers of a vote as typed, whatever they are.

    Refused for one that was confirmed, and where more than its numbers changed: the guards of ``begin_question``
    have looked at the question, its day and its months, and would be passed by.
    """
    with operate(book, actor, "录入表决票数") as operating:
        procedure = open_in(operating.writing, procedure_id)
        if _asked(vote) != _asked(_unconfirmed(procedure, vote.id)):
            raise RefusedProblem("表决的事项、日期和月数不能改", "", "请删去这项表决，再重新开始")
        _refuse_late_letters(operating.writing, vote)
        changed = _replaced(procedure, cleaned(vote))
        operating.writing.put(changed)
    return Outcome(changed, operating.changes)


def drop_question(book: Book, procedure_id: UUID, vote_id: UUID, actor: Actor) -> Outcome[Procedure]:
    """Take back a vote that was entered by mistake and not confirmed."""
    with operate(book, actor, "删除表决") as operating:
        procedure = open_in(operating.writing, procedure_id)
        _unconfirmed(procedure, vote_id)
        kept = tuple(each for each in procedure.questions if each.id != vote_id)
        changed = replace(procedure, questions=kept)
        operating.writing.put(changed)
    return Outcome(changed, operating.changes)


def confirm_question(
    book: Book, procedure_id: UUID, vote_id: UUID, on: date, actor: Actor
) -> Outcome[Procedure]:
    """The scrutineers confirm the count; from then on it is frozen. Refused for numbers that contradict each other.

    A vote without a quorum can be confirmed: the meeting was held and decided nothing.
    """
    with operate(book, actor, "确认表决结果") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        vote = _unconfirmed(procedure, vote_id)
        if on < vote.held_on:
            raise RefusedProblem(f"确认日期 {on} 早于支部大会的 {vote.held_on}", "", "请核对日期")
        result = vote_result(vote, rulebook_of(writing))
        if not result.valid and result.quorum.met:
            wrong = [each.text for each in result.findings if each.level == "error"]
            raise RefusedProblem("；".join(wrong), "", "请核对票数后再确认；已录入的内容没有丢")
        changed = _replaced(procedure, replace(vote, confirmed_on=on))
        writing.put(changed)
    return Outcome(changed, operating.changes)


def question_result(reading: Reading, vote: QuestionRound) -> VoteResult:
    """The result of a vote under this book's rules."""
    return vote_result(vote, rulebook_of(reading))


def voters_at(reading: Reading, procedure: Procedure, day: date) -> tuple[int, int]:
    """Members due with the right to vote, and those of them present at the linked meeting (all, without one)."""
    record_id = procedure.entry("meeting").record_id
    record = reading.get(Record, record_id) if record_id else None
    if record is not None and record.frozen is not None and record.held_on == day:
        return record.frozen.due_votes, record.frozen.present_votes
    roster, rules = reading.roster(), rulebook_of(reading).on(day)
    members = roster.members_on(procedure.organisation_id, day)
    voters = {each.id for each in members if rights_on(roster, each.id, day, rules).counted}
    if record is None or record.held_on != day:
        return len(voters), len(voters)
    there = {each.person_id for each in record.attendance if each.presence == Presence.PRESENT}
    return len(voters), len(voters & there)


def _refuse_late_letters(reading: Reading, vote: QuestionRound) -> None:
    """D-10: an opinion counts that was handed in before the meeting, and no other."""
    handed_in_on = vote.written.handed_in_on
    if vote.written.all and handed_in_on is not None and handed_in_on > vote.held_on:
        rule = rulebook_of(reading).on(vote.held_on).first_of("D-10", "D26-19")
        raise RefusedProblem(
            f"{handed_in_on} 交来的书面意见在大会 {vote.held_on} 之后，不计入票数",
            rule.citation if rule else "",
            "请去掉会后交来的意见；会前交来的改正日期",
        )


def _refuse_early(reading: Reading, procedure: Procedure, held_on: date) -> None:
    person = still_there(reading, Person, procedure.subject_id or UUID(int=0), "这个人")
    probation = probation_in(reading, person)
    if probation is None:
        raise RefusedProblem(f"{person.name}没有登记支部大会接收日期", "入党时间", "请先在“党员”里补上")
    branch = reading.roster().branch_of(person.id, held_on)
    if branch is None or branch.id != procedure.organisation_id:
        raise RefusedProblem(
            f"{person.name}在 {held_on} 的组织关系不在这个支部", "", "转出的由转入的支部讨论，请核对转接登记"
        )
    rule = rulebook_of(reading).on(held_on).first_of(*EARLY)
    if held_on < probation.ends_on:
        article = rule.citation if rule else ""
        raise RefusedProblem(
            f"预备期到 {probation.ends_on} 才满，{held_on} 不能讨论转正", article, "请在期满后召开支部大会"
        )


def _refuse_extension(
    reading: Reading, procedure: Procedure, question: Question, held_on: date, months: int
) -> None:
    if question != Question.EXTEND:
        return
    extended_before = procedure.shape == EXTENDED_SHAPE
    chosen = procedure.entry("meeting").text(VERSION_VALUE)
    rules = rules_of(rulebook_of(reading), held_on, chosen)
    fault, rule = extension_fault(months, rules, extended_before=extended_before)
    if fault:
        raise RefusedProblem(fault, rule.citation if rule else "", "请改正月数，或表决取消预备党员资格")


def _asked(vote: QuestionRound) -> tuple[Question, date, int, str]:
    return vote.question, vote.held_on, vote.months, vote.rule_version


def _unconfirmed(procedure: Procedure, vote_id: UUID) -> QuestionRound:
    for each in procedure.questions:
        if each.id == vote_id:
            if each.confirmed_on is not None:
                raise RefusedProblem("这项表决已经确认，不能再改", f"{each.confirmed_on}", "有误时请撤销确认")
            return each
    raise RefusedProblem("找不到这项表决", "", "请刷新后再试")


def _replaced(procedure: Procedure, vote: QuestionRound) -> Procedure:
    _unconfirmed(procedure, vote.id)
    questions = tuple(vote if each.id == vote.id else each for each in procedure.questions)
    return replace(procedure, questions=questions)
