"""Where a finished paper goes: into a file, whole or not at all, or to a printer of this computer.

On Linux and macOS the PDF is handed to ``lp`` as it is (it stays vector and leaves no copy on the disk); on
Windows the shell's print verb hands it to whatever prints PDFs there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

from branchbook.domain.problems import Problem, RefusedProblem, UnreadableProblem

_LONGEST_REASON = 120


class Sides(StrEnum):
    """How the sheets are printed; the values are those of ``lp -o sides=``."""

    ONE = "one-sided"
    LONG_EDGE = "two-sided-long-edge"
    SHORT_EDGE = "two-sided-short-edge"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A PDF and how to print it. ``printer`` empty: the computer's default printer."""

    title: str
    pdf: bytes
    printer: str = ""
    copies: int = 1
    sides: Sides = Sides.ONE


class Printers(Protocol):
    """The printers of this computer. Nothing here waits: answers come by the callables given."""

    @property
    def takes_options(self) -> bool:
        """Whether printer, copies and sides can be chosen here."""
        ...

    def list_names(self, then: Callable[[tuple[str, ...]], None]) -> None:
        """Tell the printers' names; none where there are none, or nothing to ask."""
        ...

    def send(self, job: PrintJob, then: Callable[[], None], failed: Callable[[Problem], None]) -> None:
        """Hand a job over."""
        ...


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place.

    Raises RefusedProblem where it can't be written; what was there before is untouched then.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise RefusedProblem(
            "文件写不进去", str(path), "请换一个文件夹，或腾出空间；文件正被别的程序打开时，请先关闭它"
        ) from error


def read_whole(path: Path) -> bytes:
    """The content of a file. Raises UnreadableProblem where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableProblem("文件读不出来", path.name, "请检查它是否还在原来的位置") from error


def file_name(title: str, ending: str) -> str:
    """A title as the name of a file, without what file systems refuse."""
    kept = "".join("　" if each in '\\/:*?"<>|' or each < " " else each for each in title)
    return f"{kept.strip(' .　')[:80] or '表册'}{ending}"


def system_printers(parent: QObject | None = None) -> Printers:
    """The printers of the system that the program runs on."""
    return ShellPrinters() if sys.platform == "win32" else CommandPrinters(parent)


class CommandPrinters(QObject):
    """CUPS through its own commands: ``lpstat -e`` lists, ``lp`` takes the PDF."""

    @property
    def takes_options(self) -> bool:
        """All of them."""
        return True

    def list_names(self, then: Callable[[tuple[str, ...]], None]) -> None:
        """The destinations that ``lpstat -e`` names, one a line."""

        def ended(code: int, output: str, _error: str) -> None:
            then(tuple(line.strip() for line in output.splitlines() if line.strip()) if code == 0 else ())

        self._run("lpstat", ["-e"], b"", ended, lambda: then(()))

    def send(self, job: PrintJob, then: Callable[[], None], failed: Callable[[Problem], None]) -> None:
        """Give the PDF to ``lp`` on its standard input."""
        words = ["-t", job.title, "-n", str(job.copies), "-o", f"sides={job.sides.value}"]
        if job.printer:
            words = ["-d", job.printer, *words]

        def ended(code: int, _output: str, error: str) -> None:
            then() if code == 0 else failed(_refused(job, error))

        self._run("lp", [*words, "-"], job.pdf, ended, lambda: failed(_no_command()))

    def _run(
        self,
        program: str,
        words: list[str],
        given: bytes,
        ended: Callable[[int, str, str], None],
        missing: Callable[[], None],
    ) -> None:
        """Start a program, give it bytes, tell its exit code and what it said; or that there is none."""
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("LC_ALL", "C.UTF-8")
        process.setProcessEnvironment(environment)

        def finish(code: int, _status: object) -> None:
            output = bytes(process.readAllStandardOutput().data()).decode(errors="replace")
            error = bytes(process.readAllStandardError().data()).decode(errors="replace")
            process.deleteLater()
            ended(code, output, error)

        def fail(error: QProcess.ProcessError) -> None:
            if error == QProcess.ProcessError.FailedToStart:
                process.deleteLater()
                missing()

        process.finished.connect(finish)
        process.errorOccurred.connect(fail)
        process.start(program, words)
        if given:
            process.write(given)
        process.closeWriteChannel()


class ShellPrinters:
    """Windows: the print verb of the program that shows PDFs; it asks for printer and copies itself."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None

    @property
    def takes_options(self) -> bool:
        """None: the other program asks."""
        return False

    def list_names(self, then: Callable[[tuple[str, ...]], None]) -> None:
        """Nothing to choose from."""
        then(())

    def send(self, job: PrintJob, then: Callable[[], None], failed: Callable[[Problem], None]) -> None:
        """Lay the PDF into a folder of its own, which goes with the program, and ask the shell to print it."""
        try:
            if self._folder is None or not Path(self._folder.name).is_dir():  # emptied when a book was closed
                self._folder = TemporaryDirectory(prefix="printing-", ignore_cleanup_errors=True)
            path = Path(self._folder.name) / file_name(job.title, ".pdf")
            write_whole(path, job.pdf)
            os.startfile(path, "print")  # type: ignore[attr-defined,unused-ignore]
        except Problem as problem:
            failed(problem)
        except OSError:
            failed(
                RefusedProblem("这台电脑上没有能打印 PDF 的程序", "", "请先存为 PDF，再到能打印的电脑上打印")
            )
        else:
            then()


def _no_command() -> Problem:
    return RefusedProblem(
        "这台电脑上没有安装打印服务，不能直接打印",
        "找不到 lp 命令",
        "请先存为 PDF，用别的程序或别的电脑打印；或者安装打印服务（CUPS）",
    )


def _refused(job: PrintJob, error: str) -> Problem:
    reason = (error.strip().splitlines() or [""])[0][:_LONGEST_REASON]
    where = job.printer or "默认打印机"
    return RefusedProblem(
        "打印机没有接受这份表册",
        f"{where}（{reason}）" if reason else where,
        "请检查打印机是否已添加、已开机，再打印一次；也可以先存为 PDF",
    )
