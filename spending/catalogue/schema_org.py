"""A data set as schema.org describes it, for dataset search engines: JSON for a data block of its page."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate

from .describing import Described, Distribution, publisher_in, site_name

Json = dict[str, Any]
COUNTRY = {"th": "ประเทศไทย", "en": "Thailand"}
SHOWN = 40  # distributions that a page names; the catalogue has them all
_SAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def dataset(one: Described, base: str, language: str) -> Json:
    """The description of a data set in one language."""
    found: Json = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": one.address,
        "identifier": one.name,
        "url": one.address,
        "name": one.title[language],
        "alternateName": one.title["en" if language == "th" else "th"],
        "description": one.means[language],
        "keywords": list(one.keywords[language]),
        "creator": [
            {"@type": "Organization", "name": publisher_in(name, language)} for name in one.publishers
        ],
        "publisher": {"@type": "Organization", "name": site_name(language), "url": f"{base}/"},
        "license": one.licence_address or publisher_in(one.licence, language),
        "isAccessibleForFree": True,
        "inLanguage": "th",
        "datePublished": localdate(one.issued).isoformat(),
        "dateModified": localdate(one.modified).isoformat(),
        "version": ", ".join(one.editions[:3])
        if len(one.editions) <= 3
        else localdate(one.modified).isoformat(),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": site_name(language),
            "url": f"{base}/data/",
        },
        "distribution": [_distribution(way) for way in one.distributions[:SHOWN]],
    }
    if one.landing:
        found["isBasedOn"] = one.landing
    if one.subject.is_thai:
        found["spatialCoverage"] = {"@type": "Country", "name": COUNTRY[language]}
    if one.first and one.last:
        found["temporalCoverage"] = f"{one.first.isoformat()}/{one.last.isoformat()}"
    return found


def as_data_block(described: Json) -> SafeString:
    """JSON that can stand in a page: no letter of it can end the block or begin another."""
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_SAFE))


def _distribution(way: Distribution) -> Json:
    found: Json = {
        "@type": "DataDownload",
        "name": way.title,
        "encodingFormat": way.media_type,
        "contentUrl": way.download or way.access,
    }
    if way.bytes is not None:
        found["contentSize"] = f"{way.bytes} B"
    return found | ({"sha256": way.sha256} if way.sha256 else {})
