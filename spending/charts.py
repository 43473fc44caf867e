"""Plotly figures of the breakdowns and series that pages show, as plain dictionaries. No database.

Words are arguments, already in the reader's language. Colours are the light values of `palette`; the page's
script replaces them by the colours of the reader's scheme, which it knows from `layout.meta.colours`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from .breakdowns import Breakdown, Row, Series
from .palette import HEX, UNKNOWN, VARIABLES, hue_of
from .pictures import Part
from .trends import Run, scale_of

Figure = dict[str, Any]
Say = Callable[[Decimal], str]  # an amount in baht as the reader's language says it

FACE = '"IBM Plex Sans Thai", "Noto Sans Thai", Sarabun, "Leelawadee UI", Thonburi, system-ui, sans-serif'


def colour_of(hue: str) -> str:
    """The light colour of a class of `palette`."""
    return HEX[VARIABLES[hue]]


def parts_of(
    breakdown: Breakdown, *, link: Callable[[Row], str], english: bool = False, rest: str = ""
) -> tuple[Part, ...]:
    """The slices of a breakdown as parts of a picture; `rest` names what its limit hides, if named."""
    parts = [
        Part(
            name=row.name_en if english and row.name_en else row.name,
            amount=row.amount,
            hue=hue_of(row.code),
            href=link(row),
            lang="th" if english and not row.name_en else "",
        )
        for row in breakdown.rows
    ]
    if breakdown.rest is not None and rest:
        parts.append(Part(rest, breakdown.rest.amount, hue_of("")))
    return tuple(parts)


def bars(parts: Sequence[Part], *, title: str, say: Say) -> Figure:
    """One bar for each part from a zero base, the first on top; a press leads where the part does."""
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [part.name for part in parts],
        "x": [_number(part.amount) for part in parts],
        "text": [say(part.amount) for part in parts],
        "textposition": "auto",
        "hovertemplate": "%{y}<br>%{text}<extra></extra>",
        "customdata": [part.href for part in parts],
        "marker": {"color": [colour_of(part.hue) for part in parts], "pattern": _hatching(parts)},
    }
    axes = {
        "xaxis": {
            "rangemode": "tozero",
            "showticklabels": False,
            "gridcolor": HEX["--line"],
            "fixedrange": True,
        },
        "yaxis": {"autorange": "reversed", "automargin": True, "fixedrange": True},
    }
    return _figure([trace], title, height=60 + 34 * max(len(parts), 1), **axes)


def treemap(parts: Sequence[Part], *, title: str, say: Say) -> Figure:
    """Each part as an area; a press leads where the part does."""
    drawn = [part for part in parts if part.amount > 0]
    trace = {
        "type": "treemap",
        "labels": [part.name for part in drawn],
        "parents": ["" for _ in drawn],
        "ids": [str(index) for index, _ in enumerate(drawn)],
        "values": [_number(part.amount) for part in drawn],
        "text": [say(part.amount) for part in drawn],
        "textinfo": "label+text",
        "hovertemplate": "%{label}<br>%{text}<extra></extra>",
        "customdata": [part.href for part in drawn],
        "marker": {
            "colors": [colour_of(part.hue) for part in drawn],
            "pattern": _hatching(drawn),
            "line": {"width": 2, "color": HEX["--paper"]},
        },
        "tiling": {"pad": 2},
        "pathbar": {"visible": False},
    }
    return _figure([trace], title, height=460)


def lines(
    series: Iterable[Series], *, title: str, label: Callable[[int], str], say: Say, hues: Sequence[str] = ()
) -> Figure:
    """Each series as a line over the years, from a zero base; unknown years are gaps. `label` says a year."""
    drawn = tuple(series)
    chosen = [*hues, *[hue_of(one.code) for one in drawn[len(hues) :]]]
    runs = [
        Run(one.name, hue, tuple(point.amount for point in one.points))
        for one, hue in zip(drawn, chosen, strict=True)
    ]
    places = [label(point.year) for point in drawn[0].points] if drawn else []
    return runs_over(runs, places, title=title, say=say)


def runs_over(runs: Sequence[Run], places: Sequence[str], *, title: str, say: Say) -> Figure:
    """Lines over named places (years, weeks) from a zero base, as `trends.trend` draws them."""
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": run.name,
            "x": list(places),
            "y": [_number(value) for value in run.values],
            "text": ["" if value is None else say(value) for value in run.values],
            "hovertemplate": "%{fullData.name} %{x}<br>%{text}<extra></extra>",
            "connectgaps": False,
            "line": {"color": colour_of(run.hue), "width": 2.5},
        }
        for run in runs
        if any(value is not None for value in run.values)
    ]
    levels = scale_of(value for run in runs for value in run.values if value is not None)
    axes = {
        "xaxis": {"type": "category", "showgrid": False, "nticks": 11, "tickangle": 0},
        "yaxis": {
            "rangemode": "tozero",
            "automargin": True,
            "tickvals": [_number(level) for level in levels],
            "ticktext": [say(level) for level in levels],
            "gridcolor": HEX["--line"],
            "zerolinecolor": HEX["--soft"],
        },
    }
    return _figure(traces, title, height=420, showlegend=len(traces) > 1, **axes)


def _hatching(parts: Sequence[Part]) -> Figure:
    return {"shape": ["/" if part.hue == UNKNOWN else "" for part in parts]}


def _figure(traces: list[Figure], title: str, *, height: int, **layout: Any) -> Figure:
    return {
        "data": traces,
        "layout": {
            "title": {"text": ""},
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 32 if layout.get("showlegend") else 8, "b": 36},
            "font": {"family": FACE, "size": 14, "color": HEX["--ink"]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
            "meta": {"title": title, "colours": {value: variable for variable, value in HEX.items()}},
            **layout,
        },
    }


def _number(amount: Decimal | None) -> float | None:
    """The last line of money: Plotly draws with floating point; the words beside it are exact."""
    return None if amount is None else float(amount)
