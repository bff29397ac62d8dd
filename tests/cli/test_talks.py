"""talks: the matrix of a year on the command line, and private content on paper only when asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from branchbook.domain.records import PRIVATE, PersonRef, Record
from branchbook.services.meetings import finalise, save_record
from branchbook.services.record_defaults import new_record
from branchbook.storage.shelf import Shelf
from tests.cli.conftest import refused
from tests.services.small_book import FIRST_BRANCH, actor, named
from tests.ui.places.meetings.meetings_place import elect_committee


@pytest.fixture
def talked(book):
    """The first branch with a committee of five and one private talk, final; gives the record's id."""
    opened = Shelf().open(book, None, writable=True, holder="示例")
    elect_committee(opened)
    with opened.reading() as reading:
        fresh = new_record(reading, "heart_to_heart_talk", FIRST_BRANCH, date(2026, 3, 5), actor())
    people = {
        "talker": (PersonRef("赵示例", named("赵示例")),),
        "talked_with": (PersonRef("吴示例", named("吴示例")),),
    }
    fields: dict[str, str | bool] = {"content": "家里的难处", PRIVATE: True}
    made = replace(fresh, people=people, fields=fields, subject="谈家事")
    save_record(opened, made, actor())
    finalise(opened, made.id, actor())
    opened.close()
    return made.id


def test_as_json(branchbook, book, talked):
    answer = branchbook("talks", book, "--year", "2026", "--branch", "第一支部", "--json")
    assert (answer.code, answer.errors) == (0, "")
    [found] = answer.json
    assert (found["branch"], found["year"]) == ("第一支部", 2026)
    assert found["committee"][0] == "赵示例"
    assert found["talks"] == [
        {"between": ["赵示例", "吴示例"], "circle": "committee_and_member", "held_on": ["2026-03-05"]}
    ]
    assert {"circle": "committee", "person": "赵示例", "other": "钱示例", "held": 0} in found["missing"]
    assert all(each["circle"] != "committee_and_member" for each in found["missing"])
    assert "谈家事" not in answer.out
    assert "难处" not in answer.out


def test_in_words_for_every_branch(branchbook, book, talked):
    answer = branchbook("talks", book, "--year", "2026")
    assert "第一支部 2026年：1 次谈话，还缺 10 项（支部工作条例，建议）" in answer.out
    assert "  缺 委员之间：赵示例 与 钱示例" in answer.out
    assert "第二支部 2026年：0 次谈话" in answer.out


def test_a_place_without_talks_of_its_own_is_refused(branchbook, book, talked):
    refused(branchbook("talks", book, "--branch", "示例总支"), "按党支部")
    refused(branchbook("talks", book, "--branch", "第九支部"), "第九支部")


def words(path) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


def test_private_content_prints_only_with_the_switch(branchbook, book, talked, tmp_path):
    plain, whole = tmp_path / "一.pdf", tmp_path / "二.pdf"
    assert branchbook("print", book, "talk_record", "--record", str(talked), "-o", plain).code == 0
    assert "难处" not in words(plain)
    assert "内容不公开" in words(plain)
    asked = branchbook("print", book, "talk_record", "--record", str(talked), "--private", "-o", whole)
    assert asked.code == 0
    assert "难处" in words(whole)


def test_a_handbook_never_prints_it(branchbook, book, talked, tmp_path):
    path = tmp_path / "手册.pdf"
    asked = ("print", book, "handbook", "--branch", "第一支部", "--year", "2026", "-o", path)
    refused(branchbook(*asked, "--private"), "手册", code=2)
    assert branchbook(*asked).code == 0
    text = words(path)
    assert "难处" not in text
    assert "谈家事" not in text
    assert "吴示例" in text


def test_search_does_not_find_it_and_the_exchange_file_holds_it(branchbook, book, talked, tmp_path):
    for secret in ("难处", "家事"):
        assert str(talked) not in branchbook("search", book, secret, "--json").out
    assert str(talked) in branchbook("search", book, "吴示例", "--json").out
    exported, other = tmp_path / "交换.zip", tmp_path / "空.branchbook"
    Shelf().create(other, "").close()
    assert branchbook("export", book, exported).code == 0
    assert branchbook("import", other, exported).code == 0
    opened = Shelf().open(other, None, writable=False, holder="示例")
    with opened.reading() as reading:
        kept = reading.get(Record, talked)
    opened.close()
    assert kept is not None
    assert (kept.fields["content"], kept.subject, kept.is_private) == ("家里的难处", "谈家事", True)
