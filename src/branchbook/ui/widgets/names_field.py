"""Several persons in one line: names parted by 、, or the initials of their pinyin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branchbook.domain.people import Post
from branchbook.domain.records import PersonRef
from branchbook.services.paper_words import post_word
from branchbook.services.words import word_of
from branchbook.ui.preedit import composing
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.person_picker import PersonChoice, matches

_SEPARATORS = re.compile(r"[、，,;；\n\t]+")
_NAMED = re.compile(r"(.+?)[（(](.*)[）)]\s*$")


def choice_of(ref: PersonRef, people: Sequence[PersonChoice]) -> PersonChoice:
    """The choice that stands for a person named in a record, also for one who is in no list."""
    found = next((each for each in people if each.id is not None and each.id == ref.person_id), None)
    word = post_word(ref.post)
    if found is not None and found.name == ref.name:
        return found if found.note == word else replace(found, initials="", note=word)
    return PersonChoice(ref.person_id, ref.name, "", word)


def reference_of(choice: PersonChoice) -> PersonRef:
    """A picked person as the record names it; a post of the roster by its key, any other as written."""
    keys = {word_of(post): post.value for post in Post}
    return PersonRef(choice.name, choice.id, keys.get(choice.note, choice.note) if choice.id else choice.note)


def read_names(text: str, people: Sequence[PersonChoice], *, short: bool) -> tuple[PersonRef, ...]:
    """The persons that a line names, each once; ``short`` also takes initials that mean one person only.

    A name that is in no list, or in it twice, stays as typed; 「张某（讲师）」 gives name and post.
    """
    found = []
    for piece in filter(None, (each.strip() for each in _SEPARATORS.split(text))):
        same = [each for each in people if piece in (each.name, each.shown, each.text)]
        if not same and short:
            same = [each for each in people if piece.isascii() and matches(each, piece)]
        if len(same) == 1:
            found.append(reference_of(same[0]))
            continue
        named = _NAMED.match(piece)
        found.append(PersonRef(named[1].strip(), None, named[2].strip()) if named else PersonRef(piece))
    return tuple(dict.fromkeys(found))


def written_names(refs: Sequence[PersonRef], people: Sequence[PersonChoice], *, posts: bool) -> str:
    """王建国、李秀英; with ``posts`` 张某（讲师）; of two of one name 张伟（1980年1月2日生）."""
    return "、".join(_written(ref, people, posts=posts) for ref in refs)


def _written(ref: PersonRef, people: Sequence[PersonChoice], *, posts: bool) -> str:
    choice = choice_of(ref, people)
    return choice.text if posts and ref.post else choice.shown or choice.name


class NamesField(LineField):
    """``named`` gives the persons while they are typed; initials become names when the field is left.

    With ``posts`` the post is written behind each name: for observers, who are in no roster.
    """

    named = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, posts: bool = False) -> None:
        super().__init__("", "", parent)
        self._people: tuple[PersonChoice, ...] = ()
        self._posts = posts
        hint = (
            QCoreApplication.translate("Meetings", "如 张某（讲师）、李某（入党积极分子）")
            if posts
            else QCoreApplication.translate("Meetings", "姓名或拼音首字母，用、隔开")
        )
        self.setPlaceholderText(hint)
        self.edited.connect(lambda text: self.named.emit(read_names(text, self._people, short=False)))
        self.left.connect(self.settle)

    def set_people(self, people: Sequence[PersonChoice]) -> None:
        """Whose names and initials are known."""
        self._people = tuple(people)

    def references(self) -> tuple[PersonRef, ...]:
        """The persons named now."""
        return read_names(self.text(), self._people, short=True)

    def set_references(self, refs: Sequence[PersonRef]) -> None:
        """Show these, unless what is typed means just them."""
        if self.references() != tuple(refs):
            self.setText(written_names(refs, self._people, posts=self._posts))

    def settle(self) -> None:
        """Write initials out as names."""
        if composing(self):
            return
        before, refs = self.text(), self.references()
        self.set_value(written_names(refs, self._people, posts=self._posts))
        if self.text() != before:
            self.named.emit(refs)
