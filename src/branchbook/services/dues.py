"""The dues of a branch in a year: what each member owes and paid, what is late, fixing the base and marking months.

What was fixed and paid stands in the ledger ``dues``, one row for a member and year; which months are owed follows
from the roster.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from branchbook.domain.amounts import MONEY_DECIMALS, amount_words
from branchbook.domain.dues import (
    Arrears,
    MonthlyDue,
    Payer,
    PayingSpan,
    arrears_on,
    arrears_rule,
    check_fixing,
    is_late_payment,
    monthly_due,
    months_owed,
)
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import FactKind, MembershipChange, Person
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.records import FieldValue, PersonRef
from branchbook.domain.rights import rights_on
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rulebook
from branchbook.services.ledgers import put_changed, put_new
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.paper_binding import within_year
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Book, Reading, Writing

DUES = "dues"
MONTHS = tuple(f"m{month:02d}" for month in range(1, 13))
PAYER_WORDS: Mapping[Payer, str] = {
    Payer.WAGE: "工资收入",
    Payer.RETIRED: "离退休",
    Payer.FARMER: "农民",
    Payer.LOW_INCOME: "学生、低保等",
    Payer.REDUCED: "批准少交免交",
}
"""As the ledger's field 计算依据 has them."""

_BY_WORD = {word: payer for payer, word in PAYER_WORDS.items()}
_ROWS = uuid5(NAMESPACE_URL, "branchbook:dues")


@dataclass(frozen=True, slots=True)
class DuesLine:
    """One member's year. ``payer`` None: nothing was fixed yet. Amounts in fen, months from 1 to 12.

    ``owed`` are the months owed to this branch, ``paid`` what was paid of them; ``standing`` says what arrears come
    under, with its article.
    """

    person_id: UUID
    name: str
    payer: Payer | None
    base_fen: int | None
    due: MonthlyDue | None
    owed: tuple[int, ...]
    paid: Mapping[int, int]
    arrears: Arrears
    standing: str = ""
    remark: str = ""

    @property
    def total(self) -> int:
        """What was paid in the year."""
        return sum(self.paid.values())


@dataclass(frozen=True, slots=True)
class DuesView:
    """The dues of a branch and year as of ``day``; ``is_kept``: something was fixed or paid at all.

    ``late_months`` are those that are paid back later than is usual (F-13), ``late_article`` says by which article.
    """

    branch_id: UUID
    branch: str
    year: int
    day: date
    lines: tuple[DuesLine, ...]
    late_months: frozenset[int] = frozenset()
    late_article: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the branch keeps its dues of the year in the book; else nobody is in arrears by it."""
        return any(each.payer is not None for each in self.lines)

    def would_be_late(self, line: DuesLine, month: int) -> bool:
        """Whether a month that is owed and not paid would be paid back later than is usual."""
        return month in self.late_months and month in line.owed and month not in line.paid

    def line(self, person_id: UUID) -> DuesLine | None:
        """A member's line."""
        return next((each for each in self.lines if each.person_id == person_id), None)


def yuan(fen: int | None) -> str:
    """50.01; empty for what is not known."""
    return "" if fen is None else amount_words(fen, MONEY_DECIMALS)


def rate_words(due: MonthlyDue | None) -> str:
    """1.5 for a rate of one and a half percent; empty where none applies."""
    if due is None or due.permille is None:
        return ""
    return f"{due.permille // 10}.{due.permille % 10}".removesuffix(".0")


def due_words(due: MonthlyDue | None) -> str:
    """50.01, and where it was rounded from what: 50.01（50.0105 取整）."""
    if due is None:
        return ""
    exact = f"{due.thousandths // 100_000}.{due.thousandths % 100_000:05d}".rstrip("0")
    return f"{yuan(due.fen)}（{exact} 取整）" if due.rounded else yuan(due.fen)


def dues_of_year(reading: Reading, branch_id: UUID, year: int, today: date) -> DuesView:
    """Everyone who owes a month of the year to the branch, in the roster's order.

    Raises RefusedProblem for what is no branch.
    """
    roster = reading.roster()
    branch = roster.organisation_by_id.get(branch_id)
    if branch is None or branch.kind != OrganisationKind.BRANCH:
        raise RefusedProblem("党费按党支部收缴", branch.name if branch else "", "请选择一个党支部")
    day, rules = within_year(today, year), rulebook_of(reading)
    rows = _rows_by_person(reading, (year - 1, year))
    lines = []
    for person in sorted(roster.people, key=lambda each: (each.position, each.name, str(each.id))):
        spans = paying_spans(roster, person, rules)
        owed = months_owed(spans, branch_id, year)
        if owed:
            own = {each: rows.get((person.id, each)) for each in (year - 1, year)}
            before = months_owed(spans, branch_id, year - 1) if own[year - 1] else ()
            lines.append(_line(reading, person, own, owed, before, today, rules, year))
    on = rules.on(day)
    late = frozenset(month for month in range(1, 13) if is_late_payment((year, month), today, on))
    rule = on.find("F-13")
    article = f"{rule.text}（{rule.citation}）" if rule else ""
    view = DuesView(branch_id, branch.name_on(day), year, day, tuple(lines), late, article)
    if view.is_kept:
        return view
    return replace(view, lines=tuple(replace(each, arrears=Arrears(), standing="") for each in lines))


