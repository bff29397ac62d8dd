"""One branch out of a general branch's book: what goes along, what stays, and the way back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.checklists import Checklist
from branchbook.domain.organisations import Organisation
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import (
    AgendaItem,
    Attendance,
    Record,
    Speech,
)
from branchbook.exchange.book_zip import ZipArchives
from branchbook.services.book_exchange import ValueStatus, export_book, import_book, preview_import
from branchbook.services.handbook_closing import close_handbook, kept_handbook, kept_pdf
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.operations import operate
from branchbook.services.store import Book
from branchbook.services.undo import next_undo, undo
from branchbook.storage.backup_shelf import StoredBackups
from branchbook.storage.shelf import Shelf
from tests.fakes import FakeBook
from tests.services.general_year import (
    CHEN,
    PHOTO,
    QIAN,
    WANG,
    ZHENG,
    held,
    sha256_of,
    year_of_the_general_branch,
)
from tests.services.paper_press import PressOfWords
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    NAMES,
    SECOND_BRANCH,
    SECOND_GROUP,
    TODAY,
    actor,
    fill,
    named,
)

ARCHIVES = ZipArchives()

Maker = Callable[[str], Book]


@pytest.fixture(params=["in memory", "in a file"])
def new_book(request: Any, tmp_path: Path) -> Iterator[Maker]:
    """Makes empty books of either kind: the same promises hold for both."""
    opened: list[Book] = []

    def make(name: str) -> Book:
        made: Book = FakeBook()
        if request.param == "in a file":
            made = Shelf().create(tmp_path / f"{name}.branchbook", "李操作")
        opened.append(made)
        return made

    yield make
    for book in opened:
        book.close()


@pytest.fixture
def general(new_book: Maker) -> Book:
    book = new_book("总支")
    year_of_the_general_branch(book)
    return book


def exported(book: Book, path: Path, organisation_id: UUID | None = None) -> bytes:
    with book.reading() as reading:
        export_book(reading, ARCHIVES, path, organisation_id)
    return path.read_bytes()


def content_of(path: Path) -> dict[str, Any]:
    with ZipFile(path) as package:
        found: dict[str, Any] = json.loads(package.read("book.json"))
        found["parts"] = {name.removeprefix("attachments/") for name in package.namelist()} - {"book.json"}
    return found


def ids(content: dict[str, Any], name: str) -> set[UUID]:
    return {UUID(each["id"]) for each in content[name]}


def test_the_branch_goes_with_its_groups_terms_records_and_attachments(general: Book, tmp_path: Path) -> None:
    exported(general, tmp_path / "a.zip", FIRST_BRANCH)
    content = content_of(tmp_path / "a.zip")
    assert ids(content, "organisation") == {FIRST_BRANCH, FIRST_GROUP, SECOND_GROUP}
    assert ids(content, "term") == {named("任期一")}
    assert ids(content, "record") == {named("第一支部大会"), named("第一小组会")}
    assert ids(content, "attachment") == {named(f"photo {named('第一支部大会')}")}
    assert content["parts"] == {sha256_of(PHOTO)}
    assert ids(content, "checklist") == {named("两个支部的清单"), named("每个支部")}
    assert ids(content, "checklist_tick") == {named("勾一")}
    keys = {each["key"] for each in content["setting"]}
    assert keys == {"book.half_period_rule", f"transfer.{named('来')}.in"}


def test_whoever_ever_belonged_goes_with_their_facts_here_and_nobody_else_has_any(
    general: Book, tmp_path: Path
) -> None:
    exported(general, tmp_path / "a.zip", FIRST_BRANCH)
    content = content_of(tmp_path / "a.zip")
    belonged = {named(name) for name in NAMES[:6]} | {CHEN}
    assert ids(content, "person") == belonged | {ZHENG, WANG}, "and those whom its records name"
    facts = content["person_fact"]
    assert {UUID(each["person_id"]) for each in facts} == belonged
    places = {UUID(each["organisation_id"]) for each in facts if each.get("organisation_id")}
    assert places == {FIRST_BRANCH, FIRST_GROUP, SECOND_GROUP}
    assert named("来") in ids(content, "person_fact")
    assert named("总支委员") not in ids(content, "person_fact")


def test_it_makes_a_book_of_its_own_and_gives_the_same_bytes_again(
    general: Book, new_book: Maker, tmp_path: Path
) -> None:
    first = exported(general, tmp_path / "a.zip", FIRST_BRANCH)
    own = new_book("支部")
    import_book(own, ARCHIVES, tmp_path / "a.zip", actor())
    with own.reading() as reading:
        roster = reading.roster()
        branch = roster.organisation_by_id[FIRST_BRANCH]
        assert branch.parent_id is None
        assert [each.name for each in roster.members_on(FIRST_BRANCH, TODAY)] == list(NAMES[:6])
        assert reading.content(sha256_of(PHOTO)) == PHOTO
    assert exported(own, tmp_path / "b.zip") == first
    assert exported(own, tmp_path / "c.zip", FIRST_BRANCH) == first


def test_back_in_its_own_book_it_changes_nothing(general: Book, tmp_path: Path) -> None:
    """What the file cannot know (the general branch above, predecessors, the other branch's list) stays."""
    before = exported(general, tmp_path / "before.zip")
    exported(general, tmp_path / "a.zip", FIRST_BRANCH)
    outcome = import_book(general, ARCHIVES, tmp_path / "a.zip", actor(1))
    assert outcome.changes.operation_id is None
    assert outcome.value.lines == ()
    assert exported(general, tmp_path / "after.zip") == before


def test_a_year_kept_by_the_branch_itself_comes_back_into_the_general_branchs_book(
    general: Book, new_book: Maker, tmp_path: Path
) -> None:
    exported(general, tmp_path / "a.zip", FIRST_BRANCH)
    own = new_book("支部")
    import_book(own, ARCHIVES, tmp_path / "a.zip", actor())
    added = held("支部自己录的大会", FIRST_BRANCH)
    with operate(own, actor(2), "录入") as operating:
        person = operating.writing.get(Person, QIAN)
        assert person is not None
        operating.writing.put_all((added, replace(person, phone="000-0001")))
    exported(own, tmp_path / "back.zip")
    with general.reading() as reading:
        preview = preview_import(reading, ARCHIVES, tmp_path / "back.zip")
    assert {(line.entity, line.status) for line in preview.lines} == {
        ("record", ValueStatus.NEW),
        ("person", ValueStatus.CHANGED),
    }
    before = exported(general, tmp_path / "before.zip")
    import_book(general, ARCHIVES, tmp_path / "back.zip", actor(3))
    with general.reading() as reading:
        assert reading.get(Record, added.id) == added
        assert reading.get(PersonFact, named("总支委员")) is not None
        assert reading.get(Record, named("第二支部大会")) is not None
        branch = reading.get(Organisation, FIRST_BRANCH)
        shared = reading.get(Checklist, named("两个支部的清单"))
        assert branch is not None
        assert shared is not None
        assert (branch.parent_id, branch.predecessor_ids) == (GENERAL_BRANCH, (SECOND_BRANCH,))
        assert shared.organisation_ids == (SECOND_BRANCH, FIRST_BRANCH)
        operation = next_undo(reading)
    assert import_book(general, ARCHIVES, tmp_path / "back.zip", actor(4)).changes.operation_id is None
    assert operation is not None
    undo(general, operation.head.id, actor(5), actor(-600).now)
    assert exported(general, tmp_path / "after.zip") == before


def test_it_comes_under_another_general_branch(general: Book, new_book: Maker, tmp_path: Path) -> None:
    exported(general, tmp_path / "a.zip", FIRST_BRANCH)
    other = new_book("另一总支")
    with operate(other, actor(), "建簿") as operating, general.reading() as reading:
        above = reading.get(Organisation, GENERAL_BRANCH)
        assert above is not None
        operating.writing.put(replace(above, id=named("另一总支")))
    for _ in range(2):
        import_book(other, ARCHIVES, tmp_path / "a.zip", actor())
    with other.reading() as reading:
        branch = reading.get(Organisation, FIRST_BRANCH)
        assert branch is not None
        assert branch.parent_id == named("另一总支")
        assert len(reading.operations(10)) == 2, "the second import changed nothing"


def test_the_general_branch_is_the_whole_book(general: Book, tmp_path: Path) -> None:
    assert exported(general, tmp_path / "a.zip", GENERAL_BRANCH) == exported(general, tmp_path / "b.zip")


@pytest.mark.parametrize("place, said", [(FIRST_GROUP, "党小组不能单独导出"), (named("没有"), "找不到")])
def test_a_group_or_an_unknown_organisation_is_refused_and_leaves_no_file(
    tmp_path: Path, place: UUID, said: str
) -> None:
    book = FakeBook()
    fill(book)
    with pytest.raises(RefusedProblem, match=said):
        exported(book, tmp_path / "a.zip", place)
    assert list(tmp_path.iterdir()) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from([FIRST_BRANCH, FIRST_GROUP, SECOND_BRANCH, GENERAL_BRANCH]),
            st.lists(st.sampled_from(NAMES), max_size=3, unique=True),
            st.sampled_from(NAMES),
        ),
        max_size=5,
    )
)
def test_whatever_the_records_name_the_file_stands_alone_and_changes_nothing_at_home(
    tmp_path_factory: Any, meetings: list[tuple[UUID, list[str], str]]
) -> None:
    folder = tmp_path_factory.mktemp("journey")
    book, target = FakeBook(), FakeBook()
    fill(book)
    with operate(book, actor(), "录入") as operating:
        for number, (place, names, speaker) in enumerate(meetings):
            marks = tuple(Attendance(named(name), name) for name in names)
            item = AgendaItem(named(f"{number}"), "议题", (Speech(speaker, "发言", named(speaker)),))
            operating.writing.put(held(f"会 {number}", place, attendance=marks, agenda=(item,)))
    first = exported(book, folder / "a.zip", FIRST_BRANCH)
    import_book(target, ARCHIVES, folder / "a.zip", actor())
    assert exported(target, folder / "b.zip") == first
    assert import_book(book, ARCHIVES, folder / "a.zip", actor()).value.lines == ()


