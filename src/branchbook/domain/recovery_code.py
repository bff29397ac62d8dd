"""The recovery groups of a protected book: its derived key and salt, written so that a person can type them.

Twenty groups of five characters. In each, four carry 20 bits and the fifth checks them together with the group's
number, so that a single wrong character, two that were exchanged, and a group in the wrong place are all noticed,
and noticed in their group. The last two bytes check the whole. Letters that look like digits are not used, and are
read as the digits they look like.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field

from branchbook.domain.problems import RefusedProblem

KEY_BYTES, SALT_BYTES, CHECK_BYTES = 32, 16, 2
GROUPS = 20
GROUP_LENGTH = 5

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_WEIGHTS = (2, 4, 8, 16)
"""Of the four characters in the check: different, and none of them 1, which is the check's own."""

_FIELD = 0b100101
"""x^5 + x^2 + 1: the characters are numbers of the field of 32, in which every check above can be proved."""


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The derived key (32 bytes) of one book and the salt (16 bytes) in its header. Never shown by itself."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)


Secret = str | RecoveryKey
"""What opens a protected book: a passphrase, or the key that the recovery groups carry."""


class RecoveryGroupsProblem(RefusedProblem):
    """The groups were typed wrongly. ``groups`` are the numbers (from 1) of those that do not fit their check."""

    def __init__(self, what: str, groups: tuple[int, ...] = ()) -> None:
        super().__init__(what, "恢复单", "请对照恢复单上的编号逐组核对；字母不分大小写，空格可有可无")
        self.groups = groups


def write_groups(recovery: RecoveryKey) -> tuple[str, ...]:
    """The twenty groups in their order."""
    payload = recovery.key + recovery.salt
    bits = int.from_bytes(payload + _check_of(payload), "big")
    groups = []
    for number in range(GROUPS):
        rest = bits >> 20 * (GROUPS - 1 - number)
        values = [rest >> shift & 31 for shift in (15, 10, 5, 0)]
        groups.append("".join(_ALPHABET[value] for value in (*values, _check(values, number))))
    return tuple(groups)


def read_groups(text: str) -> RecoveryKey:
    """The key in what was typed. Raises RecoveryGroupsProblem naming every group that is wrong."""
    groups = _split(text)
    wrong = tuple(number for number, group in enumerate(groups, 1) if not _fits(group, number - 1))
    if wrong:
        shown = "、".join(str(number) for number in wrong)
        raise RecoveryGroupsProblem(f"第 {shown} 组打错了", wrong)
    bits = 0
    for group in groups:
        for character in group[:4]:
            bits = bits << 5 | _VALUE[character]
    content = bits.to_bytes(KEY_BYTES + SALT_BYTES + CHECK_BYTES, "big")
    payload = content[:-CHECK_BYTES]
    if _check_of(payload) != content[-CHECK_BYTES:]:
        raise RecoveryGroupsProblem("各组单独看都对，合在一起不对，其中可能有另一张恢复单的组")
    return RecoveryKey(payload[:KEY_BYTES], payload[KEY_BYTES:])


def secret_in(text: str) -> Secret:
    """What somebody typed where a passphrase is asked for: the recovery groups where it looks like them.

    Raises RecoveryGroupsProblem for groups that are typed wrongly.
    """
    parts = _parts(text)
    length = sum(len(part) for part in parts)
    fitting = sum(len(part) == GROUP_LENGTH for part in parts)
    if fitting >= GROUPS // 2 or (len(parts) == 1 and length == GROUPS * GROUP_LENGTH):
        return read_groups(text)
    return text


def _parts(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(each if each.isascii() and each.isalnum() else " " for each in plain).split()


def _split(text: str) -> list[str]:
    """The groups as typed: parted where they were parted, else every five characters."""
    parted = _parts(text)
    if len(parted) == GROUPS:
        return parted
    joined = "".join(parted)
    if len(joined) != GROUPS * GROUP_LENGTH:
        raise RecoveryGroupsProblem(
            f"恢复单共 {GROUPS} 组、{GROUPS * GROUP_LENGTH} 个字符，现有 {len(joined)} 个",
            tuple(n for n, group in enumerate(parted, 1) if len(parted) > 1 and len(group) != GROUP_LENGTH),
        )
    return [joined[start : start + GROUP_LENGTH] for start in range(0, len(joined), GROUP_LENGTH)]


def _fits(group: str, number: int) -> bool:
    if len(group) != GROUP_LENGTH or any(character not in _VALUE for character in group):
        return False
    *values, check = (_VALUE[character] for character in group)
    return _check(values, number) == check


def _check(values: list[int], number: int) -> int:
    check = number
    for weight, value in zip(_WEIGHTS, values, strict=True):
        check ^= _times(weight, value)
    return check


def _times(left: int, right: int) -> int:
    """The product in the field of 32."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        right >>= 1
        left <<= 1
        if left & 32:
            left ^= _FIELD
    return product


def _check_of(payload: bytes) -> bytes:
    return hashlib.sha256(b"BranchBook recovery groups 1" + payload).digest()[:CHECK_BYTES]
