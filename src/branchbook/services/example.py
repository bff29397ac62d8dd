"""The example book: an invented general branch, built by the same use cases as a real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path
from uuid import uuid4

from branchbook.domain.organisations import Term
from branchbook.domain.people import Restriction
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.records import (
    AgendaItem,
    AttachmentKind,
    Attendance,
    DecisionKind,
    FieldValue,
    PersonRef,
    Presence,
    Record,
    RecordState,
    Resolution,
    Speech,
    Vote,
)
from branchbook.services.attachments import NewFile, PhotoReducer, add_attachment
from branchbook.services.checklists import add_examples
from branchbook.services.codec import decode
from branchbook.services.counting import count_of
from branchbook.services.example_cases import ExampleConversion, enter_conversion
from branchbook.services.example_elections import ExampleElection, enter_election
from branchbook.services.example_evaluations import ExampleEvaluation, enter_evaluation
from branchbook.services.example_ledgers import ExampleLedgerRow, enter_ledger_row
from branchbook.services.example_parts import ExampleVote, Names, acting_on, place_named
from branchbook.services.exchange_files import TableFiles
from branchbook.services.meetings import correct, finalise, save_record, with_day_changed
from branchbook.services.operations import Actor
from branchbook.services.organisations import NewBranch, correct_organisation, found_general_branch
from branchbook.services.people_facts import restrict
from branchbook.services.record_defaults import new_record
from branchbook.services.resolutions import close_resolution
from branchbook.services.roster_import import import_roster, open_roster
from branchbook.services.store import Book, Reading
from branchbook.services.terms import begin_term
from branchbook.services.workshop import StepProgress

ROSTER_FILE = "roster.xlsx"
RECORDS_FILE = "records.json"
PHOTO_FOLDER = "photos"
TERM_YEARS = 3


@dataclass(frozen=True, slots=True)
class ExampleGeneralBranch:
    """The general branch: its name, when founded, and when its committee was elected."""

    name: str
    founded_on: date
    elected_on: date
    higher_organisation: str = ""
    phone: str = ""
    venue: str = ""


@dataclass(frozen=True, slots=True)
class ExampleBranch:
    """A branch with its groups and the election of its committee or secretary."""

    name: str
    groups: tuple[str, ...]
    elected_on: date
    with_committee: bool


@dataclass(frozen=True, slots=True)
class ExampleRestriction:
    """A restriction of a member's rights from a day on."""

    branch: str
    name: str
    restriction: Restriction
    from_on: date
    document: str


@dataclass(frozen=True, slots=True)
class ExampleAway:
    """Someone due who did not come."""

    name: str
    presence: Presence
    reason: str = ""
    make_up: str = ""


@dataclass(frozen=True, slots=True)
class ExampleSpeech:
    """What one person said."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ExampleResolution:
    """A resolution and how it was followed up."""

    text: str
    responsible: tuple[str, ...]
    due_on: date
    done_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ExampleItem:
    """An agenda item."""

    title: str
    speeches: tuple[ExampleSpeech, ...] = ()
    vote: ExampleVote | None = None
    resolutions: tuple[ExampleResolution, ...] = ()


@dataclass(frozen=True, slots=True)
class ExamplePhoto:
    """A picture in the folder of photos."""

    file: str
    caption: str


@dataclass(frozen=True, slots=True)
class ExampleObserver:
    """Someone from outside."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class ExampleCorrection:
    """A correction made afterwards: the right venue, with the reason and the day."""

    reason: str
    venue: str
    on: date


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """One record with people by name. ``group`` names the group that held it, if one did."""

    organisation: str
    kinds: tuple[str, ...]
    held_on: date | None
    entered_on: date
    state: RecordState
    group: str = ""
    starts_at: str = ""
    ends_at: str = ""
    subject: str = ""
    venue: str = ""
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    away: tuple[ExampleAway, ...] = ()
    observers: tuple[ExampleObserver, ...] = ()
    agenda: tuple[ExampleItem, ...] = ()
    photos: tuple[ExamplePhoto, ...] = ()
    correction: ExampleCorrection | None = None


