"""公文 of a conversion: notice (D5), request (D10), resolutions of extension and cancellation (D12), and a letter."""

from branchbook.domain.papers import Manuscript, OfficialDocument, Paper, PaperGroup, Subject


def _document(key: str, code: str, name: str, title: str) -> Paper:
    return Paper(
        key=f"conversion:{key}",
        code=code,
        name=name,
        title=title,
        layout=OfficialDocument(),
        subject=Subject.PROCEDURE,
        docx=True,
        group=PaperGroup.CONVERSION,
    )


PUBLIC_NOTICE = _document("public_notice", "D5", "转正公示", "关于{person}同志{proposed}的公示")
EXTENSION = _document(
    "extension_resolution", "D12", "延长预备期的决议", "关于延长预备党员{person}预备期的决议"
)
CANCELLATION = _document(
    "cancellation_resolution", "D12-1", "取消预备党员资格的决议", "关于取消{person}预备党员资格的决议"
)
REQUEST = _document("request", "D10", "转正请示", "{committee}关于{matter}的请示")
NOTICE_OF_CONVERSION = _document("notice_of_conversion", "D11-1", "转正通知书", "转正通知书")

AGENDA = Paper(
    key="conversion:agenda",
    code="D6",
    name="转正大会议程和主持词",
    title="{organisation}预备党员转正大会议程和主持词",
    layout=Manuscript(),
    subject=Subject.PROCEDURE,
    docx=True,
    group=PaperGroup.CONVERSION,
)
