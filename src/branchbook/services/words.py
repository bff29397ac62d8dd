"""The Chinese words for the values of the domain's enumerations, one table for screen, history and papers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from branchbook.domain.ballots import Ballot, Base, ElectionKind, Question
from branchbook.domain.checklists import Cadence
from branchbook.domain.evaluation_count import CapBase, Grade
from branchbook.domain.evaluations import Audience, BallotForm, Elsewhere, ItemGrade
from branchbook.domain.fields import FieldType
from branchbook.domain.ledgers import LedgerLayout
from branchbook.domain.organisations import ClosingReason, OrganisationKind
from branchbook.domain.people import (
    FactKind,
    Mark,
    MembershipChange,
    Post,
    Restriction,
    Sex,
    Standing,
)
from branchbook.domain.procedures import ProcedureState
from branchbook.domain.records import AttachmentKind, DecisionKind, Presence, RecordState, VoteMethod
from branchbook.domain.stages import Stage

_TABLES: tuple[Mapping[StrEnum, str], ...] = (
    {Sex.MALE: "男", Sex.FEMALE: "女"},
    {
        Standing.APPLICANT: "入党申请人",
        Standing.ACTIVIST: "入党积极分子",
        Standing.DEVELOPMENT_CANDIDATE: "发展对象",
        Standing.PROBATIONARY: "预备党员",
        Standing.FULL: "正式党员",
    },
    {
        Restriction.WARNING: "警告",
        Restriction.SERIOUS_WARNING: "严重警告",
        Restriction.REMOVED_FROM_POST: "撤销党内职务",
        Restriction.DISCIPLINARY_PROBATION: "留党察看",
        Restriction.RIGHTS_SUSPENDED: "权利中止",
        Restriction.MEMBERSHIP_SUSPENDED: "停止党籍",
        Restriction.CORRECTION_ORDERED: "限期改正",
    },
    {
        Post.SECRETARY: "书记",
        Post.DEPUTY_SECRETARY: "副书记",
        Post.ORGANISATION_MEMBER: "组织委员",
        Post.PUBLICITY_MEMBER: "宣传委员",
        Post.DISCIPLINE_MEMBER: "纪检委员",
        Post.UNITED_FRONT_MEMBER: "统战委员",
        Post.YOUTH_MEMBER: "青年委员",
        Post.COMMITTEE_MEMBER: "委员",
        Post.GROUP_LEADER: "党小组组长",
        Post.GROUP_DEPUTY_LEADER: "党小组副组长",
    },
    {
        Mark.FLOATING: "流动党员",
        Mark.RETIRED: "离退休",
        Mark.HARDSHIP: "困难党员",
        Mark.ABROAD: "出国（境）",
        Mark.DUAL_LIFE_LEADER: "双重组织生活领导干部",
        Mark.TEMPORARY_LETTER: "持临时组织关系",
    },
    {
        MembershipChange.ON_RECORD: "在册",
        MembershipChange.TRANSFERRED_IN: "转入",
        MembershipChange.ACCEPTED: "接收",
        MembershipChange.REDRAWN: "支部调整",
        MembershipChange.TRANSFERRED_OUT: "转出",
        MembershipChange.DIED: "去世",
        MembershipChange.EXPELLED: "开除党籍",
        MembershipChange.REMOVED: "除名",
        MembershipChange.WITHDRAWN: "退党",
        MembershipChange.PROBATION_CANCELLED: "取消预备党员资格",
    },
    {
        FactKind.MEMBERSHIP: "组织关系",
        FactKind.GROUP: "党小组",
        FactKind.STANDING: "身份",
        FactKind.RESTRICTION: "处分、处置与权利限制",
        FactKind.POST: "职务",
        FactKind.MARK: "标记",
    },
    {
        OrganisationKind.GENERAL_BRANCH: "党总支",
        OrganisationKind.BRANCH: "党支部",
        OrganisationKind.GROUP: "党小组",
    },
    {
        ClosingReason.DISSOLVED: "撤销",
        ClosingReason.DIVIDED: "拆分",
        ClosingReason.MERGED: "合并",
    },
    {
        AttachmentKind.NOTICE: "会议通知",
        AttachmentKind.SIGN_IN: "签到表",
        AttachmentKind.PHOTO: "照片",
        AttachmentKind.RESOLUTION: "决议",
        AttachmentKind.COURSEWARE: "课件",
        AttachmentKind.OTHER: "其他",
    },
    {RecordState.DRAFT: "草稿", RecordState.FINAL: "定稿", RecordState.CORRECTED: "已更正"},
    {
        Presence.PRESENT: "出席",
        Presence.ON_LEAVE: "请假",
        Presence.ABSENT: "缺席",
        Presence.EXCLUDED: "经批准不计入应到",
    },
    {VoteMethod.HANDS: "举手表决", VoteMethod.SECRET: "无记名投票", VoteMethod.ORAL: "口头表决"},
    {
        DecisionKind.ORDINARY: "一般事项",
        DecisionKind.COMMITTEE: "支委会决定",
        DecisionKind.ACCEPTANCE: "接收预备党员",
        DecisionKind.CONVERSION: "预备党员转正",
        DecisionKind.DISPOSAL: "处分、处置党员",
        DecisionKind.ELECTION: "选举",
    },
    {
        ElectionKind.COMMITTEE: "委员",
        ElectionKind.SECRETARY: "书记",
        ElectionKind.DEPUTY: "副书记",
    },
    {Question.CONVERT: "按期转正", Question.EXTEND: "延长预备期", Question.CANCEL: "取消预备党员资格"},
    {Ballot.MAIN: "第一次投票", Ballot.FURTHER: "另行选举", Ballot.TIE: "平票再次投票"},
    {Base.PRESENT: "实到会有选举权人数", Base.DUE: "应到会有选举权人数"},
    {
        ProcedureState.OPEN: "办理中",
        ProcedureState.FINISHED: "已办结",
        ProcedureState.CORRECTED: "已更正",
        ProcedureState.ABANDONED: "已终止",
    },
    {
        Stage.APPLICANT: "入党申请人",
        Stage.ACTIVIST: "入党积极分子",
        Stage.DEVELOPMENT_CANDIDATE: "发展对象",
        Stage.ACCEPTANCE: "发展对象（待接收）",
        Stage.PROBATIONARY: "预备党员",
    },
    {LedgerLayout.GRID: "横向表格", LedgerLayout.PAGE: "每条一页"},
    {
        FieldType.TEXT: "文字",
        FieldType.LONG_TEXT: "长文字",
        FieldType.CHOICE: "单选",
        FieldType.CHOICES: "多选",
        FieldType.NUMBER: "数字",
        FieldType.YES_NO: "是否",
        FieldType.DATE: "日期",
        FieldType.PERSON: "一人",
        FieldType.PERSONS: "多人",
        FieldType.MONEY: "金额（元）",
        FieldType.ORGANISATION: "组织",
        FieldType.LINK: "有关记录",
        FieldType.ATTACHMENT: "附件",
    },
    {
        Grade.EXCELLENT: "优秀",
        Grade.QUALIFIED: "合格",
        Grade.BASICALLY_QUALIFIED: "基本合格",
        Grade.UNQUALIFIED: "不合格",
    },
    {ItemGrade.GOOD: "好", ItemGrade.FAIR: "一般", ItemGrade.POOR: "差"},
    {Audience.MEMBERS: "党员测评", Audience.MASSES: "群众测评"},
    {BallotForm.GRADES: "只评等次", BallotForm.ITEMS: "分项测评"},
    {Elsewhere.SENT: "结果告知原支部", Elsewhere.RECEIVED: "在流入地评议"},
    {CapBase.FULL_MEMBERS: "正式党员", CapBase.PARTICIPANTS: "参评党员"},
    {
        Cadence.MONTHLY: "每月",
        Cadence.QUARTERLY: "每季度",
        Cadence.HALF_YEARLY: "每半年",
        Cadence.YEARLY: "每年",
    },
)

_BY_MEMBER = {(type(member), member.value): word for table in _TABLES for member, word in table.items()}
ENUMERATIONS: tuple[type[StrEnum], ...] = tuple(dict.fromkeys(kind for kind, _ in _BY_MEMBER))
"""Every enumeration that has words."""


def word_of(member: StrEnum) -> str:
    """The Chinese word of a member. Two enumerations may share a value and still differ in the word."""
    return _BY_MEMBER[type(member), member.value]
