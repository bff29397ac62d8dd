"""The documents a new person opens are there, lead to files that exist, and the glossary has one word for a thing."""

import re

import pytest

from tests.architecture.checkout import CHECKOUT, SOURCE

DOCUMENTS = (
    "README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
    "docs/glossary.md", "docs/dependencies.md", "docs/decisions/README.md",
)  # fmt: skip
HAN = re.compile(r"[\u3400-\u9fff]")
# A picture that `make demo` makes of the program itself is committed with the window, not with the text.
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#]+)")


def text_of(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_is_there_and_says_something(name):
    assert len(text_of(name)) > 200


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.endswith(".md")])
def test_every_link_leads_to_a_file(name):
    here = (CHECKOUT / name).parent
    links = [link for link in LINK.findall(text_of(name)) if "://" not in link]
    assert [link for link in links if not (here / link).exists()] == []


def test_every_decision_is_listed():
    folder = CHECKOUT / "docs/decisions"
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", text_of("docs/decisions/README.md")))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}


def glossary_rows():
    rows = (
        line.strip("| ").split("|")
        for line in text_of("docs/glossary.md").splitlines()
        if line.startswith("|")
    )
    return [
        (chinese.strip(), english.strip())
        for chinese, english in rows
        if chinese.strip() != "中文" and "---" not in chinese
    ]


def test_each_chinese_term_has_one_row_and_an_english_word():
    rows = glossary_rows()
    assert len(rows) > 100
    assert [row for row in rows if not HAN.search(row[0]) or not re.search("[a-z]", row[1])] == []
    terms = [row[0] for row in rows]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_every_room_of_the_house_is_described():
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    described = text_of("ARCHITECTURE.md")
    assert sorted(room for room in rooms if f"  {room}/" not in described) == []
