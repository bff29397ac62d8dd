"""The values of the yearly paper of dual organisational life: each entry, and the counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from branchbook.domain.dual_life import LifeEntry
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.dual_life import LeaderYear, dual_life_of_year
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_words import month_day

_NOTE = (
    "按已定稿的记录统计：应参加为本人所在党支部、党小组应到的会议，不含支部委员会会议；"
    "其他活动为应到以外的授课、列席和另行登记的活动。"
)


def dual_life_values(binding: Binding) -> Mapping[str, Value]:
    """Blank cells where nothing was recorded; a leader without any entry stands in the counts."""
    own = binding.subject_organisation
    leaders = dual_life_of_year(binding.reading, own.id, binding.year, binding.request.day)
    rows = tuple(row for leader in leaders for row in _rows(leader))
    return {
        "entries": rows,
        "counts": tuple(map(_counts, leaders)),
        "notes": (Paragraph(_NOTE, ParagraphStyle.NOTE),) if leaders else (),
        "rows": rows,  # what tells the handbook whether there is anything to print
    }


def activity_words(entry: LifeEntry) -> str:
    """支部党员大会：学习讨论; as much of it as the record says."""
    return "：".join(part for part in (entry.kind, entry.subject.strip()) if part)


def part_words(entry: LifeEntry) -> str:
    """讲党课、发言."""
    said = (("讲党课", entry.lectured), ("发言", entry.spoke))
    return "、".join(word for word, is_so in said if is_so)


def _rows(leader: LeaderYear) -> Iterator[Mapping[str, str]]:
    for number, entry in enumerate(leader.entries):
        missed = "" if entry.present else "请假" if entry.on_leave else "缺席"
        yield {
            "name": leader.name,
            "post": "" if number else leader.post,  # once is enough: in every row it would double the height
            "held_on": month_day(entry.held_on),
            "place": entry.place,
            "activity": activity_words(entry),
            "part": part_words(entry),
            "leave": "" if entry.present else entry.reason,
            "note": missed,
        }


def _counts(leader: LeaderYear) -> Mapping[str, str]:
    count = leader.count
    numbers = {
        "due": count.due,
        "present": count.present,
        "on_leave": count.on_leave,
        "absent": count.absent,
        "lectures": count.lectures,
        "speeches": count.speeches,
        "elsewhere": count.elsewhere,
    }
    words = {key: str(number) for key, number in numbers.items()}
    return {"counted_name": leader.name, "branch": leader.branch, **words}
