"""The settings' page of ledgers: one of one's own from nothing, shipped ones changed and put back, with a preview."""

from __future__ import annotations

import pytest

from branchbook.domain.fields import FieldType
from branchbook.domain.ledgers import LedgerLayout
from branchbook.services.ledger_reading import ledger_of, ledgers_of
from tests.ui.places.settings_screen import SettingsScreen, unnamed


@pytest.fixture
def screen(look, settled, shown):
    made = SettingsScreen(settled)
    shown(made.window)
    made.open()
    return made


@pytest.fixture
def page(screen):
    return screen.page("ledgers")


def ledger(screen, key="rectification"):
    with screen.book.reading() as reading:
        return ledger_of(reading, key)


def row(page, key):
    return next(each for each in page.card.rows if each.spec.key == key)


def test_all_ledgers_are_listed_and_the_chosen_one_shows_its_fields_and_its_paper(screen, page):
    assert len(page.list.entries) == 16
    assert page.card.name.value() == "整改台账"
    assert [each.spec.key for each in page.card.rows][:3] == ["source", "found_on", "problem"]
    assert not row(page, "problem").shown.isEnabled(), "it names the rows"
    assert not page.card.back_button.isVisible()
    assert not page.card.layout_field.isVisible()
    assert page.card.preview.pixmap().width() > 100
    assert unnamed(page) == []


def test_a_field_is_hidden_relabelled_and_put_back_with_the_ledger(screen, page):
    shipped = ledger(screen)
    screen.press(row(page, "target").shown)
    assert "target" in ledger(screen).hidden
    screen.type_over(row(page, "problem").label, "具体问题")
    assert ledger(screen).field("problem").label == "具体问题"
    assert page.list.entries[0].badge == "改过"
    assert page.list.entries[0].detail == "14 个栏目，隐藏 1 个"
    screen.undo()
    assert row(page, "problem").label.value() == "问题表现"
    screen.press(page.card.back_button)
    assert ledger(screen) == shipped
    assert row(page, "target").shown.isChecked()


def test_a_label_that_is_taken_is_refused_and_the_old_one_stands_again(screen, page):
    screen.type_over(row(page, "problem").label, "整改措施")
    assert "已有同名的栏目" in page.card.banner.text
    assert row(page, "problem").label.value() == "问题表现"


def test_a_field_is_added_with_its_choices(screen, page):
    screen.type_over(page.card.new_label, "责任科室")
    screen.choose(page.card.new_type, FieldType.CHOICE)
    screen.press(page.card.add_button)
    assert "至少要有两项" in page.card.banner.text
    screen.type_over(page.card.new_choices, "办公室、业务科")
    screen.press(page.card.add_button)
    assert ledger(screen).field("责任科室").choices == ("办公室", "业务科")
    assert page.card.rows[-1].words.text() == "单选：办公室、业务科"
    assert page.card.new_label.value() == ""
    assert page.card.banner.text == ""


def test_a_ledger_of_ones_own_from_nothing(screen, page):
    screen.press(page.new_button)
    with screen.book.reading() as reading:
        made = ledgers_of(reading)[0]
    assert made.own
    assert page.list.current_key == made.key
    assert page.card.name.hasFocus()
    screen.type_over(page.card.name, "读书会台账")
    screen.type_over(page.card.new_label, "经费")
    screen.choose(page.card.new_type, FieldType.MONEY)
    screen.press(page.card.add_button)
    screen.type_over(page.card.new_label, "归还日期")
    screen.choose(page.card.new_type, FieldType.DATE)
    screen.press(page.card.new_required)
    screen.press(page.card.add_button)
    screen.press(row(page, "经费").summed)
    screen.choose(page.card.roles["due"], "归还日期")
    screen.choose(page.card.layout_field, LedgerLayout.PAGE)
    now = ledger(screen, made.key)
    assert now.name == "读书会台账"
    assert now.totals == ("经费",)
    assert now.due_field == "归还日期"
    assert now.field("归还日期").required
    assert now.paper.layout is LedgerLayout.PAGE
    assert page.list.entries[0].title == "读书会台账"
    screen.press(page.card.remove_button)
    assert page.list.entries[0].title == "整改台账"
    assert page.card.name.value() == "整改台账"


def test_a_second_new_ledger_has_a_name_of_its_own(screen, page):
    screen.press(page.new_button)
    screen.press(page.new_button)
    assert [each.title for each in page.list.entries[:2]] == ["新台账", "新台账2"]
    screen.type_over(page.card.name, "新台账")
    assert "已有同名的台账" in page.card.banner.text
