"""A JSON document read piece by piece, so that a book of any size passes through a small buffer."""

from __future__ import annotations

import codecs
import json
from typing import IO

_CHUNK = 1 << 18
_SPACE = " \t\r\n"


class JsonStream:
    """Reads tokens and whole values from UTF-8 JSON. Raises ValueError for anything that is not JSON.

    ``longest`` bounds one value, in characters.
    """

    def __init__(self, file: IO[bytes], longest: int) -> None:
        self._file = file
        self._longest = longest
        self._decode = codecs.getincrementaldecoder("utf-8")()
        self._scan = json.JSONDecoder().raw_decode
        self._buffer = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is not a blank; "" at the end."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in _SPACE:
                    return self._buffer[self._at]
                self._at += 1
            if not self._more(_CHUNK):
                return ""

    def expect(self, character: str) -> None:
        """Pass one character that must come next."""
        found = self.peek()
        if found != character:
            raise ValueError(f"expected {character!r}, found {found!r}")
        self._at += 1

    def text(self) -> str:
        """A string."""
        value, _ = self._value()
        if not isinstance(value, str):
            raise ValueError("expected a string")
        return value

    def number(self) -> int:
        """A whole number that is followed by something."""
        value, _ = self._value()
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError("expected a whole number")
        return value

    def raw_object(self) -> str:
        """An object's text as it stands in the file."""
        if self.peek() != "{":
            raise ValueError("expected an object")
        return self._value()[1]

    def _value(self) -> tuple[object, str]:
        self.peek()
        wanted = _CHUNK
        while True:
            try:
                value, end = self._scan(self._buffer, self._at)
            except json.JSONDecodeError:
                end = -1
                value = None
            # A number at the very end of the buffer may go on in the next piece.
            if 0 <= end < len(self._buffer) or (end >= 0 and not self._more(_CHUNK)):
                text = self._buffer[self._at : end]
                self._at = end
                return value, text
            if end < 0 and len(self._buffer) - self._at > self._longest:
                raise ValueError("one value is longer than allowed")
            if end < 0 and not self._more(wanted):
                raise ValueError("the document ends within a value, or is not JSON")
            wanted *= 2

    def _more(self, count: int) -> bool:
        if self._ended:
            return False
        piece = self._file.read(count)
        self._ended = not piece
        self._buffer = self._buffer[self._at :] + self._decode.decode(piece, final=not piece)
        self._at = 0
        return bool(piece)
