"""What the words in a roster's cells mean: sex, standing, posts, marks, ethnic groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from branchbook.domain.people import Mark, Post, Restriction, Sex, Standing
from branchbook.services.words import word_of

MemberT = TypeVar("MemberT", bound=StrEnum)

NONE_WORDS = frozenset({"无", "没有", "—", "-", "/", "否"})
GENERAL_BRANCH_PREFIX = "党总支"

_ETHNIC_NAMES = """
汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西
景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安
裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
"""
ETHNIC_GROUPS = frozenset(f"{name}族" for name in _ETHNIC_NAMES.split())
"""The 56 ethnic groups by their full names."""


@dataclass(frozen=True, slots=True)
class ReadPost:
    """A post named in a cell; ``in_general_branch`` where it says so, else in the branch or its group."""

    post: Post
    in_general_branch: bool = False


_POSTS: Mapping[str, Post] = {
    **{word_of(post): post for post in Post},
    "纪律检查委员": Post.DISCIPLINE_MEMBER,
    "纪律委员": Post.DISCIPLINE_MEMBER,
    "统一战线委员": Post.UNITED_FRONT_MEMBER,
    "支委": Post.COMMITTEE_MEMBER,
    "组长": Post.GROUP_LEADER,
    "小组长": Post.GROUP_LEADER,
    "党小组长": Post.GROUP_LEADER,
    "小组组长": Post.GROUP_LEADER,
    "副组长": Post.GROUP_DEPUTY_LEADER,
    "小组副组长": Post.GROUP_DEPUTY_LEADER,
    "党小组副组长": Post.GROUP_DEPUTY_LEADER,
}

_MARKS: Mapping[str, Mark] = {
    **{word_of(mark): mark for mark in Mark},
    "流动": Mark.FLOATING,
    "离休": Mark.RETIRED,
    "退休": Mark.RETIRED,
    "离退休党员": Mark.RETIRED,
    "困难": Mark.HARDSHIP,
    "生活困难": Mark.HARDSHIP,
    "出国": Mark.ABROAD,
    "出国(境)": Mark.ABROAD,
    "双重组织生活": Mark.DUAL_LIFE_LEADER,
    "临时组织关系": Mark.TEMPORARY_LETTER,
}

_RESTRICTIONS: Mapping[str, Restriction] = {word_of(each): each for each in Restriction}

_SEPARATORS = re.compile(r"[、,，;；/\s]+|兼任|兼")


def sex_of(text: str) -> Sex | None:
    """男 or 女; None for anything else."""
    return {"男": Sex.MALE, "女": Sex.FEMALE, "男性": Sex.MALE, "女性": Sex.FEMALE}.get(text)


def standing_of(text: str) -> Standing | None:
    """正式, 预备, 正式党员, 中共预备党员, 入党积极分子 …; None for anything else."""
    if "预备" in text:
        return Standing.PROBATIONARY
    if "积极分子" in text:
        return Standing.ACTIVIST
    if "发展对象" in text:
        return Standing.DEVELOPMENT_CANDIDATE
    if "申请" in text:
        return Standing.APPLICANT
    if text in {"正式", "党员", "中共党员", "是"} or "正式党员" in text:
        return Standing.FULL
    return None


def ethnic_group_of(text: str) -> str:
    """The full name where the text is one of the 56 or its short form (汉 → 汉族), else the text itself."""
    return f"{text}族" if f"{text}族" in ETHNIC_GROUPS else text


def posts_of(text: str) -> tuple[tuple[ReadPost, ...], tuple[str, ...]]:
    """The posts that a cell names, and the words in it that are none."""
    found: dict[ReadPost, None] = {}
    unknown = []
    for word in _words(text):
        general = word.startswith(("党总支", "总支"))
        plain = re.sub(r"^(党总支|总支|党支部|支部)(?=.)", "", word)
        post = _POSTS.get(plain)
        if post is None:
            unknown.append(word)
        else:
            found.setdefault(ReadPost(post, general))
    return tuple(found), tuple(unknown)


def marks_of(text: str) -> tuple[frozenset[Mark], tuple[str, ...]]:
    """The marks that a cell names, and the words in it that are none."""
    return _members(text, _MARKS)


def restrictions_of(text: str) -> tuple[frozenset[Restriction], tuple[str, ...]]:
    """The restrictions that a cell names, and the words in it that are none."""
    return _members(text, _RESTRICTIONS)


def words_of(members: Iterable[StrEnum]) -> str:
    """Members as one cell: their words in the order of the enumeration, 、 between them."""
    chosen = set(members)
    kinds = {type(member) for member in chosen}
    return "、".join(word_of(member) for kind in kinds for member in kind if member in chosen)


def _words(text: str) -> list[str]:
    return [word for word in _SEPARATORS.split(text) if word and word not in NONE_WORDS]


def _members(text: str, table: Mapping[str, MemberT]) -> tuple[frozenset[MemberT], tuple[str, ...]]:
    words = _words(text)
    return frozenset(table[word] for word in words if word in table), tuple(
        w for w in words if w not in table
    )
