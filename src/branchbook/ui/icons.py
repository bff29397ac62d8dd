"""Lucide icons (ISC, `resources/icons/lucide`), drawn in the colour of the moment and kept."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from branchbook.resources import resource_path
from branchbook.ui.theme import Look

_FOLDER = "icons/lucide"


@lru_cache(maxsize=128)
def svg_text(name: str) -> str:
    """The drawing as text. Raises FileNotFoundError for a name that is not in the folder."""
    return resource_path(f"{_FOLDER}/{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0, gap: int = 0) -> QPixmap:
    """The icon with its strokes in ``colour`` (#RRGGBB), ``size`` logical pixels wide and high.

    ``gap`` leaves so many pixels free at its right, where Qt puts a button's text too near.
    """
    renderer = QSvgRenderer(QByteArray(_recoloured(name, colour).encode()))
    drawn = QPixmap(QSize(round((size + gap) * ratio), round(size * ratio)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, drawn.height(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, colour: str = "", size: int = 16, gap: int = 0) -> QIcon:
    """An icon for buttons and menus in the theme's text colour (or the one given), sharp on every screen there is."""
    tokens = Look.current().tokens
    made = QIcon()
    application = QGuiApplication.instance()
    sharpest = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
    for ratio in {1.0, sharpest}:
        made.addPixmap(pixmap(name, colour or tokens.text, size, ratio, gap))
        made.addPixmap(pixmap(name, tokens.dim, size, ratio, gap), QIcon.Mode.Disabled)
    return made


def recoloured_file(name: str, colour: str) -> Path | None:
    """A copy of the icon in that colour in the user's cache, None where nothing can be written."""
    root = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
    folder = Path(root or tempfile.gettempdir()) / "branchbook-icons"
    path = folder / f"{name}-{colour.lstrip('#')}.svg"
    if path.is_file():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beginning = path.with_name(f"{path.name}.{os.getpid()}")
        beginning.write_text(_recoloured(name, colour), encoding="utf-8")
        beginning.replace(path)
    except OSError:
        return None
    return path


def _recoloured(name: str, colour: str) -> str:
    return svg_text(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
