"""Which colour a thing has, on every page and in every picture.

A colour is named by the class that carries it (`c1` to `c8`, two greys, hatching); the stylesheet `tokens.css` says
what the classes look like in light, dark and print. `HEX` repeats the light and dark values for Plotly.
"""

from __future__ import annotations

from collections.abc import Iterable

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

HEX = {
    "light": {
        "c1": "#27348b", "c2": "#c1502a", "c3": "#1a8577", "c4": "#ad7c00", "c5": "#7a57a8", "c6": "#4680c0",
        "c7": "#9c2f63", "c8": "#618238", "co": "#8b867a", "cp": "#a09a8c", "cu": "#7d786c",
    },
    "dark": {
        "c1": "#8c9bff", "c2": "#f08a5d", "c3": "#4fc3b2", "c4": "#e5b83f", "c5": "#b795e6", "c6": "#83b4ee",
        "c7": "#e07aa8", "c8": "#a8cc72", "co": "#8a877d", "cp": "#6f6c64", "cu": "#96938a",
    },
}  # fmt: skip


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
