"""Where a verb writes: a place that fits, and a file that is whole or not there at all."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from branchbook.domain.problems import RefusedProblem, UnreadableProblem

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
    errno.EROFS: "这个位置是只读的",
    errno.ENOENT: "没有这个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "同名的是一个文件夹",
    errno.EEXIST: "同名的是一个文件",
    errno.ENAMETOOLONG: "文件名太长",
}


def check_target(path: Path, *endings: str) -> None:
    """Refuse a target that is not named as what it will hold, or that cannot be a file.

    A book given by mistake as the output of an export is so never replaced.
    """
    if endings and path.suffix.lower() not in endings:
        raise UnreadableProblem(
            f"输出文件须以 {' 或 '.join(endings)} 结尾", path.name, "没有写入任何文件；请改正文件名"
        )
    if not path.parent.is_dir():
        raise UnreadableProblem("没有这个文件夹", str(path.parent), f"请先建好文件夹，再写 {path.name}")
    if path.is_dir():
        raise UnreadableProblem("这是一个文件夹，不是文件", str(path), "请写明文件名；没有写入任何文件")


def make_folder(path: Path) -> None:
    """The folder, made where it is not there yet. Raises RefusedProblem saying why it can't be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedProblem("文件夹建不了", f"{path}：{_reason(error)}", "请换一个位置") from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file: beside its place first, then into it. Raises RefusedProblem saying why it can't be."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):  # in a read-only place even removing what was never made fails
            part.unlink(missing_ok=True)
        raise RefusedProblem(
            "文件写不进去", f"{path}：{_reason(error)}", "请换一个文件夹，或腾出空间；原来的文件没有改动"
        ) from error


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, f"系统报告错误 {error.errno}")
