"""Small papers to print, invented for the tests."""

from branchbook.domain.papers import (
    Field,
    LongRow,
    Orientation,
    Paper,
    Paragraph,
    ParagraphStyle,
    RecordTable,
    Row,
    Sheet,
    Subject,
)

RARE_NAMES = "㛃䶮𬭎㭎喆堃昇旻頔"
SENTENCE = "会议听取了支部委员会的报告，充分肯定成绩，指出“三会一课”中存在的问题（共12项），决定予以通过。"


def paper(layout, title: str = "示例表", landscape: bool = False) -> Paper:
    side = Orientation.LANDSCAPE if landscape else Orientation.PORTRAIT
    return Paper("example", "X1", title, title, layout, Subject.RECORD, side)


def sheet(layout, values=None, title: str = "示例表", landscape: bool = False) -> Sheet:
    return Sheet(paper(layout, title, landscape), title, values)


def minutes(count: int) -> tuple[Paragraph, ...]:
    """Speeches that can be told apart by their numbers."""
    return tuple(
        Paragraph(f"第{number}段。{SENTENCE}", ParagraphStyle.BODY) for number in range(1, count + 1)
    )


RECORD = RecordTable(
    rows=(
        Row((Field("time", "时间", 55.0, 28.0), Field("venue", "地点", 54.0, 28.0)), 10.0),
        Row((Field("absent", "缺席及原因", 137.0, 28.0, centred=False),), 10.0),
        LongRow(Field("minutes", "会议内容", 137.0, 28.0), 120.0),
        LongRow(Field("resolutions", "会议决议", 137.0, 28.0), 20.0),
    ),
    repeated_rows=1,
    signatures=("主持人（签名）", "记录人（签名）"),
)
