"""Thirteen months of the example: who held what, what was said, and what was left undone."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from scripts.example_conversions import conversions
from scripts.example_elections import elections
from scripts.example_evaluations import evaluations
from scripts.example_ledgers import ledgers
from scripts.example_more_evaluations import begun_evaluation, ended_evaluation
from scripts.example_more_ledgers import more_ledgers
from scripts.example_texts import (
    GROUP_TOPICS,
    OPINIONS,
    PARTY_LESSONS,
    REASONS,
    THEME_DAYS,
    THEME_ITEMS,
    THEME_PHOTOS,
    TOPICS,
)

GENERAL = "示例机关党总支"
FIRST, SECOND, THIRD = "示例机关第一党支部", "示例机关第二党支部", "示例机关第三党支部"
MONTHS = [(2025, 11), (2025, 12), *((2026, month) for month in range(1, 12))]
TODAY = date(2026, 11, 24)

# What the year lacks, so that the Desk has something to say: (organisation, kind) → months without one.
GAPS: dict[tuple[str, str], set[tuple[int, int]]] = {
    (THIRD, "committee_meeting"): {(2026, 4), (2026, 11)},
    (SECOND, "committee_meeting"): {(2026, 8)},
    (GENERAL, "committee_meeting"): {(2026, 2), (2026, 7), (2026, 11)},
    (THIRD, "theme_party_day"): {(2026, 8)},
    (SECOND, "theme_party_day"): {(2026, 2), (2026, 11)},
    (FIRST, "theme_party_day"): {(2026, 1), (2026, 9), (2026, 11)},
    (THIRD, "第四党小组"): {(2026, 3), (2026, 7), (2026, 10), (2026, 11)},
    (THIRD, "第二党小组"): {(2026, 11)},
    (SECOND, "第二党小组"): {(2026, 5)},
}
MEETING_MONTHS = {FIRST: (12, 3, 6, 9), SECOND: (12, 2, 5, 10), THIRD: (12, 3, 6, 9)}
LESSON_MONTHS = {FIRST: (12, 3, 6), SECOND: (11, 2, 5, 8), THIRD: (12, 3, 6, 9)}


@dataclass(frozen=True)
class Member:
    """One line of the roster."""

    name: str
    branch: str
    group: str
    posts: str
    sex: str
    ethnic_group: str
    born: date
    native_place: str
    education: str
    accepted: date
    full: date | None
    work_post: str
    identity_number: str
    marks: str


class Year:
    """Collects the records of the year; every method adds some."""

    def __init__(self, people: list[Member], chance: random.Random) -> None:
        self.people = people
        self.chance = chance
        self.records: list[dict[str, Any]] = []
        self._topic: dict[str, int] = {}

    def of(self, organisation: str, day: date, group: str = "") -> list[str]:
        """Names of those who belong to an organisation on a day."""
        return [
            each.name
            for each in self.people
            if organisation in (each.branch, GENERAL) and group in ("", each.group) and each.accepted <= day
        ]

    def committee(self, organisation: str) -> list[str]:
        """Names of a committee."""
        if organisation == GENERAL:
            return [each.name for each in self.people if "党总支" in each.posts]
        posts = ("书记", "委员")
        return [
            each.name
            for each in self.people
            if each.branch == organisation and any(post in each.posts for post in posts)
        ]

    def absences(self, names: list[str], most: int, *needed: str) -> list[dict[str, str]]:
        """Some on leave with a reason, now and then one absent; never the first two or who is needed."""
        free = [name for name in names[2:] if name not in needed]
        count = self.chance.randint(0, min(most, max(0, (len(names) - 2) // 3), len(free)))
        found = []
        for name in self.chance.sample(free, count):
            if self.chance.random() < 0.12:
                found.append(
                    {"name": name, "presence": "absent", "reason": "未说明", "make_up": "一周内已补学"}
                )
            else:
                found.append({"name": name, "presence": "on_leave", "reason": self.chance.choice(REASONS)})
        return found

    def topic(self, organisation: str) -> tuple[str, tuple[str, ...], str]:
        """The next matter of an organisation; each begins elsewhere in the list."""
        start = {GENERAL: 2, FIRST: 5, SECOND: 9, THIRD: 0}.get(organisation, 0)
        index = self._topic.get(organisation, start)
        self._topic[organisation] = index + 1
        return TOPICS[index % len(TOPICS)]

    def item(
        self,
        organisation: str,
        day: date,
        speakers: list[str],
        *,
        voted: bool,
        done: bool,
        decision: str = "ordinary",
    ) -> dict[str, Any]:
        """One agenda item with its speeches, and a resolution that is followed up."""
        title, speeches, resolution = self.topic(organisation)
        said = [
            {"name": speakers[index % len(speakers)], "text": text} for index, text in enumerate(speeches)
        ]
        item: dict[str, Any] = {"title": title, "speeches": said}
        if resolution:
            due = day + timedelta(days=self.chance.choice((14, 30, 45)))
            follow: dict[str, Any] = {"text": resolution, "responsible": [speakers[-1]], "due_on": due}
            if done and due < TODAY:
                follow |= {"done_on": due - timedelta(days=2), "outcome": "已按要求办结"}
            item["resolutions"] = [follow]
        if voted:
            abstentions = self.chance.choice((0, 0, 1))
            item["vote"] = {"method": "hands", "decision": decision, "abstentions": abstentions}
        return item

    def add(self, organisation: str, kinds: list[str], day: date | None, **values: Any) -> dict[str, Any]:
        """One record, entered the day after unless said otherwise; final unless said otherwise."""
        record = {"organisation": organisation, "kinds": kinds, "held_on": day}
        accepted = {each.name for each in self.people if each.accepted == day}  # not due on that day yet
        if "away" in values:
            values["away"] = [each for each in values["away"] if each["name"] not in accepted]
        entered_on = values.pop("entered_on", None) or min((day or TODAY) + timedelta(days=1), TODAY)
        record |= {"entered_on": entered_on, "state": "final", **values}
        self.records.append(record)
        return record

    def committee_meetings(self, organisation: str) -> None:
        """Once a month on a Tuesday, but for the gaps."""
        for year, month in MONTHS:
            day = _weekday(year, month, 1, 2)
            if (year, month) in GAPS.get((organisation, "committee_meeting"), set()):
                continue
            names = self.committee(organisation)
            away = self.absences(names, 1, names[-1])
            there = [name for name in names if name not in {each["name"] for each in away}]
            items = [
                self.item(
                    organisation,
                    day,
                    there,
                    voted=index == 0,
                    done=month not in (10, 11),
                    decision="committee",
                )
                for index in range(2)
            ]
            self.add(
                organisation,
                ["committee_meeting"],
                day,
                starts_at="09:00",
                ends_at="10:40",
                venue="示例楼二层会议室",
                subject=f"研究{items[0]['title']}等事项",
                people=_people(names[0], names[-1]),
                away=away,
                agenda=items,
            )

    def general_meetings(self, branch: str) -> None:
        """Once a quarter, in the last month of most quarters."""
        for month in MEETING_MONTHS[branch]:
            year = 2025 if month in (11, 12) else 2026
            day = _weekday(year, month, 3, 3)
            names = self.of(branch, day)
            away = self.absences(names, 5)
            there = [name for name in names if name not in {each["name"] for each in away}]
            items = [self.item(branch, day, there[:8], voted=True, done=month != 9) for _ in range(2)]
            self.add(
                branch,
                ["general_meeting"],
                day,
                starts_at="14:30",
                ends_at="16:20",
                venue="示例会议室",
                subject=f"讨论{items[0]['title']}等事项",
                people=_people(there[0], there[2]),
                away=away,
                agenda=items,
                observers=[{"name": "列席示例", "post": "入党积极分子"}] if month == 6 else [],
            )

    def theme_days(self, branch: str) -> None:
        """Every month on the second Thursday, but for the gaps; the third branch takes photos."""
        for index, (year, month) in enumerate(MONTHS):
            if (year, month) in GAPS.get((branch, "theme_party_day"), set()):
                continue
            day = _weekday(year, month, 3, 2)
            names = self.of(branch, day)
            title, content, venue = THEME_DAYS[
                (index + len(branch) + {FIRST: 0, SECOND: 3, THIRD: 5}[branch]) % 8
            ]
            with_lesson = branch == THIRD and month in (3, 11) and year == 2026
            fields: dict[str, Any] = {
                "content": content,
                "standing_items": THEME_ITEMS[index % 5],
                "planned_time": "第二个星期四下午",
            }
            kinds, people, lesson = ["theme_party_day"], _people(names[0], names[2]), ""
            if with_lesson:
                lesson, summary = PARTY_LESSONS[index % len(PARTY_LESSONS)]
                kinds.append("party_lesson")
                people["lecturer"] = [names[0]]
                fields |= {"summary": summary, "lesson_form": "书记讲课"}
            shown = THEME_PHOTOS[title][: 2 if branch == THIRD else 1 if month in (3, 9) else 0]
            self.add(
                branch,
                kinds,
                day,
                starts_at="14:30",
                ends_at="17:00",
                venue=venue,
                subject=f"{title}，党课《{lesson}》" if with_lesson else title,
                people=people,
                fields=fields,
                away=self.absences(names, 6, names[2]),
                photos=[{"file": f"{scene}.jpg", "caption": f"{text}（示意图）"} for scene, text in shown],
            )

    def lessons(self, branch: str) -> None:
        """About once a quarter; the secretary's own among them."""
        for index, month in enumerate(LESSON_MONTHS[branch]):
            year = 2025 if month in (11, 12) else 2026
            day = _weekday(year, month, 2, 4)
            names = self.of(branch, day)
            title, summary = PARTY_LESSONS[(index + len(self.records)) % len(PARTY_LESSONS)]
            lecturer = names[0] if index % 2 else names[1]
            form = "书记讲课" if index % 2 else "党员互讲"
            self.add(
                branch,
                ["party_lesson"],
                day,
                starts_at="15:00",
                ends_at="16:00",
                venue="示例会议室",
                subject=title,
                people={"lecturer": [lecturer], "chair": [names[0]], "minute_taker": [names[2]]},
                fields={
                    "summary": summary,
                    "lesson_form": form,
                    "discussion": f"{names[3]}：联系自己的岗位，想到两处可以改的地方。",
                },
                away=self.absences(names, 4, names[2], names[3]),
            )

    def group_meetings(self, branch: str, group: str, order: int) -> None:
        """Every month in the third week, but for the gaps."""
        for index, (year, month) in enumerate(MONTHS):
            if (year, month) in GAPS.get((branch, group), set()):
                continue
            day = _weekday(year, month, order % 5, 3)
            names = self.of(branch, day, group)
            leader = next(
                each.name
                for each in self.people
                if each.branch == branch and each.group == group and "组长" in each.posts
            )
            others = [name for name in names if name != leader]
            title, speeches = GROUP_TOPICS[(index + order) % len(GROUP_TOPICS)]
            said = [
                {"name": others[(index + number) % len(others)], "text": text}
                for number, text in enumerate(speeches)
            ]
            self.add(
                branch,
                ["group_meeting"],
                day,
                group=group,
                starts_at="16:00",
                ends_at="17:00",
                venue="小会议室",
                subject=title,
                people=_people(leader, others[0]),
                fields={"opinions": OPINIONS[(index + order) % 5]},
                away=[
                    each
                    for each in self.absences([leader, *others], 2)
                    if each["name"] not in {one["name"] for one in said}
                ],
                agenda=[{"title": title, "speeches": said}],
            )


