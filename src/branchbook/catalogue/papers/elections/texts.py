"""Running texts of an election: agendas with what the chair says (C7, C16), and the work report's cover (C8)."""

from branchbook.domain.papers import Cover, Field, Manuscript, Paper, PaperGroup, Subject

AGENDA = Paper(
    key="election:agenda",
    code="C7",
    name="选举大会议程和主持词",
    title="{organisation}{election_name}党员大会议程和主持词",
    layout=Manuscript(),
    subject=Subject.PROCEDURE,
    docx=True,
    group=PaperGroup.ELECTION,
)

FIRST_MEETING_AGENDA = Paper(
    key="election:first_meeting_agenda",
    code="C16-1",
    name="第一次全体会议议程和主持词",
    title="{committee}{first}全体会议议程和主持词",
    layout=Manuscript(),
    subject=Subject.PROCEDURE,
    docx=True,
    group=PaperGroup.ELECTION,
)

WORK_REPORT_COVER = Paper(
    key="election:work_report_cover",
    code="C8",
    name="工作报告封面",
    title="工作报告",
    layout=Cover(
        lines=(
            Field("organisation", "党组织", 100.0, 36.0),
            Field("term", "届期", 100.0, 36.0),
            Field("reporter", "报告人", 100.0, 36.0),
            Field("meeting", "会议", 100.0, 36.0),
            Field("reported_on", "报告时间", 100.0, 36.0),
        ),
        title_size=42.0,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)
