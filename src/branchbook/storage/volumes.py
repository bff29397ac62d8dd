"""Volumes: what they can hold (FAT32 ends at 4 GiB), where they are mounted, and by what they are known again."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FAT32_LIMIT = 4 * 1024**3 - 1
"""Largest file on FAT32, in bytes."""

FAT32_WARNING = 7 * 1024**3 // 2
"""From here on (3.5 GiB) a backup to FAT32 warns: the next one may not fit."""

_FAT = frozenset({"vfat", "msdos", "fat", "fat32"})


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted volume: its device, where it is, and its file system's name in small letters."""

    device: str
    point: Path
    filesystem: str


def mounts_of(mounts: str | None = None) -> tuple[Mount, ...]:
    """What is mounted, in the system's order; nothing where the system does not tell.

    ``mounts`` is the text of /proc/mounts and is read from there when None. On Windows each drive is one.
    """
    if mounts is None:
        if sys.platform == "win32":
            return tuple(_windows_drives())
        try:
            mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
        except OSError:
            return ()
    lines = (line.split(" ") for line in mounts.splitlines())
    return tuple(
        Mount(_unescape(parts[0]), Path(_unescape(parts[1])), parts[2].lower())
        for parts in lines
        if len(parts) >= 3
    )


def mount_of(folder: Path, mounts: str | None = None) -> Mount | None:
    """The volume that a folder lies on: the deepest mount above it, of two at one place the later."""
    resolved = folder.resolve()
    above = [each for each in mounts_of(mounts) if resolved.is_relative_to(each.point)]
    return max(enumerate(above), key=lambda each: (len(each[1].point.parts), each[0]))[1] if above else None


def filesystem_of(folder: Path, mounts: str | None = None) -> str:
    """The file system's name in small letters, for example ``ext4`` or ``vfat``; empty when unknown."""
    found = mount_of(folder, mounts)
    return found.filesystem if found else ""


def free_bytes(folder: Path) -> int | None:
    """Room that is left for a new file; None where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def volume_id(folder: Path, mounts: str | None = None) -> str:
    """What a volume is known by wherever it is mounted (its serial number or UUID); empty where unknown."""
    mount = mount_of(folder, mounts)
    if mount is None:
        return ""
    if sys.platform == "win32":
        return _windows_volume(str(mount.point))[1]
    try:
        device = Path(mount.device).resolve()
        for link in Path("/dev/disk/by-uuid").iterdir():
            if link.resolve() == device:
                return link.name
    except OSError:
        pass
    return ""


def is_fat32(folder: Path, mounts: str | None = None) -> bool:
    """True when the folder lies on a FAT volume."""
    return filesystem_of(folder, mounts) in _FAT


def _unescape(text: str) -> str:
    """Mount points write space, tab, newline and backslash as octal escapes."""
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, char)
    return text


def _windows_drives() -> Iterator[Mount]:
    """Each drive letter that has a volume in it."""
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        point = Path(f"{letter}:/")
        if point.exists():
            yield Mount(f"{letter}:", point, _windows_volume(str(point))[0])


def _windows_volume(root: str) -> tuple[str, str]:
    """Asks the system for a volume's file system and its serial number."""
    import ctypes

    name, serial = ctypes.create_unicode_buffer(64), ctypes.c_ulong()
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    found = kernel.GetVolumeInformationW(root, None, 0, ctypes.byref(serial), None, None, name, len(name))
    return (name.value.lower(), f"{serial.value:08X}") if found else ("", "")
