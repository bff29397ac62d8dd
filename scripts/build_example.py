"""Build resources/example/: an invented general branch's roster, its year of records, and drawn photos.

Run from the checkout: `.venv/bin/python scripts/build_example.py`. The result is committed; the same
script gives the same bytes. Everybody and everything in it is made up: given names are solar terms and
plants, the region of every identity number (999999) does not exist, phones are 000-0000.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from branchbook.domain.identity_number import check_digit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.example_photos import draw_photos
from scripts.example_year import FIRST, GENERAL, SECOND, THIRD, Member, build_year

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "example"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅"
    "沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊"
)
GIVEN_NAMES = """
立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至 小寒 大寒
青松 白杨 银杏 海棠 丁香 木棉 芦苇 蒲草 石榴 枇杷 桑榆 梧桐 紫荆 山茶 茉莉 百合 红豆 绿竹 文竹 南星 半夏 当归
晨 昕 朗 晴 岚 溪 川 帆 舟 砚 墨 筝 棋 弦 谷 禾 麦 稻 粟 豆 茶 艾
"""
GIVEN = tuple(GIVEN_NAMES.split())
RARE = {
    3: "赵喆",
    12: "李𬭎",
    20: "王㭎",
    33: "马文·阿不都热西提",
    40: "陈堃",
    51: "刘旻",
    60: "木塔力甫·示例",
}
ETHNIC = {33: "维吾尔族", 60: "维吾尔族", 7: "满族", 25: "回", 44: "壮族", 55: "蒙古"}
PLACES = ("示例省甲县", "示例省乙县", "示例省丙市", "示例省丁县")
POSITIONS = (
    "办公室科员",
    "业务科科员",
    "业务科副科长",
    "档案管理员",
    "窗口工作人员",
    "信息科工程师",
    "后勤科科员",
)

POSTS = {
    (FIRST, 0): "支部书记",
    (SECOND, 0): "书记",
    (SECOND, 1): "组织委员、党小组组长",
    (SECOND, 2): "宣传委员",
    (SECOND, 10): "党小组组长",
    (THIRD, 0): "书记、党总支书记",
    (THIRD, 1): "副书记、党总支副书记",
    (THIRD, 2): "组织委员、党总支组织委员",
    (THIRD, 3): "宣传委员、党总支宣传委员",
    (THIRD, 4): "纪检委员、党总支纪检委员",
    **{(THIRD, 5 + 10 * group): "党小组组长" for group in range(4)},
}
MARKS = {(THIRD, 39): "退休", (THIRD, 40): "退休", (SECOND, 18): "流动党员", (THIRD, 30): "困难党员"}
PROBATIONARY = {(FIRST, 6): date(2026, 3, 19), (FIRST, 7): date(2026, 6, 18)}
CONVERTED = {(THIRD, 37): (date(2025, 6, 18), date(2026, 6, 18))}
GROUPS = {FIRST: 0, SECOND: 2, THIRD: 4}
GROUP_NAMES = ("第一党小组", "第二党小组", "第三党小组", "第四党小组")
SIZES = {FIRST: 8, SECOND: 19, THIRD: 41}

HEAD = (
    *(
        "序号",
        "姓名",
        "性别",
        "民族",
        "出生年月",
        "籍贯",
        "文化程度",
        "参加工作时间",
        "入党时间",
        "转正时间",
        "党员类别",
    ),
    *("所在支部", "所在党小组", "党内职务", "行政职务", "身份证号码", "联系电话", "其他情况", "备注"),
)


def members(chance: random.Random) -> list[Member]:
    """Sixty-eight invented people in three branches."""
    found: list[Member] = []
    for branch, size in SIZES.items():
        for index in range(size):
            number = len(found)
            name = RARE.get(number, SURNAMES[number % len(SURNAMES)] + GIVEN[number % len(GIVEN)])
            groups = GROUPS[branch]
            group = GROUP_NAMES[min((index) * groups // size, groups - 1)] if groups else ""
            found.append(_member(chance, number, name, branch, index, group))
    return found


def _member(chance: random.Random, number: int, name: str, branch: str, index: int, group: str) -> Member:
    retired = MARKS.get((branch, index)) == "退休"
    key = (branch, index)
    born = date(1955 if retired else chance.randint(1968, 1998), chance.randint(1, 12), chance.randint(1, 28))
    accepted = PROBATIONARY.get(key) or CONVERTED.get(key, (None,))[0]
    if accepted is None:
        accepted = date(min(born.year + chance.randint(20, 28), 2022), chance.randint(1, 12), 18)
    full = (
        None
        if key in PROBATIONARY
        else CONVERTED.get(key, (None, accepted.replace(year=accepted.year + 1)))[1]
    )
    woman = chance.random() < 0.45
    # Odd for men, even for women; never near a round hundred, whose zeros would look like Excel's damage.
    serial = 11 + number * 2 % 80 + (1 if woman else 0)
    first = f"999999{born:%Y%m%d}{serial:03d}"
    return Member(
        name,
        branch,
        group,
        POSTS.get(key, ""),
        "女" if woman else "男",
        ETHNIC.get(number, "汉族"),
        born,
        PLACES[number % len(PLACES)],
        chance.choice(("大学", "大学", "研究生", "大专")),
        accepted,
        full,
        POSITIONS[number % len(POSITIONS)],
        first + check_digit(first),
        MARKS.get(key, ""),
    )


def write_roster(people: list[Member], path: Path) -> None:
    """A roster as offices keep it: a merged title, its own names of columns, dates in several ways."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    from branchbook.exchange.xlsx_writing import _save_with_fixed_moment, repack

    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "党员花名册"
    sheet.append(["示例机关党总支党员花名册（虚构示例）"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEAD))
    sheet["A1"].alignment, sheet["A1"].font = Alignment(horizontal="center"), Font(size=16, bold=True)
    sheet.append(HEAD)
    for number, person in enumerate(people, start=1):
        sheet.append(_roster_row(number, person))
        for cell in sheet[sheet.max_row]:
            if cell.column in (16, 17):
                cell.number_format = "@"
            elif cell.is_date:
                cell.number_format = "yyyy-mm-dd"
    for column, width in zip(
        "BCDEFGHIJKLMNOPQRS",
        (16, 5, 9, 12, 12, 8, 12, 12, 12, 10, 24, 12, 24, 16, 21, 10, 10, 8),
        strict=True,
    ):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "C3"
    target = BytesIO()
    _save_with_fixed_moment(workbook, target)
    path.write_bytes(repack(target.getvalue()))


def _roster_row(number: int, person: Member) -> list[Any]:
    began = date(person.born.year + 22, 7, 1)
    ways = (began, f"{began.year}.7", f"{began.year}年7月", f"{began:%Y%m%d}")
    return [
        number,
        person.name,
        person.sex,
        person.ethnic_group,
        person.born,
        person.native_place,
        person.education,
        ways[number % 4],
        person.accepted,
        person.full or "",
        "预备" if person.full is None else "正式",
        person.branch,
        person.group,
        person.posts,
        person.work_post,
        person.identity_number,
        "000-0000",
        person.marks,
        "",
    ]


def main() -> None:
    """Write the three parts."""
    chance = random.Random(20261124)
    people = members(chance)
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_roster(people, FOLDER / "roster.xlsx")
    photos = draw_photos(FOLDER / "photos")
    year = build_year(people, chance)
    text = json.dumps(year, ensure_ascii=False, indent=1, default=_plain)
    (FOLDER / "records.json").write_text(text + "\n", encoding="utf-8")
    print(f"{GENERAL}: {len(people)} people, {len(year['records'])} records, {len(photos)} photos")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


if __name__ == "__main__":
    main()
