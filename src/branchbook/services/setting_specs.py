"""What a declared setting is, and the settings of backups and of locking, shown in one page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class SettingType(StrEnum):
    """How the Settings place shows a setting; TABLE has its own editor."""

    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One line of the Settings place. ``unconfirmed`` shows 待核实 beside the label.

    ``choices`` are (value, Chinese word); ``least`` and ``most`` bound a number.
    """

    key: str
    type: SettingType
    group: str
    label: str
    help: str
    unconfirmed: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0

    @property
    def default(self) -> Any:
        """The value without a choice of the user."""
        from branchbook.services.settings_table import BookSettings

        return getattr(BookSettings(), self.key)


BACKUP_SPECS: tuple[SettingSpec, ...] = (
    SettingSpec(
        "backup_at_exit",
        SettingType.YES_NO,
        "备份",
        "关闭时自动备份",
        "簿有改动、选定的U盘或文件夹又在的时候，关闭簿时备份一次；U盘没有插就不备份，也不打扰",
    ),
    SettingSpec(
        "backup_reminder_days",
        SettingType.NUMBER,
        "备份",
        "多少天没有备份时提醒",
        "超过这些天，工作台和窗口下方会提醒",
        least=1,
        most=365,
    ),
    *(
        SettingSpec(
            key,
            SettingType.NUMBER,
            "备份",
            f"每{period}留一份，留最近多少{period}",
            "新的备份校验完好以后，才删除这些份数以外的旧备份；留存的和恢复、升级、导入前的不删",
            most=most,
        )
        for key, period, most in (
            ("backups_of_days", "天", 366),
            ("backups_of_weeks", "周", 520),
            ("backups_of_months", "月", 240),
            ("backups_of_years", "年", 100),
        )
    ),
)
"""When backups are made and how many are kept."""

LOCKING_SPECS: tuple[SettingSpec, ...] = (
    SettingSpec(
        "lock_after_minutes",
        SettingType.NUMBER,
        "口令与锁定",
        "几分钟没有操作就锁定",
        "填 0 不自动锁定。只对有口令的簿有用；没写完的内容留作草稿。随时可按 Ctrl+L 立即锁定",
        least=0,
        most=240,
    ),
)
"""When a window is locked."""
