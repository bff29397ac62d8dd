"""The citizen's identity number (GB 11643-1999): check digit, birth date, sex, and masking."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from branchbook.domain.people import Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_SCIENTIFIC = re.compile(r"[0-9]\.[0-9]+E\+?[0-9]+")


def normalised(number: str) -> str:
    """The number without spaces, half width, and with a capital X."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", number)).upper()


def check_digit(first_17: str) -> str:
    """The 18th character that belongs to the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def birth_date(number: str) -> date | None:
    """The birth date in the number, None where there is no such day."""
    text = normalised(number)[6:14]
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def sex(number: str) -> Sex | None:
    """The sex in the number: an odd 17th digit is male."""
    text = normalised(number)
    if not _SHAPE.fullmatch(text):
        return None
    return Sex.MALE if int(text[16]) % 2 else Sex.FEMALE


def mask(number: str) -> str:
    """First six and last four characters, the rest as *; a short number is masked whole."""
    text = normalised(number)
    if len(text) < 12:
        return "*" * len(text)
    return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}"


def is_masked(number: str) -> bool:
    """Whether the text is a masked number, which never replaces a real one."""
    return "*" in number or "＊" in number


_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9A-Za-z])")


def stands_in(text: str) -> bool:
    """Whether a whole number of 18 characters, or an old one of 15, stands somewhere in a text."""
    return _IN_TEXT.search(unicodedata.normalize("NFKC", text)) is not None


@dataclass(frozen=True, slots=True)
class NumberFault:
    """What is wrong with a number, and what to do. ``key`` is stable for tests and lists."""

    key: str
    text: str


def faults(
    number: str, born_on: date | None = None, stated_sex: Sex | None = None
) -> tuple[NumberFault, ...]:
    """Everything that is wrong with a number; an empty number has no faults.

    The damage that a spreadsheet does to an 18-digit number (it keeps 15 digits and writes zeros) is
    explained and never repaired by guessing.
    """
    text = normalised(number)
    if not text or is_masked(text):
        return ()
    if not _SHAPE.fullmatch(text):
        return (_wrong_shape(text),)
    found = []
    if check_digit(text[:17]) != text[17]:
        found.append(_wrong_check(text))
    in_number = birth_date(text)
    if in_number is None:
        found.append(NumberFault("no_such_day", f"号码中的出生日期 {text[6:14]} 不存在"))
    elif born_on is not None and born_on != in_number:
        found.append(NumberFault("birth_date", f"号码中的出生日期 {in_number} 与所填 {born_on} 不一致"))
    if stated_sex is not None and sex(text) != stated_sex:
        found.append(NumberFault("sex", "号码中的性别与所填不一致"))
    return tuple(found)


def _wrong_shape(text: str) -> NumberFault:
    if _SCIENTIFIC.fullmatch(text):
        explained = "表格软件把号码存成了科学计数法，后几位已经丢失；请对照证件补填，程序不会猜"
        return NumberFault("spreadsheet_damage", explained)
    if re.fullmatch(r"\d{15}", text):
        return NumberFault("shape", "这是 15 位的旧号码，请改填 18 位的公民身份号码")
    return NumberFault("shape", f"身份证号应为 18 位，现为 {len(text)} 位或含有其他字符")


def _wrong_check(text: str) -> NumberFault:
    if text.endswith("000"):
        explained = "末三位是 000，很可能是表格软件把长数字存成数值时丢掉了后三位；请对照证件补填，程序不会猜"
        return NumberFault("spreadsheet_damage", explained)
    return NumberFault("check_digit", "校验码不对，号码中至少有一位抄错，请对照证件核对")
