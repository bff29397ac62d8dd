"""组织: the tree as of a day, names over time, redrawing with everybody placed, terms and posts."""

from uuid import uuid4

import pytest

from branchbook.domain.organisations import ClosingReason, OrganisationKind, Term
from branchbook.domain.people import FactKind, Post
from branchbook.domain.records import Record
from branchbook.services.election_office import take_office
from branchbook.services.operations import operate
from branchbook.services.terms import Appointment, begin_term
from branchbook.ui.places.members.placing_list import PlacingList
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.person_picker import PersonPicker
from tests.services.election_books import book_with_committee, counted
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    SECOND_GROUP,
    TODAY,
    actor,
    named,
    small_book,
)
from tests.ui.places.members_screen import Screen, day, on_screen, write

ZHAO, QIAN, SUN = named("赵示例"), named("钱示例"), named("孙示例")


def opened(shown, book) -> Screen:
    screen = on_screen(shown, book)
    screen.chip(screen.place.lists.views, "organisations")
    return screen


@pytest.fixture
def screen(shown):
    return opened(shown, small_book())


def show(screen: Screen, organisation_id) -> None:
    """Choose an organisation in the tree."""
    rows = [row.id for row in screen.place.organisations.table.rows_model.rows]
    screen.place.organisations.table.selectRow(rows.index(organisation_id))
    screen.settle()


def tree(screen: Screen) -> list[tuple[int, str, int]]:
    return [(row.depth, row.name, row.members) for row in screen.place.organisations.table.rows_model.rows]


def form(screen: Screen):
    card = screen.place.organisation
    return card.host.form or card.terms.host.form


def editor(screen: Screen, label: str):
    found = [each for each in form(screen).fields._labels if each.accessibleName() == label]
    assert found, label
    return found[0]


def placing(screen: Screen):
    return form(screen).findChild(PlacingList)


def stored(screen: Screen, organisation_id):
    return screen.roster().organisation_by_id[organisation_id]


def fill(screen: Screen, label: str, text: str) -> None:
    screen.type_into(editor(screen, label), text)


def test_the_tree_shows_general_branch_branches_and_groups_with_their_members(screen):
    assert tree(screen) == [
        (0, "示例总支", 10),
        (1, "第一支部", 6),
        (2, "第一小组", 3),
        (2, "第二小组", 3),
        (1, "第二支部", 4),
    ]
    assert screen.place.organisation.view.organisation.id == FIRST_BRANCH


def test_contact_and_category_are_saved_when_a_field_is_left(screen):
    fields = screen.place.organisation.fields.editors
    screen.type_into(fields["category"], "机关")
    screen.type_into(fields["higher_organisation"], "示例市示例局机关党委")
    screen.type_into(fields["venue"], "三楼活动室")
    branch = stored(screen, FIRST_BRANCH)
    assert (branch.category, branch.higher_organisation, branch.venue) == (
        "机关",
        "示例市示例局机关党委",
        "三楼活动室",
    )
    assert screen.labels()[0] == "更正组织资料"


def test_the_founding_day_cannot_be_later_than_its_members(screen):
    screen.type_into(screen.place.organisation.fields.editors["founded_on"], "2019-1-1")
    assert stored(screen, FIRST_BRANCH).founded_on == day("2015-07-01")
    assert "成立日期不能晚于这一天" in screen.place.banner.text


def test_a_rename_keeps_the_earlier_name_for_earlier_days(screen):
    screen.press(screen.place.organisation.rename)
    fill(screen, "新名称", "机关第一党支部")
    fill(screen, "起用日期", "2026-10-1")
    write(editor(screen, "文号"), "示例委〔2026〕8号")
    screen.press(form(screen).act)
    branch = stored(screen, FIRST_BRANCH)
    assert (branch.name_on(day("2026-09-30")), branch.name_on(day("2026-10-01"))) == (
        "第一支部",
        "机关第一党支部",
    )
    model = screen.place.organisation.fields.names.rows_model
    assert [[column.text(row) for column in model.columns] for row in model.rows] == [
        ["机关第一党支部", "2026-10-01", "示例委〔2026〕8号"],
        ["第一支部", "2015-07-01", ""],
    ]


def test_a_branch_is_added_to_the_general_branch_and_a_group_to_a_branch(screen):
    show(screen, GENERAL_BRANCH)
    screen.press(screen.place.organisation.add_below)
    fill(screen, "名称", "第三支部")
    screen.press(form(screen).act)
    show(screen, SECOND_BRANCH)
    screen.press(screen.place.organisation.add_below)
    fill(screen, "名称", "第三小组")
    screen.press(form(screen).act)
    assert [each[:2] for each in tree(screen)][-3:] == [(1, "第二支部"), (2, "第三小组"), (1, "第三支部")]


def test_two_branches_of_one_name_are_refused_in_the_form(screen):
    show(screen, GENERAL_BRANCH)
    screen.press(screen.place.organisation.add_below)
    fill(screen, "名称", "第二支部")
    screen.press(form(screen).act)
    assert "已有同名的组织" in form(screen).banner.text


