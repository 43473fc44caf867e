"""The bytes of each page: its HTML, and all that a browser fetches for it before a chart is asked for."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import brotli
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from .stage import held_against, say, stage, visitors

MOST_HTML = 100  # thousand bytes before compression
MOST_TRANSFER = 60  # thousand bytes over the wire
GIVEN = {
    "disbursements": {"year": 2026},
    "page": {"volume": "2022.3.17", "number": 51},
    "past_projects": {"year": 2018},
    "past_project": {"year": 2018, "code": "1500257023000000"},
    "province": {"code": "40"},
    "flag_rule": {"code": "near-reference"},
    "dataset": {"dataset": "egp_contracts"},
}
"""What stands in addresses of the sample data set that cannot be told from what is largest."""
CATALOGUES = ("catalogue_jsonld", "catalogue_ttl", "catalogue_rdf", "dataset_package")
HANDED_OUT = ("file", "page_picture", "dump_file", "changes_atom", "changes_json", *CATALOGUES)  # no pages
FETCHED = re.compile(
    r"""<(?:script|img)\b[^>]*\bsrc="([^"]+)"|<link\b[^>]*\brel="(?:stylesheet|icon)"[^>]*\bhref="([^"]+)"""
)
QUESTIONS = {
    "budget": (
        *("", "?by=agency", "?by=activity", "?by=category", "?ministry=15&by=agency"),
        *("?by=activity&per=capita", "?by=activity&per=gdp", "?by=activity&per=capita&prices=2560"),
    ),
    "provinces": ("", "?show=person"),
    "lines": ("", "?ministry=15"),
    "search": ("?q=ถนน ขอนแก่น", "?q=ค่า"),
}


def run(rows: int) -> None:
    """Fetch one page of each type in both languages from a site with the sample data set."""
    with visitors(), stage():
        call_command("load_sample", verbosity=0, stdout=open_null())
        weigh(addresses())


def open_null() -> Any:
    return Path("/dev/null").open("w")


def weigh(asked: list[str]) -> None:
    client = Client(headers={"Accept-Encoding": "gzip"})
    heaviest: list[tuple[float, float]] = []
    say("Bytes of pages, in thousands: HTML, the same compressed, all that is fetched")
    for address in asked:
        response = client.get(address)
        if response.status_code != 200:
            say(f"  {response.status_code} {address}")
            continue
        body = response.content
        html = gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body
        whole = len(body) + sum(map(weight, sorted(fetched_by(html.decode()))))
        heaviest.append((len(html) / 1000, whole / 1000))
        say(f"  {len(html) / 1000:7.1f} {len(body) / 1000:7.1f} {whole / 1000:7.1f}  {unquote(address)}")
    held_against("heaviest HTML", max(html for html, _ in heaviest), MOST_HTML, "kB")
    held_against("heaviest transfer", max(whole for _, whole in heaviest), MOST_TRANSFER, "kB")


def fetched_by(html: str) -> set[str]:
    return {one or other for one, other in FETCHED.findall(html)}


def weight(address: str) -> int:
    """Bytes of a static file as it is sent, compressed by brotli."""
    from django.contrib.staticfiles import finders

    path = finders.find(address.removeprefix(settings.STATIC_URL))
    return len(brotli.compress(Path(str(path)).read_bytes())) if path else 0


def addresses() -> list[str]:
    """An address of each type of page; where there are several, of the one with most to show."""
    from django.db.models import Count

    from spending import contract_codes, urls
    from spending.models import Agency, Allocation, Edition, Project, Supplier
    from spending.purchases import contracts_of

    line = Allocation.objects.current().filter(obliged=True).order_by("-amount").first()
    agency = Agency.objects.annotate(found=Count("allocations")).order_by("-found").first()
    supplier = Supplier.objects.annotate(found=Count("contracts")).order_by("-found").first()
    project = Project.objects.order_by("-agreed_price").first()
    edition = Edition.objects.filter(is_current=True).order_by("-refused", "-rows").first()
    values = {"item_id": line.item_id, "pk": edition.pk, "number": project and project.number}
    codes = {"agency": agency.code, "reconciliation": agency.code, "supplier": supplier and supplier.code}
    codes["contract"] = (
        next(iter(contract_codes.codes(contracts_of(project.number))), None) if project else None
    )
    found = []
    for pattern in urls.urlpatterns:
        if pattern.name.endswith("newest") or pattern.name in HANDED_OUT:
            continue
        year = project.fiscal_year if pattern.name in ("purchases", "projects") else 2022
        wanted = {**values, "year": year, "code": codes.get(pattern.name), **GIVEN.get(pattern.name, {})}
        given = {name: wanted[name] for name in pattern.pattern.converters}
        try:
            address = reverse(f"spending:{pattern.name}", kwargs=given)
        except NoReverseMatch:
            say(f"  no address for {pattern.name} with {given}")
            continue
        found += [
            f"{language}{address}{question}"
            for question in QUESTIONS.get(pattern.name, ("",))
            for language in ("", "/en")
        ]
    ministries = Agency.objects.filter(kind=Agency.Kind.MINISTRY, has_published_code=True)
    of_each = [reverse("spending:agency", args=[one]) for one in ministries.values_list("code", flat=True)]
    found += [f"{address}{told}" for address in of_each for told in ("", "?prices=2560")]
    return [*found, reverse("complaints:new"), "/en" + reverse("complaints:new")]
