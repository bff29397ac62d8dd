"""Simple drawn scenes that stand where photographs of activities would stand."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 640
Draw = ImageDraw.ImageDraw


def draw_photos(folder: Path) -> list[tuple[str, str]]:
    """Draw every scene as JPEG; returns (file name, caption)."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for name, caption, scene in SCENES:
        image = Image.new("RGB", (WIDTH, HEIGHT), "#e9e4d8")
        scene(ImageDraw.Draw(image), random.Random(name))
        image.save(folder / f"{name}.jpg", quality=72, optimize=True)
        found.append((f"{name}.jpg", caption))
    return found


def _person(draw: Draw, x: int, y: int, size: int, colour: str) -> None:
    draw.ellipse((x - size // 3, y - size, x + size // 3, y - size // 3), fill="#d9b08c")
    draw.rounded_rectangle((x - size // 2, y - size // 3, x + size // 2, y + size), size // 4, fill=colour)


COLOURS = ("#37546d", "#6d4f37", "#4b6b4d", "#7a5c7e", "#8a7a3c", "#4f5d6b")


def _meeting(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, 400), fill="#dfe5e8")
    draw.rectangle((560, 60, 880, 240), fill="#f8f8f4", outline="#888888", width=4)
    for index in range(7):
        _person(draw, 120 + index * 120, 360, 56, chance.choice(COLOURS))
    draw.polygon(((60, 420), (900, 420), (960, 640), (0, 640)), fill="#a9805a")
    for index in range(7):
        draw.rectangle((90 + index * 120, 450, 150 + index * 120, 480), fill="#fbfaf6")


def _lesson(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, 640), fill="#e6e2da")
    draw.rectangle((240, 40, 720, 280), fill="#3e5a50", outline="#8b6b45", width=10)
    for row in range(4):
        draw.line(
            (280, 90 + row * 45, 280 + chance.randint(200, 390), 90 + row * 45), fill="#e8efe8", width=5
        )
    _person(draw, 830, 260, 70, COLOURS[0])
    for row in range(2):
        for index in range(8):
            _person(draw, 90 + index * 112, 440 + row * 110, 48, chance.choice(COLOURS))


def _trees(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, 360), fill="#cfe3ee")
    draw.rectangle((0, 360, WIDTH, HEIGHT), fill="#8fae74")
    for index in range(6):
        x, height = 80 + index * 160, chance.randint(120, 190)
        draw.rectangle((x - 8, 400 - height // 2, x + 8, 420), fill="#7a5a3c")
        draw.ellipse(
            (x - 60, 360 - height, x + 60, 470 - height),
            fill=chance.choice(("#4d7a46", "#5d8a50", "#6f9a52")),
        )
    for index in range(5):
        _person(draw, 150 + index * 170, 500, 54, chance.choice(COLOURS))


def _library(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill="#efe7d6")
    for shelf in range(4):
        top = 40 + shelf * 110
        draw.rectangle((40, top + 90, 920, top + 100), fill="#8b6b45")
        x = 50
        while x < 900:
            width = chance.randint(12, 26)
            colour = chance.choice(("#7a3f3a", "#37546d", "#4b6b4d", "#b08d3c", "#5c4f6e", "#a9805a"))
            draw.rectangle((x, top + chance.randint(8, 30), x + width, top + 90), fill=colour)
            x += width + chance.randint(1, 4)
    for index in range(3):
        _person(draw, 220 + index * 250, 560, 62, chance.choice(COLOURS))


def _river(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, 240), fill="#d6e6ef")
    draw.polygon(
        ((0, 200), (240, 110), (480, 210), (720, 90), (960, 200), (960, 260), (0, 260)), fill="#8aa29a"
    )
    draw.rectangle((0, 260, WIDTH, 420), fill="#7fb0c4")
    for _ in range(40):
        x, y = chance.randint(0, 900), chance.randint(270, 410)
        draw.line((x, y, x + chance.randint(20, 60), y), fill="#a9cdd9", width=3)
    draw.rectangle((0, 420, WIDTH, HEIGHT), fill="#b9b39f")
    for index in range(6):
        _person(draw, 100 + index * 150, 520, 54, chance.choice(COLOURS))


def _hall(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, 420), fill="#e9edf0")
    draw.rectangle((0, 420, WIDTH, HEIGHT), fill="#cfc9bd")
    for index in range(4):
        x = 60 + index * 225
        draw.rectangle((x, 120, x + 180, 330), fill="#b9d0dc", outline="#6b7f8a", width=4)
        draw.rectangle((x - 10, 330, x + 190, 390), fill="#8b9aa3")
        _person(draw, x + 90, 290, 50, chance.choice(COLOURS))
    for index in range(5):
        _person(draw, 120 + index * 180, 510, 58, chance.choice(COLOURS))


SCENES: tuple[tuple[str, str, Callable[[Draw, random.Random], None]], ...] = (
    ("meeting", "会场（示意图）", _meeting),
    ("lesson", "党课现场（示意图）", _lesson),
    ("trees", "清理绿地（示意图）", _trees),
    ("library", "整理图书（示意图）", _library),
    ("river", "河边清洁（示意图）", _river),
    ("hall", "窗口体验（示意图）", _hall),
)
