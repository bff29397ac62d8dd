"""The place: how an election begins, its time line, the way to other elections, and its endings."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from branchbook.domain.procedures import ProcedureState
from branchbook.services.drafts import found_drafts
from branchbook.services.procedures import abandon_procedure
from branchbook.ui.place import BeginProcedure, ShowProcedure
from branchbook.ui.theme import Tone
from tests.services.election_books import begun, entry
from tests.services.small_book import FIRST_BRANCH, actor
from tests.ui.places.elections.elections_place import PREPARED
from tests.ui.places.elections.screen_fixtures import reopened as reopened
from tests.ui.places.elections.screen_fixtures import screen as screen
from tests.ui.places.elections.screen_fixtures import term_book as term_book


@pytest.fixture
def election(term_book):
    """A term election with its reply, before the place is opened."""
    return begun(term_book, "term_election", date(2026, 3, 1), PREPARED)


class TestBeginning:
    def test_an_empty_place_explains_itself_and_offers_the_first_step(self, screen):
        place = screen.place
        assert place.nothing.isVisible()
        assert not place.time_line.isVisible()
        screen.press(place.nothing.button)
        assert place.beginning.form.isVisible()
        assert place.beginning.shape.hasFocus()

    def test_the_shape_that_fits_is_suggested_with_its_reason_and_article(self, screen):
        """支部工作条例: seven full members or more have a committee (B-32)."""
        screen.place.begin()
        screen.settle()
        card = screen.place.beginning
        assert card.shape.value() == "term_election"
        assert "正式党员 20 名" in card.reason.text
        assert "支部工作条例" in card.reason.text
        assert card.reason.tone == Tone.OK
        screen.choose(card.shape, "by_election")
        assert card.reason.tone == Tone.WARN
        assert "建议" in card.reason.text

    def test_another_shape_than_the_suggested_may_be_begun(self, screen):
        screen.place.begin()
        screen.settle()
        screen.choose(screen.place.beginning.shape, "term_extension")
        screen.type_into(screen.place.beginning.begun_on, "2026年8月3日")
        screen.press(screen.place.beginning.form.act)
        assert screen.procedure.shape == "term_extension"
        assert screen.procedure.begun_on == date(2026, 8, 3)
        assert screen.step == "request"

    def test_a_second_election_of_the_same_branch_is_refused_and_said_in_the_form(self, election, screen):
        """One of a family at a time; nothing of what was chosen is lost."""
        screen.place.begin()
        screen.settle()
        screen.press(screen.place.beginning.form.act)
        assert "正在办理" in screen.place.beginning.form.banner.text
        screen.press(screen.place.beginning.form.give_up)
        assert screen.step == "nomination"
        assert screen.place.right.currentWidget() is screen.place.step

    def test_a_day_without_rules_of_election_is_refused(self, screen):
        """The regulation is in force since 2020-07-13."""
        screen.place.begin()
        screen.settle()
        screen.type_into(screen.place.beginning.begun_on, "2019-3-5")
        screen.press(screen.place.beginning.form.act)
        assert "无规则依据" in screen.place.beginning.form.banner.text

    def test_the_desk_opens_the_form_with_its_shape(self, screen):
        screen.place.show_subject(BeginProcedure("secretary_election", FIRST_BRANCH))
        screen.settle()
        assert screen.place.beginning.shape.value() == "secretary_election"

    def test_escape_gives_the_form_up(self, screen):
        screen.place.begin()
        screen.settle()
        screen.keys(screen.place.beginning.shape, Qt.Key.Key_Escape)
        assert screen.place.nothing.isVisible()


class TestTimeLine:
    def test_the_next_step_is_shown_first(self, election, screen):
        assert screen.step == "nomination"
        assert screen.place.time_line.steps.current_key == "nomination"

    def test_each_step_has_its_icon_its_summary_and_is_spoken(self, election, screen):
        entries = {each.key: each for each in screen.place.time_line.steps.entries}
        assert entries["reply"].icon == "circle-check"
        assert "8 月 20 日" in entries["reply"].detail
        assert "示机党〔2026〕14号" in entries["reply"].detail
        assert entries["nomination"].icon == "circle-dot"
        assert entries["count"].icon == "circle"
        assert entries["after_refusal"].icon == "circle-minus"
        assert "已完成" in entries["reply"].spoken
        assert "不需要" in entries["after_refusal"].spoken

    def test_up_and_down_go_through_the_steps(self, election, screen):
        screen.keys(screen.place.time_line.steps, Qt.Key.Key_Down)
        assert screen.step == "candidate_approval"
        screen.keys(screen.place.time_line.steps, Qt.Key.Key_Up, Qt.Key.Key_Up)
        assert screen.step == "reply"

    def test_an_overdue_step_says_since_when(self, term_book, screen, reopened):
        """Six months before the term's end the committee takes it up (支部工作条例, B-40)."""
        begun(term_book, "term_election", date(2026, 3, 1))
        reopened()
        first = screen.place.time_line.steps.entries[0]
        assert first.icon == "circle-alert"
        assert "逾期" in first.detail
        assert "应于" in screen.body.lead.due.text

    def test_a_step_that_waits_names_what_must_stand_first_and_leads_there(self, election, screen):
        screen.go_to("opening")
        assert "应到与不计入" in screen.body.lead.waiting.text
        screen.body.lead.waiting.linked.emit()
        screen.settle()
        assert screen.step == "voters"

    def test_the_articles_of_a_step_stand_under_its_hint(self, election, screen):
        screen.go_to("candidate_approval")
        assert "第十三条" in screen.body.lead.articles.text()

    def test_other_elections_can_be_chosen_also_those_that_ended(self, election, term_book, screen, reopened):
        abandon_procedure(term_book, election.id, date(2026, 9, 1), "示例原因", actor())
        again = begun(term_book, "term_election", date(2026, 9, 2))
        reopened()
        line = screen.place.time_line
        screen.choose(line.procedures, again.id)
        assert screen.procedure.id == again.id
        screen.choose(line.procedures, election.id)
        assert screen.procedure.id == election.id
        assert screen.body.fields.day.isReadOnly()

    def test_another_place_can_ask_for_an_election_and_a_step(self, election, screen):
        screen.place.show_subject(ShowProcedure(election.id, "reply"))
        screen.settle()
        assert screen.step == "reply"


