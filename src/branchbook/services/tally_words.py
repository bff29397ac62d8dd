"""The Chinese words of a count of ballots, and its result as the lines that the command line prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from branchbook.domain.tally import Ballot, Count, ElectionKind, Finding, Level, Outcome, TallyResult

KIND_WORDS: Mapping[ElectionKind, str] = {
    ElectionKind.COMMITTEE: "委员选举",
    ElectionKind.SECRETARY: "书记选举",
    ElectionKind.DEPUTY: "副书记选举",
}
BALLOT_WORDS: Mapping[Ballot, str] = {
    Ballot.MAIN: "",
    Ballot.FURTHER: "另行选举",
    Ballot.TIE: "平票再次投票",
}
OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.ELECTED: "当选",
    Outcome.OVER_HALF_NOT_SEATED: "过半数，未当选",
    Outcome.TIED: "票数相等",
    Outcome.NOT_OVER_HALF: "未过半数",
    Outcome.UNDECIDED: "未推算",
}
LEVEL_WORDS: Mapping[Level, str] = {Level.ERROR: "错误", Level.WARNING: "注意", Level.INFO: "说明"}


def tally_lines(count: Count, result: TallyResult) -> Iterator[str]:
    """The result for people: the numbers, each person, who is elected, and every finding with its article."""
    title = "，".join(filter(None, (KIND_WORDS[count.kind], BALLOT_WORDS[count.ballot])))
    yield f"{title}　{count.on:%Y-%m-%d}　{'计票有效' if result.valid else '计票无效'}"
    quorum, ballots = result.quorum, result.ballots
    needed = f"，需到会 {quorum.needed} 名" if quorum.article else ""
    yield f"应到会有选举权 {count.due} 名，实到 {count.present} 名{needed}"
    yield f"选票：发出 {ballots.issued}，收回 {ballots.returned}，有效 {ballots.valid}，无效 {ballots.invalid}"
    yield f"应选 {count.seats} 名，当选 {len(result.elected)} 名，空缺 {result.vacant} 名"
    candidates = {each.name for each in count.candidates}
    for each in result.results:
        marks = f"赞成 {each.votes_for}"
        if each.name in candidates:
            marks += f"，不赞成 {each.votes_against}，弃权 {each.abstentions}"
        written = "" if each.name in candidates else "（另选他人）"
        yield f"  {each.name}{written}：{marks}　{OUTCOME_WORDS[each.outcome]}"
    if result.tie:
        yield f"票数相等，须再次投票：{'、'.join(result.tie)}"
    yield f"当选：{'、'.join(result.elected) or '无'}"
    yield from map(finding_line, result.findings)


def finding_line(finding: Finding) -> str:
    """One finding with its weight before it and its article behind it."""
    article = f"　〔{finding.rule}　{finding.article}〕" if finding.rule else ""
    return f"{LEVEL_WORDS[finding.level]}：{finding.text}{article}"
