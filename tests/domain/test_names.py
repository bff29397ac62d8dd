"""Names: kept as typed, compared in a plain form, told apart."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.names import checked_name, matching_form, same_names, surname, told_apart
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from tests.domain.rosters import identity


def person(name, number=0, **more):
    return Person(identity("person", name, number), name, **more)


@pytest.mark.parametrize(
    "one,other",
    [
        ("张三", "张　三"),
        ("张三", " 张 三 "),
        ("阿依古丽·买买提", "阿依古丽•买买提"),
        ("阿依古丽·买买提", "阿依古丽・买买提"),
        ("阿依古丽·买买提", "阿依古丽‧买买提"),
        ("阿依古丽·买买提", "阿依古丽・ 买买提"),
        ("王A", "王Ａ"),
    ],
)
def test_names_that_are_the_same_however_they_are_typed(one, other):
    assert matching_form(one) == matching_form(other)


@pytest.mark.parametrize(
    "one,other", [("张三", "张珊"), ("䶮某", "龑某"), ("𠮷田", "吉田"), ("买买提", "买买提·艾力")]
)
def test_names_that_differ(one, other):
    assert matching_form(one) != matching_form(other)


@given(st.text(max_size=12))
def test_the_form_for_matching_is_stable(name):
    assert matching_form(matching_form(name)) == matching_form(name)


@pytest.mark.parametrize("name", ["张三", "张　三", "阿依古丽·买买提", "𠮷某", "王\u202e三", "O'Neil <b>"])
def test_a_name_stays_as_it_was_typed(name):
    assert checked_name(f" {name} ") == name


@pytest.mark.parametrize("name", ["", "   ", "张\x00三", "张\n三", "张\x07三", "张\ud800"])
def test_an_empty_name_or_one_with_control_characters_is_refused(name):
    with pytest.raises(RefusedProblem) as caught:
        checked_name(name, "第 3 行")
    assert "第 3 行" in caught.value.where


@pytest.mark.parametrize(
    "name,expected",
    [
        ("张三", "张"),
        ("欧阳某", "欧阳"),
        ("欧阳", "欧"),
        ("诸葛某某", "诸葛"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("单 某", "单"),
    ],
)
def test_the_surname(name, expected):
    assert surname(name) == expected


def test_people_of_the_same_name_are_told_apart_by_what_differs():
    one = person("张伟", 1, born_on=date(1980, 1, 2))
    two = person("张 伟", 2, born_on=date(1990, 3, 4))
    alone = person("李某")
    assert same_names([one, alone, two]) == ((one, two),)
    shown = told_apart([one, two, alone])
    assert shown[one.id] == "张伟（1980年1月2日生）"
    assert shown[two.id] == "张 伟（1990年3月4日生）"
    assert shown[alone.id] == "李某"


def test_where_the_birth_date_is_the_same_or_missing_something_else_tells():
    one, two = person("张伟", 1, work_post="教师"), person("张伟", 2, work_post="会计")
    assert told_apart([one, two])[one.id] == "张伟（教师）"
    listed = [replace(one, work_post="教师、班主任"), two]
    assert told_apart(listed)[one.id] == "张伟（1）", "a mark with 、 would part a line of names"
    bare = [person("张伟", 1), person("张伟", 2)]
    assert list(told_apart(bare).values()) == ["张伟（1）", "张伟（2）"]
    half = [replace(bare[0], born_on=date(1980, 1, 2)), bare[1]]
    assert list(told_apart(half).values()) == ["张伟（1）", "张伟（2）"]


@given(st.lists(st.sampled_from(["张伟", "张 伟", "李娜", "王芳"]), max_size=8))
def test_everyone_is_shown_differently(names):
    people = [person(name, number) for number, name in enumerate(names)]
    shown = told_apart(people)
    assert len({matching_form(each) for each in shown.values()}) == len(people)
