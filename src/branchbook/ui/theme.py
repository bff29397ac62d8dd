"""The look: tokens in light and dark, sizes that follow the text size, and the one `Look` that applies them.

No colour, font or size is written anywhere else (`style.py` and the painted widgets read them from here).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from branchbook.ui.colours import readable

TEXT_SCALES = (80, 90, 100, 110, 125, 150, 175, 200)


class ThemeChoice(StrEnum):
    """What the user chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a coloured piece says. QUIET is grey: no judgement."""

    QUIET = "quiet"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as #RRGGBB."""

    background: str
    rail: str
    surface: str
    line: str
    text: str
    dim: str
    accent: str
    accent_ground: str
    selection: str
    on_accent: str
    ok: str
    ok_ground: str
    warn: str
    warn_ground: str
    bad: str
    bad_ground: str
    quiet_ground: str
    hover: str
    paper: str = "#FFFFFF"
    paper_ink: str = "#1F2328"

    def on(self, ink: str, ground: str) -> str:
        """A token as text on another token: the token itself, or the nearest shade of it that can be read.

        Some tokens are a little too near to their own tinted ground for text (green on pale green 4.3 : 1).
        """
        return readable(getattr(self, ink), getattr(self, ground), self.text)

    def foreground(self, tone: Tone) -> str:
        """The text colour of a tone, on the ground of that tone."""
        return readable(
            {
                Tone.QUIET: self.dim,
                Tone.ACCENT: self.accent,
                Tone.OK: self.ok,
                Tone.WARN: self.warn,
                Tone.BAD: self.bad,
            }[tone],
            self.ground(tone),
            self.text,
        )

    def ground(self, tone: Tone) -> str:
        """The ground under that text."""
        return {
            Tone.QUIET: self.quiet_ground,
            Tone.ACCENT: self.accent_ground,
            Tone.OK: self.ok_ground,
            Tone.WARN: self.warn_ground,
            Tone.BAD: self.bad_ground,
        }[tone]


LIGHT = Tokens(
    background="#F6F6F4",
    rail="#EFEEEB",
    surface="#FFFFFF",
    line="#E2E0DB",
    text="#1F2328",
    dim="#666B72",
    accent="#A8322A",
    accent_ground="#F7E9E7",
    selection="#F3E4E2",
    on_accent="#FFFFFF",
    ok="#2E7D4F",
    ok_ground="#E4F1E8",
    warn="#9A6A00",
    warn_ground="#FBF1DC",
    bad="#B3261E",
    bad_ground="#FBE6E4",
    quiet_ground="#EFEEEB",
    hover="#F6F6F4",
)
DARK = Tokens(
    background="#1D1E20",
    rail="#232427",
    surface="#2A2B2E",
    line="#3A3B3F",
    text="#E8E6E3",
    dim="#9DA1A7",
    accent="#E5776D",
    accent_ground="#3D2A29",
    selection="#40302F",
    on_accent="#1D1E20",
    ok="#6CC28C",
    ok_ground="#233A2C",
    warn="#E0B25A",
    warn_ground="#3C3322",
    bad="#F0867D",
    bad_ground="#452927",
    quiet_ground="#232427",
    hover="#323337",
)


class Look(QObject):
    """The look in force. One per application, made by `Look.install` and found by `Look.current`.

    Widgets ask ``Look.current().tokens`` when they paint; a change of theme or text size reaches them as
    Qt's own PaletteChange, StyleChange and FontChange events, and as the signal ``changed``.
    """

    changed = Signal()

    def __init__(
        self, application: QApplication, families: tuple[str, ...] = (), *, in_fusion: bool = False
    ) -> None:
        super().__init__(application)
        self.setObjectName("look")
        self._in_fusion = in_fusion
        self._application = application
        self._families = families
        self._system_point_size = application.font().pointSizeF()
        self.choice = ThemeChoice.SYSTEM
        self.text_scale = 100
        self.tokens = LIGHT
        application.styleHints().colorSchemeChanged.connect(self._follow_system)

    @classmethod
    def install(
        cls,
        application: QApplication,
        choice: ThemeChoice = ThemeChoice.SYSTEM,
        text_scale: int = 100,
        families: tuple[str, ...] = (),
        *,
        in_fusion: bool = False,
    ) -> Look:
        """Give the application its look. ``families`` are the screen faces in order (see `ui/fonts.py`).

        ``in_fusion``: the application was made in the Fusion style. To ask PySide for a style costs 5 ms.
        """
        look = cls(application, families, in_fusion=in_fusion)
        look.choose(choice, text_scale)
        return look

    @classmethod
    def current(cls) -> Look:
        """The application's look; made with the system's theme where none was installed."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        found = application.findChild(cls, "look")
        return found if isinstance(found, Look) else cls.install(application)

    @property
    def is_dark(self) -> bool:
        """Whether the dark tokens are in force."""
        return self.tokens is DARK

    def choose(self, choice: ThemeChoice | None = None, text_scale: int | None = None) -> None:
        """Set theme or text size (percent, 80 … 200); None leaves it."""
        self.choice = self.choice if choice is None else choice
        if text_scale is not None:
            self.text_scale = min(max(text_scale, TEXT_SCALES[0]), TEXT_SCALES[-1])
        self._apply()

    def larger(self) -> None:
        """The next text size up (Ctrl + plus)."""
        self.choose(
            text_scale=next((each for each in TEXT_SCALES if each > self.text_scale), TEXT_SCALES[-1])
        )

    def smaller(self) -> None:
        """The next text size down (Ctrl + minus)."""
        smaller = [each for each in TEXT_SCALES if each < self.text_scale]
        self.choose(text_scale=smaller[-1] if smaller else TEXT_SCALES[0])

    def px(self, length: float) -> int:
        """A length drawn at 100 % in pixels at the present text size: px(34) is a row."""
        return round(length * self.text_scale / 100)

    def font(self, pixels: float = 14, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The screen face at a size given in pixels at 100 %: 14 body, 12 secondary, 20 big numbers."""
        font = QFont(self._application.font())
        if self._families:
            font.setFamilies(list(self._families))
        font.setPixelSize(self.px(pixels))
        font.setWeight(weight)
        return font

    def colour(self, name: str) -> QColor:
        """A token by name, such as ``line`` or ``ok_ground``."""
        return QColor(getattr(self.tokens, name))

    def _follow_system(self) -> None:
        if self.choice == ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        from branchbook.ui.style import stylesheet

        system_is_dark = self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        wants_dark = self.choice == ThemeChoice.DARK or (self.choice == ThemeChoice.SYSTEM and system_is_dark)
        self.tokens = DARK if wants_dark else LIGHT
        # Qt goes from one sheet to another four times as slowly as from one to none and on to the other.
        self._application.setStyleSheet("")
        if not self._in_fusion:
            self._application.setStyle("Fusion")
            self._in_fusion = True
        self._application.setPalette(palette(self.tokens))
        self._application.setFont(self.font())
        self._application.setStyleSheet(stylesheet(self))
        self.changed.emit()


def palette(tokens: Tokens) -> QPalette:
    """Qt's palette from the tokens, so that what no stylesheet reaches (dialogs, menus) fits too."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.background,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.background,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.dim,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Accent: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line,
        role.Dark: tokens.line,
        role.Shadow: tokens.line,
    }
    made = QPalette()
    for each, colour in colours.items():
        made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(tokens.dim))
    return made
