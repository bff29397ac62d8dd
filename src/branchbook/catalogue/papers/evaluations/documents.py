"""公文 of an evaluation: the report to the higher organisation (B5) and the public notice (B5-1)."""

from branchbook.domain.papers import OfficialDocument, Paper, PaperGroup, Subject


def _document(key: str, code: str, name: str, title: str) -> Paper:
    return Paper(
        key=f"evaluation:{key}",
        code=code,
        name=name,
        title=title,
        layout=OfficialDocument(),
        subject=Subject.PROCEDURE,
        docx=True,
        group=PaperGroup.EVALUATION,
    )


REPORT = _document("report", "B5", "评议结果报告", "{committee}关于{year}年度民主评议党员情况的报告")
NOTICE = _document("notice", "B5-1", "评议结果公示", "关于{year}年度民主评议党员结果的公示")
