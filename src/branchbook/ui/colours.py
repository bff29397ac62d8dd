"""Arithmetic of colours written as #RRGGBB: contrast, mixtures, and the nearest shade that can be read."""

from __future__ import annotations

from functools import cache

LEAST_CONTRAST = 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 defines it, 1 … 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(colour: str, other: str, percent: int) -> str:
    """So many percent of the way from one colour to another."""
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{a + (b - a) * percent // 100:02X}" for a, b in pairs)


@cache
def readable(ink: str, ground: str, text: str) -> str:
    """The ink, or its nearest shade towards ``text`` that reaches the least contrast on the ground."""
    shades = (mixed(ink, text, percent) for percent in range(0, 101, 2))
    return next((each for each in shades if contrast(each, ground) >= LEAST_CONTRAST), text)
