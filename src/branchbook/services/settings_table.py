"""The table of a book's settings: key, type, default, label and help, from which the Settings place is made.

The operator's name is not here: it belongs to the program, not to the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from branchbook.catalogue.kinds_list import KINDS
from branchbook.domain.amounts import HalfCents
from branchbook.domain.ballot_papers import BallotStyle
from branchbook.domain.dues import DuesRounding
from branchbook.domain.education_hours import StudyHour
from branchbook.domain.evaluation_count import CapBase
from branchbook.domain.paper_change import PaperChange
from branchbook.domain.records import AttachmentKind
from branchbook.domain.talks import OCCASIONS
from branchbook.domain.tally_count import ElectionBase, WriteInWithoutAgainst
from branchbook.services.paper_choices import (
    PAPER_CHOICES,
    BallotMark,
    BallotsPerSheet,
    ConversionBallots,
    EvaluationOrder,
    ProbationaryOnBallot,
    SpareBallots,
    WritingPaperKind,
)
from branchbook.services.rule_choices import (
    EXCLUSION_HELP,
    GRADED,
    GRADED_HELP,
    RULE_CHOICES,
    LocalCadence,
    MajorityBase,
    ObservationCadence,
    RightsFrom,
    RuleCorrection,
    SecretaryFrom,
)
from branchbook.services.setting_specs import BACKUP_SPECS, LOCKING_SPECS, SettingSpec, SettingType

__all__ = ["SPECS", "SPEC_BY_KEY", "BookSettings", "SettingSpec", "SettingType"]


@dataclass(frozen=True, slots=True)
class BookSettings:
    """Every setting of a book with its default. A field's name is the setting's key."""

    expected_attachments: Mapping[str, tuple[AttachmentKind, ...]] = field(
        default_factory=lambda: {kind.key: kind.expected for kind in KINDS}
    )
    local_cadences: tuple[LocalCadence, ...] = ()
    rule_corrections: tuple[RuleCorrection, ...] = ()
    half_period_rule: bool = True
    talk_occasions: tuple[str, ...] = OCCASIONS
    talks_with_each_committee_member: bool = False
    exclude_at_acceptance: bool = False
    exclude_at_conversion: bool = False
    exclude_at_disposal: bool = False
    committee_majority_base: MajorityBase = MajorityBase.ALL
    observation_cadence: ObservationCadence = ObservationCadence.QUARTERLY
    rights_from: RightsFrom = RightsFrom.APPROVAL
    conversion_by_hands: bool = False
    election_base: ElectionBase = ElectionBase.PRESENT
    write_in_without_against: WriteInWithoutAgainst = WriteInWithoutAgainst.VOID_WRITE_IN
    single_names_first: bool = True
    secretary_from: SecretaryFrom = SecretaryFrom.ELECTED
    secretary_election_margin: bool = False
    admission_boundary: date = date(2026, 5, 18)
    excellent_base: CapBase = CapBase.FULL_MEMBERS
    grade_under_observation: bool = False
    grade_suspended: bool = False
    grade_abroad: bool = False
    further_holidays: str = ""
    paper_changes: Mapping[str, PaperChange] = field(default_factory=dict)
    ballot_style: BallotStyle = BallotStyle.CELLS
    ballots_per_sheet: BallotsPerSheet = BallotsPerSheet.TWO
    ballot_write_ins: int = 0
    ballot_colour_note: bool = True
    spare_ballots: SpareBallots = SpareBallots.CUT
    conversion_ballots: ConversionBallots = ConversionBallots.FOUR
    conversion_ballot_mark: BallotMark = BallotMark.CIRCLE
    evaluation_ballot_order: EvaluationOrder = EvaluationOrder.ROSTER
    evaluation_ballot_probationary: ProbationaryOnBallot = ProbationaryOnBallot.OMIT
    writing_paper: WritingPaperKind = WritingPaperKind.SQUARES
    roster_columns: Mapping[str, str] = field(default_factory=dict)
    identity_masked: bool = True
    half_cents: HalfCents = HalfCents.REFUSE
    dues_rounding: DuesRounding = DuesRounding.FEN
    study_hour: StudyHour = StudyHour.SIXTY
    attachment_megabytes: int = 50
    exchange_megabytes: int = 2048
    lock_after_minutes: int = 0
    backup_at_exit: bool = True
    backup_reminder_days: int = 14
    backups_of_days: int = 7
    backups_of_weeks: int = 5
    backups_of_months: int = 12
    backups_of_years: int = 30


SPECS: tuple[SettingSpec, ...] = (
    SettingSpec(
        "local_cadences",
        SettingType.TABLE,
        "规定与口径",
        "本地更严的频次",
        "上级文件要求得更勤时在此登记，须写明依据文件；工作台按更严的一条提示",
    ),
    SettingSpec(
        "rule_corrections",
        SettingType.TABLE,
        "规定与口径",
        "规则更正",
        "与本地掌握的文件不一致的数值或条款号，写明依据后以更正为准",
    ),
    SettingSpec(
        "half_period_rule",
        SettingType.YES_NO,
        "规定与口径",
        "存续不足半个周期的不作要求",
        "支部、支委会或党小组在一个周期内存在不足一半时间的，该周期不要求召开",
    ),
    SettingSpec(
        "talks_with_each_committee_member",
        SettingType.YES_NO,
        "规定与口径",
        "每名委员与每名党员都要谈心谈话",
        "条例要求委员与党员之间每年一般不少于 1 次；是每名委员都谈，还是每名党员有委员谈过即可，"
        "各地掌握不同（待核实），默认按后一种提示",
        unconfirmed=True,
    ),
    SettingSpec(
        "exclude_at_acceptance",
        SettingType.YES_NO,
        "规定与口径",
        "接收预备党员的大会扣除经批准人员",
        EXCLUSION_HELP,
        unconfirmed=True,
    ),
    SettingSpec(
        "exclude_at_conversion",
        SettingType.YES_NO,
        "规定与口径",
        "预备党员转正的大会扣除经批准人员",
        EXCLUSION_HELP,
        unconfirmed=True,
    ),
    SettingSpec(
        "exclude_at_disposal",
        SettingType.YES_NO,
        "规定与口径",
        "处分、处置党员的大会扣除经批准人员",
        EXCLUSION_HELP,
        unconfirmed=True,
    ),
    SettingSpec(
        "committee_majority_base",
        SettingType.CHOICE,
        "规定与口径",
        "支委会表决过半数的基数",
        "条例对支委会只规定到会人数，表决基数按通行做法取全体委员（待核实）",
        unconfirmed=True,
        choices=((MajorityBase.ALL, "全体委员"), (MajorityBase.PRESENT, "到会委员")),
    ),
    SettingSpec(
        "observation_cadence",
        SettingType.CHOICE,
        "规定与口径",
        "预备党员考察周期",
        "发展党员工作细则没有写明周期，各地按季度或半年考察",
        choices=((ObservationCadence.QUARTERLY, "每季度"), (ObservationCadence.HALF_YEARLY, "每半年")),
    ),
    SettingSpec(
        "conversion_by_hands",
        SettingType.YES_NO,
        "规定与口径",
        "预备党员转正举手表决",
        "2014 年细则可以举手；2026 年修订本写明无记名投票。这里只定新表决的默认方式，每次表决还可以另选",
    ),
    SettingSpec(
        "rights_from",
        SettingType.CHOICE,
        "规定与口径",
        "转正后有表决权的起始日",
        "党龄从预备期满之日算起；表决权从哪天起，规定没有写明，默认从上级批准之日起",
        unconfirmed=True,
        choices=((RightsFrom.APPROVAL, "上级批准之日"), (RightsFrom.END_OF_PROBATION, "预备期满之日")),
    ),
    SettingSpec(
        "election_base",
        SettingType.CHOICE,
        "规定与口径",
        "选举当选过半数的基数",
        "多数选举办法取实到会有选举权的人数，也有取应到会的（待核实）；两种口径结果不同的人，计票结果会写明",
        unconfirmed=True,
        choices=(
            (ElectionBase.PRESENT, "实到会人数"),
            (ElectionBase.DUE, "应到会人数"),
        ),
    ),
    SettingSpec(
        "write_in_without_against",
        SettingType.CHOICE,
        "规定与口径",
        "选票上没有不赞成任何人而另选他人",
        "投不赞成票的可以另选他人；一个也没有不赞成的，所写姓名计不计，以本次选举办法为准；其余标记都有效",
        choices=(
            (WriteInWithoutAgainst.VOID_WRITE_IN, "所写姓名不计"),
            (WriteInWithoutAgainst.COUNT, "所写姓名照计"),
        ),
    ),
    SettingSpec(
        "secretary_election_margin",
        SettingType.YES_NO,
        "规定与口径",
        "书记、副书记实行差额选举",
        "通行做法是每个职务 1 名候选人等额选举；上级要求差额的打开此项，候选人数与设置不符时提示",
    ),
    SettingSpec(
        "single_names_first",
        SettingType.YES_NO,
        "规定与口径",
        "姓氏笔画排序时同姓的单名在前",
        "党内通行做法：田富排在田大利之前；关闭后逐字比较笔画",
    ),
    SettingSpec(
        "admission_boundary",
        SettingType.DATE,
        "规定与口径",
        "发展党员工作细则 2026 年修订本施行日期",
        "修订本于 2026-05-18 公布，施行日期和过渡办法待核实；这一天以前的事项按 2014 年细则，以后的按修订本",
        unconfirmed=True,
    ),
    SettingSpec(
        "excellent_base",
        SettingType.CHOICE,
        "规定与口径",
        "民主评议优秀比例的基数",
        "优秀一般不超过三分之一，各地通知对基数写法不一（待核实）；两种口径结果不同时都会写明",
        unconfirmed=True,
        choices=((CapBase.FULL_MEMBERS, "正式党员"), (CapBase.PARTICIPANTS, "参评党员")),
    ),
    *(
        SettingSpec(
            key, SettingType.YES_NO, "规定与口径", f"{who}评定等次", why + GRADED_HELP, unconfirmed=True
        )
        for key, who, why in GRADED
    ),
    SettingSpec(
        "further_holidays",
        SettingType.TABLE,
        "规定与口径",
        "补充的节假日表",
        "公示按工作日计算；随程序附带的年份之外，可照国务院办公厅的通知按年补充，没有补充的年份标明“暂算”",
    ),
    SettingSpec(
        "secretary_from",
        SettingType.CHOICE,
        "规定与口径",
        "书记、副书记任职起算日",
        "选举结果批复之前为当选待批；批准后从当选之日或批复之日起算任职，条例没有写明（待核实）",
        unconfirmed=True,
        choices=((SecretaryFrom.ELECTED, "当选之日"), (SecretaryFrom.REPLY, "批复之日")),
    ),
    *(
        SettingSpec(key, SettingType.CHOICE, "规定与口径", label, hint, unconfirmed=True, choices=choices)
        for key, label, hint, choices in RULE_CHOICES
    ),
    SettingSpec(
        "half_cents",
        SettingType.CHOICE,
        "记录与附件",
        "金额不足一分时",
        "台账里的金额按分记。写到厘的金额默认不收；选四舍五入的，录入和导入时都会写明改成了多少",
        unconfirmed=True,
        choices=((HalfCents.REFUSE, "不收，提示改正"), (HalfCents.ROUND, "四舍五入到分")),
    ),
    SettingSpec(
        "talk_occasions",
        SettingType.TABLE,
        "记录与附件",
        "谈心谈话的必谈情形",
        "谈心谈话记录中可以选的情形；花名册能看出的（岗位变动、处分处置、转正、困难）还会提示尚未谈话的人",
    ),
    SettingSpec(
        "expected_attachments",
        SettingType.TABLE,
        "记录与附件",
        "各类记录应有的附件",
        "缺少的附件列入“缺件清单”，供检查前核对",
    ),
    SettingSpec(
        "attachment_megabytes",
        SettingType.NUMBER,
        "记录与附件",
        "单个附件最大（MB）",
        "超过的文件不放入簿中，原文件不受影响",
        least=1,
        most=500,
    ),
    SettingSpec(
        "paper_changes",
        SettingType.TABLE,
        "打印",
        "表格的标题、栏目与顺序",
        "可改标题、栏目名称、显示与否、顺序和空白高度，随时可以恢复原样",
    ),
    SettingSpec(
        "ballot_style",
        SettingType.CHOICE,
        "打印",
        "选票样式",
        "甲式：姓名竖写，在上方空格画“○”“×”；乙式：竖表，在赞成、不赞成、弃权三栏中选一栏画“√”",
        choices=((BallotStyle.CELLS, "甲式（横排）"), (BallotStyle.TABLE, "乙式（竖表）")),
    ),
    SettingSpec(
        "ballots_per_sheet",
        SettingType.CHOICE,
        "打印",
        "每张纸印几张选票",
        "A4 纸印两张沿虚线裁开，或者用 A5 纸印一张；候选人多、印不下时自动改为一张 A4 印一张",
        choices=((BallotsPerSheet.TWO, "A4 印两张"), (BallotsPerSheet.ONE, "A5 印一张")),
    ),
    SettingSpec(
        "ballot_write_ins",
        SettingType.NUMBER,
        "打印",
        "“另选他人”的空格数",
        "填 0 时与应选名额相同",
        least=0,
        most=12,
    ),
    SettingSpec(
        "ballot_colour_note",
        SettingType.YES_NO,
        "打印",
        "选票下方注明用纸颜色",
        "不同职务用不同颜色的纸：委员白色、书记粉色、副书记黄色",
    ),
    *(
        SettingSpec(key, SettingType.CHOICE, "打印", label, hint, choices=choices)
        for key, label, hint, choices in PAPER_CHOICES
    ),
    SettingSpec(
        "identity_masked",
        SettingType.YES_NO,
        "花名册",
        "身份证号只显示前后几位",
        "需要完整号码时可在花名册打印和导出时另选",
    ),
    SettingSpec(
        "roster_columns",
        SettingType.TABLE,
        "花名册",
        "花名册的列对应",
        "导入 Excel 时每一列对应哪一项，下次自动沿用",
    ),
    SettingSpec(
        "exchange_megabytes",
        SettingType.NUMBER,
        "导入与交换",
        "导入交换文件的上限（MB）",
        "超过上限的压缩包不会解开，防止误导入损坏或恶意文件",
        least=1,
        most=16384,
    ),
    *BACKUP_SPECS,
    *LOCKING_SPECS,
)
"""The Settings place, in its order."""

SPEC_BY_KEY: Mapping[str, SettingSpec] = {spec.key: spec for spec in SPECS}
