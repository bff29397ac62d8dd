"""发展党员台账 (E5): three tables, of those who applied, of development candidates and of probationary members."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Forms, Grid, Orientation, Paper, PaperGroup, Subject


def _person(of: str) -> tuple[Column, ...]:
    return (
        Column(f"{of}number", "序号", 8.0),
        Column(f"{of}name", "姓名", 18.0),
        Column(f"{of}sex", "性别", 8.0),
        Column(f"{of}ethnic_group", "民族", 13.0),
        Column(f"{of}born_on", "出生年月", 14.0),
        Column(f"{of}education", "学历", 14.0),
        Column(f"{of}work_post", "单位职务", 22.0),
        Column(f"{of}applied_on", "申请入党时间", 17.0),
    )


ROW_MM, SIZE = 9.5, 9.0

LEDGER = Paper(
    key="joining_ledger",
    code="E5",
    name="发展党员台账",
    title="{organisation}发展党员台账",
    layout=Forms(
        (
            (
                "入党申请人、入党积极分子",
                Grid(
                    key="applicants",
                    columns=(
                        *_person("applicant_"),
                        Column("talk", "谈话时间", 17.0),
                        Column("activist", "确定积极分子", 17.0),
                        Column("activist_filed", "上级备案", 17.0),
                        Column("mentors", "培养联系人", 26.0),
                        Column("cultivation", "最近考察", 17.0),
                        Column("applicant_stage", "阶段", 20.0),
                        Column("applicant_note", "下一步", 24.0),
                    ),
                    heading=(Field("as_of", "统计日期", 60.0, 24.0, centred=False),),
                    row_height_mm=ROW_MM,
                    font_size=SIZE,
                    blank_rows=3,
                ),
            ),
            (
                "发展对象",
                Grid(
                    key="candidates",
                    columns=(
                        *_person("candidate_"),
                        Column("candidate", "确定发展对象", 17.0),
                        Column("candidate_filed", "上级备案", 17.0),
                        Column("sponsors", "入党介绍人", 24.0),
                        Column("political_review", "政治审查", 17.0),
                        Column("training", "培训结业", 17.0),
                        Column("preliminary_review", "预审", 17.0),
                        Column("form", "志愿书编号", 15.0),
                        Column("candidate_note", "下一步", 14.0),
                    ),
                    row_height_mm=ROW_MM,
                    font_size=SIZE,
                    blank_rows=3,
                ),
            ),
            (
                "预备党员",
                Grid(
                    key="probationers",
                    columns=(
                        *_person("probationer_"),
                        Column("accepted_on", "大会接收", 17.0),
                        Column("acceptance_approved_on", "党委审批", 17.0),
                        Column("probationer_sponsors", "入党介绍人", 20.0),
                        Column("probation_end", "预备期满", 17.0),
                        Column("extended_to", "延长至", 17.0),
                        Column("meeting", "转正大会", 17.0),
                        Column("approval", "转正审批", 17.0),
                        Column("probationer_note", "备注", 16.0),
                    ),
                    row_height_mm=ROW_MM,
                    font_size=SIZE,
                    blank_rows=3,
                ),
            ),
        )
    ),
    subject=Subject.ORGANISATION,
    orientation=Orientation.LANDSCAPE,
    group=PaperGroup.CONVERSION,
)
