"""Under which subject a record of several kinds stands for one of them."""

from __future__ import annotations

from branchbook.catalogue.kinds import RecordKind
from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.records import Record

LESSON_TITLE = "lesson_title"


def subject_under(record: Record, kind: RecordKind) -> str:
    """The subject for one kind: a lesson given within another meeting may have a title of its own."""
    title = str(record.fields.get(LESSON_TITLE, "")).strip()
    own = any(spec.key == LESSON_TITLE for spec in kind.fields) and len(record.kinds) > 1
    return title if own and title else record.subject


def subject_label(kinds: tuple[str, ...]) -> str:
    """What the subject is called in the editor: by the first kind that wants one and has no title of its own."""
    found = [kind_of(key) for key in kinds]
    if len(found) > 1:
        found = [kind for kind in found if all(spec.key != LESSON_TITLE for spec in kind.fields)]
    wanting = next((kind for kind in found if kind.subject_required), found[0])
    return wanting.subject_label
