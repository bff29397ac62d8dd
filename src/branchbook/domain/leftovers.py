"""The look before 定稿: what a copied text left behind. It advises and never blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from branchbook.domain.records import FrozenCount, Record

_PLACEHOLDERS = re.compile(
    r"(?<![A-Za-z0-9])[xX]{2,}(?![A-Za-z0-9])|[×ＸｘХ╳]{2,}|[xX×ＸｘХ╳](?=\s*[年月日时点人名元])"
    r"|[○△□]{2,}|_{3,}|＿{2,}|某某|（\s*）|\(\s*\)|【\s*】|待补充|待填写"
)
_SIGNS = re.compile(_PLACEHOLDERS.pattern + r"|[×*＊]+")
_CHINESE_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTH_NUMBER = r"(?<![0-9十])(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_MONTH = re.compile(_MONTH_NUMBER + r"(?![0-9])")
_OCCASION = re.compile(
    _MONTH_NUMBER
    + r"份?(?:的)?(?=主题党日|支委会|支部委员会|党员大会|支部党员大会|支部大会|党小组会|党课|组织生活会)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_TOTAL = re.compile(
    r"(应到|实到|请假|缺席|列席)(?:会)?(?:有表决权|有选举权)?(?:的)?(?:正式)?(?:党员|委员|人数)?"
    r"[：:]?\s*(\d{1,5})\s*[名人]"
)
_LONGEST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Leftover:
    """One thing to look at. ``where`` names the field in Chinese, ``found`` is the text as it stands."""

    where: str
    found: str
    text: str


@dataclass(frozen=True)
class Surroundings:
    """What a record is compared with.

    ``own_names`` are names of its organisation and those above and below it, ``other_names`` of all
    others in the book. ``missing`` are labels of required fields that are empty; ``labels`` the Chinese
    words for field keys; ``count`` the numbers that the attendance gives.
    """

    own_names: Sequence[str] = ()
    other_names: Sequence[str] = ()
    missing: Sequence[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    count: FrozenCount | None = None


def leftovers(record: Record, around: Surroundings) -> tuple[Leftover, ...]:
    """Everything in the record that looks left over, in the order in which it stands."""
    found = [Leftover(label, "", f"“{label}”还没有填写") for label in around.missing]
    titles, texts = _titles(record, around.labels), _texts(record, around.labels)
    for where, text in (*titles, *texts):
        found.extend(_placeholders(where, text))
        found.extend(_other_names(where, text, around))
        found.extend(_totals(where, text, record, around.count))
    if record.held_on is not None:
        for where, text in titles:
            found.extend(_other_months(where, text, record.held_on, _MONTH))
            found.extend(_other_years(where, text, record.held_on))
        for where, text in texts:
            found.extend(_other_months(where, text, record.held_on, _OCCASION))
    return tuple(dict.fromkeys(found))


def _titles(record: Record, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Short texts that name this very occasion: a month in them should be its own."""
    fixed = (
        (labels.get("subject", "主题"), record.subject),
        ("事由", record.occasion),
        ("地点", record.venue),
    )
    return tuple((where, text) for where, text in fixed if text)


def _texts(record: Record, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Running texts: they may speak of other months, so that only 三月份主题党日 and the like is noticed."""
    found: list[tuple[str, str]] = []
    for key, value in record.fields.items():
        if isinstance(value, str) and value:
            found.append((labels.get(key, key), value))
    for number, item in enumerate(record.agenda, start=1):
        where = f"议题{number}"
        found.append((where, item.title))
        found.extend((f"{where}的发言", speech.text) for speech in item.speeches)
        found.extend((f"{where}的决议", resolution.text) for resolution in item.resolutions)
    return tuple(found)


def _placeholders(where: str, text: str) -> Iterable[Leftover]:
    for match in _PLACEHOLDERS.finditer(text):
        yield Leftover(where, _around(text, match), "像是没有填写的空")


def _other_months(where: str, text: str, held_on: date, pattern: re.Pattern[str]) -> Iterable[Leftover]:
    months = {_month(match[1]): match for match in pattern.finditer(text)}
    if months and held_on.month not in months:
        month, match = next(iter(months.items()))
        yield Leftover(where, _around(text, match), f"会议在 {held_on.month} 月，这里写的是 {month} 月")


def _month(written: str) -> int:
    return int(written) if written.isascii() else _CHINESE_MONTHS.index(written) + 1


def _other_years(where: str, text: str, held_on: date) -> Iterable[Leftover]:
    years = {int(match[1]): match for match in _YEAR.finditer(text)}
    if years and held_on.year not in years:
        match = next(iter(years.values()))
        yield Leftover(where, _around(text, match), f"会议在 {held_on.year} 年，这里写的是 {match[1]} 年")


def _other_names(where: str, text: str, around: Surroundings) -> Iterable[Leftover]:
    """Names of other branches and groups; one that stands inside an own name is not meant."""
    for own in sorted(filter(None, around.own_names), key=len, reverse=True):
        text = text.replace(own, "＿")
    own_names = set(around.own_names)
    for name in sorted(set(around.other_names) - own_names - {""}, key=len, reverse=True):
        if name in text:
            yield Leftover(where, name, f"这里写的是“{name}”，不是本组织")
            text = text.replace(name, "＿")


def _totals(where: str, text: str, record: Record, count: FrozenCount | None) -> Iterable[Leftover]:
    if count is None:
        return
    counted = {
        "应到": {count.due, count.due_votes},
        "实到": {count.present, count.present_votes},
        "请假": {count.on_leave},
        "缺席": {count.absent},
        "列席": {len(record.observers)},
    }
    for match in _TOTAL.finditer(text):
        allowed = counted[match[1]]
        if int(match[2]) not in allowed:
            names = "或".join(str(each) for each in sorted(allowed))
            yield Leftover(where, match[0], f"写的是{match[1]} {match[2]} 名，按名单是 {names} 名")


def _around(text: str, match: re.Match[str]) -> str:
    """The match with a few characters about it, on one line."""
    spare = max(0, _LONGEST_SHOWN - len(match[0])) // 2
    start, end = max(0, match.start() - spare), min(len(text), match.end() + spare)
    return " ".join(text[start:end].split())


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a finished text to look at: the line (from 1), what stands there, and why it is told."""

    line: int
    found: str
    text: str

    def __str__(self) -> str:
        return self.text


def report_leftovers(text: str, years: frozenset[int], other_names: Sequence[str] = ()) -> tuple[Remark, ...]:
    """What looks left over in a finished report, line by line: signs that stand for something, another year or branch.

    ``years`` may be named; ``other_names`` are branches that have no place in it. It advises and blocks nothing.
    """
    found: list[Remark] = []
    for number, line in enumerate(text.splitlines(), start=1):
        shown = line.strip()[:_LONGEST_SHOWN]

        def tell(what: str, verb: str, number: int = number, shown: str = shown) -> None:
            found.append(Remark(number, what, f"第 {number} 段{verb}：{shown}"))

        for sign in dict.fromkeys(_SIGNS.findall(line)):
            tell(sign, f"有“{sign}”")
        for year in dict.fromkeys(_YEAR.findall(line)):
            if int(year) not in years:
                tell(f"{year}年", f"写的是 {year} 年")
        for name in other_names:
            if name and name in line:
                tell(name, f"出现“{name}”")
    return tuple(found)
