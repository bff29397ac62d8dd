"""Where a title of two lines is parted, blanks to fill in, text above a grid, papers numbered apart."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Booklet, Grid, OfficialDocument, Paragraph, PrintOptions, Section
from branchbook.forms.breaking import clusters
from branchbook.forms.grid import lay_out_grid
from branchbook.forms.library import Role
from branchbook.forms.press import frame_of
from branchbook.forms.setting import set_title
from tests.forms import reading
from tests.forms.checking import written
from tests.forms.examples import SENTENCE, sheet


def _lines(fonts, title: str) -> list[str]:
    block = set_title(title, fonts.typeface(Role.TITLE), 22.0, 156.0)
    return ["".join(text.characters for text in line.texts) for line in block]


def test_a_title_of_two_lines_is_parted_where_the_sense_allows_it(fonts):
    """GB/T 9704-2012, 7.3.1: 词意完整."""
    assert _lines(fonts, "中共示例第一支部委员会关于召开党员大会进行换届选举的请示") == [
        "中共示例第一支部委员会",
        "关于召开党员大会进行换届选举的请示",
    ]
    assert _lines(fonts, "中共示例第一支部委员会第一次全体会议议程和主持词") == [
        "中共示例第一支部委员会",
        "第一次全体会议议程和主持词",
    ]


def test_a_title_that_fits_stays_on_one_line(fonts):
    assert _lines(fonts, "关于选举结果的报告") == ["关于选举结果的报告"]


def test_a_blank_to_fill_in_is_never_broken():
    assert clusters("实到会＿＿名，＿＿＿年") == ["实", "到", "会", "＿＿", "名，", "＿＿＿年"]


def test_a_blank_is_one_line_and_no_substitute_to_tell_of(press):
    printed = press.press(
        Booklet("一", (Section(sheet(OfficialDocument(), {"body": "实到会＿＿＿＿名。"})),))
    )
    assert printed.substitutes == ()
    assert "＿＿＿＿" in reading.flat(printed.pdf)
    image = reading.picture(printed.pdf, scale=4.0).point(lambda grey: 120 if grey < 160 else 32)
    rows = (image.crop((0, y, image.width, y + 1)).tobytes() for y in range(700, 1500))
    longest = max(len(run) for row in rows for run in row.split())
    assert longest >= 4 * 15 * 4, "four blanks of 16 points are one unbroken line"


def test_text_above_a_grid_and_a_date_beside_its_signatures(setter):
    grid = Grid((Column("name", "姓名", 165.0),), lead_key="lead", signatures=("监票人",), date_line=True)
    example = sheet(grid, {"lead": (Paragraph("本次选举应到23名。"),), "rows": ({"name": "王五"},)})
    pages = lay_out_grid(example, grid, frame_of(example, PrintOptions()), setter)
    assert written(pages) == "示例表本次选举应到23名。姓名王五监票人：年月日"


def test_papers_for_different_hands_are_numbered_each_by_itself(press):
    grid = sheet(Grid((Column("name", "姓名", 165.0),)), {})
    letter = sheet(OfficialDocument(), {"body": SENTENCE * 18})
    sections = tuple(map(Section, (letter, grid, letter)))
    pages = reading.texts(press.press(Booklet("全部", sections, PrintOptions(apart=True))).pdf)
    assert "— 1 —" in pages[0]
    assert "— 2 —" in pages[1]
    assert "第 1 页 共 1 页" in pages[2]
    assert "— 1 —" in pages[3]


def test_the_last_page_of_a_document_has_text_above_attachments_and_signature(press):
    """GB/T 9704-2012, 7.3.5: no page may hold the signature without text."""
    for count in range(20, 34):
        values = {
            "body": tuple(Paragraph(f"第{number}项。") for number in range(count)),
            "attachments": (Paragraph("候选人预备人选基本情况表"),),
            "signed_by": "中共示例第一支部委员会",
            "signed_on": "2026年5月20日",
            "note": "联系人：王五　电话：0000",
        }
        pages = reading.texts(press.press(Booklet("一", (Section(sheet(OfficialDocument(), values)),))).pdf)
        assert f"第{count - 1}项。" in pages[-1]