@dataclass(frozen=True, slots=True)
class ExampleYear:
    """The file of records."""

    note: str
    general_branch: ExampleGeneralBranch
    branches: tuple[ExampleBranch, ...]
    restrictions: tuple[ExampleRestriction, ...]
    records: tuple[ExampleRecord, ...]
    elections: tuple[ExampleElection, ...] = ()
    conversions: tuple[ExampleConversion, ...] = ()
    evaluations: tuple[ExampleEvaluation, ...] = ()
    ledgers: tuple[ExampleLedgerRow, ...] = ()


def create_example(
    book: Book,
    tables: TableFiles,
    photos: PhotoReducer,
    folder: Path,
    actor: Actor,
    progress: StepProgress | None = None,
) -> None:
    """Fill an empty book: organisations, the roster from xlsx, then the year's records, elections,
    conversions and evaluations, each on its day.

    ``folder`` holds roster.xlsx, records.json and photos/. Raises UnreadableProblem where one is missing
    or names somebody whom the roster lacks, RefusedProblem where ``progress`` cancels.
    """
    year = read_example(folder)
    photos = _ReducedOnce(photos)
    _found(book, year, actor)
    with book.reading() as reading:
        file = open_roster(tables, folder / ROSTER_FILE, reading)
    import_roster(book, file, file.mapping, actor)
    with book.reading() as reading:
        roster = reading.roster()
    for each in year.restrictions:
        person = Names(roster, place_named(roster, each.branch).id, each.from_on).person(each.name)
        restrict(book, person.id, each.restriction, each.from_on, each.document, actor)
    add_examples(book, date(actor.today.year, 1, 1), actor)
    for number, example in enumerate(year.records, start=1):
        if progress is not None and not progress(number, len(year.records)):
            raise RefusedProblem("已取消建立示例簿", "", "可以删除这个未完成的文件")
        _enter(book, example, folder / PHOTO_FOLDER, photos, actor)
    for election in year.elections:
        enter_election(book, election, actor)
    for conversion in year.conversions:
        enter_conversion(book, conversion, actor)
    for evaluation in year.evaluations:
        enter_evaluation(book, evaluation, actor)
    for row in year.ledgers:
        enter_ledger_row(book, row, actor)


class _ReducedOnce:
    """A reducer that remembers: the few pictures of the example stand in many records."""

    def __init__(self, photos: PhotoReducer) -> None:
        self._photos = photos
        self._known: dict[bytes, bytes] = {}

    def reduced(self, content: bytes) -> bytes:
        """As the reducer within gives it."""
        if content not in self._known:
            self._known[content] = self._photos.reduced(content)
        return self._known[content]


def read_example(folder: Path) -> ExampleYear:
    """The file of records. Raises UnreadableProblem naming the key that does not fit."""
    path = folder / RECORDS_FILE
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableProblem("示例数据打不开", str(path), "安装可能不完整，请重新安装") from error
    return decode(content, ExampleYear, path.name)


def _found(book: Book, year: ExampleYear, actor: Actor) -> None:
    general = year.general_branch
    branches = [NewBranch(branch.name, branch.groups) for branch in year.branches]
    founded = found_general_branch(book, general.name, branches, general.founded_on, actor).value
    detailed = replace(
        founded, higher_organisation=general.higher_organisation, phone=general.phone, venue=general.venue
    )
    correct_organisation(book, detailed, actor)
    with book.reading() as reading:
        roster = reading.roster()
    begin_term(book, Term(uuid4(), founded.id, general.elected_on, TERM_YEARS, with_committee=True), actor)
    for branch in year.branches:
        place = place_named(roster, branch.name)
        detailed = replace(place, higher_organisation=general.name, phone=general.phone, venue=general.venue)
        correct_organisation(book, detailed, actor)
        term = Term(uuid4(), place.id, branch.elected_on, TERM_YEARS, with_committee=branch.with_committee)
        begin_term(book, term, actor)


