"""What must hold of every laid-out page, whatever stands on it."""

from collections.abc import Iterable

from branchbook.forms.page import EM_TOP, POINT, Page

SLACK = 0.6  # mm: the last squeezed mark of a line may reach into a cell's padding


def written(pages: Iterable[Page]) -> str:
    """All characters of the pages in the order in which they are drawn, without blank space."""
    return "".join("".join(text.characters.split()) for page in pages for text in page.texts)


def assert_inside(pages: Iterable[Page]) -> None:
    """Nothing is set outside the content area or smaller than can be read."""
    for page in pages:
        for text in page.texts:
            em = text.size * POINT
            width = text.typeface.measure(text.characters) * em / 1000
            width += text.spacing * (len(text.characters) - 1) * POINT
            assert text.size >= 7.5, text
            assert text.x >= -SLACK, text
            assert text.x + width <= page.frame.width + SLACK or len(text.characters) == 1, text
            assert text.baseline - EM_TOP * em >= -SLACK, text
            assert text.baseline + (1 - EM_TOP) * em <= page.frame.height + SLACK, text
        for rule in page.rules:
            assert rule.x1 <= rule.x2
            assert -SLACK <= rule.y1 <= rule.y2 <= page.frame.height + SLACK, rule


def assert_texts_do_not_touch(page: Page) -> None:
    """No two texts of a page lie on one another."""
    boxes = []
    for text in page.texts:
        em = text.size * POINT
        width = text.typeface.measure(text.characters) * em / 1000
        boxes.append((text.x, text.baseline - 0.8 * em, text.x + width, text.baseline, text.characters))
    boxes.sort(key=lambda box: box[1])
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other[1] >= one[3]:
                break
            apart = other[0] >= one[2] - 0.3 or one[0] >= other[2] - 0.3
            assert apart or other[1] >= one[3] - 0.3, (one[4], other[4])
