"""Local cadences, and all rules with their corrections: searched, corrected with a source, put back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from branchbook.domain.checklists import Cadence
from branchbook.domain.rulebook import NO_RULEBOOK, Rule
from branchbook.services.codec import to_json
from branchbook.services.operations import operate
from branchbook.services.rule_choices import LocalCadence, RuleCorrection
from branchbook.services.rules import rulebook_of, shipped_rulebook
from branchbook.services.settings import PREFIX, change_setting
from branchbook.services.shipped_rules import check_correction
from branchbook.services.store import Setting
from branchbook.ui.places.settings.rule_values import (
    corrected_texts,
    correction_text,
    value_lines,
    values_in_words,
)
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.choice import ChoiceField
from tests.services.small_book import FIRST_BRANCH, SECOND_BRANCH, actor
from tests.ui.places.settings_screen import SettingsScreen, unnamed

SOURCE = "示例市委组织部〔2026〕3号（虚构）"
RULES = shipped_rulebook().rules


@pytest.fixture
def screen(look, shown, settled):
    made = SettingsScreen(settled)
    shown(made.window)
    made.open()
    yield made
    made.window.close()


@pytest.fixture
def cadences(screen):
    page = screen.page("rules")
    page.show_part("cadences")
    return page.cadences


@pytest.fixture
def rules(screen):
    page = screen.page("rules")
    page.show_part("rules")
    return page.rules


def monthly_lesson(**changes) -> LocalCadence:
    values = {"requirement": "party_lesson", "cadence": Cadence.MONTHLY, "source": SOURCE} | changes
    return LocalCadence(**values)


class TestCadences:
    def test_without_any_the_card_explains_itself(self, cadences):
        assert cadences.nothing.isVisible()
        assert not cadences.edit_button.isVisible()

    def test_one_is_entered_from_the_keyboard(self, screen, cadences):
        screen.press(cadences.add_button)
        form = cadences.host.form
        assert form.requirement.hasFocus()
        assert unnamed(form) == []
        screen.choose(form.requirement, "party_lesson")
        screen.choose(form.cadence, Cadence.MONTHLY)
        form.times.setText("2")
        form.since.setText("2026.3.1")
        form.scope.boxes[FIRST_BRANCH].click()
        form.source.setFocus()
        form.source.insert(SOURCE)
        screen.key(Qt.Key.Key_Return)
        (kept,) = screen.settings.local_cadences
        assert kept == monthly_lesson(times=2, from_on=date(2026, 3, 1), organisation_ids=(FIRST_BRANCH,))
        assert cadences.host.form is None
        texts = [
            column.text(cadences.table.rows_model.rows[0]) for column in cadences.table.rows_model.columns
        ]
        assert texts == ["党课", "每月 2 次", "更严，起作用", "2026-03-01", "第一支部", SOURCE]

    def test_without_a_document_nothing_is_kept(self, screen, cadences):
        screen.press(cadences.add_button)
        form = cadences.host.form
        screen.press(form.act)
        assert screen.settings.local_cadences == ()
        assert form.source.property("wrong")
        assert cadences.host.form is form

    @pytest.mark.parametrize("times", ["0", "两次"])
    def test_a_wrong_number_keeps_the_form_open(self, screen, cadences, times):
        screen.press(cadences.add_button)
        form = cadences.host.form
        form.source.insert(SOURCE)
        form.times.setText(times)
        screen.press(form.act)
        assert screen.settings.local_cadences == ()
        assert cadences.host.form is form
        assert form.banner.isVisible() or form.times.property("wrong")

    def test_escape_gives_up(self, screen, cadences):
        screen.press(cadences.add_button)
        screen.key(Qt.Key.Key_Escape)
        assert cadences.host.form is None

    def test_one_that_asks_for_no_more_than_the_rule_is_marked(self, screen, cadences):
        """B-25: the theme day is monthly already; a local document counts only where it is stricter."""
        change_setting(
            screen.book, "local_cadences", (monthly_lesson(requirement="theme_party_day"),), actor()
        )
        screen.open()
        effect = cadences.table.rows_model.columns[2]
        (row,) = cadences.table.rows_model.rows
        assert (effect.text(row), effect.tone(row)) == ("不严于条例", Tone.WARN)

    def test_one_is_changed_and_one_removed_and_both_undone(self, screen, cadences):
        both = (
            monthly_lesson(),
            monthly_lesson(requirement="general_meeting", organisation_ids=(SECOND_BRANCH,)),
        )
        change_setting(screen.book, "local_cadences", both, actor())
        screen.open()
        cadences.table.select(0)
        screen.press(cadences.edit_button)
        form = cadences.host.form
        assert (form.requirement.value(), form.source.value()) == ("party_lesson", SOURCE)
        form.source.set_value("示例文件二")
        screen.press(form.act)
        assert screen.settings.local_cadences == (monthly_lesson(source="示例文件二"), both[1])
        cadences.table.select(1)
        screen.press(cadences.remove_button)
        assert screen.settings.local_cadences == (monthly_lesson(source="示例文件二"),)
        screen.undo()
        assert len(screen.settings.local_cadences) == 2

    def test_without_a_choice_it_says_so(self, screen, cadences):
        change_setting(screen.book, "local_cadences", (monthly_lesson(),), actor())
        screen.open()
        cadences.table.clearSelection()
        cadences.table.setCurrentIndex(cadences.table.rows_model.index(-1, 0))
        screen.press(cadences.remove_button)
        assert screen.place.banner.tone is Tone.WARN
        assert len(screen.settings.local_cadences) == 1


class TestBrowsing:
    def test_the_rules_of_daily_work_come_first_in_their_order(self, rules):
        ids = [rule.id for rule in rules.table.rows_model.rows]
        assert ids[:3] == ["B-01", "B-02", "B-03"]
        assert ids.index("B-24") == ids.index("B-23") + 1
        assert len(ids) == len(shipped_rulebook().on(date(2026, 11, 24)).rules)

    @pytest.mark.parametrize(
        "words, found",
        [
            ("b-09", {"B-09"}),
            ("书记 党课", {"B-23"}),
            ("第十一条 支部党员大会 季度", {"B-09"}),
            ("查无此条", set()),
        ],
    )
    def test_every_word_must_stand_in_id_text_or_source(self, rules, words, found):
        QTest.keyClicks(rules.words, "x")
        rules.words.setText(words)
        assert {rule.id for rule in rules.table.rows_model.rows} == found
        assert rules.nothing.isVisible() is (not found)

    def test_doubtful_rules_are_found_by_their_chip(self, rules):
        rules.filter.choose("doubtful")
        rules.filter.chosen.emit("doubtful")
        rows = rules.table.rows_model.rows
        assert rows
        assert all(rule.unconfirmed for rule in rows)
        mark = rules.table.rows_model.columns[3]
        assert {mark.text(rule) for rule in rows} == {"待核实"}
        assert {mark.tone(rule) for rule in rows} == {Tone.WARN}

    def test_tab_goes_from_the_words_over_the_chips_to_the_day(self, screen, rules):
        rules.words.setFocus()
        chips = rules.filter.findChildren(QPushButton)
        for widget in (chips[0], rules.day, rules.table):
            screen.key(Qt.Key.Key_Tab)
            assert widget.hasFocus()

    def test_the_keyboard_stays_on_the_chip_that_it_chose(self, screen, rules):
        chips = rules.filter.findChildren(QPushButton)
        chips[0].setFocus()
        screen.key(Qt.Key.Key_Right)
        assert chips[1].hasFocus()
        assert all(rule.unconfirmed for rule in rules.table.rows_model.rows)

    def test_the_rules_of_another_day_are_shown(self, screen, rules):
        """The admission rules of 2014 hold until those of 2026 come into force."""
        screen.type_over(rules.day, "2020-1-1")
        titles = {rule.document.key for rule in rules.table.rows_model.rows}
        assert {rule.document.key for rule in RULES if rule.id == "D-09"} <= titles
        assert not any(rule.id.startswith("D26") for rule in rules.table.rows_model.rows)

    def test_before_the_earliest_document_it_says_that_there_are_no_rules(self, screen, rules):
        screen.type_over(rules.day, "1921-7-1")
        assert rules.table.rows_model.rows == ()
        assert rules.nothing.isVisible()
        assert any(NO_RULEBOOK in each.text() for each in rules.findChildren(type(rules._subtitle)))

    def test_a_rule_is_read_with_document_citation_and_values(self, screen, rules):
        pick(screen, rules, "B-24")
        details = rules.details
        assert details.title.text().startswith("B-24")
        assert "待核实" in details.cited.text()
        assert details.badge.text() == "待核实"
        assert details.values.text() == "频次 每季；次数 1"


def pick(screen: SettingsScreen, rules, rule_id: str) -> None:
    """Make a rule current, as a click or an arrow does."""
    for number, rule in enumerate(rules.table.rows_model.rows):
        if rule.id == rule_id:
            rules.table.selectRow(number)
    screen.settle()


class TestCorrecting:
    def test_a_value_and_an_article_are_corrected_with_their_document(self, screen, rules):
        pick(screen, rules, "B-24")
        screen.press(rules.details.correct_button)
        form = rules.details.form
        assert form.editors["cadence"].hasFocus()
        assert unnamed(form) == []
        form.editors["cadence"].set_value("monthly")
        form.article.insert("第九条")
        form.source.setFocus()
        form.source.insert(SOURCE)
        screen.key(Qt.Key.Key_Return)
        assert screen.settings.rule_corrections == (
            RuleCorrection("B-24", SOURCE, "cadence=monthly", "第九条"),
        )
        with screen.book.reading() as reading:
            rule = rulebook_of(reading).find("B-24")
        assert (rule.values["cadence"], rule.article, rule.unconfirmed) == ("monthly", "第九条", False)
        assert rules.details.form is None
        assert rules.details.badge.text() == "已更正"
        assert "每月" in rules.details.values.text()
        assert "每季" in rules.details.values.text(), "what was shipped stays to be read"

    def test_without_a_document_nothing_is_corrected(self, screen, rules):
        pick(screen, rules, "B-09")
        screen.press(rules.details.correct_button)
        form = rules.details.form
        form.editors["times"].set_value("2")
        screen.press(form.save_button)
        assert screen.settings.rule_corrections == ()
        assert form.source.property("wrong")

    def test_a_value_that_does_not_fit_is_refused_and_stays_typed(self, screen, rules):
        pick(screen, rules, "B-12")
        screen.press(rules.details.correct_button)
        form = rules.details.form
        form.editors["quorum"].set_value("3/2")
        form.source.insert(SOURCE)
        screen.press(form.save_button)
        assert screen.settings.rule_corrections == ()
        assert rules.details.form is form
        assert "1/2" in rules.details.problem.text

    def test_nothing_corrected_is_refused(self, screen, rules):
        pick(screen, rules, "B-12")
        screen.press(rules.details.correct_button)
        rules.details.form.source.insert(SOURCE)
        screen.press(rules.details.form.save_button)
        assert "至少填写一项" in rules.details.problem.text

    def test_saving_the_same_again_closes_the_form(self, screen, rules):
        correction = RuleCorrection("B-09", SOURCE, "times=2")
        change_setting(screen.book, "rule_corrections", (correction,), actor())
        screen.open()
        pick(screen, rules, "B-09")
        screen.press(rules.details.correct_button)
        assert rules.details.form.editors["times"].value() == "2"
        screen.press(rules.details.form.save_button)
        assert rules.details.form is None
        assert rules.details.title.isVisible()
        assert screen.settings.rule_corrections == (correction,)

    def test_escape_gives_up_but_not_while_composing(self, screen, rules, compose):
        pick(screen, rules, "B-09")
        screen.press(rules.details.correct_button)
        form = rules.details.form
        form.source.setFocus()
        compose(form.source, "shi'li")
        screen.key(Qt.Key.Key_Escape)
        screen.key(Qt.Key.Key_Return)
        assert rules.details.form is form
        compose(form.source, "", "示例")
        screen.key(Qt.Key.Key_Escape)
        assert rules.details.form is None
        assert screen.settings.rule_corrections == ()

    def test_a_correction_is_taken_back(self, screen, rules):
        others = (RuleCorrection("B-09", SOURCE, "times=2"), RuleCorrection("B-14", SOURCE, "", "第十三条"))
        change_setting(screen.book, "rule_corrections", others, actor())
        screen.open()
        pick(screen, rules, "B-09")
        screen.press(rules.details.back_button)
        assert screen.settings.rule_corrections == others[1:]
        assert not rules.details.back_button.isVisible()

    def test_a_correction_that_no_longer_fits_is_told_and_dropped(self, screen, rules):
        """A later version of the rules may not take what an earlier one did: it is never silently lost."""
        stale = RuleCorrection("ZZ-99", "示例旧文件", "3")
        with operate(screen.book, actor(), "旧版本的更正") as operating:
            operating.writing.put(Setting(PREFIX + "rule_corrections", to_json((stale,))))
        screen.open()
        banner = rules.details.banner
        assert banner.isVisible()
        assert "ZZ-99" in banner.text
        assert "示例旧文件" in banner.text
        banner.linked.emit()
        screen.settle()
        assert screen.settings.rule_corrections == ()
        assert not banner.isVisible()


class TestValues:
    @pytest.mark.parametrize("rule", [each for each in RULES if each.values], ids=lambda each: each.id)
    def test_every_value_of_every_rule_is_said_in_chinese(self, rule):
        assert not any("a" <= each <= "z" for each in values_in_words(rule).replace("D26", ""))

    @given(st.data())
    def test_what_the_form_writes_fits_the_rule_and_is_read_back(self, data):
        rule: Rule = data.draw(st.sampled_from([each for each in RULES if each.values]))
        lines = [line for line in value_lines(rule) if not line.fixed]
        wanted = {line.key: data.draw(_texts(line)) for line in lines}
        text = correction_text(rule, wanted)
        shipped = shipped_rulebook().find(rule.id)
        if shipped is not None and shipped.document == rule.document:
            check_correction(RuleCorrection(rule.id, SOURCE, text))
        read = corrected_texts(rule, text)
        assert {line.key: read.get(line.key, line.text) for line in lines} == wanted

    def test_a_bare_value_is_the_first_one(self):
        rule = shipped_rulebook().find("B-24")
        assert rule is not None
        assert corrected_texts(rule, "每月") == {"cadence": "monthly"}
        assert corrected_texts(rule, "times=2；cadence=每月") == {"times": "2", "cadence": "monthly"}

    def test_choices_are_offered_where_few_values_fit(self, screen, rules):
        pick(screen, rules, "B-13")
        screen.press(rules.details.correct_button)
        base = rules.details.form.editors["base"]
        assert isinstance(base, ChoiceField)
        assert [base.itemText(n) for n in range(base.count())] == ["应到会有表决权人数", "实到会人数"]


def _texts(line) -> st.SearchStrategy[str]:
    if line.choices:
        return st.sampled_from([value for value, _ in line.choices])
    if "/" in line.text:
        return st.integers(2, 9).flatmap(lambda low: st.integers(1, low).map(lambda high: f"{high}/{low}"))
    if "-" in line.text:
        return st.dates(date(2000, 1, 1), date(2050, 1, 1)).map(date.isoformat)
    return st.integers(0, 9999).map(str)
