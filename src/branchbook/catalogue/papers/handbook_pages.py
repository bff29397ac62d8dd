"""The handbook's own pages: cover, instructions, contents, photos."""

from branchbook.domain.papers import Contents, Cover, Field, Manuscript, Paper, PhotoPage, Subject


def _cover_line(key: str, label: str) -> Field:
    return Field(key, label, 95.0, 40.0)


COVER = Paper(
    key="handbook_cover",
    code="F-1",
    name="手册封面",
    title="党支部工作手册",
    layout=Cover(
        lines=(
            _cover_line("year", "年度"),
            _cover_line("higher_organisation", "上级党组织"),
            _cover_line("organisation", "党支部名称"),
            _cover_line("secretary", "党支部书记"),
        )
    ),
    subject=Subject.YEAR,
)

INSTRUCTIONS = Paper(
    key="handbook_instructions",
    code="F-2",
    name="使用说明",
    title="使用说明",
    layout=Manuscript(font_size=14.0),
    subject=Subject.YEAR,
)

CONTENTS = Paper(
    key="handbook_contents",
    code="F-3",
    name="目录",
    title="目录",
    layout=Contents(),
    subject=Subject.YEAR,
)

PHOTO_PAGE = Paper(
    key="photo_page",
    code="F-8",
    name="活动照片",
    title="{organisation}活动照片",
    layout=PhotoPage(per_page=6),
    subject=Subject.RECORD,
)

INSTRUCTION_LINES = (
    "本手册记录党支部一年的组织生活，一册管一年，由党支部书记负责，指定专人记录、保管。",
    "记录应当实事求是、内容完整、字迹清楚。会议时间、地点、参加人员、议题、发言、表决和决议逐项填写，不得事后编造。",
    "应到人数以会议当日的党员名册为准；请假、缺席写明原因；列席人员写明单位和职务。",
    "漏记的会议可以补记，补记的记录注明“补记”；已经定稿的记录需要改动时，写明更正的原因，原有记录保留备查。",
    "签到表、会议通知、照片、课件等佐证材料附在相应记录之后，或者粘贴在附页上。",
    "年终由上级党组织检查后存档。换届或者更换书记时，手册应当办理移交。",
)
"""Our own words on how a handbook is kept; the user may change the page's title and leave it out."""
