"""Colours: the same thing the same on every page, the same in the stylesheet, and told apart by every eye."""

import re

import pytest
from django.conf import settings

from spending.palette import HEX, HUES, OTHER, OTHERS, VARIABLES, hue_of, hues_in_order

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6})", part)) for part in TOKENS.split("@media")[:2]
)
SCHEMES = {"light": LIGHT, "dark": LIGHT | DARK}


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_an_agency_has_the_colour_of_its_ministry() -> None:
    assert hue_of("15008") == hue_of("15") == "c3"


def test_a_body_without_a_colour_of_its_own_is_grey() -> None:
    assert hue_of("07") == hue_of("กรมที่ไม่มีรหัส") == hue_of("") == OTHER


def test_no_two_bodies_share_a_hue() -> None:
    assert len(set(HUES.values())) == len(HUES)


def test_grey_neighbours_have_different_greys() -> None:
    assert hues_in_order(["07", "17", "09", "03", "01"]) == (OTHER, OTHERS, OTHER, "c1", OTHER)


def test_every_class_has_a_variable_of_the_stylesheet() -> None:
    assert set(VARIABLES.values()) <= set(LIGHT)


def test_colours_outside_the_stylesheet_are_those_of_the_stylesheet() -> None:
    assert {name: LIGHT[name] for name in HEX} == HEX


def test_each_colour_names_one_variable() -> None:
    assert len(set(HEX.values())) == len(HEX)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_stands_out_from_the_page(scheme: str) -> None:
    colours = SCHEMES[scheme]

    assert contrast(colours["--ink"], colours["--paper"]) >= 7
    assert contrast(colours["--soft"], colours["--paper"]) >= 7
    assert contrast(colours["--accent"], colours["--paper"]) >= 4.5
    assert contrast(colours["--accent-ink"], colours["--accent"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", [name for name in HEX if re.fullmatch(r"--d\d|--other|--unknown", name)])
def test_every_colour_of_a_picture_stands_out_from_the_page(scheme: str, name: str) -> None:
    colours = SCHEMES[scheme]

    assert contrast(colours[name], colours["--paper"]) >= 3
