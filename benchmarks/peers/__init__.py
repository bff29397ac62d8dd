"""Other typesetters on the same words. They are no part of the program: what is not installed is left out.

typst, WeasyPrint and fpdf2 come from an environment of their own, made by hand (see docs/benchmarks.md).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import CHECKOUT
from branchbook.resources import resource_path

ENVIRONMENT = CHECKOUT / "build" / "bench-venv"
FACE = "fonts/fandol/BranchBookFang.ttf"
SCRIPTS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Peer:
    """One typesetter: its name, where its PDF is written, and its command for a file of content."""

    name: str
    pdf: Path
    command: Callable[[Path], list[str]]


def available(folder: Path) -> list[Peer]:
    """The peers that this machine has."""
    scripts = os.name != "nt" and (ENVIRONMENT / "bin" / "python").is_file()
    found = [_by_script(folder, name) for name in ("typst", "weasyprint", "fpdf2") if scripts]
    if shutil.which("soffice"):
        found.append(_by_libreoffice(folder))
    return found


def _by_script(folder: Path, name: str) -> Peer:
    """A peer that is a library of the other environment."""
    pdf, face = folder / f"{name}.pdf", resource_path(FACE)

    def command(content: Path) -> list[str]:
        return [
            str(ENVIRONMENT / "bin" / "python"),
            str(SCRIPTS / f"with_{name}.py"),
            str(content),
            str(pdf),
            str(face),
        ]

    return Peer(name, pdf, command)


def _by_libreoffice(folder: Path) -> Peer:
    """A docx is made before and only its conversion is timed. The profile is our own, the user's stays untouched."""

    def command(content: Path) -> list[str]:
        document = folder / "libreoffice.docx"
        if not document.exists():
            from benchmarks.peers.docx_content import write_docx

            write_docx(content, document)
        profile = (folder / "soffice-profile").as_uri()
        return [
            *("soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"),
            *("--outdir", str(folder), str(document)),
        ]

    return Peer("LibreOffice", folder / "libreoffice.pdf", command)
