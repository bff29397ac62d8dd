"""What was said and decided at a meeting, as paragraphs and rows of a paper."""

from __future__ import annotations

from collections.abc import Iterable

from branchbook.domain.dates import chinese_date
from branchbook.domain.papers import GridRows, Paragraph, ParagraphStyle
from branchbook.domain.records import AgendaItem, Record, Resolution, Speech
from branchbook.domain.rulebook import Rulebook
from branchbook.services.paper_words import chinese_number, named, paragraphs
from branchbook.services.vote_lines import VoteLine, vote_line
from branchbook.services.words import word_of

VoteLines = dict[int, VoteLine]


def agenda_lines(record: Record) -> tuple[Paragraph, ...]:
    """The titles of the items, numbered where there is more than one."""
    titles = [item.title.strip() for item in record.agenda if item.title.strip()]
    if len(titles) == 1:
        return (Paragraph(titles[0], ParagraphStyle.PLAIN),)
    return tuple(
        Paragraph(f"{number}．{title}", ParagraphStyle.PLAIN) for number, title in enumerate(titles, 1)
    )


def minutes_of(record: Record, votes: VoteLines) -> tuple[Paragraph, ...]:
    """Per item: its heading, what each speaker said, and the sentence of arithmetic of its vote.

    The headings are numbered where there is more than one.
    """
    found: list[Paragraph] = []
    several = sum(1 for item in record.agenda if item.title.strip()) > 1
    for number, item in enumerate(record.agenda, start=1):
        if item.title.strip():
            mark = f"{chinese_number(min(number, 99))}、" if several else ""
            found.append(Paragraph(mark + item.title.strip(), ParagraphStyle.HEADING))
        for speech in item.speeches:
            found.extend(_speech(speech))
        if number in votes:
            found.append(Paragraph(votes[number].founded, ParagraphStyle.SPEECH, "表决"))
            if votes[number].override:
                found.append(Paragraph(votes[number].override, ParagraphStyle.SPEECH, "说明"))
    return tuple(found)


def _speech(speech: Speech) -> Iterable[Paragraph]:
    """The first line carries the speaker's name; the others are paragraphs of their own."""
    lines = [line.strip() for line in speech.text.splitlines() if line.strip()]
    if not lines:
        return
    if speech.name:
        yield Paragraph(lines[0], ParagraphStyle.SPEECH, speech.name)
        lines = lines[1:]
    for line in lines:
        yield Paragraph(line)


def votes_of(record: Record, rulebook: Rulebook) -> VoteLines:
    """The votes of a record by the number of their item, judged by the rules in force on its day."""
    return {
        number: vote_line(record, item.vote, rulebook)
        for number, item in enumerate(record.agenda, start=1)
        if item.vote is not None
    }


def vote_rows(record: Record, votes: VoteLines) -> GridRows:
    """One row for each item that was voted on. Numbers that the record does not hold stay blank."""
    frozen = record.frozen
    rows = []
    for number, item in enumerate(record.agenda, start=1):
        if item.vote is None:
            continue
        line = votes[number]
        rows.append(
            {
                "item": item.title.strip(),
                "method": word_of(item.vote.method),
                "vote_due": str(frozen.due_votes) if frozen else "",
                "vote_present": str(frozen.present_votes) if frozen else "",
                "votes_for": _with_written(item.vote.votes_for, item.vote.written_for),
                "votes_against": _with_written(item.vote.votes_against, item.vote.written_against),
                "abstentions": str(item.vote.abstentions),
                "passed": "" if line.passed is None else "通过" if line.passed else "未通过",
            }
        )
    return tuple(rows)


def _with_written(count: int, written: int) -> str:
    """Votes in the hall, and beside them the written opinions handed in before the meeting."""
    return f"{count}（另书面{written}）" if written else str(count)


def resolution_lines_of(
    items: Iterable[AgendaItem], style: ParagraphStyle = ParagraphStyle.PLAIN, *, follow_ups: bool = True
) -> tuple[Paragraph, ...]:
    """Every resolution, with who is responsible and until when; numbered where there are several."""
    resolutions = [each for item in items for each in item.resolutions if each.text.strip()]
    found: list[Paragraph] = []
    for number, resolution in enumerate(resolutions, start=1):
        mark = f"{number}．" if len(resolutions) > 1 else ""
        first, *others = paragraphs(resolution.text, style)
        lines = [Paragraph(mark + first.text, style), *others]
        if follow_ups:
            lines[-1] = Paragraph(lines[-1].text + _follow_up(resolution), style)
        found.extend(lines)
    return tuple(found)


def _follow_up(resolution: Resolution) -> str:
    parts = []
    if resolution.responsible:
        parts.append(f"责任人：{named(resolution.responsible)}")
    if resolution.due_on:
        parts.append(f"时限：{chinese_date(resolution.due_on)}")
    return f"（{'；'.join(parts)}）" if parts else ""
