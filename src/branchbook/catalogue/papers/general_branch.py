"""What is worded otherwise on the papers of a general branch: the same papers, its own words."""

from collections.abc import Mapping

from branchbook.domain.paper_change import PaperChange

_EVALUATION_FORM = PaperChange(
    labels={"organisation": "所在党总支", "branch_opinion": "党总支意见（评定等次）"}
)

GENERAL_BRANCH_WORDS: Mapping[str, PaperChange] = {
    "branch_basics": PaperChange(
        labels={"organisation": "党总支名称", "category": "类别", "groups_count": "党支部数"}
    ),
    "group_roster": PaperChange(
        title="{organisation}所属党支部概况", labels={"group": "党支部名称", "leader": "书记"}
    ),
    "member_roster": PaperChange(labels={"group": "所在党支部"}),
    "committee_meeting_minutes": PaperChange(
        title="{organisation}{year}年{month}月委员会会议记录", labels={"subject": "会议主题"}
    ),
    "attendance_year": PaperChange(labels={"committee_meeting": "委员会"}),
    "election:division_of_work": PaperChange(labels={"group": "联系党支部"}),
    "election:scrutineers": PaperChange(labels={"group": "单位（党支部）"}),
    "evaluation:member_form": _EVALUATION_FORM,
    "evaluation:member_forms": _EVALUATION_FORM,
    "evaluation:feedback": PaperChange(labels={"organisation": "所在党总支"}),
    "handbook_cover": PaperChange(
        title="党总支工作手册", labels={"organisation": "党总支名称", "secretary": "党总支书记"}
    ),
}
