"""Passphrases: refused, judged, and how long to wait after a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.passphrases import (
    LEAST_CHARACTERS,
    StrengthLevel,
    check_passphrase,
    judge_passphrase,
    pause_after,
)
from branchbook.domain.problems import RefusedProblem


@pytest.mark.parametrize("text", ["", "12345", " 两头空格的 ", "换行\n不行的", "五个字口令"])
def test_what_is_no_passphrase_is_refused(text):
    with pytest.raises(RefusedProblem) as caught:
        check_passphrase(text)
    assert text.strip() == "" or text not in str(caught.value)


@pytest.mark.parametrize("text", ["六个字的口令", "with a blank", "p\"q'\\;--"])
def test_what_may_be_one_is_kept_as_it_is(text):
    assert check_passphrase(text) == text
    assert len(text) >= LEAST_CHARACTERS


@pytest.mark.parametrize(
    "text, level",
    [
        ("123456", StrengthLevel.WEAK),
        ("aaaaaaaaaaaaaaaa", StrengthLevel.WEAK),
        ("qwertyuiop123", StrengthLevel.WEAK),
        ("19850312", StrengthLevel.WEAK),
        ("password2026", StrengthLevel.WEAK),
        ("支部手册123456", StrengthLevel.WEAK),
        ("赵示例19850312", StrengthLevel.WEAK),
        ("k7Qz!m2P", StrengthLevel.FAIR),
        ("竹杯借窗听雨", StrengthLevel.FAIR),
        ("骆驼 电池 竹篮 海带", StrengthLevel.GOOD),
        ("v8#Lq2!zR0w&Tn", StrengthLevel.GOOD),
    ],
)
def test_passphrases_are_judged(text, level):
    judged = judge_passphrase(text, known=("赵示例",))
    assert judged.level is level, judged
    assert "估计" in judged.words


def test_a_name_of_the_book_counts_little():
    assert judge_passphrase("钱示例钱示例", ("钱示例",)).bits < judge_passphrase("钱示例钱示例").bits


@given(st.text(min_size=1, max_size=40))
def test_every_text_is_judged(text):
    judged = judge_passphrase(text)
    assert judged.bits >= 0
    assert judged.words


def test_the_pause_begins_with_the_third_and_grows_to_half_a_minute():
    assert [pause_after(wrong) for wrong in range(10)] == [0, 0, 0, 2, 4, 8, 16, 30, 30, 30]
