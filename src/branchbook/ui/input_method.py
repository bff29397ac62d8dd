"""Which input method Qt is told to use: the PySide wheel carries ibus and compose, but no fcitx.

With ``QT_IM_MODULE=fcitx`` and no such plugin Qt falls back to nothing, silently, and Chinese can't be typed.
fcitx5 also speaks the ibus protocol, so on X11 we ask for that. The distribution's plugin is never copied: it
is built for another Qt.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

VARIABLE = "QT_IM_MODULE"


def input_method_for(
    environment: Mapping[str, str], plugin_files: Iterable[str], platform: str
) -> str | None:
    """What to set ``QT_IM_MODULE`` to before QApplication is made; None leaves it as it is.

    ``plugin_files`` are the file names in our Qt's platforminputcontexts folder, ``platform`` is
    ``sys.platform``. Under Wayland the compositor brings the input method, and nothing is changed.
    """
    if not platform.startswith("linux"):
        return None
    if not environment.get(VARIABLE, "").lower().startswith("fcitx"):
        return None
    if is_wayland(environment) or not environment.get("DISPLAY"):
        return None
    if any("fcitx" in name.lower() for name in plugin_files):
        return None
    return "ibus"


def is_wayland(environment: Mapping[str, str]) -> bool:
    """Whether Qt will use Wayland: asked for by name, or by the session when nothing is asked for."""
    asked = environment.get("QT_QPA_PLATFORM", "").lower()
    if asked:
        return asked.split(";")[0].startswith("wayland")
    return environment.get("XDG_SESSION_TYPE", "").lower() == "wayland" and bool(
        environment.get("WAYLAND_DISPLAY")
    )


def plugin_files() -> tuple[str, ...]:
    """The input method plugins that our Qt brings."""
    from PySide6.QtCore import QLibraryInfo

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    return tuple(sorted(path.name for path in folder.glob("*"))) if folder.is_dir() else ()


def settle(environment: dict[str, str], platform: str = sys.platform) -> None:
    """Apply the rule to an environment; called with ``os.environ`` before QApplication is made."""
    chosen = input_method_for(environment, plugin_files(), platform)
    if chosen is not None:
        environment[VARIABLE] = chosen
