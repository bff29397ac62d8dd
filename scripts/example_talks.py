"""Talks of the second branch with all they can hold, one of them private; a 民主生活会; an activity elsewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scripts.example_year import Year

GENERAL, SECOND, THIRD = "示例机关党总支", "示例机关第二党支部", "示例机关第三党支部"
BOTH = ["谈话人已签", "谈话对象已签"]

# (talker, with whom: numbers in the branch's list), day, subject, kind, occasion, content, follow-up
_TALKS = (
    (0, (1,), (1, 12), "生活会前交换意见", "委员之间", "组织生活会前", "互提一条意见：会前沟通要更早。"),
    (1, (2,), (1, 13), "生活会前交换意见", "委员之间", "组织生活会前", "商定宣传栏由一人负责到底。"),
    (
        0,
        (3, 4, 5),
        (1, 14),
        "生活会前听取意见",
        "委员与党员",
        "组织生活会前",
        "三位同志都希望学习少念稿、多讨论。",
    ),
    (1, (6, 7), (1, 15), "生活会前听取意见", "委员与党员", "组织生活会前", "建议党小组会固定在每月第一周。"),
    (2, (8, 9), (1, 15), "生活会前听取意见", "委员与党员", "组织生活会前", "建议多用身边的例子。"),
    (10, (11,), (4, 10), "工作方法", "党员之间", "", "就窗口接待的做法交换看法。"),
    (4, (5,), (6, 11), "带新同志", "党员之间", "", "介绍自己头一年的经验，约定每周见一次。"),
)


def add_talks(year: Year) -> None:
    """Everything that the talks' and leaders' views have to show."""
    names = year.of(SECOND, date(2026, 1, 10))
    for talker, others, (month, day), subject, kind, occasion, content in _TALKS:
        fields: dict[str, Any] = {"talk_kind": kind, "content": content, "signed": BOTH}
        if occasion:
            fields["talk_occasion"] = occasion
        people = {"talker": [names[talker]], "talked_with": [names[each] for each in others]}
        year.add(
            SECOND,
            ["heart_to_heart_talk"],
            date(2026, month, day),
            venue="谈话室",
            subject=subject,
            people=people,
            fields=fields,
        )
    _private(year, names)
    _democratic_life(year)
    _elsewhere(year)


def _private(year: Year, names: list[str]) -> None:
    """One whose content is the secretary's own."""
    year.add(
        SECOND,
        ["heart_to_heart_talk"],
        date(2026, 9, 15),
        venue="谈话室",
        subject="家里的难处",
        people={"talker": [names[0]], "talked_with": [names[12]], "recorder": [names[0]]},
        fields={
            "talk_kind": "委员与党员",
            "talk_occasion": "家庭变故、生活困难",
            "private": True,
            "signed": BOTH[:1],
            "content": "谈话对象说家里近来有难处，不愿让更多人知道。谈话人表示理解，商量了几种办法。",
            "requests": "希望近期少安排外出。",
            "follow_up": "由书记协调，一个月后再谈一次。",
        },
    )


def examined(names: list[str]) -> list[dict[str, Any]]:
    """What the first three said of themselves and heard from each other at the yearly meeting."""
    said = (
        (
            "会前准备不够早，材料发得晚。",
            "对流动党员联系少，半年只通了一次话。",
            "接受意见，会前三天发材料。",
        ),
        ("党小组会开得不够活，讨论少。", "工作细致，但主动请教少。", "接受意见，下月起先讨论后小结。"),
        ("宣传栏更新慢，身边的例子用得少。", "稿子可以再短一些。", "接受意见，每月更新一次。"),
    )
    items = []
    for index, (own, criticism, reply) in enumerate(said):
        name, critic = names[index], names[(index + 1) % 3]
        speeches = ((name, own), (critic, criticism), (name, reply))
        items.append({"title": name, "speeches": [{"name": who, "text": text} for who, text in speeches]})
    return items


def _democratic_life(year: Year) -> None:
    """The meeting of the general branch's committee, and what it reported."""
    names = year.committee(GENERAL)
    year.add(
        GENERAL,
        ["democratic_life_meeting"],
        date(2026, 1, 28),
        starts_at="09:00",
        ends_at="11:40",
        venue="示例楼二层会议室",
        subject="2025年度民主生活会",
        people={"chair": [names[0]], "minute_taker": [names[2]]},
        fields={
            "preparation": "集体学习两次，委员之间谈心谈话全部完成，征求所属党支部意见九条。",
            "last_year_measures": "上年列出的四项措施完成三项，一项转入今年。",
            "group_examination": "对支部的指导不够经常；手册检查集中在年底。",
            "superior_comment": "会前准备充分，意见具体，望逐项落实。",
            "measures": "每季度到一个支部听一次课；手册按季度检查。",
            "reported_on": "2026-02-05",
            "report": "示机党总支〔2026〕2号，报示例机关党委",
        },
        agenda=examined(names),
        observers=[{"name": "列席示例", "post": "示例机关党委组织科"}],
    )


def _elsewhere(year: Year) -> None:
    """What a leader took part in where no branch of this book met."""
    leader = year.committee(GENERAL)[0]
    year.add(
        GENERAL,
        ["dual_life_activity"],
        date(2026, 5, 20),
        venue="示例社区党支部",
        subject="社区党支部主题党日",
        people={"leader": [leader]},
        fields={"took_part": "参加", "spoke": True, "content": "随社区党员清理楼道，座谈时介绍机关的做法。"},
    )
