"""The values of papers that go out before and after a meeting: sign-in sheet, notice, receipt, resolution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from branchbook.catalogue.kinds import AttendanceBase, RecordKind
from branchbook.domain.dates import chinese_date
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.domain.records import AgendaItem, Presence, Record
from branchbook.domain.rights import due_on
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_minutes import resolution_lines_of, votes_of
from branchbook.services.paper_values_record import record_values
from branchbook.services.paper_words import BLANK_NAME, after_name, chinese_number, meeting_name, time_of
from branchbook.services.subjects import subject_under

FULL_PAGE = 42
"""Lines of a page in two halves: so many there are at least, for observers and members who come as guests."""
_REQUEST = "请参会人员提前安排好工作，准时到会；因故不能到会的，会前向主持人说明原因并请假。"
_BLANK_DATE = "　　　　年　　月　　日"
_EMPTY_LINE = "\u3000"
_BLANK_WORDS = "\u3000" * 6
SPARE = 4
"""Empty lines after the names where they take more than a page."""


def sign_in_values(binding: Binding, record: Record, kind: RecordKind) -> Mapping[str, Value]:
    """The names of those due, in the roster's order. Nobody's signature is ever printed."""
    values = dict(record_values(binding, record, kind))
    values["rows"] = _names(record)
    if not record.is_final:
        values |= {"present": "", "on_leave": "", "absent": ""}
    return values


def blank_sign_in_values(binding: Binding) -> Mapping[str, Value]:
    """Without a meeting: those due on the day, everything else to be written by hand."""
    members = due_on(binding.roster, binding.subject_organisation.id, binding.day)
    rows: list[Mapping[str, str]] = [
        {"number": str(number), "name": person.name} for number, person in enumerate(members, 1)
    ]
    return {"rows": _to_full_page(rows)}


def receipt_values(binding: Binding, record: Record, kind: RecordKind) -> Mapping[str, Value]:
    """送达回执: who is to sign for the notice."""
    return {
        **record_values(binding, record, kind),
        "meeting": _meeting_name(binding, record, kind),
        "rows": _names(record),
    }


def _names(record: Record) -> tuple[Mapping[str, str], ...]:
    lines = [line for line in record.attendance if line.presence != Presence.EXCLUDED]
    rows: list[Mapping[str, str]] = [
        {"number": str(number), "name": line.name} for number, line in enumerate(lines, 1)
    ]
    return _to_full_page(rows)


def _to_full_page(rows: list[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    empty: Mapping[str, str] = {"number": ""}
    spare = FULL_PAGE - len(rows) if len(rows) <= FULL_PAGE else SPARE
    return (*rows, *(empty,) * spare)


def notice_values(binding: Binding, record: Record, kind: RecordKind) -> Mapping[str, Value]:
    """会议通知: when, where, who, what about. The date of the notice is written by hand."""
    name, held = _meeting_name(binding, record, kind), _held(kind)
    points = (
        *zip(
            _labels(kind),
            (
                (time_of(record) + "。",) if record.held_on else ("",),
                (record.venue + "。",) if record.venue else ("",),
                (_who(binding, kind),),
            ),
            strict=True,
        ),
        ("会议议题", _topics(record)),
        ("有关要求", (_REQUEST,)),
    )
    when = chinese_date(record.held_on) if record.held_on else "近期"
    begun = Paragraph(f"经研究，定于{when}{held}{name}。现将有关事项通知如下：")
    body = (begun, *_points([(label, lines) for label, lines in points if any(lines)]))
    return _signed(binding, f"关于{held}{name}的通知", _addressee(binding, kind), body)


def _held(kind: RecordKind) -> str:
    """A meeting is 召开; a lesson or an activity is 开展."""
    return "召开" if kind.has_agenda else "开展"


def _labels(kind: RecordKind) -> tuple[str, str, str]:
    if kind.has_agenda:
        return ("会议时间", "会议地点", "参会人员")
    return ("时间", "地点", "参加人员")


def _points(points: Iterable[tuple[str, Iterable[str]]]) -> Iterable[Paragraph]:
    """Numbered headings, under each its lines."""
    for number, (label, lines) in enumerate(points, 1):
        yield Paragraph(f"{chinese_number(number)}、{label}", ParagraphStyle.HEADING)
        for line in lines:
            yield Paragraph(line)


def blank_notice_values(_binding: Binding) -> Mapping[str, Value]:
    """The notice to be completed by hand: its headings with room under each."""
    labels = ("会议时间", "会议地点", "参会人员", "会议议题")
    body = (
        Paragraph(f"经研究，定于{_BLANK_DATE}召开{_BLANK_WORDS}。现将有关事项通知如下："),
        *_points([*((label, (_EMPTY_LINE,)) for label in labels), ("有关要求", (_REQUEST,))]),
    )
    return _unsigned(f"关于召开{BLANK_NAME}的通知", body)


def blank_slip_values(_binding: Binding) -> Mapping[str, Value]:
    """The slip to be completed by hand."""
    lines = (
        f"定于{_BLANK_DATE}召开{_BLANK_WORDS}，请准时参加。",
        "地点：",
        "议题：",
        "因故不能到会的，请会前请假。",
    )
    return _unsigned("会议通知", tuple(map(Paragraph, lines)))


def _unsigned(title: str, body: tuple[Paragraph, ...]) -> Mapping[str, Value]:
    return {"title": title, "addressee": _BLANK_WORDS, "body": body, "signed_on": "　　年　月　日"}


def slip_values(binding: Binding, record: Record, kind: RecordKind) -> Mapping[str, Value]:
    """The notice on half a page: one line for each thing that must be known."""
    lines = [
        f"定于{time_of(record)}{_held(kind)}{_meeting_name(binding, record, kind)}，请准时参加。"
        if record.held_on
        else "",
        f"地点：{record.venue}" if record.venue else "",
        f"议题：{'；'.join(_plain_topics(record))}" if _plain_topics(record) else "",
        "因故不能到会的，请会前请假。",
    ]
    body = tuple(Paragraph(line) for line in lines if line)
    return _signed(binding, "会议通知", _addressee(binding, kind), body)


def _signed(binding: Binding, title: str, addressee: str, body: tuple[Paragraph, ...]) -> Mapping[str, Value]:
    return {
        "title": title,
        "addressee": addressee,
        "body": body,
        "signed_by": binding.names.organisation,
        "signed_on": "　　年　月　日",
    }


def _meeting_name(binding: Binding, record: Record, kind: RecordKind) -> str:
    """The kind's name, with the subject of a lesson or activity in quotation marks."""
    name = meeting_name(kind.name, binding.names)
    subject = subject_under(record, kind)
    return f"“{subject}”{name}" if subject and not kind.has_agenda else name


