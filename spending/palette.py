"""Which colour a thing has, on every page and in every picture.

A colour is named by the class that carries it (`c1` to `c8`, two greys, hatching); the stylesheet
`tokens.css` says what the classes look like in light, dark and print.
"""

from __future__ import annotations

from collections.abc import Iterable

PLAIN = ""  # the accent: things side by side that differ in size alone
OTHER = "co"  # everything that has no hue of its own
OTHERS = "cp"  # the second grey, where two grey things stand side by side
UNKNOWN = "cu"  # hatched: money of which the published figures say nothing more

HUES = {
    "03": "c1",  # Finance
    "20": "c2",  # Education
    "15": "c3",  # Interior
    "งบกลาง": "c4",  # the central fund
    "02": "c5",  # Defence
    "08": "c6",  # Transport
    "23": "c7",  # Higher education, science
    "21": "c8",  # Public health
}

VARIABLES = {
    PLAIN: "--accent",
    "c1": "--d1",
    "c2": "--d2",
    "c3": "--d3",
    "c4": "--d4",
    "c5": "--d5",
    "c6": "--d6",
    "c7": "--d7",
    "c8": "--d8",
    OTHER: "--other",
    OTHERS: "--others",
    UNKNOWN: "--unknown",
}  # the variable of tokens.css that gives a class its colour

HEX = {
    "--d1": "#27348b",
    "--d2": "#c1502a",
    "--d3": "#1a8577",
    "--d4": "#ad7c00",
    "--d5": "#7a57a8",
    "--d6": "#4680c0",
    "--d7": "#9c2f63",
    "--d8": "#618238",
    "--other": "#8b867a",
    "--others": "#a09a8c",
    "--unknown": "#7d786c",
    "--ink": "#1a1a22",
    "--soft": "#54525d",
    "--line": "#ddd8cb",
    "--paper": "#fbfaf6",
    "--accent": "#28358c",
}  # their values in light, for pictures drawn where no stylesheet reaches


def hue_of(code: str) -> str:
    """The colour class of a ministry by its code; an agency (five digits) has its ministry's colour."""
    return HUES.get(code, HUES.get(code[:2], OTHER) if code.isdigit() else OTHER)


def hues_in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """The colours of things side by side: as `hue_of`, and grey neighbours in alternating greys."""
    hues: list[str] = []
    for code in codes:
        hue = hue_of(code)
        hues.append(OTHERS if hue == OTHER and hues and hues[-1] == OTHER else hue)
    return tuple(hues)
