"""The identity number (GB 11643): check digit, birth date, sex, mask, and what a spreadsheet does to it.

All numbers here are invented: they carry an area code that was never given out, 000000.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.identity_number import (
    birth_date,
    check_digit,
    faults,
    is_masked,
    mask,
    normalised,
    sex,
)
from branchbook.domain.people import Sex

DIGITS = st.from_regex(r"[0-9]{17}", fullmatch=True)
SEVENTEEN = "00000019900307123"
NUMBER = SEVENTEEN + check_digit(SEVENTEEN)


def keys(number, **more):
    return [fault.key for fault in faults(number, **more)]


def test_the_check_digit_of_the_standard():
    """The worked example of the standard: 34052419800101001 has the check character X."""
    assert check_digit("34052419800101001") == "X"


def test_a_sound_number_has_no_faults_and_tells_birth_and_sex():
    assert faults(NUMBER, date(1990, 3, 7), Sex.MALE) == ()
    assert birth_date(NUMBER) == date(1990, 3, 7)
    assert sex(NUMBER) == Sex.MALE
    even = "00000019900307124"
    assert sex(even + check_digit(even)) == Sex.FEMALE


def test_no_number_has_no_faults():
    assert faults("") == ()
    assert sex("") is None
    assert birth_date("") is None


@pytest.mark.parametrize(
    "typed", [" 340524 19800101 001x ", "34052419800101001X", "３４０５２４１９８００１０１００１Ｘ"]
)
def test_blanks_small_x_and_full_width_are_read(typed):
    assert normalised(typed) == "34052419800101001X"
    assert faults(typed) == ()


@given(DIGITS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(seventeen, at, shift):
    """The weights and the modulus 11 of the standard find every single slip."""
    wrong = str((int(seventeen[at]) + shift) % 10)
    slipped = seventeen[:at] + wrong + seventeen[at + 1 :]
    assert check_digit(slipped) != check_digit(seventeen)


@given(DIGITS, st.integers(0, 15))
def test_two_neighbours_changed_over_are_always_noticed(seventeen, at):
    turned = seventeen[:at] + seventeen[at + 1] + seventeen[at] + seventeen[at + 2 :]
    assert (check_digit(turned) == check_digit(seventeen)) == (turned == seventeen)


def test_a_number_that_a_spreadsheet_cut_is_explained_and_never_guessed():
    damaged = NUMBER[:15] + "000"
    (fault,) = [each for each in faults(damaged) if each.key == "spreadsheet_damage"]
    assert "程序不会猜" in fault.text
    assert [each.key for each in faults("1.10101E+17")] == ["spreadsheet_damage"]


@pytest.mark.parametrize(
    "number,key",
    [
        ("12345", "shape"),
        ("0000001990030712", "shape"),
        ("000000900307123", "shape"),
        ("00000019900307123A", "shape"),
        ("0000001990030712١" + "1", "shape"),
        (SEVENTEEN + ("0" if NUMBER[-1] != "0" else "1"), "check_digit"),
    ],
)
def test_a_number_of_the_wrong_shape_or_check_is_told(number, key):
    assert key in keys(number)


def test_a_number_with_an_impossible_day():
    seventeen = "00000019900230123"
    assert keys(seventeen + check_digit(seventeen)) == ["no_such_day"]


def test_a_number_that_disagrees_with_what_else_is_known():
    assert keys(NUMBER, born_on=date(1990, 3, 8)) == ["birth_date"]
    assert keys(NUMBER, stated_sex=Sex.FEMALE) == ["sex"]
    assert keys(NUMBER, born_on=date(1990, 3, 8), stated_sex=Sex.FEMALE) == ["birth_date", "sex"]


def test_the_mask_shows_the_first_six_and_the_last_four():
    assert mask(NUMBER) == NUMBER[:6] + "********" + NUMBER[-4:]
    assert mask("12345") == "*****"
    assert mask("") == ""


@given(st.text(st.sampled_from("0123456789X"), max_size=20))
def test_a_mask_keeps_the_length_and_is_known_as_one(number):
    hidden = mask(number)
    assert len(hidden) == len(number)
    assert is_masked(hidden) == bool(number)
    assert faults(hidden) == ()
