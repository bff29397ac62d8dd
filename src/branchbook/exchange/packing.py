"""A folder or a zip that is put together beside its place and takes it only when it is whole."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from branchbook.domain.problems import RefusedProblem

_STORED = frozenset({".branchbook", ".pdf", ".xlsx"})
"""Ciphertext and what is packed already: packing again costs time and gains nothing."""


class Packing:
    """Implements ``services.handover.PackFiles``."""

    @contextmanager
    def packing(self, out: Path) -> Iterator[Path]:
        """A folder to write into, which becomes ``out`` at the end; nothing is left where the block fails."""
        _refuse_taken(out)
        try:
            staging = Path(mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
        except OSError as error:
            raise _refused(out, error) from error
        try:
            yield staging
            _put(staging, out)
        except OSError as error:
            raise _refused(out, error) from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _refuse_taken(out: Path) -> None:
    if not out.parent.is_dir():
        raise RefusedProblem("没有这个文件夹", str(out.parent), "请先建好文件夹，或换一个位置")
    if out.exists():
        raise RefusedProblem("这里已经有同名的文件或文件夹", str(out), "原来的没有改动。请换一个名字")


def _put(staging: Path, out: Path) -> None:
    if out.suffix.lower() != ".zip":
        staging.chmod(0o755)
        staging.rename(out)
        return
    packed = staging / "pack.zip"
    files = sorted(each for each in staging.rglob("*") if each.is_file())
    with zipfile.ZipFile(packed, "w") as archive:
        for file in files:
            how = zipfile.ZIP_STORED if file.suffix in _STORED else zipfile.ZIP_DEFLATED
            archive.write(file, f"{out.stem}/{file.relative_to(staging).as_posix()}", how)
    packed.rename(out)


def _refused(out: Path, error: OSError) -> RefusedProblem:
    why = f"系统给出的原因：{error.strerror or error}"
    return RefusedProblem("交接材料没有写成", str(out), f"没有留下不完整的材料。{why}")
