"""Everything that can go wrong with a book's file, each with its own sentence for the user."""

from __future__ import annotations

import errno
from pathlib import Path

from branchbook.domain.problems import (
    DamagedProblem,
    PassphraseProblem,
    Problem,
    RefusedProblem,
    UnreadableProblem,
)


class MissingBookProblem(UnreadableProblem):
    """There is no file at the path given."""

    def __init__(self, path: Path) -> None:
        super().__init__("找不到这个文件", str(path), "请检查路径和文件名，或者文件所在的U盘是否已插好")


class NotABookProblem(UnreadableProblem):
    """The file is something else: a document, an archive, a picture, an empty file."""

    def __init__(self, path: Path, looks_like: str = "") -> None:
        what = f"这不是支部手册的文件，看起来是{looks_like}" if looks_like else "这不是支部手册的文件"
        super().__init__(what, str(path), "文件没有被改动。请选择扩展名为 .branchbook 的文件")


class PlainDatabaseProblem(UnreadableProblem):
    """The file is an unprotected SQLite database: an archive export, or another program's data."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "这是普通的 SQLite 数据库，不是支部手册的文件",
            str(path),
            "文件没有被改动。存档用的普通数据库不能直接打开，请打开原来的 .branchbook 文件或它的备份",
        )


class NewerBookProblem(UnreadableProblem):
    """The book was written by a later version of the program."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"这个簿由更新版本的程序写成（文件格式第 {found} 版，本程序只认识到第 {known} 版）",
            str(path),
            "文件没有被改动。请把程序升级到新版本后再打开",
        )
        self.found = found
        self.known = known


class OlderBookProblem(RefusedProblem):
    """The book needs an upgrade, and it was opened in a way that must not write."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"这个簿由较早版本的程序写成（文件格式第 {found} 版），需要先升级到第 {known} 版",
            str(path),
            "文件没有被改动。请先在程序窗口里打开它一次，升级前会自动留一份备份",
        )


class DamagedBookProblem(DamagedProblem):
    """The key is right and the file is not: some pages fail their check."""

    def __init__(self, path: Path, detail: str = "") -> None:
        what = f"簿文件已损坏：{detail}" if detail else "簿文件已损坏"
        super().__init__(what, str(path), "请不要继续使用这个文件，先把它复制一份留存，再从最近一次备份恢复")


class WrongPassphraseProblem(PassphraseProblem):
    """A passphrase is needed, or the one given does not open the book."""

    def __init__(self, path: Path, given: bool) -> None:
        what = "口令不对" if given else "打开这个文件需要口令"
        super().__init__(
            what,
            str(path),
            "请重新输入口令（注意大小写和输入法）。文件没有被改动；如果它本来就不是支部手册的文件，口令再对也打不开",
        )
        self.given = given


class BookInUseProblem(RefusedProblem):
    """Another program is writing in this book."""

    def __init__(self, path: Path, holder: str = "") -> None:
        who = f"，正在使用的是：{holder}" if holder else ""
        super().__init__(f"簿被占用{who}", str(path), "请先在那边关闭这本簿，再试一次；查看和打印不受影响")
        self.holder = holder


class ReadOnlyPlaceProblem(RefusedProblem):
    """The folder or the file can't be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "这个位置不能写入",
            str(path),
            "簿可以查看和打印，不能修改。需要修改时，请把文件复制到可以写入的文件夹再打开",
        )


class InterruptedWriteProblem(RefusedProblem):
    """A commit was cut off and its journal lies beside the book, which is opened for reading only."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "上一次写入被打断了，还没有退回",
            str(path),
            "打开一次这本簿，程序会自动退回到那次写入以前，已保存的内容都在；"
            "文件在只读的地方时，请先连同旁边的 -journal 文件复制到可以写入的文件夹",
        )


def has_journal(path: Path) -> bool:
    """True when an interrupted commit left its rollback journal beside the book."""
    journal = Path(f"{path}-journal")
    return journal.exists() and journal.stat().st_size > 0


class FullDiskProblem(RefusedProblem):
    """The disk ran out of room; what was being written was taken back."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "磁盘已满，刚才的内容没有写入",
            str(path),
            "以前保存的内容都还在。请清理出空间或换一个位置，再试一次",
        )


class NoRoomProblem(FullDiskProblem):
    """There is less room than a copy needs; nothing was written at all."""

    def __init__(self, path: Path, needed: int, free: int) -> None:
        super().__init__(path)
        self.what = f"磁盘空间不够：需要 {_megabytes(needed)}，只剩 {_megabytes(free)}，没有开始写"


