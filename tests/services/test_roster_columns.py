"""Columns of a roster are found by what their heads say, in any order."""

from __future__ import annotations

import pytest

from branchbook.services.exchange_files import CellTable
from branchbook.services.roster_columns import ColumnMapping, find_mapping, with_choice


def mapping_of(*heads: str, above: tuple[str, ...] = ()) -> ColumnMapping:
    """The mapping of a table with these heads, and perhaps a title row above them."""
    rows = (above, heads) if above else (heads,)
    found = find_mapping(CellTable("花名册", (*rows, ("示例",) * len(heads))))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "head, key",
    [
        ("党员类型", "standing"),
        ("人员类别", "standing"),
        ("政治面貌", "standing"),
        ("所在小组", "group"),
        ("身份证号码", "identity_number"),
        ("出生年月", "born_on"),
        ("入党时间（年月日）", "accepted_on"),
        ("联系\n电话", "phone"),
        ("ＮＯ", ""),
    ],
)
def test_a_head_is_known_by_its_synonyms_whatever_its_blanks_and_brackets(head: str, key: str) -> None:
    assert mapping_of("姓名", "性别", head).keys == ("name", "sex", key)


def test_the_head_is_found_below_a_title() -> None:
    found = mapping_of("序号", "姓名", "性别", above=("示例支部党员花名册",))
    assert found.head_row == 2
    assert found.position("name") == 1


def test_a_table_without_names_has_no_head() -> None:
    assert find_mapping(CellTable("表", (("项目", "金额"), ("示例", "1")))) is None


def test_columns_that_are_not_read_are_named_but_running_numbers_and_ages_are_not() -> None:
    found = mapping_of("序号", "姓名", "性别", "年龄", "兴趣爱好", "")
    assert found.unread == ("兴趣爱好",)
    assert not found.certain


def test_a_choice_moves_a_key_to_another_column() -> None:
    found = with_choice(mapping_of("姓名", "性别", "曾用名"), 2, "name")
    assert found.position("name") == 2
