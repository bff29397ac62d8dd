"""The papers of a conversion: every one with its text, what is recorded on it, and what is not left blank."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from uuid import UUID

import docx
import pypdfium2
import pytest

from branchbook.catalogue.papers_list import CONVERSION_PAPERS, paper_of
from branchbook.domain.paper_change import PaperChange
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.domain.records import AgendaItem, Attendance, Record, Speech
from branchbook.exchange.docx import Docx
from branchbook.services.conversions import begin_conversion
from branchbook.services.meetings import save_record
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_changes import change_paper
from branchbook.services.paper_choices import BallotMark, ConversionBallots, WritingPaperKind
from branchbook.services.paper_parts import paper_parts
from branchbook.services.printing import booklet_for, texts_of, word_paper
from branchbook.services.procedures import save_step
from branchbook.services.settings import change_setting
from tests.services.conversion_printing import (
    HELD_ON,
    TODAY,
    converted,
    held,
    named_book,
    prepared,
    press,
    printed,
    rows_of,
    sample,
    sheets,
    value,
    words,
)
from tests.services.joining_book import APPLICANT, joining_book, walked
from tests.services.small_book import FIRST_BRANCH, NAMES, actor, named

MEETING = UUID(int=7)
ONLY_OTHERWISE = {"extension_resolution", "cancellation_resolution"}
KEYS = [paper.key.partition(":")[2] for paper in CONVERSION_PAPERS]
OWN = [key for key in KEYS if key not in ONLY_OTHERWISE]
PAGES = {"application": 3, "observation_register": 8, "agenda": 2, "request": 2}
LONG_NAME = "阿依古丽·买买提江·阿卜杜热合曼"


@pytest.mark.parametrize("key", OWN)
def test_every_paper_of_a_conversion_comes_out_on_its_pages(key):
    pages = printed(sample(), key)
    assert len(pages) == PAGES.get(key, 1)
    assert "None" not in "".join(pages)


@pytest.mark.parametrize("key", [key for key in OWN if key != "observation_register"])
def test_the_name_of_the_person_stands_on_every_paper(key):
    assert "褚示例" in "".join(printed(sample(), key))


@pytest.mark.parametrize("key", OWN)
@pytest.mark.parametrize("name", ["欧阳少东", LONG_NAME])
def test_long_names_are_printed_whole(key, name):
    """Four characters, and a name with middle dots."""
    text = "".join(printed(_under(name), key))
    assert name.replace("·", "") in text.replace("·", "")


_KEPT: dict[str, object] = {}


def _under(name):
    if name not in _KEPT:
        _KEPT[name] = converted(name)
    return _KEPT[name]


# ----------------------------------------------------------------------------------- D1, D2, D3–D5


def test_the_application_is_a_cover_and_empty_squares_and_no_model_text():
    """D1: 正文须本人手写."""
    cover, first, second = printed(sample(), "application")
    assert "2026年10月20日" in cover
    assert "页" not in cover, "a cover bears no page number"
    assert first.startswith("20×20＝400")
    assert "第2页" in first
    assert "敬爱的" not in cover + first + second


def test_the_application_has_ruled_paper_where_the_book_says_so():
    made = converted()
    change_setting(made[0], "writing_paper", WritingPaperKind.LINES, actor(90))
    assert "400" not in "".join(printed(made, "application"))


def test_the_register_has_an_observation_for_each_quarter_with_its_own_span():
    """D2: four quarters from the day of the branch's resolution."""
    (sheet,) = sheets(sample(), "observation_register")
    assert value(sheet, "period_3") == "2025年10月20日至2026年1月20日（第一季度考察）"
    assert value(sheet, "period_12") == "2026年7月20日至2026年10月20日（期满考察）"
    text = "".join(printed(sample(), "observation_register"))
    assert "入党介绍人（培养联系人）赵示例、钱示例" in text
    assert "征求党员6名、群众8名" in text
    assert text.count("（盖章）") == 3, "committee, general branch, higher committee"


