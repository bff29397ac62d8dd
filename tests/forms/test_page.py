"""A laid-out page: rules that meet are drawn once."""

from hypothesis import given
from hypothesis import strategies as st

from branchbook.forms.page import THICK, THIN, Frame, Page, Rule, merged

FRAME = Frame(210.0, 297.0, 20.0, 20.0, 170.0, 257.0, 20.0, 20.0)
PLACES = st.integers(0, 8).map(float)
RULES = st.lists(
    st.tuples(PLACES, PLACES, PLACES, st.booleans(), st.sampled_from([THIN, THICK])).map(
        lambda t: (
            Rule(t[0], t[1], t[0] + t[2], t[1], t[4]) if t[3] else Rule(t[0], t[1], t[0], t[1] + t[2], t[4])
        )
    ),
    max_size=20,
)


def test_the_edges_of_neighbouring_cells_become_one_rule():
    page = Page(FRAME)
    page.box(0.0, 0.0, 20.0, 10.0)
    page.box(20.0, 0.0, 30.0, 10.0)
    page.box(0.0, 10.0, 50.0, 10.0)
    level = [rule for rule in merged(page.rules) if rule.y1 == rule.y2]
    upright = [rule for rule in merged(page.rules) if rule.x1 == rule.x2]
    assert level == [Rule(0.0, y, 50.0, y) for y in (0.0, 10.0, 20.0)]
    assert upright == [Rule(0.0, 0.0, 0.0, 20.0), Rule(20.0, 0.0, 20.0, 10.0), Rule(50.0, 0.0, 50.0, 20.0)]


def test_rules_of_different_weight_stay_apart():
    assert len(merged([Rule(0.0, 0.0, 9.0, 0.0, THIN), Rule(0.0, 0.0, 9.0, 0.0, THICK)])) == 2


def _covered(rules):
    """Every quarter of a millimetre that a rule covers, with its line and weight."""
    found = set()
    for rule in rules:
        level = rule.y1 == rule.y2
        start, end = (rule.x1, rule.x2) if level else (rule.y1, rule.y2)
        if end > start:
            place = rule.y1 if level else rule.x1
            found |= {(level, place, rule.weight, step) for step in range(int(start * 4), int(end * 4))}
    return found


@given(RULES)
def test_merging_covers_exactly_what_was_covered_and_overlaps_nowhere(rules):
    once = merged(rules)
    assert _covered(once) == _covered(rules)
    assert sum(len(_covered([rule])) for rule in once) == len(_covered(once))
    assert merged(once) == once