def monthly_dues(
    reading: Reading, ledger: str, organisation_id: UUID, year: int, today: date
) -> DuesView | None:
    """The dues of a branch where its ledger is that of dues; else None: a list of rows is shown."""
    place = reading.roster().organisation_by_id.get(organisation_id)
    if ledger != DUES or place is None or place.kind != OrganisationKind.BRANCH:
        return None
    return dues_of_year(reading, organisation_id, year, today)


def _line(
    reading: Reading,
    person: Person,
    rows: Mapping[int, LedgerRow | None],
    owed: tuple[int, ...],
    before: tuple[int, ...],
    today: date,
    rules: Rulebook,
    year: int,
) -> DuesLine:
    row, on = rows[year], rules.on(within_year(today, year))
    payer = _BY_WORD.get(row.text("payer")) if row else None
    base = row.units("base") if row else None
    rounding = book_settings(reading).dues_rounding
    due = monthly_due(payer, base, row.units("sum") if row else None, on, rounding) if payer else None
    paid = paid_months(row)
    all_owed = [*((year - 1, month) for month in before), *((year, month) for month in owed)]
    all_paid = {(year - 1, month) for month in paid_months(rows[year - 1])} | {
        (year, month) for month in paid
    }
    # Of a year that is over its whole arrears, of the running one those up to the month before.
    late = arrears_on(all_owed, all_paid, min(today, date(year + 1, 1, 1)))
    if due is not None and due.fen == 0:
        late = Arrears()
    rule = arrears_rule(late, on)
    return DuesLine(
        person.id,
        person.name,
        payer,
        base,
        due,
        owed,
        {month: fen for month, fen in paid.items() if month in owed},
        late,
        f"{rule.text}（{rule.citation}）" if rule else "",
        row.text("remark") if row else "",
    )


def paid_months(row: LedgerRow | None) -> Mapping[int, int]:
    """What was paid for each month, in fen."""
    found = {month: row.units(key) for month, key in enumerate(MONTHS, 1)} if row else {}
    return {month: fen for month, fen in found.items() if fen is not None}


def paying_spans(roster: Roster, person: Person, rules: Rulebook) -> tuple[PayingSpan, ...]:
    """Where the person owes dues from when to when: branch, standing and suspension may each begin or end it."""
    facts = roster.facts_of(person.id)
    days = sorted({each.from_on for each in facts} | {each.to_on for each in facts if each.to_on})
    found: list[PayingSpan] = []
    for at, day in enumerate(days):
        until = days[at + 1] if at + 1 < len(days) else None
        place = roster.branch_of(person.id, day)
        if place is None or not rights_on(roster, person.id, day, rules.on(day)).pays_dues:
            continue
        accepted = not found and _is_accepted(roster, person, day)
        found.append(PayingSpan(place.id, day, until, accepted))
    return tuple(found)


def _is_accepted(roster: Roster, person: Person, day: date) -> bool:
    """Whether the person became a member on that day by the meeting that accepted them (F-12)."""
    begun = [each for each in roster.facts_of(person.id, FactKind.MEMBERSHIP) if each.from_on == day]
    known = any(each.value == MembershipChange.ACCEPTED for each in begun)
    return known or person.accepted_on == day


def _rows_by_person(reading: Reading, years: Sequence[int]) -> Mapping[tuple[UUID, int], LedgerRow]:
    """The rows of these years by member; of two (merged books) the one entered later."""
    found: dict[tuple[UUID, int], LedgerRow] = {}
    for row in reading.ledger_rows(DUES):
        day, people = row.day("fixed_on"), row.people.get("member", ())
        person = people[0].person_id if people else None
        if day is not None and person is not None and day.year in years:
            found[person, day.year] = row
    return found


# ------------------------------------------------------------------------------------ what is written


