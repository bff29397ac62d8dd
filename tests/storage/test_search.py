"""Search: two characters, one character, words, dates, initials; and an index that never lies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.ballots import (
    Assignment,
    BallotLine,
    BallotRound,
    Candidate,
    ElectionKind,
    Question,
    QuestionRound,
    Voter,
    WriteInLine,
)
from branchbook.domain.evaluations import Assessment, Audience, Criticism, GradeRound, Participant
from branchbook.domain.people import FactKind, PersonFact, Post
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import Attachment, PersonRef, Record, RecordState
from branchbook.storage.search_words import Finder, beginning, query_of, words_of
from tests.storage.example import ABDU, BRANCH, ZHOU, attached, head, identity, meeting

HAN = st.text("支部党员大会决议学习防汛值班〇𠮷㐂", min_size=1, max_size=12)


def put(book, *values):
    with book.writing(head("put" + "".join(str(value.id) for value in values))) as writing:
        writing.put_all(values)


def found(book, words, **options):
    with book.reading() as reading:
        return reading.search(words, **options)


def ids(book, words):
    return {hit.entity_id for hit in found(book, words)}


def test_words_of_a_text():
    assert words_of(["支部大会"]) == "支部 部大 大会 会"
    assert words_of(["ＡＢ c1, 学习"]) == "ab c1 学习 习"
    assert words_of(["阿卜杜·热合曼"]) == words_of(["阿卜杜热合曼"])
    assert words_of(["于2026年5月8日"]).endswith("2026 05 08")
    assert words_of(["", "，。！<>&\x00"]) == ""


def test_queries():
    assert query_of("支") == '"支" *'
    assert query_of("支部大会") == '"支部 部大 大会"'
    assert query_of("支部 zs") == '"支部" AND "zs" *'
    assert query_of("2026.5.8") == query_of("2026年5月8日") == query_of("2026-05-08") == '"2026 05 08"'
    assert query_of("2026年5月") == '"2026 05"'
    assert query_of(' \t\n，。"*()') == ""


@given(st.text(max_size=30))
def test_no_text_breaks_a_query(text):
    """Quotes, operators and control characters never reach the index's own syntax."""
    query = query_of(text)
    assert query.count('"') % 2 == 0
    assert not set("()^:{}") & set(query)


@given(HAN, HAN, HAN)
def test_search_finds_what_reading_would_find(before, words, after):
    """For ideographs the index and a plain "contains" agree, whatever the length of the word."""
    indexed = words_of([before + words + after]).split(" ")
    if len(words) == 1:
        assert any(word.startswith(words) for word in indexed)
    else:
        pairs = [words[index : index + 2] for index in range(len(words) - 1)]
        assert any(indexed[start : start + len(pairs)] == pairs for start in range(len(indexed)))


def test_every_text_of_a_record_is_found_and_marked(book):
    record = replace(
        meeting("rich"),
        subject="甲甲主题",
        occasion="乙乙场合",
        venue="丙丙地点",
        correction_reason="丁丁原因",
        people={"chair": (PersonRef("戊戊主持", post="己己职务"),)},
        fields={"a": "庚庚字段", "b": ("辛辛列表",), "c": 3, "d": True},
        observers=(PersonRef("壬壬列席"),),
    )
    item = record.agenda[0]
    resolution = replace(
        item.resolutions[0], text="癸癸决议", outcome="子子结果", responsible=(PersonRef("丑丑责任"),)
    )
    speech = replace(item.speeches[0], name="寅寅发言", text="卯卯内容")
    record = replace(
        record, agenda=(replace(item, title="辰辰议题", speeches=(speech,), resolutions=(resolution,)),)
    )
    put(book, record)
    for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰":
        word = letter * 2
        (hit,) = found(book, word)
        assert (hit.entity, hit.entity_id, hit.title) == ("record", record.id, "甲甲主题")
        ((start, end),) = hit.marks
        assert hit.snippet[start:end] == word
        assert hit.held_on == date(2026, 5, 8)


def test_people_by_name_initials_work_telephone_and_document(book):
    for words in ("周试", "周", "ZSY", "zs", "档案 主任", "周试一 档案"):
        assert ZHOU.id in ids(book, words), words
    for words in ("阿卜杜·试二", "阿卜杜试二", "1380000", "示组〔2019〕17号"):
        assert found(book, words)[0].entity_id == ABDU.id, words
    assert found(book, "zsy")[0].snippet.startswith("周试一")


def test_a_fact_that_changes_changes_what_is_found_of_its_person(book):
    fact = PersonFact(
        identity("post"),
        ZHOU.id,
        FactKind.POST,
        "secretary",
        date(2024, 3, 1),
        None,
        BRANCH.id,
        "任字三十三号",
    )
    put(book, fact)
    assert ids(book, "任字三十三") == {ZHOU.id}
    with book.writing(head("remove fact")) as writing:
        writing.remove(PersonFact, fact.id)
    assert ids(book, "任字三十三") == set()
    assert not book.search_index_differs()


