"""What the volume under a file can hold: FAT32 ends at 4 GiB."""

from __future__ import annotations

import sys
from pathlib import Path

FAT32_LIMIT = 4 * 1024**3 - 1
"""Largest file on FAT32, in bytes."""

FAT32_WARNING = 7 * 1024**3 // 2
"""From here on (3.5 GiB) a backup to FAT32 warns: the next one may not fit."""

_FAT = frozenset({"vfat", "msdos", "fat", "fat32"})


def filesystem_of(folder: Path, mounts: str | None = None) -> str:
    """The file system's name in small letters, for example ``ext4`` or ``vfat``; empty when unknown.

    ``mounts`` is the text of /proc/mounts and is read from there when None.
    """
    if sys.platform == "win32":
        return _windows_filesystem(folder)
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
        except OSError:
            return ""
    best, name = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(_unescape(parts[1]))
        if folder.resolve().is_relative_to(point) and len(point.parts) >= best:
            best, name = len(point.parts), parts[2].lower()
    return name


def is_fat32(folder: Path, mounts: str | None = None) -> bool:
    """True when the folder lies on a FAT volume."""
    return filesystem_of(folder, mounts) in _FAT


def _unescape(text: str) -> str:
    """Mount points write space, tab, newline and backslash as octal escapes."""
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, char)
    return text


def _windows_filesystem(folder: Path) -> str:
    """Asks the system for the volume's file system."""
    import ctypes

    name = ctypes.create_unicode_buffer(64)
    root = folder.resolve().anchor
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    found = kernel.GetVolumeInformationW(root, None, 0, None, None, None, name, len(name))
    return name.value.lower() if found else ""
