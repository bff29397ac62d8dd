"""What a count comes to on the screen: verdict, outcomes, warnings, what follows, confirmation."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from branchbook.domain.ballot_counts import count_of_round
from branchbook.domain.ballots import Ballot, ElectionKind
from branchbook.domain.tally import tally
from branchbook.domain.tally_findings import Finding, Level
from branchbook.services.rules import shipped_rulebook
from branchbook.ui.places.elections.counting import CountingPanel
from branchbook.ui.places.elections.counting.count_model import CountColumn, CountModel, CountRow
from branchbook.ui.places.elections.counting.wording import zheng_text
from branchbook.ui.theme import ThemeChoice, Tone
from branchbook.ui.widgets.card import ScrolledBody
from branchbook.ui.widgets.fields import LineField
from tests.ui.places.elections.conftest import focused
from tests.ui.places.elections.rounds import (
    AGAIN,
    FURTHER,
    NAMES,
    ON,
    PICTURE,
    TIE,
    person,
    procedure_of,
    round_of,
)

TIED = {**PICTURE, "张卫东": (12, 6, 1), "陈志强": (12, 6, 1), "赵龚": (14, 4, 1)}
FULL = {**PICTURE, "张卫东": (9, 9, 1), "陈志强": (15, 3, 1), "赵龚": (14, 4, 1)}


@pytest.fixture
def show(panel):
    """Show another round; gives the panel."""

    def shown(ballots, *following, **procedure):
        panel.show_count(procedure_of(**procedure), replace(ballots, id=person(99)), None, following)
        return panel

    return shown


def words(panel):
    return [each.word for each in panel.table.count.rows]


class TestVerdict:
    def test_a_valid_count_says_its_sum_with_its_article(self, show):
        panel = show(round_of(FULL))
        assert "应到会有选举权 22 名" in panel.verdict.text
        assert "收回选票 19 张" in panel.verdict.text
        assert "基层组织选举工作条例" in panel.verdict.text
        assert panel.verdict.tone == Tone.OK

    def test_more_ballots_than_were_issued_void_it_and_nobody_has_an_outcome(self, show):
        """E-26, case 23 of the rules."""
        panel = show(round_of(dict.fromkeys(NAMES, (10, 10, 0)), returned=20), AGAIN)
        assert panel.verdict.tone == Tone.BAD
        assert "选举无效" in panel.verdict.text
        assert set(words(panel)) == {""}
        assert [each.text() for each in panel.steps.buttons] == ["重新投票"]

    def test_a_void_count_can_be_confirmed_as_void(self, show):
        panel = show(round_of(dict.fromkeys(NAMES, (10, 10, 0)), returned=20))
        assert panel.steps.confirm.isEnabled()

    def test_too_few_voters_are_told_before_any_ballot(self, show):
        """E-17, case 13: eighteen of twenty-three are not enough."""
        panel = show(round_of(due=23, present=18, returned=0))
        assert panel.verdict.tone == Tone.BAD
        assert "不能选举" in panel.verdict.text

    def test_too_few_candidates_are_told_before_any_ballot(self, show):
        """E-11: five seats want six candidates."""
        panel = show(round_of(names=NAMES[:5], returned=0))
        assert "差额不足" in panel.verdict.text

    def test_fewer_ballots_than_issued_are_still_valid(self, show):
        votes = {name: (each[0], each[1], each[2] - 1) for name, each in FULL.items()}
        assert show(round_of(votes, returned=18)).verdict.tone == Tone.OK

    def test_two_candidates_of_one_name_are_told(self, show):
        panel = show(round_of(names=("李娜", "李娜", "王建国", "张卫东", "丁一鸣", "赵龚")))
        assert "李娜" in panel.verdict.text
        assert panel.verdict.tone == Tone.BAD

    @pytest.mark.parametrize(
        "wrong", [{"names": NAMES[:5]}, {"present": 30, "due": 22, "issued": 19}, {"seats": 0}]
    )
    def test_what_has_to_be_put_right_can_not_be_confirmed(self, show, wrong):
        """Too few candidates, more present than due, no seats: no void election but a mistake."""
        panel = show(round_of(FULL, **wrong))
        assert panel.verdict.tone == Tone.BAD
        assert not panel.steps.confirm.isEnabled()

    def test_fewer_ballots_issued_than_voters_present_are_looked_at(self, show):
        """E-25: somebody may have been given none."""
        votes = {name: (each[0], each[1], each[2] - 1) for name, each in FULL.items()}
        panel = show(round_of(votes, issued=18, returned=18))
        assert "请核对是否有人未领到选票" in panel.warning.text


class TestOutcomes:
    def test_the_two_bases_are_told_apart_for_whom_they_differ(self, show):
        """§2.2: ten of nineteen present, not over half of twenty-two due."""
        panel = show(round_of(PICTURE))
        assert words(panel) == ["当选", "当选", "当选", "未过半", "当选", "未过半"]
        assert "陈志强" in panel.unconfirmed.text
        assert "口径结果不同" in panel.unconfirmed.text
        assert panel.unconfirmed.tone == Tone.WARN

    def test_the_link_asks_for_the_rule_in_doubt(self, show, qtbot):
        panel = show(round_of(PICTURE))
        with qtbot.waitSignal(panel.rule_asked) as asked:
            panel.unconfirmed.linked.emit()
        assert asked.args == ["E-28"]

    def test_a_tie_at_the_last_seat_leaves_both_open(self, show):
        """E-30."""
        panel = show(round_of(TIED), TIE)
        assert words(panel) == ["当选", "当选", "当选", "票数相等", "票数相等", "当选"]
        assert "张卫东、陈志强 同为 12 票" in panel.steps.sentence.text()
        assert [each.text() for each in panel.steps.buttons] == ["平票再投"]
        assert panel.steps.fewer.isHidden()

    def test_a_write_in_stands_below_the_candidates(self, show):
        panel = show(round_of(PICTURE, written={"周明": 10}))
        assert panel.table.count.rows[-1].title == "另选：周明"
        assert words(panel)[-1] == "当选"

    def test_a_stranger_who_is_written_in_is_never_shown_as_elected(self, show):
        """第二十五条 lets voters write in members; the room must not see someone elected whom nobody can elect."""
        panel = show(round_of({**PICTURE, "陈志强": (9, 8, 2)}, written={"路人甲": 15}))
        assert panel.table.count.rows[-1].title == "另选：路人甲"
        assert words(panel)[-1] == ""
        assert "路人甲" not in panel.steps.sentence.text()
        assert "另选他人 路人甲（15 票）" in panel.warning.text

    def test_a_candidate_who_may_not_stand_is_not_elected_by_further_ballots(self, panel):
        """第五条: what the book said stays true while numbers change, on this screen and in the room."""
        ballots = round_of(FULL, id=person(98), returned=20)
        left = Finding(Level.ERROR, "E-04", "第五条", "候选人丁一鸣：组织关系不在本组织，不能作为候选人")
        told = tally(count_of_round(ballots), shipped_rulebook())
        told = replace(told, valid=False, elected=(), findings=(left, *told.findings))
        panel.show_count(procedure_of(), ballots, told)
        panel.keeping.change(lambda voting: replace(voting, returned=19))
        assert left.text in panel.verdict.text
        assert "当选" not in words(panel)
        assert not panel.steps.confirm.isEnabled()

    def test_the_result_that_was_given_is_shown(self, panel):
        ballots = round_of(FULL, id=person(98))
        due = replace(count_of_round(ballots), due=40)
        panel.show_count(procedure_of(), ballots, tally(due, shipped_rulebook()))
        assert "不能选举" in panel.verdict.text

    def test_the_head_says_kind_seats_and_margin(self, show):
        panel = show(round_of(PICTURE, ballot=Ballot.FURTHER))
        assert panel.accessibleName() == "计票　委员选举（另行选举）"
        panel = show(round_of(PICTURE, kind=ElectionKind.SECRETARY))
        assert panel.accessibleName() == "计票　书记选举"

    def test_stroke_order_is_named_only_where_it_is_the_order(self, show):
        title = CountColumn.NAME
        assert show(round_of()).table.head_of(title) == "候选人（姓氏笔画）"
        moved = tuple(replace(each, manual_reason="协商") for each in procedure_of().candidates)
        panel = show(round_of())
        panel.show_count(replace(procedure_of(), candidates=moved), round_of(id=person(99)))
        assert panel.table.head_of(title) == "候选人"


class TestWhatFollows:
    def test_it_waits_for_the_scrutineers(self, show, qtbot):
        panel = show(round_of(PICTURE), FURTHER)
        assert not panel.steps.buttons[0].isEnabled()
        assert "先由监票人确认" in panel.steps.buttons[0].toolTip()
        with qtbot.waitSignal(panel.confirmed):
            panel.steps.confirm.click()

    def test_a_confirmed_count_leads_on(self, show, qtbot):
        panel = show(round_of(PICTURE, confirmed_on=ON), FURTHER)
        assert panel.steps.badge.text() == "监票人已确认 10 月 24 日"
        assert panel.steps.confirm.isHidden()
        with qtbot.waitSignal(panel.next_round) as asked:
            panel.steps.buttons[0].click()
        assert asked.args == [FURTHER]

    def test_what_followed_from_other_numbers_is_no_longer_offered(self, show):
        panel = show(round_of(PICTURE), FURTHER)
        panel.keeping.change(lambda ballots: replace(ballots, lines=round_of(FULL).lines))
        assert panel.steps.buttons == []

    def test_fewer_seats_ask_how_many_agree_and_name_the_least(self, show, hand, qtbot):
        """E-33: half of the voters, ten of nineteen."""
        panel = show(round_of(PICTURE, confirmed_on=ON), FURTHER)
        panel.steps.fewer.click()
        assert "10 名以上同意" in panel.steps.asking.rule.text()
        with qtbot.waitSignal(panel.fewer_seats) as agreed:
            hand.press("10\n")
        assert agreed.args == [10]

    def test_too_few_who_agree_can_be_asked_again(self, show):
        panel = show(round_of(PICTURE, confirmed_on=ON, consenting=9), FURTHER)
        assert "同意减少名额 9 名，不足实到 19 名的半数" in panel.steps.sentence.text()
        assert not panel.steps.fewer.isHidden()

    def test_enough_who_agree_end_it(self, show):
        panel = show(round_of(PICTURE, confirmed_on=ON, consenting=10))
        said = panel.steps.sentence.text()
        assert "同意减少名额 10 名，达到实到 19 名的半数，不足的 1 个名额不再选举" in said
        assert "须另行选举" not in said
        assert panel.steps.fewer.isHidden()

    def test_the_seat_of_the_secretary_is_never_given_up(self, show):
        votes = {"丁一鸣": (9, 9, 1)}
        alone = round_of(votes, names=NAMES[:1], seats=1, kind=ElectionKind.SECRETARY, confirmed_on=ON)
        assert show(alone, FURTHER).steps.fewer.isHidden()

    def test_a_full_committee_names_those_elected_and_leads_nowhere(self, show):
        panel = show(round_of(FULL))
        assert panel.steps.sentence.text() == "当选 5 名：丁一鸣、王建国、李秀英、陈志强、赵龚"
        assert panel.steps.fewer.isHidden()


class TestTable:
    def test_the_model_keeps_its_contract(self, show, qtmodeltester):
        qtmodeltester.check(show(round_of(PICTURE, written={"周明": 1})).table.count)
        qtmodeltester.check(CountModel())

    def test_a_cell_says_whose_what_and_how_many(self, show):
        model = show(round_of(PICTURE)).table.count
        index = model.index(0, model.columns.index(CountColumn.FOR))
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "丁一鸣，票，17"

    def test_it_is_copied_as_a_table_with_its_head(self, show, hand):
        panel = show(round_of(PICTURE))
        panel.table.setFocus()
        hand.hold(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        lines = QGuiApplication.clipboard().text().splitlines()
        assert lines[0] == "候选人（姓氏笔画）\t赞成\t票\t不赞成\t弃权\t结果"
        assert lines[1] == "丁一鸣\t正正正丅\t17\t1\t1\t当选"

    @pytest.mark.parametrize(
        "votes, text", [(0, ""), (1, "一"), (2, "丅"), (3, "下"), (4, "止"), (5, "正"), (17, "正正正丅")]
    )
    def test_votes_are_written_as_tellers_write_them(self, votes, text):
        assert zheng_text(votes) == text

    def test_a_write_in_has_no_other_number_than_its_votes(self):
        row = CountRow("周明", 3, written_in=True)
        assert (row.number(CountColumn.FOR), row.number(CountColumn.AGAINST)) == (3, None)

    def test_four_hundred_votes_are_painted_in_little_room(self, show, qtbot):
        crowd = dict.fromkeys(NAMES, (400, 50, 50))
        panel = show(round_of(crowd, due=500, present=500, returned=500))
        assert not panel.grab().isNull()


class TestReaching:
    def test_a_page_around_the_panel_scrolls_to_the_row_that_is_read(self, shown, hand, look):
        look.choose(text_scale=150)
        page, inside, made = ScrolledBody(), QWidget(), CountingPanel()
        inside.setMinimumHeight(300)
        made.setMinimumHeight(900)
        page.column.addWidget(inside)
        page.column.addWidget(made)
        page.resize(760, 420)
        shown(page)
        made.show_count(procedure_of(), round_of())
        made.table.setFocus()
        hand.press("11111")
        row = made.table.visualRect(made.table.count.index(5, 0))
        point = made.table.viewport().mapTo(page.viewport(), row.center())
        assert page.viewport().rect().contains(point)

    def test_a_further_round_takes_the_keyboard_to_its_first_number(self, show, panel):
        show(round_of(PICTURE, confirmed_on=ON), FURTHER)
        panel.steps.buttons[0].setFocus()
        panel.show_count(procedure_of(), round_of(returned=0, id=person(97)))
        assert QApplication.focusWidget() is panel.tiles.field("returned")

    def test_the_keyboard_comes_once_there_is_something_to_count(self, shown, qtbot):
        window = QWidget()
        column, other = QVBoxLayout(window), LineField()
        late = CountingPanel()
        column.addWidget(other)
        column.addWidget(late)
        late.hide()
        shown(window)
        other.setFocus()
        late.focus_entry()
        late.show()
        late.show_count(procedure_of(), round_of(returned=0))
        qtbot.waitUntil(late.tiles.field("returned").hasFocus)

    def test_a_round_shown_in_passing_takes_no_keyboard_away(self, shown, qtbot):
        window = QWidget()
        column, other, passing = QVBoxLayout(window), LineField(), CountingPanel()
        column.addWidget(other)
        column.addWidget(passing)
        shown(window)
        other.setFocus()
        passing.show_count(procedure_of(), round_of(returned=0))
        assert other.hasFocus()

    def test_tab_goes_in_reading_order_and_everything_has_a_name(self, show, hand):
        panel = show(round_of())
        panel.by_ballot.setFocus()
        visited = [focused()]
        for _ in range(5):
            QTest.keyClick(visited[-1], Qt.Key.Key_Tab)
            visited.append(focused())
        assert visited == [
            panel.by_ballot, panel.by_totals, panel.projecting,
            panel.tiles.field("issued"), panel.tiles.field("returned"), panel.table,
        ]  # fmt: skip
        assert all(each.accessibleName() for each in visited)

    @pytest.mark.parametrize("scale", [100, 125, 150])
    def test_nothing_is_cut_off_at_the_right(self, show, look, qtbot, scale):
        panel = show(round_of({**PICTURE, "张卫东": (9, 8, 2, 1)}), FURTHER)
        panel.window().resize(892 if scale == 100 else 760, 656)
        look.choose(text_scale=scale)
        QApplication.processEvents()
        QApplication.processEvents()
        inside = panel.scrolled.widget()
        assert isinstance(inside, QWidget)
        assert inside.minimumSizeHint().width() <= panel.scrolled.viewport().width()
        table = panel.table
        assert table.horizontalHeader().length() <= table.viewport().width() + 2

    @pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
    def test_it_is_painted_in_both_themes(self, show, look, theme):
        look.choose(theme)
        assert not show(round_of(PICTURE), FURTHER).grab().isNull()

    def test_fifteen_candidates_scroll_to_the_one_that_is_read(self, show, hand):
        names = tuple(f"候选{each}" for each in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰")
        panel = show(round_of(names=names, seats=12), names=names)
        panel.window().resize(892, 480)
        panel.table.setFocus()
        hand.press("1" * 14)
        model, table = panel.table.count, panel.table
        assert table.viewport().rect().contains(table.visualRect(model.index(14, 0)).center())
