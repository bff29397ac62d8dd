"""What cannot be read is told in Chinese, by the key that does not fit."""

from __future__ import annotations

import pytest

from branchbook.domain.problems import UnreadableProblem
from branchbook.services.codec import from_json

ID = '"id":"0a0f5d5e-0000-4000-8000-000000000000"'


@pytest.mark.parametrize(
    "text, said",
    [
        ("{}", "person：缺少 id"),
        ('{"id":5}', "person：id 类型或写法不对"),
        (f'{{{ID},"name":"卫示例","sex":"both"}}', "person：sex 不认识的值 both"),
        (f'{{{ID},"name":"卫示例","born_on":"2026-13-01"}}', "person：born_on 类型或写法不对"),
        ("[]", "person：类型或写法不对"),
        ("{", "person：不是完整的 JSON"),
    ],
)
def test_the_key_that_does_not_fit_is_named(text: str, said: str) -> None:
    with pytest.raises(UnreadableProblem) as caught:
        from_json("person", text)
    assert caught.value.where == said


def test_an_unknown_type_asks_for_a_newer_program() -> None:
    with pytest.raises(UnreadableProblem, match="不认识的数据类型"):
        from_json("ballot", "{}")
