"""The records that show something particular: long minutes, two kinds, a correction, no quorum, late, drafts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from scripts.example_texts import TOPICS

if TYPE_CHECKING:
    from scripts.example_year import Year

FIRST, SECOND, THIRD = "示例机关第一党支部", "示例机关第二党支部", "示例机关第三党支部"


def add_special(year: Year) -> list[dict[str, Any]]:
    """Add them, and return the restrictions that some of them rest on."""
    _long_minutes(year)
    _admissions(year)
    _without_quorum(year)
    _late_entry(year)
    _correction(year)
    _drafts(year)
    name = year.of(SECOND, date(2026, 1, 1))[14]
    return [
        {
            "branch": SECOND,
            "name": name,
            "restriction": "rights_suspended",
            "from_on": date(2026, 3, 2),
            "document": "示机党〔2026〕3号",
        }
    ]


def _long_minutes(year: Year) -> None:
    """Minutes of a whole afternoon: they continue on further pages."""
    day = date(2026, 7, 16)
    names = year.of(THIRD, day)
    items = []
    for number, (title, speeches, resolution) in enumerate(TOPICS[:5]):
        said = []
        for turn in range(3):
            for index, text in enumerate(speeches):
                speaker = names[(number * 7 + turn * 4 + index) % 30]
                lead = ("", "补充一点。", "我也说几句，和前面的同志看法大体一致。")[turn]
                said.append({"name": speaker, "text": lead + text})
        item: dict[str, Any] = {"title": title, "speeches": said}
        item["vote"] = {"method": "hands", "abstentions": number % 2}
        item["resolutions"] = [
            {"text": resolution, "responsible": [names[number]], "due_on": date(2026, 12, 20)}
        ]
        items.append(item)
    year.add(
        THIRD,
        ["general_meeting"],
        day,
        starts_at="14:00",
        ends_at="17:40",
        venue="示例礼堂",
        subject="半年工作小结和下半年安排",
        people={"chair": [names[0]], "minute_taker": [names[2]]},
        away=year.absences(names[28:], 5),
        agenda=items,
        observers=[
            {"name": "观摩示例", "post": "示例机关党委组织科"},
            {"name": "列席示例", "post": "入党积极分子"},
        ],
        photos=[{"file": "meeting.jpg", "caption": "大会会场（示意图）"}],
    )


def _vote_item(
    title: str, decision: str, speeches: list[tuple[str, str]], resolution: dict[str, Any], against: int = 0
) -> dict[str, Any]:
    said = [{"name": name, "text": text} for name, text in speeches]
    return {
        "title": title,
        "speeches": said,
        "vote": {"method": "secret", "decision": decision, "votes_against": against},
        "resolutions": [resolution],
    }


def _reported(text: str, responsible: str, day: date) -> dict[str, Any]:
    """What an admission meeting resolved: reported to the higher organisation within the week."""
    return {
        "text": f"{text}，报上级党组织审批。",
        "responsible": [responsible],
        "due_on": day + timedelta(days=7),
        "done_on": day + timedelta(days=5),
        "outcome": "材料已报送",
    }


def _admissions(year: Year) -> None:
    """Two acceptances in the small branch, one conversion in the large one; each by secret vote."""
    probationary = [each for each in year.people if each.branch == FIRST and each.full is None]
    for each in probationary:
        names = [name for name in year.of(FIRST, each.accepted) if name != each.name]
        speeches = [
            (
                names[1],
                f"介绍{each.name}同志的基本情况和两年来的表现：做事踏实，窗口工作没有差错，愿意帮人。",
            ),
            (names[2], "同意接收。建议今后多发言，多提意见。"),
            (names[0], "大家的意见比较一致，下面无记名投票。"),
        ]
        resolved = _reported(f"同意接收{each.name}同志为预备党员", names[0], each.accepted)
        year.add(
            FIRST,
            ["general_meeting"],
            each.accepted,
            starts_at="09:00",
            ends_at="10:30",
            venue="示例会议室",
            subject=f"讨论接收{each.name}为预备党员",
            people={"chair": [names[0]], "minute_taker": [names[3]]},
            agenda=[_vote_item(f"接收{each.name}为预备党员", "acceptance", speeches, resolved)],
        )
    converted = next(each for each in year.people if each.full == date(2026, 6, 18))
    names = year.of(THIRD, converted.full or date.max)
    speeches = [
        (converted.name, "汇报预备期一年的学习和工作情况，讲了自己的不足：急件容易漏登记，已经改用登记本。"),
        (names[2], "预备期内按时参加组织生活，补课及时，同意按期转正。"),
        (names[5], "同意。希望继续把登记本用下去。"),
    ]
    resolved = _reported(f"同意{converted.name}同志按期转为正式党员", names[2], date(2026, 6, 18))
    year.add(
        THIRD,
        ["general_meeting"],
        date(2026, 6, 18),
        starts_at="16:30",
        ends_at="17:40",
        venue="示例会议室",
        subject=f"讨论{converted.name}按期转正",
        people={"chair": [names[0]], "minute_taker": [names[2]]},
        away=year.absences(names[:30], 3, names[2], names[5]),
        agenda=[_vote_item(f"{converted.name}按期转正", "conversion", speeches, resolved, against=1)],
    )


def _without_quorum(year: Year) -> None:
    """Half of the branch was out: the meeting took place and does not count; it was held again later."""
    day = date(2026, 8, 20)
    names = year.of(SECOND, day)
    away = [{"name": name, "presence": "on_leave", "reason": "集中外出培训"} for name in names[4:16]]
    item = {
        "title": "讨论下半年学习安排",
        "speeches": [{"name": names[0], "text": "今天到会不足半数，只通报情况，不作决定，另行召开。"}],
    }
    year.add(
        SECOND,
        ["general_meeting"],
        day,
        starts_at="15:00",
        ends_at="15:30",
        venue="示例会议室",
        subject="下半年学习安排（未达法定人数）",
        people={"chair": [names[0]], "minute_taker": [names[1]]},
        away=away,
        agenda=[item],
    )


def _late_entry(year: Year) -> None:
    """A lesson of last winter that turned up in a paper notebook and was entered in May."""
    day = date(2026, 2, 6)
    names = year.of(FIRST, day)
    year.add(
        FIRST,
        ["party_lesson"],
        day,
        entered_on=date(2026, 5, 11),
        starts_at="15:00",
        ends_at="16:00",
        venue="示例会议室",
        subject="冬季安全常识",
        people={"lecturer": [names[1]], "chair": [names[0]], "minute_taker": [names[2]]},
        fields={
            "summary": "讲取暖和用电的几个误区，结合本单位检查时发现的三处隐患。原记录在纸质笔记本中，现补录。",
            "lesson_form": "党员互讲",
        },
    )


def _correction(year: Year) -> None:
    """The venue of a spring meeting was wrong and was corrected with a reason."""
    record = next(
        each
        for each in year.records
        if each["organisation"] == THIRD
        and each["kinds"] == ["general_meeting"]
        and each["held_on"].month == 3
    )
    record["correction"] = {
        "reason": "会议地点误填，经核对会议通知更正",
        "venue": "示例楼三层大会议室",
        "on": date(2026, 4, 2),
    }


def _drafts(year: Year) -> None:
    """What is being prepared, and what was begun and not finished."""
    names = year.of(THIRD, date(2026, 11, 24))
    people = {"chair": [names[0]], "minute_taker": [names[2]]}
    year.add(
        THIRD,
        ["committee_meeting"],
        date(2026, 11, 20),
        entered_on=date(2026, 11, 23),
        state="draft",
        starts_at="09:00",
        venue="示例楼二层会议室",
        subject="研究年终总结分工",
        people=people,
        agenda=[
            {
                "title": "年终总结分工",
                "speeches": [{"name": names[0], "text": "总结由三人分头起草，十二月十日前汇总。"}],
            }
        ],
    )
    year.add(
        THIRD,
        ["general_meeting"],
        date(2026, 12, 17),
        entered_on=date(2026, 11, 24),
        state="draft",
        starts_at="14:30",
        venue="示例会议室",
        subject="听取年度工作报告",
        people=people,
        agenda=[{"title": "年度工作报告", "speeches": []}],
    )
    first = year.of(FIRST, date(2026, 11, 24))
    year.add(
        FIRST,
        ["party_lesson"],
        None,
        entered_on=date(2026, 11, 18),
        state="draft",
        subject="第四季度党课（待定）",
        people={"lecturer": [first[0]]},
    )