def test_a_long_self_assessment_goes_on_on_further_pages():
    own = "\n".join(["一年来认真学习，按时参加组织生活，也看到自己还有差距，需要不断改进。" * 5] * 14)
    pages = printed(converted(own=own), "observation_register")
    assert len(pages) > 8
    assert any("本人自我鉴定（续页）" in page for page in pages)


def test_changes_of_the_user_reach_the_leaves_of_the_register():
    made = converted()
    changed = PaperChange(labels={"training": "集中培训"}, heights_mm={"rewards": 20.0})
    change_paper(made[0], "conversion:observation_register", changed, actor(90))
    assert "集中培训" in "".join(printed(made, "observation_register"))
    assert {"training", "opinion_3", "higher"} <= {
        part.key for part in paper_parts(paper_of("conversion:observation_register"))
    }


def test_the_review_tells_only_what_is_recorded():
    """D4: rewards and punishments are not kept here, so that line is left to the pen."""
    (sheet,) = sheets(sample(), "review")
    found = {row["what"]: row["found"] for row in rows_of(sheet, "checks")}
    assert found["思想汇报"] == "4篇"
    assert found["教育考察登记表"] == "已考察4次，应考察4次"
    assert found["奖惩情况"] == ""
    assert value(sheet, "conclusion") == "提请支部大会讨论按期转正"


def test_the_notice_counts_working_days():
    """D5: 14 to 20 October 2026 are five working days."""
    text = words(sample(), "public_notice")
    assert "2026年10月14日至2026年10月20日（5个工作日）" in text
    assert "暂算" not in text
    assert "赵示例、钱示例" in text
    (register,) = sheets(sample(), "notice_register")
    assert value(register, "working_days") == "5个工作日"


# --------------------------------------------------------------------------------------- D6 to D9


def test_the_agenda_has_the_order_of_the_rules_and_the_numbers_of_the_meeting():
    """D-12: the person, the sponsors, the committee, discussion, vote, result, resolution, the person again."""
    text = words(sample(), "agenda")
    order = (
        "本人汇报",
        "入党介绍人、党小组介绍情况",
        "支部委员会报告",
        "讨论",
        "表决",
        "宣布表决结果",
        "宣读决议",
        "本人表态",
    )
    places = [text.index(f"．{each}") for each in order]
    assert places == sorted(places)
    assert "应到会有表决权的正式党员6名，实到会5名" in text
    assert "逐个讨论、逐个表决" in text


def test_the_record_has_the_two_lines_of_a_conversion():
    (sheet,) = sheets(sample(), "meeting_record")
    assert value(sheet, "party_members") == "支部共有党员7名（正式6名，预备1名）"
    assert value(sheet, "written") == "赞成1份，不赞成0份，弃权0份（计入票数，不算到会）"
    assert sheet.title == "第一支部预备党员转正大会记录"


def test_where_the_meeting_is_kept_its_own_record_is_printed_with_the_two_lines():
    """The numbers are those frozen with the record; what was said is the record's."""
    book = named_book()
    procedure_id = prepared(book)
    held(book, procedure_id)
    record = Record(
        MEETING,
        ("general_meeting",),
        FIRST_BRANCH,
        HELD_ON,
        venue="三楼会议室",
        attendance=tuple(Attendance(named(name), name) for name in NAMES[:6]),
        agenda=(AgendaItem(UUID(int=8), "讨论褚示例转正", (Speech("赵示例", "表现良好，同意转正。"),)),),
    )
    save_record(book, record, actor(60))
    with book.reading() as reading:
        procedure = reading.get(Procedure, procedure_id)
    assert procedure is not None
    save_step(book, procedure_id, replace(procedure.entry("meeting"), record_id=MEETING), actor(61))
    made = (book, procedure_id)
    (sheet,) = sheets(made, "meeting_record")
    assert value(sheet, "venue") == "三楼会议室"
    assert value(sheet, "party_members") == "支部共有党员7名（正式6名，预备1名）"
    (page,) = printed(made, "meeting_record")
    assert "赵示例：表现良好，同意转正。" in page
    assert "会前书面意见无" in page
    assert sheet.title.endswith("转正大会记录（补记）（草稿）"), "as on the record's own paper"
    assert rows_of(sheet, "votes")[0]["passed"] == "通过", "the conversion's own vote, as the record has none"


