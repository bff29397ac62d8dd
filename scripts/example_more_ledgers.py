"""Further lines of the example's ledgers, so that every number counted from one has something behind it, and a year of
dues of the first branch."""

from __future__ import annotations

from datetime import date

from scripts.example_ledgers import Rows, row


def more_ledgers(first: str, second: str, third: str, general: str) -> Rows:
    """The rows, as services/example_ledgers.py reads them."""
    return [
        row(
            "members_on_courses",
            second,
            date(2026, 6, 12),
            {
                "course": "支部书记培训班",
                "organiser": "示例机关党校",
                "from_on": "2026-06-08",
                "to_on": "2026-06-12",
                "hours": 400,
                "result": "结业",
            },
            member=["周芒种"],
        ),
        row(
            "members_on_courses",
            third,
            date(2026, 9, 18),
            {
                "course": "组织委员业务培训班",
                "organiser": "示例机关党校",
                "from_on": "2026-09-16",
                "to_on": "2026-09-18",
                "hours": 240,
                "result": "结业",
            },
            member=["于海棠"],
        ),
        row(
            "integrity_reminders",
            general,
            date(2026, 2, 26),
            {
                "holiday": "春节",
                "reminded_on": "2026-02-12",
                "way": "会议",
                "audience": "全体党员",
                "headcount": 60,
                "content": "公车、宴请、礼金三件事逐条提醒。",
                "report_due_on": "2026-02-28",
                "reported_on": "2026-02-26",
                "report": "节日期间没有发现违反规定的情况。",
            },
        ),
        row(
            "integrity_reminders",
            general,
            date(2026, 10, 10),
            {
                "holiday": "中秋国庆",
                "reminded_on": "2026-09-24",
                "way": "短信微信",
                "audience": "全体党员",
                "headcount": 62,
                "content": "不收不送节礼，公车节日封存。",
                "report_due_on": "2026-10-12",
                "reported_on": "2026-10-10",
                "report": "公车按时封存。",
            },
        ),
        row(
            "responsibility_list",
            first,
            date(2026, 2, 20),
            {
                "kind": "书记",
                "duty": "每季度听取一次党风廉政情况。",
                "measure": "列入支委会议题。",
                "given_on": "2026-02-20",
                "due_on": "2026-12-20",
            },
            responsible=["王立春"],
        ),
        row(
            "responsibility_list",
            second,
            date(2026, 6, 30),
            {
                "kind": "党支部",
                "duty": "上半年开展一次警示教育。",
                "measure": "与主题党日合并安排。",
                "given_on": "2026-02-20",
                "due_on": "2026-06-30",
                "outcome": "六月主题党日学习了三个案例。",
                "done_on": "2026-06-25",
            },
            responsible=["周芒种"],
        ),
        row(
            "ideological_risks",
            second,
            date(2026, 4, 20),
            {
                "area": "微信群",
                "risk": "工作群转发来源不明的消息",
                "form": "转发未经核实的通知和图片。",
                "level": "中",
                "measure": "群主每天查看，只发本单位通知。",
                "checked_on": "2026-03-16",
                "due_on": "2026-04-30",
                "done_on": "2026-04-20",
                "outcome": "两个工作群合并为一个，群主已明确。",
            },
            responsible=["吴夏至"],
        ),
        row(
            "ideological_risks",
            third,
            date(2026, 9, 10),
            {
                "area": "讲座报告",
                "risk": "外请讲课没有事先看讲稿",
                "level": "低",
                "measure": "讲稿提前三天送宣传委员看。",
                "checked_on": "2026-09-10",
                "due_on": "2026-12-10",
            },
            responsible=["于海棠"],
        ),
        row(
            "published_articles",
            second,
            date(2026, 4, 3),
            {
                "published_on": "2026-04-02",
                "subject": "窗口前移三米之后",
                "kind": "新闻稿件",
                "medium": "示例机关简报",
                "level": "单位",
            },
            author=["吴夏至"],
        ),
        row(
            "published_articles",
            third,
            date(2026, 7, 8),
            {
                "published_on": "2026-07-07",
                "subject": "把会开短，把事办长",
                "kind": "征文",
                "medium": "示例市机关党建网",
                "level": "市级",
            },
            author=["于海棠"],
        ),
        row(
            "correspondence",
            general,
            date(2026, 1, 29),
            {
                "received_on": "2026-01-15",
                "sender": "示例机关党委",
                "document": "示党〔2026〕2号",
                "subject": "关于做好2026年支部工作计划的通知",
                "copies": 1,
                "secrecy": "公开",
                "due_on": "2026-01-31",
                "done_on": "2026-01-29",
                "outcome": "各支部计划已收齐。",
            },
        ),
        row(
            "volunteer_work",
            second,
            date(2026, 3, 7),
            {
                "kind": "志愿服务",
                "matter": "社区图书室整理旧书",
                "day_on": "2026-03-07",
                "hours": 30,
                "place": "示例社区",
            },
            member=["周芒种", "吴夏至"],
        ),
        row(
            "volunteer_work",
            first,
            date(2026, 7, 3),
            {
                "kind": "公开承诺",
                "matter": "每月到社区值班一次",
                "day_on": "2026-07-01",
                "due_on": "2026-12-31",
            },
            member=["王立春"],
        ),
        *_dues(first),
    ]


_BASES = (
    ("王立春", 682000, 1, 10, "2026-01-09"),
    ("李雨水", 498000, 1, 10, "2026-01-09"),
    ("张惊蛰", 523350, 1, 10, "2026-01-09"),
    ("赵喆", 471200, 1, 8, "2026-01-09"),
    ("陈清明", 458000, 1, 10, "2026-01-09"),
    ("杨谷雨", 1035000, 1, 10, "2026-01-09"),
    ("赵立夏", 745500, 3, 10, "2026-03-20"),
    ("黄小满", 612000, 6, 10, "2026-06-19"),
)
"""Name, monthly base in fen, the first and the last month that was paid, and when it was fixed."""

_BANDS = ((300_000, 5), (500_000, 10), (1_000_000, 15))


def _dues(first: str) -> Rows:
    """A year of dues: one member two months behind, one who paid more in July of their own will."""
    made = []
    for name, base, begin, end, fixed_on in _BASES:
        permille = next((rate for bound, rate in _BANDS if base <= bound), 20)
        fen = (base * permille + 500) // 1000
        values = {"fixed_on": fixed_on, "payer": "工资收入", "base": base}
        values |= {f"m{month:02d}": fen for month in range(begin, end + 1)}
        if name == "张惊蛰":
            values |= {"m07": 10_000, "remark": "7月自愿多交"}
        made.append(row("dues", first, date(2026, 11, 6), values, member=[name]))
    return made
