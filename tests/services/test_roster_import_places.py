"""Branches, groups, posts and moves that a roster names: made, moved or refused with the row."""

from datetime import date

from branchbook.domain.people import FactKind, MembershipChange, Post
from branchbook.services.roster_import import LineStatus
from tests.services.asking import roster_of
from tests.services.roster_files import (
    ACTOR,
    TODAY,
    book_with_branch,
    imported,
    preview_of,
    texts,
)


def test_branches_and_groups_are_made_in_a_general_branch() -> None:
    book, general_id = book_with_branch(general="示例党总支")
    head = ("姓名", "所在支部", "党小组", "党内职务")
    preview = imported(
        book,
        head,
        ("甲示例", "一支部", "第一党小组", "支部书记、党小组组长"),
        ("乙示例", "一支部", "第二党小组", "组织委员"),
        ("丙示例", "二支部", "第一党小组", "党总支副书记"),
    ).value
    roster = roster_of(book)
    branches = roster.branches_on(TODAY)
    assert [each.name for each in branches] == ["一支部", "二支部"]
    assert {each.parent_id for each in branches} == {general_id}
    assert [len(roster.groups_of(each.id, TODAY)) for each in branches] == [2, 1]
    assert "将新建党支部“一支部”" in texts(preview, 0)
    secretary = roster.holder_of(branches[0].id, Post.SECRETARY, TODAY)
    assert secretary is not None
    assert secretary.name == "甲示例"
    assert (
        roster.holder_of(roster.groups_of(branches[0].id, TODAY)[0].id, Post.GROUP_LEADER, TODAY) == secretary
    )
    assert roster.holder_of(general_id, Post.DEPUTY_SECRETARY, TODAY) is not None


def test_an_unknown_branch_in_a_branchs_own_book_is_refused_with_the_row() -> None:
    book, _ = book_with_branch("示例支部")
    preview = preview_of(book, ("姓名", "所在支部"), ("甲示例", "示例支部"), ("乙示例", "别的支部"))
    assert [line.status for line in preview.lines] == [LineStatus.NEW, LineStatus.REFUSED]
    assert "没有支部“别的支部”" in texts(preview, 3)


def test_rows_without_a_branch_need_one_chosen_where_there_are_several() -> None:
    book, _ = book_with_branch(general="示例党总支")
    imported(book, ("姓名", "所在支部"), ("甲示例", "一支部"), ("乙示例", "二支部"))
    rows = (("姓名", "性别"), ("丙示例", "男"))
    assert preview_of(book, *rows).lines[0].status is LineStatus.REFUSED
    second = roster_of(book).branches_on(TODAY)[1]
    assert preview_of(book, *rows, branch_id=second.id).lines[0].branch == "二支部"


def test_a_second_secretary_is_told_and_left_out() -> None:
    book, _ = book_with_branch()
    preview = preview_of(book, ("姓名", "党内职务"), ("甲示例", "书记"), ("乙示例", "书记"))
    posts = [fact for fact in preview.facts if fact.kind == FactKind.POST]
    assert len(posts) == 1
    assert "甲示例" in texts(preview, 3)
    assert preview.count(LineStatus.NEW) == 2


def test_one_secretary_follows_another_in_one_file() -> None:
    book, branch_id = book_with_branch()
    head = ("姓名", "党内职务")
    imported(book, head, ("甲示例", "书记"), ("乙示例", "组织委员"))
    imported(book, head, ("乙示例", "书记"), ("甲示例", "无"))
    holder = roster_of(book).holder_of(branch_id, Post.SECRETARY, TODAY)
    assert holder is not None
    assert holder.name == "乙示例"


def test_a_move_between_branches_ends_group_and_posts() -> None:
    book, _ = book_with_branch(general="示例党总支")
    head = ("姓名", "所在支部", "党小组", "党内职务")
    earlier = type(ACTOR)("李测试", ACTOR.now.replace(month=10))
    imported(
        book,
        head,
        ("甲示例", "一支部", "第一党小组", "宣传委员"),
        ("乙示例", "二支部", "", ""),
        actor=earlier,
    )
    imported(book, head, ("甲示例", "二支部", "", ""))
    roster = roster_of(book)
    person = next(each for each in roster.people if each.name == "甲示例")
    first, second = roster.branches_on(TODAY)
    assert roster.branch_of(person.id, earlier.today) == first
    assert roster.branch_of(person.id, TODAY) == second
    assert roster.group_of(person.id, TODAY) is None
    assert roster.posts_on(person.id, TODAY) == ()


def test_discipline_needs_a_document_and_so_is_not_taken_from_a_roster() -> None:
    book, _ = book_with_branch()
    preview = preview_of(book, ("姓名", "处分"), ("甲示例", "留党察看"))
    assert not [fact for fact in preview.facts if fact.kind == FactKind.RESTRICTION]
    assert "文号" in texts(preview, 2)


def test_a_date_of_transfer_begins_the_membership() -> None:
    book, _ = book_with_branch()
    preview = preview_of(book, ("姓名", "组织关系转入时间"), ("甲示例", "45000"))
    (fact,) = [each for each in preview.facts if each.kind == FactKind.MEMBERSHIP]
    assert (fact.value, fact.from_on) == (MembershipChange.TRANSFERRED_IN, date(2023, 3, 15))


def test_a_committee_post_begins_with_the_running_term() -> None:
    from uuid import uuid4

    from branchbook.domain.organisations import Term
    from branchbook.services.operations import operate

    book, branch_id = book_with_branch()
    with operate(book, ACTOR, "登记任期") as operating:
        operating.writing.put(Term(uuid4(), branch_id, date(2024, 5, 1), 3, with_committee=True))
    preview = preview_of(book, ("姓名", "党内职务"), ("甲示例", "书记"))
    (post,) = [each for each in preview.facts if each.kind == FactKind.POST]
    assert post.from_on == date(2024, 5, 1)