def fix_dues(
    book: Book,
    branch_id: UUID,
    person_id: UUID,
    year: int,
    payer: Payer,
    actor: Actor,
    *,
    base_fen: int | None = None,
    sum_fen: int | None = None,
    approval: str = "",
    reason: str = "",
) -> Outcome[LedgerRow]:
    """Fix by what a member's dues are reckoned in a year.

    Raises RefusedProblem for a base or sum that the rules do not take; ReasonProblem for less or none without the
    approval (F-11), and for another base once months were paid, since it usually stays for the year (F-15).
    """
    with operate(book, actor, "核定党费", reason=reason) as operating:
        writing = operating.writing
        rules = rulebook_of(writing).on(within_year(actor.today, year))
        check_fixing(payer, base_fen, sum_fen, approval, rules)
        stored = _rows_by_person(writing, (year,)).get((person_id, year))
        if stored is not None and not reason.strip():
            _check_stays(stored, payer, base_fen, rules)
        changed: dict[str, FieldValue] = {
            "payer": PAYER_WORDS[payer],
            "base": base_fen if base_fen is not None else "",
            "sum": sum_fen if sum_fen is not None else "",
            "approval": approval,
        }
        row = _kept(writing, branch_id, person_id, year, stored, changed, actor)
    return Outcome(row, operating.changes)


def _check_stays(stored: LedgerRow, payer: Payer, base_fen: int | None, rules: Rulebook) -> None:
    """Once months were paid the base stays for the year, as is usual (F-15)."""
    same = (stored.text("payer"), stored.units("base")) == (PAYER_WORDS[payer], base_fen)
    if paid_months(stored) and not same:
        rule = rules.find("F-15")
        why = f"（{rule.citation}）" if rule else ""
        raise ReasonProblem(f"已登记交费，计算基数一般当年不变{why}", "计算基数", "确需更改的请写明原因")


def mark_paid(
    book: Book,
    branch_id: UUID,
    person_ids: Iterable[UUID],
    year: int,
    months: Iterable[int],
    actor: Actor,
    *,
    paid: bool = True,
    fen: int | None = None,
) -> Outcome[int]:
    """Mark months as paid, with what is due unless ``fen`` says more or less, or take the mark away; as one operation.

    Gives the number of months changed. Raises RefusedProblem for a month that is not owed to this branch, or where
    nothing was fixed yet.
    """
    wanted = tuple(months)
    label = f"{'登记' if paid else '取消'}党费：{'、'.join(map(str, wanted))}月"
    count = 0
    with operate(book, actor, label) as operating:
        writing = operating.writing
        view = dues_of_year(writing, branch_id, year, actor.today)
        rows = _rows_by_person(writing, (year,))
        for person_id in person_ids:
            line, row = view.line(person_id), rows.get((person_id, year))
            amount = _amount(line, row, wanted, paid=paid, fen=fen)
            assert row is not None
            changed: dict[str, FieldValue] = {MONTHS[month - 1]: amount for month in wanted}
            if any(row.values.get(key, "") != value for key, value in changed.items()):
                _kept(writing, branch_id, person_id, year, row, changed, actor)
                count += len(wanted)
    return Outcome(count, operating.changes)


def _amount(
    line: DuesLine | None, row: LedgerRow | None, months: Sequence[int], *, paid: bool, fen: int | None
) -> int | str:
    """The fen of each month, "" for no payment."""
    if line is None:
        raise RefusedProblem("这一年不在本支部交党费", "", "请刷新后再试")
    strange = [month for month in months if month not in line.owed]
    if strange and paid:
        raise RefusedProblem(
            f"{strange[0]}月不在本支部交党费", line.name, "当月 1 日不在本支部的，在原支部交"
        )
    if row is None or (paid and line.due is None and fen is None):
        raise RefusedProblem("还没有核定", line.name, "请先核定计算基数或每月应交")
    if not paid:
        return ""
    return fen if fen is not None else line.due.fen if line.due is not None else 0


def _kept(
    writing: Writing,
    branch_id: UUID,
    person_id: UUID,
    year: int,
    stored: LedgerRow | None,
    changed: Mapping[str, FieldValue],
    actor: Actor,
) -> LedgerRow:
    if stored is not None:
        return put_changed(writing, replace(stored, values=_filled(stored.values, changed)), actor)
    person = writing.get(Person, person_id)
    if person is None:
        raise RefusedProblem("找不到这名党员", "", "可能已移到回收站，请刷新后再试")
    fixed_on = within_year(actor.today, year)
    values = _filled({"fixed_on": fixed_on.isoformat()}, changed)
    people = {"member": (PersonRef(person.name, person.id),)}
    identity = uuid5(_ROWS, f"{person_id} {year}")
    return put_new(writing, LedgerRow(identity, DUES, branch_id, values, people, created_at=actor.now), actor)


def _filled(values: Mapping[str, FieldValue], changed: Mapping[str, FieldValue]) -> Mapping[str, FieldValue]:
    """The values with those changed; an empty one is left out, as the ledger keeps them."""
    return {key: value for key, value in {**values, **changed}.items() if value != ""}
