"""The Chinese words for the fields of values, for the history's differences and for errors."""

from __future__ import annotations

from collections.abc import Mapping

ENTITY_WORDS: Mapping[str, str] = {
    "organisation": "组织",
    "term": "届次",
    "person": "人员",
    "person_fact": "人员经历",
    "record": "记录",
    "attachment": "附件",
    "checklist": "清单",
    "checklist_tick": "清单登记",
    "setting": "设置",
}

_SHARED: Mapping[str, str] = {
    "name": "名称",
    "note": "备注",
    "position": "排列顺序",
    "document": "文号",
    "organisation_id": "所在组织",
    "phone": "电话",
    "kind": "种类",
    "value": "内容",
    "from_on": "起始日期",
    "to_on": "截止日期",
    "title": "标题",
    "text": "内容",
    "reason": "原因",
    "due_on": "完成时限",
    "done_on": "落实日期",
    "outcome": "落实情况",
    "responsible": "责任人",
    "method": "表决方式",
    "votes_for": "赞成",
    "votes_against": "反对",
    "abstentions": "弃权",
    "speeches": "发言",
    "resolutions": "决议",
    "vote": "表决",
    "post": "职务",
    "make_up": "补课",
    "presence": "出席情况",
}

_BY_ENTITY: Mapping[str, Mapping[str, str]] = {
    "organisation": {
        "names": "名称",
        "founded_on": "成立日期",
        "parent_id": "上级组织",
        "closed_on": "撤销日期",
        "closing_reason": "撤销原因",
        "closing_document": "撤销文号",
        "predecessor_ids": "由哪些组织调整而来",
        "category": "类别",
        "higher_organisation": "上级党组织",
        "email": "邮箱",
        "venue": "活动场所",
    },
    "term": {
        "elected_on": "选举日期",
        "years": "任期（年）",
        "with_committee": "设支部委员会",
        "ended_on": "届满或结束日期",
    },
    "person": {
        "name": "姓名",
        "initials": "拼音首字母",
        "sex": "性别",
        "ethnic_group": "民族",
        "born_on": "出生日期",
        "native_place": "籍贯",
        "education": "学历",
        "degree": "学位",
        "work_started_on": "参加工作时间",
        "work_post": "工作单位及职务",
        "title": "职称",
        "identity_number": "身份证号",
        "address": "住址",
        "applied_on": "申请入党时间",
        "accepted_on": "入党时间",
        "full_member_since": "转正时间",
        "rights_since": "享有表决权的起始日期",
    },
    "person_fact": {
        "person_id": "人员",
        "ending": "结束方式",
        "ending_document": "结束文号",
        "counterpart": "对方组织",
    },
    "record": {
        "kinds": "种类",
        "held_on": "日期",
        "starts_at": "开始时间",
        "ends_at": "结束时间",
        "subject": "主题",
        "occasion": "事由",
        "venue": "地点",
        "people": "主持、记录等人员",
        "fields": "栏目",
        "attendance": "考勤",
        "exclusions": "经批准不计入应到",
        "observers": "列席人员",
        "agenda": "议题",
        "state": "状态",
        "late_entry": "补记",
        "frozen": "定稿人数",
        "correction_reason": "更正原因",
        "created_at": "建立时间",
        "finalised_at": "定稿时间",
        "kind_version": "格式版本",
    },
    "attachment": {
        "record_id": "所属记录",
        "file_name": "文件名",
        "sha256": "内容校验值",
        "size": "大小",
        "media_type": "类型",
        "caption": "说明",
        "print_sha256": "打印用图片校验值",
    },
    "checklist": {
        "cadence": "周期",
        "items": "项目",
        "organisation_ids": "适用组织",
        "source": "依据文件",
        "label": "标注",
    },
    "checklist_tick": {
        "checklist_id": "清单",
        "item_id": "项目",
        "period_start": "所属时段",
        "ticked_on": "登记日期",
        "evidence": "佐证",
    },
}


def entity_word(entity: str) -> str:
    """What a type of value is called on the screen."""
    return ENTITY_WORDS.get(entity, entity)


def field_word(field_name: str, entity: str = "") -> str:
    """What a field is called on the screen; the field's own name where it has no word."""
    own = _BY_ENTITY.get(entity, {})
    if field_name in own or entity:
        return own.get(field_name, _SHARED.get(field_name, field_name))
    for table in (_SHARED, *_BY_ENTITY.values()):
        if field_name in table:
            return table[field_name]
    return field_name