@pytest.mark.parametrize(
    "organisation_id, buttons",
    [
        (GENERAL_BRANCH, {"新建党支部", "更名"}),
        (FIRST_BRANCH, {"新建党小组", "更名", "拆分", "分出", "合并", "撤销"}),
        (FIRST_GROUP, {"更名", "撤销"}),
    ],
)
def test_each_level_offers_what_it_can_do(screen, organisation_id, buttons):
    show(screen, organisation_id)
    card = screen.place.organisation
    own = (
        card.add_below,
        card.rename,
        card.divide,
        card.split,
        card.merge,
        card.close_branch,
        card.dissolve,
    )
    assert {button.text() for button in own if button.isVisible()} == buttons


def test_a_dissolved_group_places_its_members_in_others(screen):
    show(screen, FIRST_GROUP)
    screen.press(screen.place.organisation.dissolve)
    fields = placing(screen).fields
    assert set(fields) == {ZHAO, QIAN, SUN}
    screen.choose(fields[SUN], None)
    screen.press(form(screen).act)
    roster = screen.roster()
    assert roster.group_of(ZHAO, TODAY).id == SECOND_GROUP
    assert roster.group_of(SUN, TODAY) is None
    assert not roster.organisation_by_id[FIRST_GROUP].exists_on(TODAY)
    assert (2, "第一小组", 3) not in tree(screen)


def test_the_tree_of_an_earlier_day_still_has_what_was_dissolved(screen):
    show(screen, FIRST_GROUP)
    screen.press(screen.place.organisation.dissolve)
    screen.press(form(screen).act)
    screen.type_into(screen.place.lists.day_field, "2026-11-23")
    assert (2, "第一小组", 3) in tree(screen)


def test_dividing_places_everybody_in_a_new_branch_and_says_what_the_rules_say(screen):
    """支部工作条例 第四条: a branch of its own needs three full members; it advises and refuses nothing."""
    screen.press(screen.place.organisation.divide)
    fill(screen, "新支部1", "机关一支部")
    fill(screen, "新支部2", "机关二支部")
    fields = placing(screen).fields
    assert [fields[ZHAO].itemText(number) for number in range(2)] == ["机关一支部", "机关二支部"]
    for person in (ZHAO, QIAN):
        screen.choose(fields[person], 1)
    screen.press(form(screen).act)
    roster = screen.roster()
    names = {roster.branch_of(person, TODAY).name for person in (ZHAO, QIAN)}
    assert names == {"机关二支部"}
    assert roster.branch_of(SUN, TODAY).name == "机关一支部"
    assert roster.organisation_by_id[FIRST_BRANCH].closing_reason is ClosingReason.DIVIDED
    assert "只有正式党员 2 名" in screen.place.banner.text
    assert screen.place.banner.tone is Tone.WARN


def test_some_members_form_a_new_branch_and_the_others_stay(screen):
    screen.press(screen.place.organisation.split)
    fill(screen, "新支部", "退休支部")
    for person in (ZHAO, QIAN, SUN):
        screen.choose(placing(screen).fields[person], True)
    screen.press(form(screen).act)
    assert (1, "退休支部", 3) in tree(screen)
    assert (1, "第一支部", 3) in tree(screen)


def test_branches_merge_into_one_new_branch(screen):
    screen.press(screen.place.organisation.merge)
    fill(screen, "新支部", "联合支部")
    screen.choose(placing(screen).fields[SECOND_BRANCH], True)
    screen.press(form(screen).act)
    assert tree(screen) == [(0, "示例总支", 10), (1, "联合支部", 10)]
    (made,) = [each for each in screen.roster().organisations if each.name == "联合支部"]
    show(screen, made.id)
    assert screen.place.organisation.fields.came_from.text() == "由 第一支部、第二支部 调整而来"


def test_a_branch_closes_when_each_of_its_people_has_a_place(screen):
    show(screen, SECOND_BRANCH)
    screen.press(screen.place.organisation.close_branch)
    screen.press(form(screen).act)
    assert tree(screen)[0] == (0, "示例总支", 10)
    assert tree(screen)[1] == (1, "第一支部", 10)
    assert not stored(screen, SECOND_BRANCH).exists_on(TODAY)


def test_open_matters_are_named_and_a_reason_lets_it_go_on(shown):
    book = small_book()
    with operate(book, actor(), "起草") as operating:
        operating.writing.put(Record(uuid4(), ("general_meeting",), SECOND_BRANCH, held_on=day("2026-03-05")))
    screen = opened(shown, book)
    show(screen, SECOND_BRANCH)
    screen.press(screen.place.organisation.close_branch)
    screen.press(form(screen).act)
    assert "还是草稿" in form(screen).banner.text
    fill(screen, "理由", "机构改革，原记录随档案移交")
    screen.press(form(screen).act)
    assert not stored(screen, SECOND_BRANCH).exists_on(TODAY)


