"""会议决议 (A10): one document for each item on which a meeting resolved something."""

from branchbook.domain.papers import OfficialDocument, Paper, Subject

PAPER = Paper(
    key="resolution_document",
    code="A10",
    name="会议决议",
    title="关于{item}的决议",
    layout=OfficialDocument(),
    subject=Subject.RECORD,
    kinds=("general_meeting", "committee_meeting"),
    docx=True,
)
