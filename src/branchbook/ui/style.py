"""The one stylesheet, made from the tokens and the text size. What it names is a dynamic property or a class."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from branchbook.ui.colours import mixed

if TYPE_CHECKING:
    from branchbook.ui.theme import Look

RADIUS = 6
CARD_RADIUS = 8
ROW = 34
CONTROL = 30

_SHEET = """
QWidget { color: $text; }
QMainWindow, QDialog, QWidget#window { background: $background; }
QToolTip { color: $text; background: $surface; border: 1px solid $line; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[role="dim"] { color: $dim; font-size: ${px12}px; }
QLabel[role="dim-body"] { color: $dim; }
QLabel[role="label"] { color: $dim; font-size: ${px13}px; }
QLabel[role="title"] { font-weight: $strong; }
QLabel[role="big"] { font-size: ${px20}px; }
QLabel[role="problem"] { color: $bad; font-size: ${px12}px; }
QLabel[role="program"] { font-size: ${px17}px; font-weight: $strong; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame[role="head"] { border: none; border-bottom: 1px solid $line; background: transparent; }
QFrame[role="foot"] { border: none; border-top: 1px solid $line; background: transparent; }
QFrame[role="row"] { border: none; border-bottom: 1px solid $line; background: transparent; }
QFrame[role="tile"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[role="top-bar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[role="status-line"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[role="rail"] { background: $rail; border: none; border-right: 1px solid $line; }
QFrame[role="popup"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QPushButton { background: $surface; border: 1px solid $line; border-radius: ${radius}px;
    padding: 0 ${px12}px; min-height: ${control_inner}px; font-size: ${px13}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selection; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $dim; background: $background; }
QPushButton[primary="true"] { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled { background: $quiet_ground; border-color: $line; color: $dim; }
QPushButton[toggle="true"]:checked { background: $selection; border-color: $accent; }
QPushButton[link="true"] { background: transparent; border: 1px solid transparent; color: $accent;
    padding: 0 ${px4}px; min-height: 0; text-decoration: underline; }
QPushButton[link="true"]:focus { border-color: $accent; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${radius}px; padding: ${px4}px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; width: 0; }

QPushButton[role="chip"] { background: $quiet_ground; border: 1px solid $quiet_ground; border-radius: 4px; color: $dim;
    padding: 0 ${px6}px; min-height: ${chip}px; font-size: ${px12}px; }
QPushButton[role="chip"]:hover { color: $text; }
QPushButton[role="chip"]:checked { background: $bad_ground; border-color: $bad_ground; color: $accent_on_chip; }
QPushButton[role="chip"]:focus { border-color: $accent; }

QPushButton[role="rail"] { background: transparent; border: 1px solid transparent; border-radius: ${radius}px;
    text-align: left; padding: 0; min-height: ${rail_row}px; }
QPushButton[role="rail"]:hover { background: $selection; }
QPushButton[role="rail"]:checked { background: $selection; }
QPushButton[role="rail"]:focus { border-color: $accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QAbstractSpinBox { background: $surface;
    border: 1px solid $line; border-radius: ${radius}px; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $dim; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${control_inner}px; padding: 0 ${px10}px; }
QPlainTextEdit, QTextEdit { padding: 2px ${px8}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border-color: $accent; }
QLineEdit[role="quiet"], QLineEdit[role="quiet-title"], QPlainTextEdit[role="quiet"] {
    background: transparent; border-color: transparent; }
QLineEdit[role="quiet-title"] { font-weight: $strong; }
QLineEdit[role="quiet"]:hover, QLineEdit[role="quiet-title"]:hover, QPlainTextEdit[role="quiet"]:hover {
    border-color: $line; }
QLineEdit[role="quiet"]:focus, QLineEdit[role="quiet-title"]:focus, QPlainTextEdit[role="quiet"]:focus {
    background: $surface; border-color: $accent; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"] { background: $background; }
QLineEdit[role="quiet"]:read-only, QLineEdit[role="quiet-title"]:read-only, QComboBox QLineEdit:read-only,
    QPlainTextEdit[role="quiet"][readOnly="true"] { background: transparent; }
QLineEdit[role="tile"] { font-size: ${px20}px; padding: 0 ${px6}px; min-height: 0; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] { border-color: $bad;
    background: $bad_ground; }
QComboBox { padding-right: ${px2}px; }
QComboBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
QComboBox::drop-down { border: none; width: ${px26}px; subcontrol-position: right center; }
QComboBox::down-arrow { image: $chevron; width: ${px14}px; height: ${px14}px; }
QComboBox[role="branch"] { padding-left: ${px34}px; min-height: ${bar_inner}px; }
QComboBox[role="year"] { min-height: ${bar_inner}px; }
QLineEdit[role="search"] { padding-left: ${px34}px; padding-right: ${px40}px; min-height: ${bar_inner}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QComboBox QAbstractItemView, QListView[role="popup"] { background: $surface; border: 1px solid $line; padding: 4px;
    outline: none; selection-background-color: $selection; selection-color: $text; }

QCheckBox, QRadioButton { spacing: ${px8}px; min-height: ${px22}px; border: 1px solid transparent; border-radius: 4px;
    padding: 0 ${px2}px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator { width: ${px14}px; height: ${px14}px; border: 1px solid $dim; border-radius: 3px;
    background: $surface; }
QCheckBox::indicator:checked { image: $check; border-color: $accent; background: $surface; }
QCheckBox::indicator:disabled { border-color: $line; }
QRadioButton::indicator { width: ${px12}px; height: ${px12}px; border: 1px solid $dim; border-radius: ${px7}px; }
QRadioButton::indicator:checked { border: ${px4}px solid $accent; width: ${px6}px; height: ${px6}px; }

QAbstractItemView { background: $surface; border: none; outline: none; selection-background-color: $selection;
    selection-color: $text; alternate-background-color: $background; gridline-color: $line; }
QTableView { font-size: ${px13}px; }
QTableView::item { padding: 0 ${px5}px; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $selection; color: $text; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $dim; border: none; border-bottom: 1px solid $line;
    padding: 0 ${px8}px; min-height: ${px28}px; font-size: ${px12}px; font-weight: 400; }
QHeaderView#count-head::section:first { padding-left: ${px12}px; }
QTableCornerButton::section { background: $surface; border: none; }

QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $dim; border: none; border-bottom: 2px solid transparent;
    padding: ${px6}px ${px4}px; margin: 0 ${px8}px; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; text-decoration: underline; }

QScrollArea, QScrollArea > QWidget > QWidget[role="scrolled"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: $dim; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }

QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: ${px6}px ${px20}px ${px6}px ${px12}px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $dim; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QProgressBar { background: $quiet_ground; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QCalendarWidget QWidget { alternate-background-color: $background; }
"""


def stylesheet(look: Look) -> str:
    """The stylesheet for the look in force."""
    tokens = look.tokens
    words = {name: getattr(tokens, name) for name in tokens.__dataclass_fields__}
    words |= {f"px{number}": str(look.px(number)) for number in range(2, 41)}
    words |= {
        "radius": str(RADIUS),
        "card_radius": str(CARD_RADIUS),
        "control_inner": str(look.px(CONTROL) - 2),
        "bar_inner": str(look.px(33) - 2),
        "chip": str(look.px(20) - 2),
        "rail_row": str(look.px(35) - 2),
        "strong": "500",
        "accent_on_chip": tokens.on("accent", "bad_ground"),
        "accent_hover": mixed(tokens.accent, tokens.text, 12),
        "scroll": mixed(tokens.line, tokens.dim, 35),
        "chevron": _icon_file("chevron-down", tokens.dim),
        "check": _icon_file("check", tokens.accent),
    }
    return Template(_SHEET).substitute(words)


def _icon_file(name: str, colour: str) -> str:
    """A stylesheet can show pictures only from files: a recoloured copy in the user's cache."""
    from branchbook.ui.icons import recoloured_file

    path: Path | None = recoloured_file(name, colour)
    return f'url("{path.as_posix()}")' if path else "none"
