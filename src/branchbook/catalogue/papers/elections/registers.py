"""Forms of an election: recommendation summary (C3), reply (C5), a candidate's profile (C11), register (C19)."""

from branchbook.catalogue.papers.measures import line, pair, passage
from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import GridRow, Paper, PaperGroup, RecordTable, Subject

RECOMMENDATION_SUMMARY = Paper(
    key="election:recommendation_summary",
    code="C3-1",
    name="候选人推荐情况汇总表",
    title="{organisation}{offices}候选人推荐情况汇总表",
    layout=RecordTable(
        rows=(
            pair(("time", "推荐时间"), ("venue", "地点")),
            pair(("members", "党员总数"), ("taking_part", "参加推荐")),
            pair(("issued", "发出推荐票"), ("returned", "收回推荐票")),
            pair(("valid", "有效票"), ("invalid", "无效票")),
            GridRow(
                key="recommended",
                columns=(
                    Column("number", "序号", 14.0),
                    Column("name", "姓名", 32.0),
                    Column("work_post", "单位职务", 49.0),
                    Column("votes", "得票数", 22.0),
                    Column("votes_full", "其中正式党员", 24.0),
                    Column("votes_probationary", "其中预备党员", 24.0),
                ),
                blank_rows=15,
            ),
            passage("note", "备注", 20.0),
        ),
        repeated_rows=0,
        signatures=("计票人（签名）", "监票人（签名）", "书记（签名）"),
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)

REPLY = Paper(
    key="election:reply",
    code="C5",
    name="上级批复登记",
    title="{organisation}{election_name}上级批复登记表",
    layout=RecordTable(
        rows=(
            line("request", "所请示事项"),
            pair(("document", "批复文号"), ("replied_on", "批复日期")),
            pair(("replied_by", "批复机关"), ("received_on", "收到日期")),
            pair(("seats", "同意委员数"), ("seats_posts", "书记、副书记数")),
            passage("candidates", "同意的委员候选人", 34.0),
            passage("order_secretary", "书记候选人批准顺序", 22.0),
            passage("order_deputy", "副书记候选人批准顺序", 22.0),
            passage("meeting", "同意召开大会的时间", 16.0),
            passage("opinions", "批复的其他意见", 45.0),
            line("scan", "扫描件"),
            pair(("registered_by", "登记人"), ("registered_on", "登记日期")),
        ),
        date_line=False,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)

CANDIDATE_PROFILES = Paper(
    key="election:candidate_profiles",
    code="C11",
    name="候选人简介",
    title="{organisation}候选人简介",
    layout=RecordTable(
        rows=(
            pair(("name", "姓名"), ("candidate_for", "何职务候选人")),
            pair(("sex", "性别"), ("ethnic_group", "民族")),
            pair(("born_on", "出生年月"), ("native_place", "籍贯")),
            pair(("education", "学历（学位）"), ("work_started_on", "参加工作时间")),
            pair(("accepted_on", "入党时间"), ("full_member_since", "转正时间")),
            pair(("work_post", "职称、职务"), ("party_post", "现任党内职务")),
            passage("career", "简历", 68.0),
            passage("achievements", "工作实绩", 50.0),
            passage("strengths", "主要优缺点", 40.0),
        ),
        date_line=False,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)

REGISTER = Paper(
    key="election:register",
    code="C19",
    name="换届改选情况登记",
    title="{organisation}换届改选情况登记表",
    layout=RecordTable(
        rows=(
            pair(("elected_on", "改选日期"), ("venue", "会议地址")),
            pair(("present", "参加大会人数"), ("voters", "有选举权正式党员人数"), 11.0),
            line("absent", "缺席党员"),
            line("sent", "上级派员名单"),
            line("chair", "主持人"),
            pair(("scrutineers", "监票人"), ("tellers", "计票人")),
            GridRow(
                key="former",
                label="上届组成人员",
                columns=(
                    Column("former_name", "姓名", 40.0),
                    Column("former_post", "原任职务", 50.0),
                    Column("former_change", "变动原因", 75.0),
                ),
                blank_rows=6,
            ),
            GridRow(
                key="new",
                label="新届组成人员",
                columns=(
                    Column("name", "姓名", 32.0),
                    Column("age", "年龄", 16.0),
                    Column("education", "学历", 27.0),
                    Column("post", "党内职务", 36.0),
                    Column("duty", "分工", 54.0),
                ),
                blank_rows=7,
            ),
        ),
        date_line=False,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)
