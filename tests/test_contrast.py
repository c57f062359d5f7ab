"""Text reads at 4.5:1 and marks at 3:1 on every ground they are used on, in light and in dark."""

import math
import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).parent.parent / "carmanana/static/css/tokens.css"
OKLCH = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
TOKEN = re.compile(rf"^\s*--([\w-]+):\s*light-dark\({OKLCH},\s*{OKLCH}\);", re.MULTILINE)

GROUNDS = ["canvas", "surface", "raised", "sunken", "hover"]
TINTS = ["petrol-t", "sun-t", "live-t", "organic-t", "hold-t", "losing-t", "won-t", "lost-t"]
INKS = ["ink", "ink-2", "ink-3", "petrol-ink", "sun-ink"]
STATES = ["live", "organic", "hold", "losing", "won", "lost"]
AVATARS = range(1, 9)
STAGES = [f"stage-{number}" for number in range(1, 7)]

TEXT = [
    *product(INKS + STATES, GROUNDS + TINTS),
    *product(["on-bar", "on-bar-2"], ["bar", "bar-2"]),
    *product(["on-petrol"], ["petrol", "petrol-h", "losing-s"]),
    ("sun", "bar"),
    *((f"avatar-{number}-ink", f"avatar-{number}-bg") for number in AVATARS),
]
MARKS = [
    *product(["control", "ring", "hold-s", "losing-s", "won-s", *STAGES], ["canvas", "surface"]),
    *product(["control", "ring"], ["raised", "sunken"]),
    ("ring", "bar"),
]


def in_srgb(lightness, chroma, hue):
    """OKLCH to sRGB channels of 0 to 1, clipped to the gamut as browsers do (Ottosson's matrices)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return tuple(encoded(min(max(channel, 0), 1)) for channel in linear)


def encoded(channel):
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def in_hex(rgb):
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in rgb)


def luminance(rgb):
    """Relative luminance as WCAG 2 defines it, of the 8-bit colour that reaches the screen."""
    screen = (round(channel * 255) / 255 for channel in rgb)
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in screen]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def themes():
    light, dark = {}, {}
    for name, *numbers in TOKEN.findall(CSS.read_text()):
        numbers = [float(number) for number in numbers]
        light[name], dark[name] = in_srgb(*numbers[:3]), in_srgb(*numbers[3:])
    return {"light": light, "dark": dark}


THEMES = themes()


def too_faint(theme, pairs, least):
    """Each (front, ground) below the least ratio, with its ratio."""
    colours = THEMES[theme]
    ratios = {pair: contrast(*(colours[name] for name in pair)) for pair in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


def test_the_conversion_agrees_with_known_colours():
    assert in_hex(in_srgb(0.62796, 0.25768, 29.234)) == "#ff0000"
    assert in_hex(in_srgb(0.45201, 0.31321, 264.052)) == "#0000ff"
    assert in_hex(in_srgb(0.86644, 0.29483, 142.495)) == "#00ff00"
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((1, 1, 1), (0x76 / 255,) * 3) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_on_every_ground(theme):
    assert too_faint(theme, TEXT, 4.5) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_marks_stand_out_from_their_ground(theme):
    assert too_faint(theme, MARKS, 3) == {}