class TestEndings:
    def test_abandoning_asks_for_the_reason(self, election, screen):
        screen.place.time_line.abandon.trigger()
        screen.settle()
        strip = screen.place.step.endings.abandoning
        assert strip.reason.hasFocus()
        screen.press(strip.confirm_button)
        assert "需要写明原因" in screen.place.banner.text
        screen.type_into(strip.reason, "上级调整换届时间")
        screen.press(strip.confirm_button)
        assert screen.procedure.state == ProcedureState.ABANDONED
        assert screen.procedure.ending_reason == "上级调整换届时间"

    def test_finishing_too_early_names_what_is_missing(self, election, screen):
        screen.place.time_line.finish.trigger()
        screen.settle()
        assert "还有步骤没有完成" in screen.place.banner.text
        assert screen.procedure.is_open

    def test_removing_moves_it_to_the_recycle_bin_and_undo_brings_it_back(self, election, screen):
        screen.place.time_line.remove.trigger()
        screen.settle()
        assert screen.place.nothing.isVisible()
        banner = screen.place.banner
        assert banner.isVisible()
        assert "回收站" in banner.text
        assert "Ctrl+Z" in banner.text
        screen.place.context.commands.undo()
        screen.settle()
        assert screen.procedure.id == election.id

    def test_a_finished_extension_is_corrected_with_a_reason(self, term_book, screen, reopened):
        """A correction is one operation; until it is confirmed the book holds what was finished."""
        asked = (
            entry("request", date(2026, 8, 3), reason="示例原因", until="2026-12-31"),
            entry("reply", date(2026, 8, 10), document="示机党〔2026〕9号", outcome="批准"),
        )
        begun(term_book, "term_extension", date(2026, 8, 3), asked)
        reopened()
        screen.place.time_line.finish.trigger()
        screen.settle()
        assert screen.procedure.state == ProcedureState.FINISHED
        assert screen.body.fields.day.isReadOnly()
        screen.go_to("reply")
        screen.place.time_line.correct.trigger()
        screen.settle()
        screen.fill(document="示机党〔2026〕10号")
        assert screen.procedure.entry("reply").text("document") == "示机党〔2026〕9号"
        strip = screen.place.step.endings.correction
        screen.type_into(strip.reason, "文号写错")
        screen.press(strip.confirm_button)
        assert screen.procedure.state == ProcedureState.CORRECTED
        assert screen.procedure.entry("reply").text("document") == "示机党〔2026〕10号"
        assert screen.procedure.correction_reason == "文号写错"
        assert found_drafts(term_book) == ()

    def test_a_correction_can_be_given_up(self, term_book, screen, reopened):
        asked = (
            entry("request", date(2026, 8, 3), reason="示例原因", until="2026-12-31"),
            entry("reply", date(2026, 8, 10), document="示机党〔2026〕9号", outcome="批准"),
        )
        begun(term_book, "term_extension", date(2026, 8, 3), asked)
        reopened()
        screen.place.time_line.finish.trigger()
        screen.settle()
        screen.go_to("reply")
        screen.place.time_line.correct.trigger()
        screen.settle()
        screen.fill(document="写错的文号")
        screen.press(screen.place.step.endings.correction.cancel_button)
        assert screen.body.fields.editor("document").text() == "示机党〔2026〕9号"
        assert screen.body.fields.editor("document").isReadOnly()