def _enter(book: Book, example: ExampleRecord, folder: Path, photos: PhotoReducer, actor: Actor) -> None:
    """One record as a secretary would enter it: typed, saved, photos added, finalised, maybe corrected."""
    then = acting_on(actor, example.entered_on)
    with book.reading() as reading:
        record = _record(reading, example, then)
    record = save_record(book, record, then).value
    for photo in example.photos:
        file = NewFile((folder / photo.file).read_bytes(), photo.file, AttachmentKind.PHOTO, photo.caption)
        add_attachment(book, record.id, file, then, photos)
    if example.state is RecordState.DRAFT:
        return
    final = finalise(book, record.id, then).value
    if example.correction:
        changed = replace(final, venue=example.correction.venue)
        correct(book, changed, example.correction.reason, acting_on(actor, example.correction.on))
    _follow_up(book, final, example, actor)


def _follow_up(book: Book, record: Record, example: ExampleRecord, actor: Actor) -> None:
    for item, told in zip(record.agenda, example.agenda, strict=True):
        for resolution, done in zip(item.resolutions, told.resolutions, strict=True):
            if done.done_on:
                then = acting_on(actor, done.done_on)
                close_resolution(book, record.id, resolution.id, done.done_on, done.outcome, then)


def _record(reading: Reading, example: ExampleRecord, actor: Actor) -> Record:
    roster = reading.roster()
    place = place_named(roster, example.organisation, example.group)
    names = Names(roster, place.id, example.held_on or actor.today)
    record = new_record(reading, example.kinds[0], place.id, example.held_on, actor)
    people = {key: tuple(map(names.reference, each)) for key, each in example.people.items()}
    record = replace(
        record,
        kinds=example.kinds,
        starts_at=_time(example.starts_at),
        ends_at=_time(example.ends_at),
        subject=example.subject,
        venue=example.venue,
        people={**record.people, **people},
        fields=example.fields,
        observers=tuple(PersonRef(each.name, post=each.post) for each in example.observers),
        agenda=tuple(_item(each, names) for each in example.agenda),
    )
    record = with_day_changed(reading, record, actor)
    record = replace(record, attendance=_attendance(record, example))
    voters = count_of(reading, record).present_votes
    return replace(record, agenda=tuple(_counted(item, voters) for item in record.agenda))


def _attendance(record: Record, example: ExampleRecord) -> tuple[Attendance, ...]:
    away = {each.name: each for each in example.away}
    unknown = away.keys() - {line.name for line in record.attendance}
    if unknown:
        raise UnreadableProblem("示例数据与花名册不一致", "、".join(unknown), "安装可能不完整，请重新安装")
    return tuple(
        replace(line, presence=told.presence, reason=told.reason, make_up=told.make_up)
        if (told := away.get(line.name))
        else line
        for line in record.attendance
    )


def _item(told: ExampleItem, names: Names) -> AgendaItem:
    vote = None
    if told.vote:
        decision = told.vote.decision or DecisionKind.ORDINARY
        vote = Vote(
            told.vote.method,
            decision,
            votes_against=told.vote.votes_against,
            abstentions=told.vote.abstentions,
        )
    resolutions = tuple(
        Resolution(uuid4(), each.text, tuple(map(names.reference, each.responsible)), each.due_on)
        for each in told.resolutions
    )
    speeches = tuple(Speech(each.name, each.text, names.person(each.name).id) for each in told.speeches)
    return AgendaItem(uuid4(), told.title, speeches, vote, resolutions)


def _counted(item: AgendaItem, voters: int) -> AgendaItem:
    """All present with the right to vote who were neither against nor abstained were for."""
    if item.vote is None:
        return item
    votes_for = max(voters - item.vote.votes_against - item.vote.abstentions, 0)
    return replace(item, vote=replace(item.vote, votes_for=votes_for))


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