class UnpluggedProblem(RefusedProblem):
    """The stick or disk went away, or fails, while it was being written or read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "写到一半，U盘或磁盘不见了",
            str(path),
            "可能被拔出，或者有坏道。以前的备份和原来的簿都没有改动。请插好，或换一个位置，再试一次",
        )


class FileTooLargeProblem(RefusedProblem):
    """The target volume can't hold a file of this size (FAT32: 4 GiB)."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "备份超过 4 GiB，这个U盘的格式（FAT32）存不下这么大的文件",
            str(path),
            "请换一个 exFAT 或 NTFS 格式的U盘，或者备份到别的磁盘",
        )


class WouldOverwriteProblem(RefusedProblem):
    """A file of this name is already there, and nothing is ever written over it."""

    def __init__(self, path: Path) -> None:
        super().__init__("这里已经有同名的文件", str(path), "原来的文件没有被改动。请换一个文件名")


class BackupFailedProblem(RefusedProblem):
    """The copy was written and then failed its check; it has been removed."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"备份没有成功：{detail}",
            str(path),
            "没有留下不完整的备份，原来的簿没有被改动。请换一个位置再试",
        )


class UpgradeFailedProblem(RefusedProblem):
    """An upgrade on the copy did not pass its checks; the book is as it was."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"升级没有成功：{detail}",
            str(path),
            "原来的簿没有被改动。请保留这个文件，并把这段话告诉维护人员",
        )


def of_disk_error(error: OSError, path: Path) -> Problem:
    """The user's sentence for an operating-system error met while working on ``path``."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FullDiskProblem(path)
    if error.errno == errno.EFBIG:
        return FileTooLargeProblem(path)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return ReadOnlyPlaceProblem(path)
    if error.errno in (errno.EIO, errno.ENODEV, errno.ENXIO):
        return UnpluggedProblem(path)
    if error.errno == errno.ENOENT:
        return MissingBookProblem(path)
    if error.errno in (errno.EISDIR, errno.ENOTDIR):
        return NotABookProblem(path, "文件夹")
    return RefusedProblem("读写文件时出错", str(path), f"系统给出的原因：{error.strerror or error}")


_BY_ENGINE_CODE: dict[str, type[FullDiskProblem] | type[ReadOnlyPlaceProblem] | type[BookInUseProblem]] = {
    "SQLITE_FULL": FullDiskProblem,
    "SQLITE_READONLY": ReadOnlyPlaceProblem,
    "SQLITE_CANTOPEN": ReadOnlyPlaceProblem,
    "SQLITE_PERM": ReadOnlyPlaceProblem,
    "SQLITE_AUTH": ReadOnlyPlaceProblem,
    "SQLITE_BUSY": BookInUseProblem,
    "SQLITE_LOCKED": BookInUseProblem,
}

_CODE_BY_MESSAGE = {
    "disk is full": "SQLITE_FULL",
    "readonly database": "SQLITE_READONLY",
    "unable to open database": "SQLITE_CANTOPEN",
    "database is locked": "SQLITE_BUSY",
    "malformed": "SQLITE_CORRUPT",
    "not a database": "SQLITE_NOTADB",
    "disk I/O error": "SQLITE_IOERR",
}
"""For the one call whose errors carry no code: the online backup."""


def of_engine_error(error: BaseException, path: Path) -> Problem | None:
    """The user's sentence for an error of the database engine, or None for a fault of our own.

    The engine names extended codes such as SQLITE_READONLY_DIRECTORY; the family is its beginning.
    SQLAlchemy wraps the driver's error in ``orig``. A broken constraint or wrong SQL is a fault in
    this program, not a problem with the file, so it stays the exception it is.
    """
    cause = getattr(error, "orig", None) or error
    code = str(getattr(cause, "sqlite_errorname", "") or _code_of_message(str(cause)))
    for family, problem in _BY_ENGINE_CODE.items():
        if code.startswith(family):
            interrupted = problem is ReadOnlyPlaceProblem and has_journal(path)
            return InterruptedWriteProblem(path) if interrupted else problem(path)
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedBookProblem(path)
    if code.startswith("SQLITE_IOERR"):
        return RefusedProblem(
            "读写簿文件时出错",
            str(path),
            "请检查磁盘或U盘是否已拔出或有坏道，再试一次；以前保存的内容没有被改动",
        )
    return None


def _code_of_message(message: str) -> str:
    """The engine's code for one of its own, fixed English messages; empty for any other."""
    return next((code for text, code in _CODE_BY_MESSAGE.items() if text in message), "")


def _megabytes(size: int) -> str:
    return f"{size / 1048576:.0f} MB" if size >= 10 * 1048576 else f"{size / 1048576:.1f} MB"
