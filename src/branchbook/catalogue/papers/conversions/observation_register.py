"""预备党员教育考察登记表 (D2): a booklet of six to eight pages, with as many observations as the conversion has."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.catalogue.papers.measures import great_cell, line, pair, passage
from branchbook.catalogue.procedures.conversions import EXTENDED, HALF_YEARLY, QUARTERLY
from branchbook.domain.papers import (
    Cover,
    Field,
    Leaves,
    LongRow,
    Paper,
    PaperGroup,
    RecordTable,
    Row,
    Subject,
)
from branchbook.domain.procedures import ProcedureShape, StepSpec

ROOMY, SEALED = 13.0, 112.0  # heights, mm
OBSERVATION = "observation_"
TITLE = "预备党员教育考察登记表"


def observation_steps(shape: ProcedureShape) -> tuple[StepSpec, ...]:
    """The observations that a shape of conversion asks for."""
    return tuple(each for each in shape.steps if each.key.startswith(OBSERVATION))


def months_of(step: StepSpec) -> int:
    """After how many months an observation is due."""
    return int(step.key.removeprefix(OBSERVATION))


def _signed(key: str, label: str, height_mm: float, *closing: str, seal: bool = False) -> LongRow:
    field = great_cell(key, label, height_mm).field
    return LongRow(field, height_mm, label_beside=False, closing=closing, seal=seal)


def _page(*rows: Row | LongRow) -> RecordTable:
    return RecordTable(rows=rows, date_line=False)


COVER = Cover(
    lines=(
        Field("organisation", "党支部名称", 100.0, 36.0),
        Field("name", "姓名", 100.0, 36.0),
        Field("filled_on", "填表日期", 100.0, 36.0),
    ),
    title_size=32.0,
)
FACTS = _page(
    pair(("person", "姓名"), ("sex", "性别"), ROOMY),
    pair(("ethnic_group", "民族"), ("born_on", "出生年月"), ROOMY),
    pair(("native_place", "籍贯"), ("education", "文化程度"), ROOMY),
    pair(("work_started_on", "参加工作时间"), ("applied_on", "申请入党时间"), ROOMY),
    line("work_post", "单位及职务", ROOMY),
    pair(("accepted_on", "支部大会通过时间"), ("acceptance_approved_on", "上级批准时间"), ROOMY),
    line("probation", "预备期起止", ROOMY),
    line("sponsors", "入党介绍人", ROOMY),
    pair(("oath_on", "入党宣誓时间"), ("oath_venue", "宣誓地点"), ROOMY),
    passage("training", "培训情况", 36.0),
    passage("rewards", "奖惩情况", 36.0),
    passage("remark", "需要说明的情况", 36.0),
)
OPINIONS = _page(
    _signed("sponsor_1", "入党介绍人（培养联系人）意见（一）", 74.0, "入党介绍人（签名）"),
    _signed("sponsor_2", "入党介绍人（培养联系人）意见（二）", 74.0, "入党介绍人（签名）"),
    _signed("group_opinion", "党小组意见", 74.0, "党小组组长（签名）"),
)
COMMITTEE = _page(
    _signed("opinions", "征求党员和群众意见情况", SEALED, "记录人（签名）"),
    _signed("committee", "支部委员会意见", SEALED, "支部书记（签名）", seal=True),
)
HIGHER = _page(
    _signed("general_branch", "党总支审议意见", SEALED, "党总支书记（签名）", seal=True),
    _signed("higher", "上级党委审查意见", SEALED, seal=True),
)
WITHOUT_GENERAL_BRANCH = _page(_signed("higher", "上级党委审查意见", 2 * SEALED, seal=True))


def _observations(steps: tuple[StepSpec, ...]) -> RecordTable:
    """Two of them on a page."""
    height = 228.0 / len(steps) - ROOMY
    rows: list[Row | LongRow] = []
    for step in steps:
        months = months_of(step)
        rows += [
            line(f"period_{months}", "考察时间", ROOMY),
            _signed(
                f"opinion_{months}",
                f"{step.name}意见（优点、不足）",
                height,
                "入党介绍人（签名）",
                "支部书记（签名）",
            ),
        ]
    return _page(*rows)


def register_for(shape: ProcedureShape, *, general_branch: bool = True) -> Paper:
    """The register with the observations of a shape, with or without the general branch's page."""
    steps = observation_steps(shape)
    halves = (
        great_cell("self_1", "本人自我鉴定（前半年）", 110.0),
        great_cell("self_2", "本人自我鉴定（后半年）", 110.0),
    )
    own = halves if len(steps) > 1 else (great_cell("self_2", "本人自我鉴定", 220.0),)
    pages = [steps[start : start + 2] for start in range(0, len(steps), 2)]
    observed = tuple(_observations(page) for page in pages)
    last = HIGHER if general_branch else WITHOUT_GENERAL_BRANCH
    headings = ("", "基本情况", "本人自我鉴定", *("教育考察情况",) * len(observed), "介绍人和党小组意见")
    return Paper(
        key="conversion:observation_register",
        code="D2",
        name=TITLE,
        title=TITLE,
        layout=Leaves(
            (COVER, FACTS, _page(*own), *observed, OPINIONS, COMMITTEE, last),
            (*headings, "征求意见和支部委员会意见", "上级党组织意见"),
        ),
        subject=Subject.PROCEDURE,
        group=PaperGroup.CONVERSION,
    )


PAPER = register_for(QUARTERLY)
SHAPES: Mapping[str, ProcedureShape] = {each.key: each for each in (QUARTERLY, HALF_YEARLY, EXTENDED)}
