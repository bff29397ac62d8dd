"""Values as papers print them: dates, names with posts, numbers that have a record behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.domain.dates import chinese_date
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.papers import Paragraph, ParagraphStyle
from branchbook.domain.people import Post
from branchbook.domain.records import PersonRef, Record, RecordState
from branchbook.domain.roster import Roster
from branchbook.services.words import word_of

LONGEST_HEADING = 30
BLANK_NAME = "＿＿＿＿＿＿"
"""Where a name is written by hand."""
_FIRST_LEVEL = re.compile("[一二三四五六七八九十]+、")
_SECOND_LEVEL = re.compile("（[一二三四五六七八九十]+）")
CHINESE_DIGITS = "零一二三四五六七八九十"
_POSTS = {post.value: word_of(post) for post in Post}


@dataclass(frozen=True, slots=True)
class Names:
    """What an organisation and those above it were called on a day, and what sort of organisation it is."""

    organisation: str
    branch: str
    higher: str
    kind: OrganisationKind = OrganisationKind.BRANCH


def names_on(roster: Roster, organisation_id: UUID, day: date) -> Names:
    """The names for titles. ``branch`` is the branch of a group, else the organisation itself."""
    organisation = roster.organisation_by_id[organisation_id]
    branch = organisation
    if organisation.kind == OrganisationKind.GROUP and organisation.parent_id is not None:
        branch = roster.organisation_by_id.get(organisation.parent_id, organisation)
    return Names(
        organisation.name_on(day), branch.name_on(day), higher_name(roster, branch, day), organisation.kind
    )


def higher_name(roster: Roster, organisation: Organisation, day: date) -> str:
    """The organisation above: as written, else the general branch in the same book."""
    if organisation.higher_organisation:
        return organisation.higher_organisation
    above = roster.organisation_by_id.get(organisation.parent_id) if organisation.parent_id else None
    return above.name_on(day) if above else ""


def within_general_branch(name: str, general_branch: str) -> str:
    """第一党支部 of 示例机关第一党支部 on a paper of 示例机关党总支, whose branches' names all begin alike."""
    common = general_branch.removesuffix("党总支")
    return name.removeprefix(common) if common != general_branch and name != common else name


def filled_title(pattern: str, **values: str) -> str:
    """A paper's title with ``{organisation}`` and the like replaced; unknown names stay as the user typed them."""
    for key, value in values.items():
        pattern = pattern.replace("{" + key + "}", value)
    return pattern


def formal_name(organisation: str, kind: OrganisationKind) -> str:
    """中共示例机关第一支部: an organisation in its formal style; with a blank for a name that is not known."""
    body = "总支部" if kind == OrganisationKind.GENERAL_BRANCH else "支部"
    if not organisation:
        return f"中共＿＿＿＿{body}"
    base = organisation.removesuffix("委员会")
    for ending in ("党总支", "党支部"):
        if base.endswith(ending):
            base = base.removesuffix(ending) + body
    return base if base.startswith("中共") else f"中共{base}"


def meeting_name(kind_name: str, names: Names) -> str:
    """支部党员大会; without 支部 where a general branch holds it."""
    return kind_name.removeprefix("支部") if names.kind == OrganisationKind.GENERAL_BRANCH else kind_name


def after_name(kind_name: str) -> str:
    """党员大会: what follows an organisation's name, which says 支部 already."""
    return kind_name.removeprefix("支部")


def levelled(text: str) -> tuple[Paragraph, ...]:
    """The lines of a running text, 一、 and （一） as headings where they are short lines of their own."""
    return tuple(replace(each, style=_level(each.text)) for each in paragraphs(text))


def _level(line: str) -> ParagraphStyle:
    if len(line) > LONGEST_HEADING or line.endswith(("。", "；", "，")):
        return ParagraphStyle.BODY
    if _FIRST_LEVEL.match(line):
        return ParagraphStyle.HEADING
    return ParagraphStyle.SUBHEADING if _SECOND_LEVEL.match(line) else ParagraphStyle.BODY


def chinese_number(number: int) -> str:
    """一, 十, 十二, 二十三: for the numbering of items up to 99."""
    if number <= 10:
        return CHINESE_DIGITS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else CHINESE_DIGITS[tens]) + "十" + (CHINESE_DIGITS[ones] if ones else "")


def post_word(post: str) -> str:
    """A post as printed: the word of a known post, else what the record says."""
    return _POSTS.get(post, post)


def named(people: Iterable[PersonRef]) -> str:
    """Names as written in the record."""
    return "、".join(person.name for person in people)


def named_with_posts(people: Iterable[PersonRef]) -> str:
    """Names as written, each with its post in brackets where there is one."""
    return "、".join(
        f"{person.name}（{post_word(person.post)}）" if person.post else person.name for person in people
    )


def time_of(record: Record) -> str:
    """2026年10月23日15:00—16:30; as much of it as the record knows."""
    day = chinese_date(record.held_on) if record.held_on else ""
    start = record.starts_at.strftime("%H:%M") if record.starts_at else ""
    end = f"—{record.ends_at.strftime('%H:%M')}" if record.ends_at and start else ""
    return f"{day}{start}{end}"


def month_day(day: date | None) -> str:
    """2026.10.23 for narrow columns; blank where there is no date."""
    return f"{day.year}.{day.month:02}.{day.day:02}" if day else ""


def year_month(day: date | None) -> str:
    """1980.05 for narrow columns; blank where there is no date."""
    return f"{day.year}.{day.month:02}" if day else ""


def paragraphs(text: str, style: ParagraphStyle = ParagraphStyle.BODY) -> tuple[Paragraph, ...]:
    """The lines of a text as paragraphs, empty lines left out. The text is never markup."""
    return tuple(Paragraph(line.strip(), style) for line in text.splitlines() if line.strip())


def correction_mark(reason: str) -> str:
    """（更正） beside the title of what was corrected after it was final; nothing where there was no correction."""
    return "（更正）" if reason.strip() else ""


def record_marks(record: Record) -> str:
    """补记 and 草稿, to stand beside the title of a record's paper, so that no copy can hide them."""
    late = "（补记）" if record.late_entry else ""
    return late + ("（草稿）" if record.state == RecordState.DRAFT else "")


def subject_of(record: Record) -> str:
    """The subject of a record, else the title of its first item, on one short line."""
    titles = [record.subject, *(item.title for item in record.agenda)]
    found = next((title.strip() for title in titles if title.strip()), "")
    return found if len(found) <= LONGEST_HEADING else found[: LONGEST_HEADING - 1] + "…"
