"""The place: who stands in the list and in which order, the record, how joinings and conversions begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from branchbook.domain.admission_versions import VERSION_VALUE
from branchbook.domain.ballots import Question
from branchbook.domain.people import Person
from branchbook.domain.procedures import ProcedureState, StepEntry
from branchbook.services.conversion_votes import begin_question
from branchbook.services.conversions import begin_conversion
from branchbook.services.drafts import keep_draft
from branchbook.services.operations import operate
from branchbook.services.procedures import save_step
from branchbook.ui.place import BeginProcedure, Destination, ScopeChoice, ShowPaper, ShowPerson, ShowProcedure
from branchbook.ui.theme import Tone
from tests.services.conversion_book import PROBATIONER, begun, done, prepared
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, actor, named
from tests.ui.places.conversions.conversions_place import reopen

NAME = "褚示例"


class TestList:
    def test_everyone_stands_by_stage_with_those_whose_days_run_out_first(self, screen):
        assert screen.names() == [NAME, "沈示例", "蒋示例", "卫示例"]
        assert screen.place.people.chips.keys == (
            "everyone",
            "probationary",
            "development_candidate",
            "activist",
            "applicant",
        )

    def test_a_bar_tells_the_same_in_words(self, screen):
        """党章 第七条: a year from the resolution of acceptance; observations are counted."""
        (entry,) = [each for each in screen.place.people.people.entries if each.title == NAME]
        assert entry.picture is not None
        assert "预备期 2025-10-20 至 2026-10-20" in entry.spoken
        assert "考察 0 次，应有 4 次" in entry.spoken
        assert (entry.badge, entry.tone) == ("已满 35 天", Tone.BAD)

    @pytest.mark.parametrize("typed", ["沈", "ssl", "SS"])
    def test_a_name_or_its_initials_narrow_the_list(self, screen, typed):
        screen.place.people.filter.setText(typed)
        assert screen.names() == ["沈示例"]

    def test_a_stage_narrows_the_list(self, screen):
        chips = screen.place.people.chips
        chips.choose("activist")
        chips.chosen.emit("activist")
        assert screen.names() == ["蒋示例"]

    def test_enter_in_the_filter_shows_the_first(self, screen):
        screen.place.people.filter.setFocus()
        screen.keys("js\n")
        assert screen.place.screen_shown.record.person.name == "蒋示例"
        assert screen.place.people.people.hasFocus()

    def test_the_rail_counts_those_who_are_late(self, screen, qtbot):
        with qtbot.waitSignal(screen.place.badge_changed) as told:
            reopen(screen)
        assert told.args == [1]

    def test_a_general_branch_sees_all_its_branches_with_their_names(self, screen):
        context = screen.place.context
        screen.place.open(replace(context, scope=ScopeChoice(GENERAL_BRANCH, 2026)))
        screen.settle()
        assert screen.names()[0] == NAME
        assert screen.place.people.people.entries[0].detail.startswith("第一支部 · ")

    def test_nobody_is_said(self, screen):
        screen.place.people.filter.setText("没有这个人")
        assert "没有符合" in screen.place.people.nobody.text()


class TestRecord:
    def test_what_is_lacking_is_said_once_each_with_its_article(self, screen):
        lacks = screen.place.head.lacks.text()
        assert "考察意见 4 次（2026-01-20 起应办）" in lacks
        assert "转正申请（2026-10-20 前）" in lacks
        assert lacks.count("考察意见") == 1
        assert "发展党员工作细则" in lacks
        assert "待核实" in lacks

    def test_nothing_begun_explains_itself_and_offers_the_first_step(self, screen):
        beginning = screen.place.beginning
        assert beginning.empty.isVisible()
        assert not screen.place.steps.isVisible()
        screen.press(beginning.empty.button)
        screen.keys("\n")
        assert screen.procedure.shape == "conversion"
        assert screen.procedure.begun_on == date(2026, 11, 24)

    def test_until_the_application_the_observation_that_is_due_comes_first(self, screen, book):
        """D-05: three observations, then the application."""
        procedure_id = begun(book)
        reopen(screen)
        assert screen.step == "observation_3"
        for months in (3, 6, 9):
            entry = done(f"observation_{months}", date(2026, 10, 2), opinion="表现好")
            save_step(book, procedure_id, entry, actor(3))
        screen.place.show_step("")
        screen.settle()
        assert screen.step == "application"

    def test_a_joining_begins_on_the_day_of_the_application(self, screen):
        screen.pick("卫示例")
        screen.press(screen.place.beginning.empty.button)
        assert screen.place.beginning.begun_on.value() == date(2026, 10, 30)
        screen.press(screen.place.beginning.form.act)
        assert screen.step == "application"
        screen.fill(day="2026-10-30")
        assert screen.procedure.done_on("application") == date(2026, 10, 30)

    def test_a_candidate_too_early_is_refused_with_the_article_and_nothing_is_lost(self, screen):
        """D-29, D26-04: a year after becoming an activist."""
        screen.pick("蒋示例")
        screen.press(screen.place.beginning.empty.button)
        screen.press(screen.place.beginning.form.act)
        for step, day in (("application", "2025-1-6"), ("talk", "2025-1-20"), ("activist", "2026-3-1")):
            screen.go_to(step)
            screen.fill(day=day)
        screen.go_to("candidate")
        screen.type_into(screen.body.fields.day, "2026-9-1")
        screen.type_into(screen.body.fields.reason, "补录")
        assert "第" in screen.notice()
        assert screen.procedure.done_on("candidate") is None
        assert screen.body.fields.day.text() == "2026-09-01"

    def test_the_day_of_acceptance_that_is_missing_is_said(self, screen, book):
        """D-01: the probation is counted from it."""
        with operate(book, actor(), "准备") as operating:
            person = operating.writing.get(Person, PROBATIONER)
            assert person is not None
            operating.writing.put(replace(person, accepted_on=None))
        reopen(screen)
        assert "没有登记支部大会接收日期" in screen.place.head.lacks.text()
        assert not screen.place.head.bar.isVisible()
        screen.press(screen.place.beginning.empty.button)
        screen.press(screen.place.beginning.form.act)
        assert "没有登记支部大会接收日期" in screen.place.beginning.form.banner.text

    def test_a_step_not_done_before_another_wants_a_reason(self, screen, book):
        begun(book)
        reopen(screen)
        screen.go_to("opinions")
        screen.fill(opinion="同意", day="2026-10-12")
        assert screen.procedure.done_on("opinions") is None
        assert "转正申请" in screen.body.fields.faults.text
        screen.type_into(screen.body.fields.reason, "旧档补录")
        assert screen.procedure.done_on("opinions") == date(2026, 10, 12)

    def test_abandoned_and_taken_up_again(self, screen, book):
        procedure_id = begun(book)
        reopen(screen)
        screen.place.steps.abandon_asked.emit()
        strip = screen.place.step.endings.abandoning
        screen.type_into(strip.reason, "登记有误")
        screen.press(strip.confirm_button)
        assert screen.kept(procedure_id).state == ProcedureState.ABANDONED
        screen.press(screen.place.head.begin_button)
        screen.press(screen.place.beginning.form.act)
        assert screen.procedure.id != procedure_id

    def test_typing_survives_another_person_and_coming_back(self, screen, book):
        begun(book)
        reopen(screen)
        screen.go_to("observation_3")
        screen.type_into(screen.body.fields.editor("opinion"), "学习认真")
        screen.pick("沈示例")
        screen.pick(NAME)
        screen.go_to("observation_3")
        assert screen.procedure.entry("observation_3").text("opinion") == "学习认真"

    def test_what_an_earlier_run_left_unsaved_is_offered_here(self, screen, book):
        """A crash while an observation was written: the banner leads to it."""
        procedure_id = begun(book)
        typed = screen.kept(procedure_id).with_entry(
            StepEntry("observation_6", None, {"opinion": "写到一半"})
        )
        keep_draft(book, typed, actor(5))
        screen.place.found._looked_at = None
        reopen(screen)
        assert "没有保存完" in screen.place.banner.text
        screen.place.banner.linked.emit()
        screen.settle()
        assert screen.step == "observation_6"
        assert screen.body.fields.editor("opinion").toPlainText() == "写到一半"


class TestVersions:
    """Issue 4 §1: rule_version from the date of each step, changeable with a reason."""

    def test_the_version_of_the_day_is_shown_and_the_doubtful_one_marked(self, screen, book):
        begun(book)
        reopen(screen)
        screen.go_to("application")
        assert "2026 年 5 月版" in screen.version.choice.currentText()
        assert screen.version.badge.text() == "待核实"

    def test_another_version_is_kept_once_there_is_a_reason(self, screen, book):
        procedure_id = begun(book)
        save_step(book, procedure_id, done("application", date(2026, 10, 8)), actor(3))
        reopen(screen)
        screen.go_to("application")
        screen.choose(screen.version.choice, "2014")
        assert "改用 2014 版的规定" in screen.body.fields.faults.text
        assert "须写明原因" in screen.notice()
        assert screen.procedure.entry("application").text(VERSION_VALUE) == ""
        screen.type_into(screen.body.fields.reason, "预备期按旧规定开始")
        assert screen.procedure.entry("application").text(VERSION_VALUE) == "2014"
        assert any("2014" in citation for citation, _ in screen.place.step.view.articles)

    def test_a_step_of_the_old_rules_cites_them(self, screen, book):
        procedure_id = begun(book, date(2026, 1, 20))
        entry = done("observation_3", date(2026, 1, 22), opinion="表现好")
        save_step(book, procedure_id, entry, actor(3))
        reopen(screen)
        screen.go_to("observation_3")
        assert "2014" in screen.version.choice.currentText()
        assert not screen.version.badge.isVisible()
        assert all("2026" not in citation for citation, _ in screen.place.step.view.articles)


class TestElsewhere:
    def test_a_procedure_of_another_branch_is_shown_where_a_search_found_it(self, screen, book):
        procedure_id = prepared(book)
        context = screen.place.context
        screen.place.open(replace(context, scope=ScopeChoice(SECOND_BRANCH, 2026)))
        screen.settle()
        screen.place.show_subject(ShowProcedure(procedure_id))
        screen.settle()
        assert screen.place.step.view.procedure.id == procedure_id

    def test_a_procedure_is_opened_at_its_step(self, screen, book):
        procedure_id = prepared(book)
        screen.place.show_subject(ShowProcedure(procedure_id, "review"))
        screen.settle()
        assert (screen.procedure.id, screen.step) == (procedure_id, "review")

    def test_the_desk_begins_a_conversion_here(self, screen):
        screen.place.show_subject(BeginProcedure("conversion", FIRST_BRANCH, PROBATIONER))
        screen.settle()
        assert screen.place.beginning.form.isVisible()
        assert screen.place.beginning.begun_on.hasFocus()

    def test_a_person_is_shown_from_members_and_back(self, screen):
        screen.place.show_subject(ShowPerson(named("沈示例")))
        screen.settle()
        gone: list[Destination] = []
        screen.place.go.connect(gone.append)
        screen.press(screen.place.head.member_button)
        assert gone == [Destination("members", ShowPerson(named("沈示例")))]

    def test_papers_are_previewed_for_the_procedure_one_or_all(self, screen, book):
        procedure_id = begin_conversion(book, PROBATIONER, date(2026, 10, 1), actor(1)).value.id
        reopen(screen)
        gone: list[Destination] = []
        screen.place.go.connect(gone.append)
        screen.go_to("application")
        screen.press(screen.body.papers.buttons["conversion:application"])
        screen.place.steps.papers.trigger()
        screen.settle()
        assert gone == [
            Destination("print", ShowPaper("conversion:application", procedure_id)),
            Destination("print", ShowPaper("conversion:all", procedure_id)),
        ]


class TestRoom:
    def test_large_text_shows_the_list_or_the_record(self, screen, book, look):
        """150 %: Enter opens the record, Alt+Left is the list again."""
        begun(book)
        look.choose(text_scale=150)
        reopen(screen)
        place = screen.place
        assert place.people.isVisible()
        assert not place.right.isVisible()
        place.people.people.setFocus()
        QTest.keyClick(place.people.people, Qt.Key.Key_Return)
        screen.settle()
        assert not place.people.isVisible()
        assert place.record.isVisible()
        screen.press(place.head.back_button)
        assert place.people.people.hasFocus()

    @pytest.mark.parametrize("scale", [80, 100, 110, 125, 150, 175, 200])
    def test_no_number_of_a_vote_is_cut_at_any_text_size(self, screen, book, look, scale):
        """1190 × 672 is what the window leaves to a place at 1366 × 768."""
        begin_question(book, prepared(book), Question.CONVERT, date(2026, 10, 22), actor(10))
        look.choose(text_scale=scale)
        screen.place.show_subject(ShowPerson(PROBATIONER))
        reopen(screen)
        screen.place._open_record(PROBATIONER)
        screen.settle()
        assert screen.step == "meeting"
        body = screen.body
        assert body.widget().minimumSizeHint().width() <= body.viewport().width()

    def test_everything_has_a_name(self, screen, book):
        prepared(book)
        reopen(screen)
        screen.go_to("meeting")
        for kind in (QLineEdit, QComboBox, QAbstractButton):
            for widget in screen.place.findChildren(kind):
                if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    text = widget.text() if isinstance(widget, QAbstractButton) else ""
                    assert widget.accessibleName() or text, widget

    def test_composed_text_is_not_taken_half_way(self, screen, book, compose):
        """An input method's text counts when it is committed; Enter belongs to it until then."""
        begun(book)
        reopen(screen)
        screen.go_to("oath")
        field = screen.body.fields.editor("venue")
        field.setFocus()
        compose(field, "huiyishi")
        assert screen.procedure.entry("oath").text("venue") == ""
        compose(field, "", "会议室")
        QTest.keyClick(field, Qt.Key.Key_Tab)
        screen.settle()
        assert screen.procedure.entry("oath").text("venue") == "会议室"
