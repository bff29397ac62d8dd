"""Texts: what is kept exactly as typed, what is taken out, what is refused."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AgendaItem, PersonRef, Record, Speech
from branchbook.services.codec import ENTITY_TYPES
from branchbook.services.field_words import ENTITY_WORDS, field_word
from branchbook.services.guards import NAME_LIMIT, TEXT_LIMIT, clean_line, clean_text, cleaned, required_line
from branchbook.services.words import ENUMERATIONS, word_of

ID = UUID(int=1)


@pytest.mark.parametrize(
    "text",
    [
        "<b>粗</b>",
        "A & B",
        "<img src=x>",
        "阿卜杜拉·示例",
        "𠮷示例",
        "😀👍🏽",
        "\u200fעברית\u200e",
        "甲\n乙\t丙",
        "甲" * TEXT_LIMIT,
    ],
)
def test_a_text_is_kept_as_typed(text: str) -> None:
    assert clean_text(text, "正文") == text


@pytest.mark.parametrize(
    "text, kept",
    [
        ("甲\x00乙", "甲乙"),
        ("甲\x07\x1b[1m乙", "甲[1m乙"),
        ("甲\r\n乙\r丙\x0b丁\u2028戊", "甲\n乙\n丙\n丁\n戊"),
        ("\ufeff甲", "甲"),
        ("甲\x85乙\x7f", "甲乙"),
    ],
)
def test_control_characters_are_taken_out(text: str, kept: str) -> None:
    assert clean_text(text, "正文") == kept


def test_one_character_too_many_is_refused_with_the_numbers() -> None:
    with pytest.raises(RefusedProblem, match="200001 字，最多 200000 字") as caught:
        clean_text("甲" * (TEXT_LIMIT + 1), "正文")
    assert caught.value.where == "正文"


def test_half_a_character_is_refused_with_its_place() -> None:
    with pytest.raises(RefusedProblem, match="第 2 个字"):
        clean_text("甲\ud83d", "正文")


def test_a_line_keeps_its_inner_spaces() -> None:
    assert clean_line(" 张  三\n", "姓名") == "张  三"
    with pytest.raises(RefusedProblem):
        clean_line("甲" * (NAME_LIMIT + 1), "姓名")
    with pytest.raises(RefusedProblem, match="姓名不能为空"):
        required_line(" \x00 ", "姓名")


def test_a_whole_record_is_cleaned_however_deep() -> None:
    record = Record(
        ID,
        ("general_meeting",),
        ID,
        subject="主\x00题",
        people={"chair": (PersonRef("张\x00三"),)},
        fields={"remark": "一\r\n二"},
        agenda=(AgendaItem(ID, "议\x00题", speeches=(Speech("李\x00四", "说\x00"),)),),
    )
    clean = cleaned(record)
    assert clean.subject == "主题"
    assert clean.people["chair"][0].name == "张三"
    assert clean.fields["remark"] == "一\n二"
    assert clean.agenda[0].speeches[0] == Speech("李四", "说")
    assert cleaned(clean) == clean


def test_the_refusal_names_the_field() -> None:
    person = Person(ID, "示例", note="甲" * (TEXT_LIMIT + 1))
    with pytest.raises(RefusedProblem, match="备注"):
        cleaned(person, "人员")


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text, "正文")
    assert clean_text(once, "正文") == once
    assert not any(ord(character) < 32 and character not in "\n\t" for character in once)


def test_clean_values_stay_the_same_object() -> None:
    person = Person(ID, "示例")
    assert cleaned(person) is person
    assert cleaned(replace(person, name="示\x00例")) == person


def test_every_value_of_an_enumeration_has_its_own_word() -> None:
    for enumeration in ENUMERATIONS:
        words = [word_of(member) for member in enumeration]
        assert len(set(words)) == len(words), enumeration


@pytest.mark.parametrize("entity", ENTITY_TYPES)
def test_every_field_of_every_value_has_a_chinese_word(entity: str) -> None:
    assert entity in ENTITY_WORDS
    for name in ENTITY_TYPES[entity].__dataclass_fields__:
        if name not in ("id", "key"):
            assert not field_word(name, entity).isascii(), name


def test_an_error_in_a_field_of_a_kind_says_its_label_not_its_key() -> None:
    with pytest.raises(RefusedProblem) as refused:
        cleaned({"remark": "字" * (TEXT_LIMIT + 1)}, "栏目")
    assert refused.value.where == "栏目·备注"