# ------------------------------------------------------------------------------------ closed handbooks


def with_closed_handbooks(book: Book) -> None:
    for branch_id in (FIRST_BRANCH, SECOND_BRANCH):
        close_handbook(book, PressOfWords(), HandbookRequest(branch_id, 2026, TODAY), actor(9))


def kept(book: Book, branch_id: UUID) -> bytes:
    with book.reading() as reading:
        handbook = kept_handbook(reading, branch_id, 2026)
        assert handbook is not None
        return kept_pdf(reading, handbook)


def test_closed_handbooks_go_along_as_the_files_that_they_are(
    general: Book, new_book: Maker, tmp_path: Path
) -> None:
    with_closed_handbooks(general)
    first = exported(general, tmp_path / "a.zip")
    target = new_book("副本")
    import_book(target, ARCHIVES, tmp_path / "a.zip", actor())
    for branch_id in (FIRST_BRANCH, SECOND_BRANCH):
        assert kept(target, branch_id) == kept(general, branch_id)
    assert exported(target, tmp_path / "b.zip") == first


def test_a_branch_takes_only_its_own_closed_handbook(general: Book, new_book: Maker, tmp_path: Path) -> None:
    with_closed_handbooks(general)
    exported(general, tmp_path / "a.zip", FIRST_BRANCH)
    own = new_book("支部")
    import_book(own, ARCHIVES, tmp_path / "a.zip", actor())
    assert kept(own, FIRST_BRANCH) == kept(general, FIRST_BRANCH)
    with own.reading() as reading:
        assert kept_handbook(reading, SECOND_BRANCH, 2026) is None
    assert content_of(tmp_path / "a.zip")["parts"] == {sha256_of(PHOTO), sha256_of(kept(own, FIRST_BRANCH))}


