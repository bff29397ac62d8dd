"""A JSON document in pieces gives the same as at once, however the pieces fall."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.exchange import json_stream
from branchbook.exchange.json_stream import JsonStream

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
dictionaries = st.dictionaries(st.text(max_size=4), values, max_size=3)


def objects(content: bytes, longest: int = 10**6) -> list[object]:
    stream = JsonStream(BytesIO(content), longest)
    found = []
    stream.expect("[")
    while stream.peek() != "]":
        found.append(json.loads(stream.raw_object()))
        if stream.peek() == ",":
            stream.expect(",")
    stream.expect("]")
    assert stream.peek() == ""
    return found


@given(st.lists(dictionaries, max_size=4), st.integers(1, 7), st.sampled_from([None, 2]))
def test_pieces_of_any_size_give_the_same_values(expected, size, indent) -> None:
    content = json.dumps(expected, ensure_ascii=False, indent=indent).encode()
    whole, json_stream._CHUNK = json_stream._CHUNK, size
    try:
        assert objects(content) == expected
    finally:
        json_stream._CHUNK = whole


def test_a_number_may_be_cut_by_a_piece(monkeypatch) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", 1)
    assert JsonStream(BytesIO(b"12345,"), 100).number() == 12345


def test_a_value_beyond_the_limit_is_refused_before_memory_fills(monkeypatch) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", 64)
    endless = BytesIO(b'[{"a":"' + b"x" * 10_000)
    with pytest.raises(ValueError, match="longer"):
        objects(endless.getvalue(), longest=1000)


@pytest.mark.parametrize("content", [b"", b"[", b"[{]", b'[{"a":1}', b"[1]", b"[\xff]", b"{}"])
def test_what_is_no_list_of_objects_is_an_error(content: bytes) -> None:
    with pytest.raises(ValueError):
        objects(content)


def test_kinds_of_values_are_checked() -> None:
    with pytest.raises(ValueError, match="string"):
        JsonStream(BytesIO(b"1 "), 100).text()
    with pytest.raises(ValueError, match="whole number"):
        JsonStream(BytesIO(b"true "), 100).number()
