"""What public bodies call themselves in English, by their Thai names.

`data/agencies.csv` has the agencies, enterprises and funds of the budget whose own name is certain; provinces
and provincial administrations are named after their province. Whoever is not listed, such as municipalities,
keeps the Thai name: a translation or a romanised form of ours would pass for an official one.
"""

from __future__ import annotations

import csv
from functools import cache

from .romanised import DATA, english_province

PUBLIC_ORGANISATION = "(องค์การมหาชน)"
OF_A_PROVINCE = {
    "จังหวัด": "{} Province",
    "องค์การบริหารส่วนจังหวัด": "{} Provincial Administrative Organisation",
}


def english_body(name: str) -> str:
    """The English name of a public body; "" for one that none is known of."""
    plain = name.removesuffix(PUBLIC_ORGANISATION).strip()
    if english := _agencies().get(_closed(plain)):
        return f"{english} (Public Organisation)" if plain != name.strip() else english
    for before, words in OF_A_PROVINCE.items():
        if name.startswith(before) and (province := english_province(name.removeprefix(before))):
            return words.format(province)
    return ""


@cache
def _agencies() -> dict[str, str]:
    with (DATA / "agencies.csv").open(encoding="utf-8", newline="") as file:
        return {_closed(row["name"]): row["name_en"] for row in csv.DictReader(file)}


def _closed(name: str) -> str:
    """A name without the spaces that publishers set or leave out within it."""
    return name.replace(" ", "")