def test_identity_numbers_are_not_shown_by_search(book):
    put(book, replace(ZHOU, identity_number="110101198002290000"))
    assert found(book, "110101198002290000") == ()


def test_people_first_then_drafts_without_a_date_then_the_latest(book):
    put(
        book,
        meeting("old", date(2019, 1, 1), minutes="周试同志"),
        meeting("new", date(2026, 6, 1), minutes="周试同志"),
        meeting("draft", None, state=RecordState.DRAFT, minutes="周试同志"),
    )
    wanted = [ZHOU.id, identity("draft"), identity("new"), identity("old")]
    assert [hit.entity_id for hit in found(book, "周试") if hit.entity_id in wanted] == wanted


def test_a_record_that_moves_to_another_day_moves_in_the_order(book):
    first, second = meeting("first", date(2026, 1, 1)), meeting("second", date(2026, 2, 1))
    put(book, first, second)
    with book.writing(head("move")) as writing:
        writing.put(replace(first, held_on=date(2026, 3, 1)))
    order = [hit.entity_id for hit in found(book, "讨论年度") if hit.entity_id in (first.id, second.id)]
    assert order == [first.id, second.id]
    assert ids(book, "2026-01-01") == set()
    assert ids(book, "2026.3.1") == {first.id}


def test_what_is_changed_or_removed_is_not_found_any_more(book):
    record = meeting("gone", minutes="稀有词语")
    put(book, record)
    assert ids(book, "稀有词语") == {record.id}
    with book.writing(head("change it")) as writing:
        writing.put(replace(record, agenda=(), subject="别的"))
    assert ids(book, "稀有词语") == set()
    with book.writing(head("remove it")) as writing:
        writing.remove(Record, record.id)
    assert record.id not in ids(book, "别的")
    assert not book.search_index_differs()


def test_attachments_by_caption_and_file_name(book):
    with book.writing(head("attach")) as writing:
        attachment = attached(meeting(), writing.keep_content(b"bytes"), "签到表 扫描.jpg")
        writing.put(attachment)
    for words in ("全景", "签到", "jpg"):
        (hit,) = found(book, words)
        assert (hit.entity, hit.title, hit.held_on) == ("attachment", "签到表 扫描.jpg", date(2026, 5, 8))
    with book.writing(head("detach")) as writing:
        writing.remove(Attachment, attachment.id)
    assert found(book, "全景") == ()


def election(**changes) -> Procedure:
    """A procedure with a text in every place that search looks at."""
    whole = Procedure(
        identity("election"),
        "term_election",
        BRANCH.id,
        date(2026, 3, 2),
        steps=(
            StepEntry(
                "request",
                date(2026, 3, 4),
                {"number": "乙乙文号", "points": ("丙丙要点",), "seats": 3},
                {"reader": (PersonRef("丁丁宣读", post="戊戊职务"),)},
                reason="己己原因",
            ),
        ),
        voters=(Voter(ABDU.id, "不找表决人", consent_document="庚庚批复"),),
        candidates=(Candidate(ZHOU.id, "辛辛候选", ElectionKind.COMMITTEE, withdrawn_reason="壬壬退出"),),
        rounds=(
            BallotRound(
                identity("round"),
                "voting",
                ElectionKind.COMMITTEE,
                date(2026, 4, 1),
                3,
                9,
                8,
                lines=(BallotLine("癸癸当选", ZHOU.id),),
                write_ins=(WriteInLine("子子另选", 1),),
                note="丑丑说明",
            ),
        ),
        questions=(
            QuestionRound(identity("question"), Question.CONVERT, date(2026, 4, 1), 9, 8, note="寅寅说明"),
        ),
        participants=(
            Participant(ABDU.id, "不找参评人", reason="午午原因", other_branch="未未支部", manual=True),
            Participant(ZHOU.id, "不找参评人", reason="不找规则原因"),
        ),
        grade_rounds=(
            GradeRound(identity("grades"), Audience.MEMBERS, date(2026, 4, 2), 9, 8, note="申申说明"),
        ),
        assignments=(Assignment(ZHOU.id, "卯卯分工", Post.SECRETARY, "辰辰职责", "巳巳联系"),),
        note="甲甲备注",
    )
    return replace(whole, **changes)


def test_every_text_of_a_procedure_is_found_and_marked(book):
    """Candidates, those elected, document numbers, notes and what the steps say; not every voter."""
    put(book, election())
    for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申":
        word = letter * 2
        (hit,) = found(book, word)
        assert (hit.entity, hit.entity_id, hit.title) == ("procedure", identity("election"), "term_election")
        ((start, end),) = hit.marks
        assert hit.snippet[start:end] == word
        assert hit.held_on == date(2026, 3, 2)
    for word in ("不找表决人", "不找参评人", "不找规则原因"):
        assert found(book, word) == ()
    with book.writing(head("remove it")) as writing:
        writing.remove(Procedure, identity("election"))
    assert found(book, "甲甲备注") == ()


