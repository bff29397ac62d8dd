"""Names by strokes as a book wants them (第二十四条; the Party's custom for single names)."""

from branchbook.services.settings import book_settings, change_setting
from branchbook.services.stroke_order import in_stroke_order, stroke_order
from tests.fakes import FakeBook
from tests.services.small_book import actor

NAMES = ("赵一", "田大利", "田富", "丁一")


def test_single_names_come_first_unless_the_book_says_otherwise():
    book = FakeBook()
    with book.reading() as reading:
        assert in_stroke_order(NAMES, str, book_settings(reading)) == ("丁一", "田富", "田大利", "赵一")
    settings = change_setting(book, "single_names_first", False, actor()).value
    assert in_stroke_order(NAMES, str, settings) == ("丁一", "田大利", "田富", "赵一")


def test_the_table_is_read_once():
    assert stroke_order() is stroke_order()
