"""papers and print: every paper by its key, PDF and docx, and what cannot be printed."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import docx
import pypdfium2
import pytest

from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.records import AgendaItem, Resolution
from branchbook.forms.press import PdfPress
from branchbook.services.conversions import begin_conversion
from branchbook.services.handbook_closing import close_handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.meetings import correct, finalise, save_record
from branchbook.services.operations import Actor, operate
from branchbook.services.organisations import add_group
from branchbook.services.people import Joining, add_person
from branchbook.services.printing import paper_entries
from branchbook.services.procedures import begin_procedure
from branchbook.storage.shelf import Shelf
from tests.cli.conftest import HELD_ON, CommandLine, assert_words, meeting, refused
from tests.services.small_book import FIRST_BRANCH, SECOND_BRANCH, actor, named
from tests.storage.conftest import mounted

OF_A_BRANCH = [
    each.key
    for each in paper_entries()
    if each.subject in ("organisation", "year") and each.key != "handbook"
]
OF_A_RECORD = [each.key for each in paper_entries() if each.subject in ("record", "procedure")]


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


class TestPapers:
    def test_the_keys_are_those_that_print_takes(self, branchbook):
        found = branchbook("papers", "--json").json
        assert [each["key"] for each in found] == [each.key for each in paper_entries()]
        assert len({each["key"] for each in found}) == len(found)
        codes = {each["code"] for each in found}
        assert {
            "A1",
            "A2",
            "A3",
            "A4",
            "A5",
            "A7",
            "A8",
            "A10",
            "E1",
            "E2",
            "E3",
            "E4",
            "E8",
            "E9",
            "E10",
            "F",
        } <= codes
        assert {"A1", "A2", "A3", "A4", "A5", "A8", "A10"} <= {each["code"] for each in found if each["docx"]}

    def test_each_line_has_key_and_name(self, branchbook):
        lines = branchbook("papers").out.splitlines()
        for entry, line in zip(paper_entries(), lines, strict=True):
            assert line.split()[:2] == [entry.key, entry.name]


class TestPrint:
    @pytest.mark.parametrize("key", OF_A_BRANCH)
    def test_every_paper_of_a_branch(self, branchbook, book, tmp_path, key):
        path = tmp_path / f"{key}.pdf"
        answer = branchbook("print", book, key, "--branch", "第一支部", "--year", 2026, "-o", path)
        assert answer.code == 0, answer.errors
        assert str(path) in answer.out
        assert path.read_bytes().startswith(b"%PDF-")

    @pytest.mark.parametrize("key", OF_A_RECORD)
    def test_every_form_is_printed_empty_without_saying_which_branch(self, branchbook, book, tmp_path, key):
        path = tmp_path / f"{key}.pdf"
        assert branchbook("print", book, key, "--blank", "-o", path).code == 0
        assert path.read_bytes().startswith(b"%PDF-")

    def test_a_record_filled_says_what_was_entered_and_blank_does_not(self, branchbook, book, kept, tmp_path):
        filled, blank = tmp_path / "记录.PDF", tmp_path / "空白.pdf"
        words = ("print", book, "general_meeting_minutes")
        assert branchbook(*words, "--record", kept.final.id, "-o", filled).code == 0
        assert_words(text_of(filled), ["讨论年度工作", "食堂错峰", "赵示例"])
        assert branchbook(*words, "--blank", "-o", blank).code == 0
        assert "食堂错峰" not in text_of(blank)

    def test_the_same_paper_twice_is_byte_equal(self, branchbook, book, kept, tmp_path):
        one, two = tmp_path / "1.pdf", tmp_path / "2.pdf"
        for path in (one, two):
            branchbook("print", book, "general_meeting_minutes", "--record", kept.final.id, "-o", path)
        assert one.read_bytes() == two.read_bytes()

    def test_docx_of_a_record(self, branchbook, book, kept, tmp_path):
        path = tmp_path / "记录.docx"
        answer = branchbook("print", book, "general_meeting_minutes", "--record", kept.final.id, "-o", path)
        assert (answer.code, answer.errors) == (0, "")
        document = docx.Document(io.BytesIO(path.read_bytes()))
        text = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
        assert "食堂错峰" in text

    def test_docx_of_one_resolution_of_several(self, branchbook, book, tmp_path):
        """A docx holds one resolution; --item says of which item of the agenda, from 1."""
        items = tuple(
            AgendaItem(uuid4(), title, resolutions=(Resolution(uuid4(), f"{title}，同意。"),))
            for title in ("修订学习制度", "安排志愿服务")
        )
        with closing(Shelf().open(book, None, writable=True, holder="")) as opened:
            record = meeting(opened, FIRST_BRANCH, "general_meeting", date(2026, 6, 4), "两项议题")
            save_record(opened, replace(record, agenda=items), actor())
            finalise(opened, record.id, actor())
        path = tmp_path / "决议.docx"
        words = ("print", book, "resolution_document", "--record", record.id, "-o", path)
        refused(branchbook(*words), "几份决议", "关于修订学习制度的决议；关于安排志愿服务的决议", "--item N")
        assert branchbook(*words, "--item", 2).code == 0
        text = "".join(each.text for each in docx.Document(io.BytesIO(path.read_bytes())).paragraphs)
        assert "安排志愿服务，同意" in text
        assert "修订学习制度" not in text
        refused(branchbook(*words, "--item", 3), "没有通过决议", "第 3 项议题")
        refused(branchbook(*words, "--item", 0), "议题从 1 数起", code=2)
        minutes = ("print", book, "general_meeting_minutes", "--record", record.id, "-o", path)
        refused(branchbook(*minutes, "--item", 1), "不按议题打印", code=2)

    def test_the_handbook_has_its_year_and_its_pages(self, branchbook, book, tmp_path):
        path = tmp_path / "手册.pdf"
        answer = branchbook("print", book, "handbook", "--branch", "第一支部", "--year", "2026", "-o", path)
        assert answer.code == 0, answer.errors
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
        document.close()
        assert f"已打印 {pages} 页" in answer.out
        assert_words(text_of(path), ["第一支部", "2026", "讨论年度工作", "食堂错峰", "第 1 页"])


class TestRefused:
    def test_wrong_papers_endings_and_subjects_end_with_2(self, branchbook, book, kept, tmp_path):
        out = tmp_path / "x.pdf"
        refused(
            branchbook("print", book, "日历", "-o", out), "没有这种表册（日历）", "branchbook papers", code=2
        )
        refused(branchbook("print", book, "handbook", "-o", tmp_path / "x.txt"), ".pdf 或 .docx", code=2)
        refused(
            branchbook("print", book, "general_meeting_minutes", "-o", out),
            "需要指明哪一份记录",
            "--record",
            code=2,
        )
        refused(
            branchbook("print", book, "member_roster", "--record", kept.final.id, "-o", out),
            "--record",
            code=2,
        )
        refused(
            branchbook(
                "print", book, "general_meeting_minutes", "--blank", "--record", kept.final.id, "-o", out
            ),
            "空白表",
            code=2,
        )
        assert not out.exists()

    def test_a_record_that_is_missing_or_of_another_kind_ends_with_1(self, branchbook, book, kept, tmp_path):
        out, other = tmp_path / "x.pdf", uuid4()
        words = ("print", book, "general_meeting_minutes")
        refused(branchbook(*words, "--record", other, "-o", out), "没有这份记录", str(other))
        refused(
            branchbook("print", book, "party_lesson_record", "--record", kept.final.id, "-o", out),
            "不能用于支部党员大会",
        )
        assert not out.exists()

    def test_without_a_branch_the_names_are_listed(self, branchbook, book, tmp_path):
        answer = branchbook("print", book, "handbook", "-o", tmp_path / "x.pdf")
        refused(answer, "不止一个支部", "--branch", "第一支部、第二支部")

    def test_a_paper_that_is_no_docx_is_told(self, branchbook, book, tmp_path):
        answer = branchbook("print", book, "member_roster", "--branch", "第一支部", "-o", tmp_path / "x.docx")
        refused(answer, "不能存为 docx", "PDF")
        assert list(tmp_path.glob("x.*")) == []

    def test_a_group_is_named_with_its_branch_where_its_own_name_is_not_enough(
        self, branchbook, book, tmp_path
    ):
        opened = Shelf().open(book, None, writable=True, holder="")
        add_group(opened, SECOND_BRANCH, "第一小组", date(2026, 3, 1), actor())
        opened.close()
        words = ("print", book, "member_roster", "-o", tmp_path / "x.pdf", "--branch")
        refused(branchbook(*words, "第一小组"), "分不清", "其中一个：第一支部/第一小组、第二支部/第一小组")
        for name in ("第一支部/第一小组", "第一支部第一小组", "第二小组"):
            assert branchbook(*words, name).code == 0, name

    def test_a_full_disk_leaves_no_half_a_file(self, branchbook, book, tmp_path):
        with mounted(tmp_path / "小盘", "size=16k") as folder:
            answer = branchbook(
                "print", book, "member_roster", "--branch", "第一支部", "-o", folder / "x.pdf"
            )
            refused(answer, "文件写不进去", "磁盘已满", "x.pdf")
            assert list(folder.iterdir()) == []


def test_a_character_that_no_face_has_is_told_and_the_paper_printed(branchbook, new_book, tmp_path):
    opened = Shelf().open(new_book, None, writable=True, holder="")
    with opened.reading() as reading:
        (branch,) = reading.roster().organisations
    add_person(opened, Person(uuid4(), "王\U0010fffd示例"), Joining(branch.id, HELD_ON), actor())
    opened.close()
    answer = branchbook("print", new_book, "member_roster", "-o", tmp_path / "册.pdf")
    assert answer.code == 0
    assert (tmp_path / "册.pdf").exists()
    assert_words(answer.errors, ["没有字形", "U+10FFFD"])


def test_a_reprint_of_a_closed_year_says_what_changed(book, kept, tmp_path):
    later = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    opened = Shelf().open(book, None, writable=True, holder="")
    request = HandbookRequest(FIRST_BRANCH, 2026, later.date())
    close_handbook(opened, PdfPress(), request, Actor("李操作", later))
    opened.close()
    words = ("print", book, "handbook", "--branch", "第一支部", "--year", "2026", "-o", tmp_path / "册.pdf")
    branchbook = CommandLine(later)
    assert "与 2027-02-01 封存的手册相比，内容相同" in branchbook(*words).out
    opened = Shelf().open(book, None, writable=True, holder="")
    with opened.reading() as reading:
        record = reading.get(type(kept.final), kept.final.id)
    assert record is not None
    changed = correct(opened, replace(record, venue="大厅"), "地点写错", Actor("李操作", later))
    opened.close()
    assert changed.changes.entities
    assert_words(
        branchbook(*words).out, ["与 2027-02-01 封存的手册相比，", "处不同", "讨论年度工作", "有改动"]
    )


class TestElectionPapers:
    def test_a_blank_request_takes_the_words_of_the_shape_asked_for(self, branchbook, book, tmp_path):
        path = tmp_path / "请示.pdf"
        answer = branchbook(
            "print", book, "election:request", "--blank", "--shape", "by_election", "-o", path
        )
        assert answer.code == 0, answer.errors
        assert "补选委员的请示" in "".join(text_of(path).split())

    def test_a_shape_that_does_not_exist_is_told_with_those_that_do(self, branchbook, book, tmp_path):
        answer = branchbook(
            "print", book, "election:request", "--blank", "--shape", "x", "-o", tmp_path / "a.pdf"
        )
        assert answer.code == 2
        assert "by_election（补选）" in answer.errors

    def test_an_election_that_is_not_in_the_book_is_refused(self, branchbook, book, tmp_path):
        answer = branchbook("print", book, "election:all", "--record", uuid4(), "-o", tmp_path / "a.pdf")
        assert "本簿没有这次选举" in answer.errors

    def test_a_paper_and_all_papers_of_an_election(self, branchbook, book, tmp_path):
        election = _election_in(book)
        path = tmp_path / "全部.pdf"
        answer = branchbook("print", book, "election:all", "--record", election, "-o", path)
        assert answer.code == 0, answer.errors
        assert "委员选票" in text_of(path)
        word = tmp_path / "请示.docx"
        assert branchbook("print", book, "election:request", "--record", election, "-o", word).code == 0
        text = "\n".join(each.text for each in docx.Document(str(word)).paragraphs)
        assert "关于召开党员大会进行换届选举的请示" in text

    def test_an_election_is_no_record_and_a_record_no_election(self, branchbook, book, tmp_path):
        election = _election_in(book)
        answer = branchbook(
            "print", book, "general_meeting_minutes", "--record", election, "-o", tmp_path / "a.pdf"
        )
        assert "本簿没有这份记录" in answer.errors

    def test_without_saying_which_election_nothing_is_printed_filled(self, branchbook, book, tmp_path):
        answer = branchbook("print", book, "election:result", "-o", tmp_path / "a.pdf")
        assert "哪一次选举" in answer.errors


def _election_in(book: Path) -> UUID:
    """A term election begun in the first branch."""
    opened = Shelf().open(book, None, writable=True, holder="")
    try:
        begun = begin_procedure(opened, "term_election", FIRST_BRANCH, date(2026, 5, 1), actor())
    finally:
        opened.close()
    return begun.value.id


class TestConversionPapers:
    def test_a_paper_of_a_person_is_of_the_latest_conversion(self, branchbook, book, tmp_path):
        """Issue 4 §6: ``branchbook print BOOK conversion:KIND --person ID``."""
        person, procedure = _conversion_in(book)
        path, same = tmp_path / "决议.pdf", tmp_path / "同.pdf"
        answer = branchbook("print", book, "conversion:resolution", "--person", person, "-o", path)
        assert answer.code == 0, answer.errors
        assert "能否转为正式党员" in "".join(text_of(path).split())
        assert "褚示例" in "".join(text_of(path).split())
        again = branchbook("print", book, "conversion:resolution", "--record", procedure, "-o", same)
        assert again.code == 0, again.errors
        assert path.read_bytes() == same.read_bytes()

    def test_all_papers_of_a_person_and_one_as_docx(self, branchbook, book, tmp_path):
        person, _procedure = _conversion_in(book)
        path, word = tmp_path / "全部.pdf", tmp_path / "请示.docx"
        assert branchbook("print", book, "conversion:all", "--person", person, "-o", path).code == 0
        assert "预备党员教育考察登记表" in text_of(path)
        assert branchbook("print", book, "conversion:request", "--person", person, "-o", word).code == 0
        text = "\n".join(each.text for each in docx.Document(str(word)).paragraphs)
        assert "关于褚示例同志转为中共正式党员的请示" in text

    def test_someone_without_a_conversion_or_not_in_the_book_is_told(self, branchbook, book, tmp_path):
        words = ("print", book, "conversion:result", "-o", tmp_path / "a.pdf", "--person")
        refused(branchbook(*words, named("赵示例")), "赵示例还没有开始办理转正", "--blank")
        refused(branchbook(*words, uuid4()), "这个人已不在簿中")
        assert not (tmp_path / "a.pdf").exists()

    def test_person_is_for_papers_of_a_conversion_alone(self, branchbook, book, tmp_path):
        person, procedure = _conversion_in(book)
        words = ("-o", tmp_path / "a.pdf", "--person", person)
        assert branchbook("print", book, "election:result", *words).code == 2
        assert branchbook("print", book, "joining_ledger", *words).code == 2
        assert branchbook("print", book, "conversion:result", *words, "--blank").code == 2
        assert branchbook("print", book, "conversion:result", *words, "--record", procedure).code == 2

    def test_without_a_person_it_is_told_how_to_name_one(self, branchbook, book, tmp_path):
        answer = branchbook("print", book, "conversion:result", "-o", tmp_path / "a.pdf")
        assert "哪一名预备党员" in answer.errors
        assert "--person ID" in answer.errors

    def test_a_blank_register_takes_the_words_of_the_shape_asked_for(self, branchbook, book, tmp_path):
        path = tmp_path / "考察表.pdf"
        words = ("print", book, "conversion:observation_register", "--blank", "--shape")
        answer = branchbook(*words, "conversion_half_yearly", "-o", path)
        assert answer.code == 0, answer.errors
        assert "半年考察意见" in "".join(text_of(path).split())


def _conversion_in(book: Path) -> tuple[UUID, UUID]:
    """褚示例, probationary in the first branch, and the conversion begun."""
    person = named("褚示例")
    opened = Shelf().open(book, None, writable=True, holder="")
    try:
        with operate(opened, actor(), "准备") as operating:
            operating.writing.put(Person(person, "褚示例", "csl", accepted_on=date(2025, 10, 20)))
            for kind, value, place in (
                (FactKind.MEMBERSHIP, MembershipChange.ACCEPTED, FIRST_BRANCH),
                (FactKind.STANDING, Standing.PROBATIONARY, None),
            ):
                since = date(2025, 12, 1)
                operating.writing.put(PersonFact(uuid4(), person, kind, value, since, None, place))
        begun = begin_conversion(opened, person, date(2026, 5, 1), actor(1))
    finally:
        opened.close()
    return person, begun.value.id
