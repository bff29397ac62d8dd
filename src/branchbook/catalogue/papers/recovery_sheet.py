"""恢复单: the key of a protected book in groups to be typed. It is of no record and so in no gallery."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, Paper, Subject

GROUPS_A_LINE = 5

PAPER = Paper(
    key="recovery_sheet",
    code="S1",
    name="恢复单",
    title="支部手册口令恢复单",
    layout=Grid(
        columns=(
            Column("numbers", "第几组", 20.0),
            *(Column(f"group_{at}", str(at), 29.0) for at in range(1, GROUPS_A_LINE + 1)),
        ),
        row_height_mm=16.0,
        font_size=16.0,
        blank_rows=4,
        lead_key="before",
        note_key="after",
        heading=(
            Field("book", "簿", 74.0, 12.0, centred=False),
            Field("made_on", "打印日期", 48.0, 22.0, centred=False),
        ),
        signatures=("保管人（签名）",),
    ),
    subject=Subject.ORGANISATION,
)
