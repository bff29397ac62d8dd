"""Which bytes a value of the book names by hash: attachments, and the PDF of a closed handbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from branchbook.domain.records import Attachment
from branchbook.services.codec import decode
from branchbook.services.store import Setting

CLOSED_HANDBOOK = "handbook."
"""How the keys of the settings begin that tell of closed handbooks (``handbook_closing``)."""


@dataclass(frozen=True, slots=True)
class _KeptPdf:
    """The one field of a closed handbook that names bytes; the others are passed over."""

    pdf_sha256: str


def contents_of(value: Any) -> frozenset[str]:
    """SHA-256 names of the bytes that belong to a value; empty for most.

    Raises UnreadableProblem for a closed handbook that does not say which file it is.
    """
    if isinstance(value, Attachment):
        return frozenset({value.sha256, value.print_sha256} - {""})
    if isinstance(value, Setting) and value.key.startswith(CLOSED_HANDBOOK):
        return frozenset({decode(value.value, _KeptPdf, value.key).pdf_sha256})
    return frozenset()