def assessment(**changes) -> Assessment:
    """An assessment with a text in every place that search looks at."""
    whole = Assessment(
        identity("assessment"),
        identity("election"),
        ZHOU.id,
        "甲子姓名",
        "乙丑小结",
        None,
        "丙寅批评",
        (Criticism(PersonRef("不找提出人"), "丁卯意见", "戊辰表态"),),
        "己巳意见",
        departure_reason="庚午理由",
        problems="辛未问题",
        advice="壬申建议",
        own_words="癸酉本人",
        superior_opinion="甲戌上级",
        use="乙亥运用",
        remark="丙子备注",
    )
    return replace(whole, **changes)


def test_every_text_of_an_assessment_is_found_and_marked(book):
    put(book, election(shape="yearly_evaluation", year=2026))
    put(book, assessment())
    for word in (
        "甲子",
        "乙丑",
        "丙寅",
        "丁卯",
        "戊辰",
        "己巳",
        "庚午",
        "辛未",
        "壬申",
        "癸酉",
        "甲戌",
        "乙亥",
        "丙子",
    ):
        (hit,) = found(book, word)
        assert (hit.entity, hit.entity_id, hit.title) == ("assessment", identity("assessment"), "甲子姓名")
        ((start, end),) = hit.marks
        assert hit.snippet[start:end] == word
        assert hit.held_on == date(2026, 3, 2)
    assert found(book, "不找提出人") == ()
    with book.writing(head("move")) as writing:
        writing.put(election(shape="yearly_evaluation", year=2026, begun_on=date(2026, 5, 2)))
    assert not book.search_index_differs()
    with book.writing(head("remove it")) as writing:
        writing.remove(Assessment, identity("assessment"))
    assert found(book, "乙丑小结") == ()


def test_a_procedure_is_found_by_whom_it_is_about_also_after_a_new_name(book):
    about = election(shape="joining", subject_id=ABDU.id)
    put(book, about)
    assert {ABDU.id, about.id} <= ids(book, "阿卜杜")
    with book.writing(head("rename")) as writing:
        writing.put(replace(ABDU, name="热合曼"))
    assert about.id in ids(book, "热合曼")
    assert about.id not in ids(book, "阿卜杜")
    assert not book.search_index_differs()


@pytest.mark.parametrize("words", ["𠮷", "𠮷㐂", "鿍", "\U00031350"])
def test_rare_characters_are_found(book, words):
    put(book, replace(ZHOU, name=f"周{words}"))
    assert ids(book, words) == {ZHOU.id}


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "'",
        "*",
        "a*",
        "NEAR(a b)",
        "words:防汛",
        "防汛 OR x",
        "防汛 NOT x",
        "-",
        "\x00",
        "〔〕",
        "%",
        "_",
    ],
)
def test_nothing_typed_is_an_error(book, words):
    assert isinstance(found(book, words), tuple)


def test_the_limit(book):
    put(book, *(meeting(f"m{number}") for number in range(30)))
    assert len(found(book, "防汛", limit=10)) == 10
    assert len(found(book, "防汛")) == 31


@given(st.text(max_size=200), st.text("支部防汛ab ", min_size=1, max_size=4))
def test_marks_lie_within_the_snippet(text, words):
    piece = Finder(words).snippet(text + words.strip()) if words.strip() else None
    if piece is not None:
        snippet, marks = piece
        assert len(snippet) <= 70
        assert marks
        assert all(snippet[start:end].casefold() in words.casefold() for start, end in marks)


def test_a_snippet_is_cut_on_both_sides():
    piece = Finder("防汛").snippet("前" * 100 + "\n防汛\t" + "后" * 100)
    assert piece is not None
    snippet, marks = piece
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert [snippet[start:end] for start, end in marks] == ["防汛"]
    assert beginning("一\n二" + "三" * 100) == "一 二" + "三" * 57 + "…"


@pytest.mark.parametrize(
    "fault",
    [
        "DELETE FROM search_index",
        "DELETE FROM search_entry",
        "UPDATE search_entry SET digest = 'x'",
        "UPDATE record SET subject = '改过' ",
        "INSERT INTO search_index(rowid, words) VALUES (5, 'x')",
        "INSERT INTO search_entry VALUES (5, 'person', 'x', 'x')",
        "UPDATE person SET initials = 'qq'",
        "UPDATE procedure SET note = '改过'",
    ],
)
def test_an_index_that_differs_is_noticed_and_rebuilt(book, fault):
    put(book, meeting("other", date(2026, 6, 1)), election())
    assert not book.search_index_differs()
    book.file.connection.execute(fault)
    assert book.search_index_differs()
    book.rebuild_search_index()
    assert not book.search_index_differs()
    assert identity("other") in ids(book, "防汛")