def _people(chair: str, minute_taker: str) -> dict[str, list[str]]:
    return {"chair": [chair], "minute_taker": [minute_taker]}


def _weekday(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def build_year(people: list[Member], chance: random.Random) -> dict[str, Any]:
    """Everything but the roster, as services/example.py reads it."""
    from scripts.example_special import add_special
    from scripts.example_talks import add_talks
    from scripts.example_yearly import add_yearly

    year = Year(people, chance)
    for organisation in (GENERAL, SECOND, THIRD):
        year.committee_meetings(organisation)
    for branch in (FIRST, SECOND, THIRD):
        year.general_meetings(branch)
        year.theme_days(branch)
        year.lessons(branch)
        add_yearly(year, branch)
    for branch, groups in ((SECOND, 2), (THIRD, 4)):
        for order in range(groups):
            year.group_meetings(branch, f"第{'一二三四'[order]}党小组", order)
    restricted = add_special(year)
    add_talks(year)
    year.records.sort(
        key=lambda record: (record["entered_on"], record["held_on"] or TODAY, record["organisation"])
    )
    probationer = next(each for each in people if each.full is None)
    barred = {each["name"] for each in restricted}
    return {
        "note": "全部为虚构示例：组织、人员、号码和内容都不存在。",
        "general_branch": {
            "name": GENERAL,
            "founded_on": date(2018, 3, 1),
            "higher_organisation": "示例机关党委",
            "phone": "000-0000",
            "venue": "示例楼",
            "elected_on": date(2024, 3, 28),
        },
        "branches": [
            {"name": FIRST, "groups": [], "elected_on": date(2025, 4, 18), "with_committee": False},
            {
                "name": SECOND,
                "groups": ["第一党小组", "第二党小组"],
                "elected_on": date(2023, 9, 24),
                "with_committee": True,
            },
            {
                "name": THIRD,
                "groups": ["第一党小组", "第二党小组", "第三党小组", "第四党小组"],
                "elected_on": date(2024, 1, 15),
                "with_committee": True,
            },
        ],
        "restrictions": restricted,
        "records": year.records,
        "elections": elections(SECOND, THIRD, GENERAL),
        "conversions": conversions(FIRST, probationer.name, year.of(FIRST, probationer.accepted)[:2]),
        "evaluations": [
            ended_evaluation([each.name for each in people if each.branch == SECOND]),
            *evaluations(
                SECOND,
                [
                    each.name
                    for each in people
                    if each.branch == SECOND and not each.marks and each.name not in barred
                ],
            ),
            begun_evaluation([each.name for each in people if each.branch == FIRST]),
        ],
        "ledgers": [
            *ledgers(FIRST, SECOND, THIRD, GENERAL, _named(year)),
            *more_ledgers(FIRST, SECOND, THIRD, GENERAL),
        ],
    }


def _named(year: Year) -> dict[str, list[str]]:
    """Who is named in the ledgers: committees, of the branch without one its members."""
    named = {place: year.committee(place) for place in (SECOND, THIRD, GENERAL)}
    return {**named, FIRST: year.of(FIRST, date(2020, 1, 1))}