@pytest.mark.parametrize("setting, copies", [(ConversionBallots.FOUR, 4), (ConversionBallots.EIGHT, 8)])
def test_ballots_stand_four_or_eight_on_a_sheet_all_alike(setting, copies):
    made = converted()
    change_setting(made[0], "conversion_ballots", setting, actor(90))
    (page,) = printed(made, "ballot")
    assert page.count("票决对象：褚示例") == copies
    assert page.count("（支部盖章）") == copies
    assert "第1页" not in page


@pytest.mark.parametrize("setting", list(ConversionBallots))
def test_a_long_name_does_not_make_ballots_fewer(setting):
    book, procedure_id = converted(LONG_NAME)
    change_setting(book, "conversion_ballots", setting, actor(90))
    (page,) = printed((book, procedure_id), "ballot")
    assert page.count("（支部盖章）") == (8 if setting == ConversionBallots.EIGHT else 4)


def test_the_mark_on_the_ballot_is_a_setting():
    made = converted()
    change_setting(made[0], "conversion_ballot_mark", BallotMark.TICK, actor(90))
    assert "画“√”" in words(made, "ballot")


def test_the_result_keeps_both_bases_apart_and_cites_the_article():
    """D8: more than half of those due must come, and more than half of those due must agree (D26-11)."""
    (sheet,) = sheets(sample(), "result")
    (there,), (cast,) = rows_of(sheet, "attendance"), rows_of(sheet, "votes")
    assert (there["due"], there["quorum"], there["present"], there["quorate"]) == ("6", "4", "5", "可以")
    assert (cast["for"], cast["written_for"], cast["total"], cast["needed"]) == ("4", "1", "5", "4")
    assert cast["outcome"] == "通过"
    text = words(sample(), "result")
    assert "赞成5票（含书面1票），须超过应到会有表决权6名的半数，即4票；通过。" in text
    assert "依据：发展党员工作细则（2026）第十九条。" in text


def test_the_copying_draft_says_the_numbers_and_the_resolution():
    text = words(sample(), "resolution")
    assert "应到会有表决权的正式党员6名，实到会5名；经无记名投票，5票赞成，1票不赞成，0票弃权" in text
    assert "（含会前书面意见：赞成1票、不赞成0票、弃权0票）" in text
    assert "大会决议：同意褚示例同志按期转为正式党员。" in text
    assert "《入党志愿书》" in text
    assert "（盖章）" in "".join(printed(sample(), "resolution"))


# ------------------------------------------------------------------------------------ D10 and after


def test_the_request_goes_to_the_addressee_with_its_list():
    text = words(sample(), "request")
    assert "示例机关党委" in text
    assert "妥否，请批示。" in text
    assert "联系人：钱示例" in text
    (sheet,) = sheets(sample(), "materials")
    ticked = [row["name"] for row in rows_of(sheet, "rows") if row.get("there") == "√"]
    assert "转正申请书" in ticked
    assert "入党志愿书" not in ticked, "the book does not know of it"


def test_the_register_of_the_reply_counts_three_months_by_the_rules_of_the_day():
    """D26-16: within three months of the report."""
    (sheet,) = sheets(sample(), "approval")
    assert value(sheet, "due_on") == "2027年1月26日前。依据：发展党员工作细则（2026）第三十三条。"
    assert value(sheet, "outcome") == "批准按期转为正式党员"
    assert value(sheet, "since") == "2026年10月20日", "years count from the end of the probation (D-20)"


def test_the_letter_and_the_talk_tell_from_when_the_years_count():
    assert "党龄自2026年10月20日算起" in words(sample(), "notice_of_conversion")
    (sheet,) = sheets(sample(), "talk")
    assert value(sheet, "speaker") == "赵示例"
    assert value(sheet, "since") == "2026年10月20日"


def test_the_contents_of_the_file_say_what_is_missing():
    (sheet,) = sheets(sample(), "file_contents")
    there = {row["name"]: row["there"] for row in rows_of(sheet, "rows")}
    assert there["转正申请书"] == "有"
    assert there["入党志愿书"] == "缺"
    assert there["转正大会记录"] == there["审批件"] == "有"
    lacking = (
        "本簿没有登记的3件：入党志愿书、入党申请书、政治审查材料。依据：发展党员工作细则（2026）第三十六条。"
    )
    assert lacking in words(sample(), "file_contents")


