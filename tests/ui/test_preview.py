"""The preview: what is in sight is rendered, paper is white in both themes, pages are counted and turned."""

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from branchbook.ui.preview import KEPT_PAGES, Preview, thumbnail
from branchbook.ui.preview_pages import PageStack
from branchbook.ui.theme import ThemeChoice

PORTRAIT = (595.0, 842.0)
LANDSCAPE = (842.0, 595.0)


def pdf(sizes) -> bytes:
    """Pages of these sizes in points, each with a black square at its top left."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for width, height in sizes:
        canvas.setPageSize((width, height))
        canvas.rect(0, height - 100, 100, 100, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.fixture(scope="module")
def handbook() -> bytes:
    return pdf([PORTRAIT] * 40)


@pytest.fixture
def view(shown):
    made = Preview()
    made.resize(620, 600)
    return shown(made)


def test_it_begins_with_the_first_page_and_says_so(view, handbook, qtbot):
    with qtbot.waitSignal(view.page_changed) as told:
        view.show_pdf(handbook)
    assert told.args == [1, 40]
    assert view.words == view.accessibleDescription() == "第 1 页 共 40 页"


def test_only_pages_in_sight_are_rendered_and_few_are_kept(view, handbook):
    view.show_pdf(handbook)
    view.grab()
    assert view.rendered_pages == (1,)
    for page in range(1, 41):
        view.go_to_page(page)
        view.grab()
    assert len(view.rendered_pages) <= KEPT_PAGES
    assert 40 in view.rendered_pages


def test_keys_turn_pages(view, handbook, qtbot):
    view.show_pdf(handbook)
    pages = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(view, key)
        pages.append(view.page)
    assert pages == [2, 3, 2, 40, 1]


def test_it_can_begin_with_another_page(view, handbook):
    view.show_pdf(handbook, page=31)
    assert view.words == "第 31 页 共 40 页"
    view.go_to_page(999)
    assert view.page == 40


def test_the_width_is_fitted_and_stays_fitted(view, handbook):
    view.show_pdf(handbook, page=7)
    narrow = view._stack.width
    view.resize(900, 600)
    QApplication.processEvents()
    assert view.fits_width
    assert view._stack.width > narrow
    assert view._stack.width <= view.viewport().width()
    assert view.page == 7


def test_zoom_changes_the_size_and_keeps_the_page(view, handbook):
    view.show_pdf(handbook, page=5)
    fitted = view._stack.width
    view.zoom_in()
    assert not view.fits_width
    assert view._stack.width > fitted
    assert view.page == 5
    assert view.horizontalScrollBar().maximum() > 0
    view.zoom_out()
    view.zoom_out()
    view.fit_width()
    assert (view._stack.width, view.page) == (fitted, 5)
    assert view.horizontalScrollBar().maximum() == 0


def test_control_and_wheel_zoom(view, handbook):
    view.show_pdf(handbook)
    before = view._stack.width
    place = QPointF(100, 100)
    wheel = QWheelEvent(
        place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    assert view._stack.width > before


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_paper_is_white_and_ink_black_in_both_themes(view, look, choice):
    look.choose(choice)
    view.show_pdf(pdf([PORTRAIT]))
    image = view.viewport().grab().toImage()
    middle = view.viewport().width() // 2
    assert image.pixelColor(middle, 300) == QColor("white")
    assert image.pixelColor(40, 60) == QColor("black")
    assert image.pixelColor(4, 300) == look.colour("rail")


def test_nothing_is_shown_after_clear(view, handbook):
    view.show_pdf(handbook)
    view.clear()
    assert (view.page_count, view.page, view.words, view.rendered_pages) == (0, 0, "", ())
    view.grab()


def test_another_document_replaces_it(view, handbook):
    view.show_pdf(handbook, page=20)
    view.show_pdf(pdf([LANDSCAPE, PORTRAIT]))
    assert view.words == "第 1 页 共 2 页"


def test_a_thumbnail_has_the_shape_of_the_first_page(qapp):
    image = thumbnail(pdf([LANDSCAPE, PORTRAIT]), 140, 2.0)
    assert image.deviceIndependentSize().width() == pytest.approx(140, abs=1)
    assert image.width() > image.height()
    assert image.pixelColor(4, 4) == QColor("black")


class TestPageStack:
    def test_a_landscape_page_is_no_wider_than_the_view(self):
        stack = PageStack((PORTRAIT, LANDSCAPE))
        stack.lay_out(600, 16, None)
        assert stack.width == 600
        (first, second) = (area for _, area in stack.between(0, 10_000))
        assert (first.width(), second.width()) == (600, 600)

    def test_nothing_at_all(self):
        stack = PageStack(())
        stack.lay_out(600, 16, None)
        assert (stack.page_at(0), list(stack.between(0, 100)), stack.height) == (0, [], 0)

    @given(
        st.lists(st.sampled_from([PORTRAIT, LANDSCAPE, (420.0, 595.0)]), min_size=1, max_size=30),
        st.integers(50, 2000),
        st.one_of(st.none(), st.floats(0.3, 3)),
    )
    def test_pages_stand_under_each_other_and_are_found_again(self, sizes, room, scale):
        stack = PageStack(tuple(sizes))
        stack.lay_out(room, 16, scale)
        pages = list(stack.between(-10, stack.height + 10))
        assert [number for number, _ in pages] == list(range(1, len(sizes) + 1))
        for (_, above), (_, below) in pairwise(pages):
            assert below.top() - above.bottom() == 17
        for number, area in pages:
            assert stack.page_at(area.center().y()) == number
            assert stack.page_at(stack.top(number)) == number
            if scale is None:
                assert area.width() <= room
