"""公文 of an election: request (C2), candidates' request (C4), methods (C9, C16), result report (C18)."""

from branchbook.domain.papers import OfficialDocument, Paper, PaperGroup, Subject


def _document(key: str, code: str, name: str, title: str) -> Paper:
    return Paper(
        key=f"election:{key}",
        code=code,
        name=name,
        title=title,
        layout=OfficialDocument(),
        subject=Subject.PROCEDURE,
        docx=True,
        group=PaperGroup.ELECTION,
    )


REQUEST = _document("request", "C2", "选举请示", "{committee}关于{election}的请示")
CANDIDATES_REQUEST = _document(
    "candidates_request", "C4", "候选人预备人选请示", "{committee}关于{offices}候选人预备人选的请示"
)
METHOD = _document("method", "C9", "选举办法（草案）", "{organisation}{election_name}办法")
FIRST_MEETING_METHOD = _document(
    "first_meeting_method", "C16-2", "第一次全体会议选举办法", "{committee}{first}全体会议选举办法"
)
RESULT_REPORT = _document("result_report", "C18", "选举结果报告", "{committee}关于选举结果的报告")