def test_the_whole_way_stands_in_the_file_where_the_book_keeps_the_joining():
    """From the application to the archive, with the numbers of the documents."""
    book = joining_book()
    walked(book)
    begun_id = begin_conversion(book, APPLICANT, date(2025, 3, 1), actor(200)).value.id
    (sheet,) = sheets((book, begun_id), "file_contents")
    rows = {row["name"]: row for row in rows_of(sheet, "rows")}
    assert rows["入党申请书"]["there"] == "有"
    assert rows["入党志愿书"]["document"] == "示例0001"
    assert rows["接收预备党员的审批件"]["document"] == "示委〔2025〕1号"
    assert rows["转正申请书"]["there"] == "缺"
    (register,) = sheets((book, begun_id), "observation_register")
    assert value(register, "sponsors") == "赵示例、钱示例"
    assert "2024年10月12日短期集中培训结业，3天" in value(register, "training")


@pytest.mark.parametrize(
    "key",
    [
        paper.key
        for paper in CONVERSION_PAPERS
        if paper.docx and paper.key.partition(":")[2] not in ONLY_OTHERWISE
    ],
)
def test_documents_open_again_as_docx_with_the_same_words(key):
    book, procedure_id = sample()
    with book.reading() as reading:
        content = word_paper(reading, Docx(), PaperRequest(key, TODAY, record_id=procedure_id))
    opened = docx.Document(io.BytesIO(content))
    text = "\n".join(each.text for each in opened.paragraphs)
    text += "\n".join(cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    (sheet,) = sheets(sample(), key.partition(":")[2])
    assert sheet.title in text
    assert all(part in text for part in texts_of(sheet))


def test_all_papers_of_one_person_are_one_pdf_with_bookmarks_in_order_of_handling():
    book, procedure_id = sample()
    with book.reading() as reading:
        booklet = booklet_for(reading, PaperRequest("conversion:all", TODAY, record_id=procedure_id))
    pressed = press().press(booklet)
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(pressed.pdf).get_toc() if mark.level == 0]
    wanted = [paper.name for paper in CONVERSION_PAPERS if paper.key.partition(":")[2] in OWN]
    assert marks == wanted
    assert booklet.title == "褚示例转正材料"
    assert pressed.pdf == press().press(booklet).pdf
    with book.reading() as reading, pytest.raises(RefusedProblem):
        word_paper(reading, Docx(), PaperRequest("conversion:all", TODAY, record_id=procedure_id))


# ------------------------------------------------------------------------------------ corrected, refused


def test_the_papers_of_a_corrected_conversion_say_so():
    made = converted()
    book, procedure_id = made
    with operate(book, actor(80), "准备") as operating:
        procedure = operating.writing.get(Procedure, procedure_id)
        assert procedure is not None
        corrected = replace(procedure, state=ProcedureState.CORRECTED, correction_reason="票数抄错")
        operating.writing.put(corrected)
    assert sheets(made, "resolution")[0].title.count("（更正）") == 1
    assert "办结后作过更正，原因：票数抄错" in words(made, "result")
    assert not sheets(made, "ballot")[0].title.endswith("（更正）"), "a ballot bears nothing more"


@pytest.mark.parametrize("key", sorted(ONLY_OTHERWISE))
def test_a_resolution_that_was_not_passed_is_no_paper(key):
    with pytest.raises(RefusedProblem) as caught:
        sheets(sample(), key)
    assert "这次转正没有" in caught.value.what


def test_a_procedure_that_is_no_conversion_has_no_such_papers():
    book, procedure_id = converted()
    with operate(book, actor(80), "准备") as operating:
        other = Procedure(procedure_id, "term_extension", FIRST_BRANCH, date(2026, 1, 1))
        operating.writing.put(other)
    with pytest.raises(RefusedProblem) as caught:
        sheets((book, procedure_id), "request")
    assert "不是预备党员转正" in caught.value.what
