"""转正申请书 (D1): the cover, and paper to write on by hand. There is no model text: the application is one's own."""

from __future__ import annotations

from dataclasses import replace

from branchbook.domain.papers import Cover, Field, Leaves, Paper, PaperGroup, Subject, WritingPaper

PAPER = Paper(
    key="conversion:application",
    code="D1",
    name="转正申请书（封面和稿纸）",
    title="转正申请书",
    layout=Leaves(
        (
            Cover(
                lines=(
                    Field("name", "姓名", 92.0, 54.0),
                    Field("organisation", "所在党支部", 92.0, 54.0),
                    Field("accepted_on", "入党（预备）时间", 92.0, 54.0),
                    Field("probation_end", "预备期满时间", 92.0, 54.0),
                    Field("applied_on", "申请时间", 92.0, 54.0),
                ),
                title_size=42.0,
            ),
            WritingPaper(),
        )
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)


def on_ruled_paper(paper: Paper) -> Paper:
    """The same paper with ruled lines in place of squares."""
    layout = paper.layout
    assert isinstance(layout, Leaves)
    parts = tuple(
        replace(part, squares=False) if isinstance(part, WritingPaper) else part for part in layout.parts
    )
    return replace(paper, layout=replace(layout, parts=parts))
