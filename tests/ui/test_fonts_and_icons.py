import pytest
from PySide6.QtGui import QColor, QFont, QFontDatabase, QTextLayout

from branchbook.resources import resource_path, resources_folder
from branchbook.ui import icons
from branchbook.ui.fonts import BUNDLED_FILE, choose_family, load_rare_face, screen_families
from branchbook.ui.theme import ThemeChoice
from branchbook.ui.widgets.buttons import Button, IconButton


@pytest.mark.parametrize(
    "system,chinese,family",
    [
        (["DejaVu Sans"], [], ""),
        (
            ["DejaVu Sans", "Noto Sans CJK JP", "Noto Sans CJK SC"],
            ["Noto Sans CJK JP", "Noto Sans CJK SC"],
            "Noto Sans CJK SC",
        ),
        (["Noto Sans CJK JP", "Noto Sans CJK TC"], ["Noto Sans CJK JP", "Noto Sans CJK TC"], ""),
        (["WenQuanYi Micro Hei", "Ubuntu"], ["WenQuanYi Micro Hei"], "WenQuanYi Micro Hei"),
        (["Unheard Sans SC", "Some Serif"], ["Some Serif", "Unheard Sans SC"], "Unheard Sans SC"),
        (["KaiTi", "FandolSong"], ["FandolSong"], ""),
        (["Droid Sans Fallback"], ["Droid Sans Fallback"], ""),
    ],
)
def test_the_system_face_is_chosen_where_it_writes_simplified_chinese(system, chinese, family):
    assert choose_family(system, chinese) == family


def test_there_is_always_a_face_for_chinese(qapp):
    from PySide6.QtGui import QFont, QFontMetrics

    families = screen_families()
    assert families
    font = QFont()
    font.setFamilies(list(families))
    assert all(QFontMetrics(font).inFont(each) for each in "支部手册龚黉·●")


def colours_in(pixmap) -> set[str]:
    image = pixmap.toImage()
    return {
        QColor(image.pixel(x, y)).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def strongest(icon) -> QColor:
    """The colour of the most opaque pixel of a small icon, whose thin strokes are nowhere quite opaque."""
    image = icon.pixmap(36).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=lambda each: each.alpha())


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp):
    assert colours_in(icons.pixmap("check", "#A8322A", 32)) == {"#A8322A"}
    assert colours_in(icons.pixmap("check", "#6CC28C", 32)) == {"#6CC28C"}


def test_an_icon_is_drawn_once_and_sharp_on_a_dense_screen(qapp):
    once = icons.pixmap("users", "#1F2328", 18, 2.0)
    assert icons.pixmap("users", "#1F2328", 18, 2.0) is once
    assert (once.width(), once.deviceIndependentSize().width()) == (36, 18)


def test_an_unknown_icon_is_said_to_be_missing(qapp):
    with pytest.raises(FileNotFoundError, match="缺少资源"):
        icons.pixmap("no-such-icon", "#000000", 16)


def test_every_icon_comes_with_the_licence():
    folder = resource_path("icons/lucide")
    assert "ISC License" in (folder / "LICENSE").read_text(encoding="utf-8")
    drawings = list(folder.glob("*.svg"))
    assert len(drawings) >= 40
    assert all("currentColor" in each.read_text(encoding="utf-8") for each in drawings)


def test_buttons_follow_the_theme(qtbot, look):
    button = Button("预览", "eye")
    alone = IconButton("x", "关闭")
    qtbot.addWidget(button)
    qtbot.addWidget(alone)
    assert strongest(button.icon()).lightness() < 80
    assert strongest(alone.icon()).lightness() < 140
    look.choose(ThemeChoice.DARK)
    assert strongest(button.icon()).lightness() > 200
    assert strongest(alone.icon()).lightness() > 140
    assert alone.accessibleName() == alone.toolTip() == "关闭"


def test_a_stylesheet_gets_its_picture_from_a_file_of_the_user(qapp):
    path = icons.recoloured_file("check", "#123456")
    assert path is not None
    assert "#123456" in path.read_text(encoding="utf-8")
    assert icons.recoloured_file("check", "#123456") == path


def test_a_primary_button_takes_the_accent(qtbot, look):
    button = Button("定稿", "check", primary=True)
    qtbot.addWidget(button)
    button.resize(120, 30)
    assert QColor(look.tokens.accent) == QColor(button.grab().toImage().pixel(8, 15))
    button.set_primary(False)
    assert QColor(look.tokens.surface) == QColor(button.grab().toImage().pixel(8, 15))


def test_rare_characters_of_names_are_drawn_by_the_bundled_faces(qapp):
    """頔 and 㛃 stand in names and not in the common faces; a glyph 0 would be a box."""
    if not any(family.startswith("BranchBook") for family in screen_families()):
        family = QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(resources_folder() / BUNDLED_FILE))
        )[0]
    else:
        family = screen_families()[0]
    assert load_rare_face()
    layout = QTextLayout("頔㛃昇", QFont(family))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    glyphs = [number for run in layout.glyphRuns() for number in run.glyphIndexes()]
    assert len(glyphs) == 3
    assert 0 not in glyphs
