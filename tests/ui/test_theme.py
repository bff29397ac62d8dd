import re
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit

from branchbook.ui import style, theme
from branchbook.ui.colours import contrast, readable
from branchbook.ui.theme import DARK, LIGHT, TEXT_SCALES, Look, ThemeChoice, Tone

# The tokens as the design gives them: (light, dark).
DESIGN = {
    "background": ("#F6F6F4", "#1D1E20"),
    "rail": ("#EFEEEB", "#232427"),
    "surface": ("#FFFFFF", "#2A2B2E"),
    "line": ("#E2E0DB", "#3A3B3F"),
    "text": ("#1F2328", "#E8E6E3"),
    "dim": ("#666B72", "#9DA1A7"),
    "accent": ("#A8322A", "#E5776D"),
    "accent_ground": ("#F7E9E7", "#3D2A29"),
    "selection": ("#F3E4E2", "#40302F"),
    "ok": ("#2E7D4F", "#6CC28C"),
    "ok_ground": ("#E4F1E8", "#233A2C"),
    "warn": ("#9A6A00", "#E0B25A"),
    "warn_ground": ("#FBF1DC", "#3C3322"),
    "bad": ("#B3261E", "#F0867D"),
    "bad_ground": ("#FBE6E4", "#452927"),
}


@pytest.mark.parametrize("name", DESIGN)
def test_tokens_are_those_of_the_design(name):
    assert (getattr(LIGHT, name), getattr(DARK, name)) == DESIGN[name]


def test_contrast_is_measured_as_wcag_says():
    assert round(contrast("#FFFFFF", "#000000"), 1) == 21.0
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "ink,ground",
    [
        *product(["text", "dim"], ["background", "rail", "surface", "quiet_ground", "hover"]),
        ("text", "selection"),
        ("accent", "surface"),
        ("accent", "selection"),
        ("accent", "bad_ground"),
        ("on_accent", "accent"),
        ("bad", "surface"),
        ("bad", "bad_ground"),
        ("ok", "ok_ground"),
        ("text", "ok_ground"),
        ("dim", "ok_ground"),
        ("dim", "selection"),
        ("text", "warn_ground"),
        ("text", "bad_ground"),
        ("paper_ink", "paper"),
    ],
)
def test_text_can_be_read_on_its_ground(tokens, ink, ground):
    assert contrast(tokens.on(ink, ground), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", Tone)
def test_a_badge_can_be_read(tokens, tone):
    assert contrast(tokens.foreground(tone), tokens.ground(tone)) >= 4.5


def test_a_shade_is_taken_only_where_the_token_itself_cannot_be_read():
    assert LIGHT.on("dim", "surface") == LIGHT.dim
    assert LIGHT.on("ok", "surface") == LIGHT.ok
    assert LIGHT.on("ok", "ok_ground") != LIGHT.ok
    assert readable("#FFFFFF", "#FFFFFF", "#000000") != "#FFFFFF"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_plain_text_needs_no_other_shade(tokens):
    """What the stylesheet writes with a bare token can be read with it."""
    for ink, ground in product(("text", "dim"), ("background", "rail", "surface", "hover")):
        assert tokens.on(ink, ground) == getattr(tokens, ink)


def test_paper_is_white_in_both_themes():
    assert LIGHT.paper == DARK.paper == "#FFFFFF"


def test_choosing_a_theme_reaches_palette_and_stylesheet(qapp, look):
    look.choose(ThemeChoice.DARK)
    assert look.is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.background)
    assert DARK.surface in qapp.styleSheet()
    look.choose(ThemeChoice.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.background)
    assert DARK.surface not in qapp.styleSheet()


def test_the_system_is_followed_until_something_is_chosen(qapp, look):
    hints = qapp.styleHints()
    try:
        look.choose(ThemeChoice.SYSTEM)
        hints.setColorScheme(Qt.ColorScheme.Dark)
        follows = look.is_dark
        look.choose(ThemeChoice.LIGHT)
        hints.setColorScheme(Qt.ColorScheme.Light)
        hints.setColorScheme(Qt.ColorScheme.Dark)
        stays = look.is_dark
    finally:
        hints.unsetColorScheme()
    assert not stays
    if hints.colorScheme() != Qt.ColorScheme.Unknown:
        assert follows


def test_text_grows_and_shrinks_by_steps_within_bounds(look, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.ensurePolished()
    normal = field.sizeHint().height()
    look.larger()
    assert look.text_scale == TEXT_SCALES[TEXT_SCALES.index(100) + 1]
    assert look.px(34) == 37
    for _ in TEXT_SCALES:
        look.larger()
    assert look.text_scale == TEXT_SCALES[-1]
    assert field.sizeHint().height() > 1.5 * normal
    for _ in TEXT_SCALES:
        look.smaller()
    assert look.text_scale == TEXT_SCALES[0]


def test_sizes_are_those_of_the_design(look):
    assert (style.ROW, style.CONTROL, style.RADIUS, style.CARD_RADIUS) == (34, 30, 6, 8)
    assert look.font().pixelSize() == 14


def test_a_field_is_as_high_as_a_control(look, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.ensurePolished()
    assert field.sizeHint().height() == style.CONTROL


def test_the_look_is_found_again(qapp, look):
    assert Look.current() is look


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_palette_shows_disabled_text_dim(tokens):
    made = theme.palette(tokens)
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == QColor(tokens.dim)
    assert made.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text) == QColor(tokens.text)


def test_no_colour_is_written_outside_the_theme():
    from pathlib import Path

    folder = Path(theme.__file__).parent
    colours = re.compile(
        r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b(?=[;\"'])|rgb\(|Qt\.GlobalColor\.(?!transparent)"
    )
    found = [
        f"{path.relative_to(folder)}: {match.group()}"
        for path in folder.rglob("*.py")
        if path.name not in ("theme.py",)
        for match in colours.finditer(path.read_text(encoding="utf-8"))
        if match.group() != "#RRGGBB"
    ]
    assert found == []


def test_the_stylesheet_has_no_word_left_unfilled(look):
    assert "$" not in style.stylesheet(look)


def test_user_text_is_never_markup_in_a_label(qtbot):
    from branchbook.ui.widgets.labels import Text

    label = Text("<b>张三</b> &amp; <img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    rich = QLabel("<b>张三</b> &amp; <img src=x>")
    qtbot.addWidget(rich)
    assert label.sizeHint().width() > rich.sizeHint().width()