def test_a_file_without_the_closed_handbook_that_it_tells_of_is_refused(tmp_path: Path) -> None:
    book, target = FakeBook(), FakeBook()
    fill(book)
    with_closed_handbooks(book)
    exported(book, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as package:
        text = package.read("book.json")
    with ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("book.json", text)
    with pytest.raises(RefusedProblem, match="封存的手册的内容"):
        import_book(target, ARCHIVES, tmp_path / "a.zip", actor())
    assert target.state.operations == ()


def test_a_backup_carries_closed_handbooks_and_the_notes_of_what_was_printed(tmp_path: Path) -> None:
    shelf = Shelf()
    book = shelf.create(tmp_path / "簿.branchbook", "李操作")
    fill(book)
    with_closed_handbooks(book)
    backup = shelf.back_up(book, tmp_path, actor().now)
    StoredBackups().restore(backup.path, tmp_path / "取回.branchbook")
    restored = shelf.open(tmp_path / "取回.branchbook", None, writable=False, holder="")
    with book.reading() as before, restored.reading() as after:
        assert after.printed() == before.printed()
        assert len(after.printed()) == 2
        for note in after.printed():
            content = after.content(note.kept_sha256)
            assert content is not None
            assert sha256_of(content) == note.kept_sha256 == note.pdf_sha256
    assert kept(restored, FIRST_BRANCH) == kept(book, FIRST_BRANCH)
    restored.close()
    book.close()
