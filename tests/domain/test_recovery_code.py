"""The recovery groups: what is written is read, and one wrong character is found in its group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.recovery_code import (
    GROUP_LENGTH,
    GROUPS,
    RecoveryGroupsProblem,
    RecoveryKey,
    read_groups,
    write_groups,
)

recoveries = st.builds(RecoveryKey, st.binary(min_size=32, max_size=32), st.binary(min_size=16, max_size=16))
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SOME = RecoveryKey(bytes(range(32)), bytes(range(100, 116)))


@given(recoveries)
def test_what_is_written_is_read_however_it_is_parted(recovery):
    groups = write_groups(recovery)
    assert [len(group) for group in groups] == [GROUP_LENGTH] * GROUPS
    for text in (" ".join(groups), "".join(groups), "-".join(groups).lower(), "\n".join(groups)):
        assert read_groups(text) == recovery


@given(recoveries, st.integers(0, GROUPS - 1), st.integers(0, 4), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found_in_its_group(recovery, group, at, character):
    groups = list(write_groups(recovery))
    if groups[group][at] == character:
        return
    groups[group] = groups[group][:at] + character + groups[group][at + 1 :]
    with pytest.raises(RecoveryGroupsProblem) as caught:
        read_groups(" ".join(groups))
    assert caught.value.groups == (group + 1,)
    assert f"第 {group + 1} 组" in caught.value.what


@given(recoveries, st.integers(0, GROUPS - 1), st.integers(0, 4), st.integers(0, 4))
def test_two_characters_exchanged_are_found(recovery, group, left, right):
    groups = list(write_groups(recovery))
    letters = list(groups[group])
    letters[left], letters[right] = letters[right], letters[left]
    if "".join(letters) == groups[group]:
        return
    groups[group] = "".join(letters)
    with pytest.raises(RecoveryGroupsProblem) as caught:
        read_groups(" ".join(groups))
    assert caught.value.groups == (group + 1,)


@given(recoveries, st.integers(0, GROUPS - 2))
def test_two_groups_exchanged_are_found(recovery, at):
    groups = list(write_groups(recovery))
    if groups[at] == groups[at + 1]:
        return
    groups[at], groups[at + 1] = groups[at + 1], groups[at]
    with pytest.raises(RecoveryGroupsProblem) as caught:
        read_groups(" ".join(groups))
    assert caught.value.groups == (at + 1, at + 2)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("0", "O").replace("1", "l"),
        lambda text: "".join(chr(ord(each) + 0xFEE0) if each != " " else "　" for each in text),
        lambda text: f"  {text}\n",
    ],
    ids=["letters for digits", "full width", "blanks around"],
)
def test_what_people_type_is_read(change):
    assert read_groups(change(" ".join(write_groups(SOME)))) == SOME


def test_a_group_of_another_sheet_is_noticed():
    other = RecoveryKey(bytes(32), bytes(16))
    groups = [*write_groups(SOME)[:3], write_groups(other)[3], *write_groups(SOME)[4:]]
    with pytest.raises(RecoveryGroupsProblem, match="另一张恢复单"):
        read_groups(" ".join(groups))


@pytest.mark.parametrize(
    "text, word, groups",
    [
        ("", "现有 0 个", ()),
        ("ABC", "现有 3 个", ()),
        (" ".join(write_groups(SOME)[:-1]), "现有 95 个", ()),
        (" ".join((*write_groups(SOME)[:-1], "12")), "第 20 组", (20,)),
        (" ".join((*write_groups(SOME)[:-1], "U1234")), "第 20 组", (20,)),
    ],
)
def test_too_little_or_what_is_no_character_of_it_is_told(text, word, groups):
    with pytest.raises(RecoveryGroupsProblem, match=word) as caught:
        read_groups(text)
    assert caught.value.groups == groups


def test_a_recovery_key_is_never_shown_by_accident():
    assert SOME.key.hex() not in repr(SOME)
    assert "key" not in repr(SOME)