def _addressee(binding: Binding, kind: RecordKind) -> str:
    if kind.attendance == AttendanceBase.COMMITTEE:
        return "各位委员："
    if binding.subject_organisation.kind == OrganisationKind.GENERAL_BRANCH:
        return "各党支部、全体党员："
    is_group = binding.subject_organisation.kind == OrganisationKind.GROUP
    return "本组全体党员：" if is_group else "各党小组、全体党员："


def _who(binding: Binding, kind: RecordKind) -> str:
    name = binding.names.organisation
    if kind.attendance == AttendanceBase.COMMITTEE:
        return f"{name}全体委员。"
    return f"{name}全体党员。"


def _plain_topics(record: Record) -> tuple[str, ...]:
    return tuple(item.title.strip() for item in record.agenda if item.title.strip())


def _topics(record: Record) -> tuple[str, ...]:
    topics = _plain_topics(record)
    if len(topics) == 1:
        return (f"{topics[0].rstrip('。')}。",)
    ends = {len(topics): "。"}
    return tuple(f"{number}．{topic}{ends.get(number, '；')}" for number, topic in enumerate(topics, 1))


@dataclass(frozen=True, slots=True)
class ResolutionPaper:
    """The resolution on one item: its values, and the item's title for the paper's own."""

    item_title: str
    values: Mapping[str, Value]


def resolution_papers(binding: Binding, record: Record, kind: RecordKind) -> tuple[ResolutionPaper, ...]:
    """One document for each item that resolved something and was not voted down; or of one item only."""
    wanted = binding.request.item
    votes = votes_of(record, binding.rulebook)
    found = []
    for number, item in enumerate(record.agenda, start=1):
        if wanted not in (None, number):
            continue
        vote = votes.get(number)
        if any(each.text.strip() for each in item.resolutions) and (vote is None or vote.passed is not False):
            sentence = vote.sentence if vote else ""
            found.append(
                ResolutionPaper(item.title.strip(), _resolution(binding, record, kind, item, sentence))
            )
    return tuple(found)


def resolution_title(item_title: str) -> str:
    """关于……的决议, without saying 关于 or 决议 twice."""
    topic = item_title.strip().rstrip("。；")
    topic = topic.removeprefix("关于")
    return f"关于{topic}" if topic.endswith("决议") else f"关于{topic}的决议"


def _resolution(
    binding: Binding, record: Record, kind: RecordKind, item: AgendaItem, sentence: str
) -> Mapping[str, Value]:
    """The date is the day on which the meeting resolved it, not the day of writing."""
    name, day = binding.names.organisation, chinese_date(record.held_on) if record.held_on else ""
    held = f"{day}，{name}召开{meeting_name(kind.name, binding.names)}"
    came = f"，应到{record.frozen.due}名，实到{record.frozen.present}名" if record.frozen else ""
    lines = [Paragraph(f"{held}{came}。会议讨论了“{item.title.strip().rstrip('。')}”。")]
    if sentence:
        lines.append(Paragraph(f"会议表决结果：{sentence}"))
    lines.append(Paragraph("会议决定："))
    return {
        "title": resolution_title(item.title),
        "subtitle": f"{day}{name}{after_name(kind.name)}通过",
        "body": (*lines, *resolution_lines_of((item,), ParagraphStyle.BODY, follow_ups=False)),
        "signed_by": name,
        "signed_on": day,
    }