# ------------------------------------------------------------------------------- terms and posts


@pytest.fixture
def with_term(shown):
    book = small_book()
    term = Term(uuid4(), FIRST_BRANCH, day("2023-11-20"), 3, True, document="示例委1号")
    begin_term(book, term, actor(), [Appointment(ZHAO, Post.SECRETARY)])
    screen = opened(shown, book)
    screen.place.organisation.show_page("terms")
    return screen, term


def test_a_new_term_ends_the_one_before_and_those_picked_take_office(with_term):
    screen, former = with_term
    screen.press(screen.place.organisation.terms.begin)
    fill(screen, "选举日期", "2026-11-20")
    secretary = editor(screen, "书记")
    assert isinstance(secretary, PersonPicker)
    secretary.setFocus()
    write(secretary.lineEdit(), "qsl")
    secretary.settle()
    screen.settle()
    assert secretary.value().name == "钱示例"
    screen.press(form(screen).act)
    roster = screen.roster()
    assert roster.holder_of(FIRST_BRANCH, Post.SECRETARY, TODAY).id == QIAN
    assert roster.holder_of(FIRST_BRANCH, Post.SECRETARY, day("2026-11-19")).id == ZHAO
    ended = [term.ended_on for term in roster.terms if term.id == former.id]
    assert ended == [day("2026-11-20")]
    posts = screen.place.organisation.terms.posts.rows_model.rows
    assert [(line.name, line.post, line.to_on) for line in posts] == [
        ("钱示例", "书记", None),
        ("赵示例", "书记", day("2026-11-20")),
    ]


def test_without_a_committee_only_secretary_and_deputy_are_elected(with_term):
    """支部工作条例: fewer than seven full members elect a secretary, where needed a deputy."""
    screen, _ = with_term
    screen.press(screen.place.organisation.terms.begin)
    screen.choose(editor(screen, "班子"), False)
    shown = [field.accessibleName() for field in form(screen).findChildren(PersonPicker) if field.isVisible()]
    assert shown == ["书记", "副书记"]
    assert editor(screen, "任期")._values == [3, 5]


def test_a_term_against_the_number_of_members_is_saved_with_the_rule_said(with_term):
    screen, _ = with_term
    screen.press(screen.place.organisation.terms.begin)
    fill(screen, "选举日期", "2026-11-20")
    screen.press(form(screen).act)
    assert len(screen.roster().terms) == 2
    assert "不足 7 名的不设支部委员会" in screen.place.banner.text


def test_a_term_is_corrected_ended_and_removed(with_term):
    screen, _ = with_term
    page = screen.place.organisation.terms
    page.terms.selectRow(0)
    screen.press(page.correct)
    screen.choose(editor(screen, "任期"), 5)
    screen.press(form(screen).act)
    assert screen.roster().terms[0].years == 5
    screen.press(page.end)
    fill(screen, "日期", "2026-11-1")
    screen.press(form(screen).act)
    assert screen.roster().terms[0].ended_on == day("2026-11-01")
    assert not page.end.isEnabled()
    screen.press(page.remove)
    assert screen.roster().terms == ()
    assert len(screen.roster().facts_of(ZHAO, FactKind.POST)) == 1


def test_a_post_leads_to_its_holder(with_term):
    screen, _ = with_term
    posts = screen.place.organisation.terms.posts
    posts.opened.emit(posts.rows_model.rows[0])
    screen.settle()
    assert screen.place.lists.view == "people"
    assert screen.place.person.view.person.id == ZHAO


def test_an_elected_secretary_awaits_approval_above_the_posts_held(shown):
    """支部工作条例: 书记报上级党组织批准; until the reply 当选待批."""
    book = book_with_committee()
    procedure = counted(book)
    take_office(book, procedure.id, day("2026-09-10"), actor(5))
    screen = opened(shown, book)
    show(screen, FIRST_BRANCH)
    posts = screen.place.organisation.terms.posts
    lines = posts.rows_model.rows
    assert (lines[0].name, lines[0].post, lines[0].awaits) == ("李示例", "书记（当选待批）", True)
    assert {(line.post, line.awaits) for line in lines[1:4]} == {("委员", False)}
    columns = screen.place.organisation.terms._post_columns()
    assert [each.text(lines[0]) for each in columns][3] == "待批复"
    tone = columns[1].tone
    assert tone is not None
    assert tone(lines[0]) is Tone.WARN


def test_a_group_has_no_terms(screen):
    show(screen, FIRST_GROUP)
    assert stored(screen, FIRST_GROUP).kind is OrganisationKind.GROUP
    assert not screen.place.organisation.chips.isVisible()


def test_back_at_the_people_the_person_is_still_there(screen):
    screen.chip(screen.place.lists.views, "people")
    assert screen.place.pages.currentWidget() is screen.place.person
    assert screen.place.lists.import_button.isVisible()
