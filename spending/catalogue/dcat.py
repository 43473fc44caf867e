"""The catalogue as DCAT, with the properties that DCAT-AP asks for, so that portals can take it over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from .describing import LANGUAGES, Described, Distribution, publisher_in, site_name

SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types/"
PREFIXES = {"dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "spdx": SPDX, "vcard": VCARD, "xsd": XSD}
FORMS = {"jsonld": "json-ld", "ttl": "turtle", "rdf": "xml"}
MEDIA = {"jsonld": "application/ld+json", "ttl": "text/turtle", "rdf": "application/rdf+xml"}
FILE_TYPES = ("CSV", "JSON", "XLSX", "PARQUET", "PDF", "ZIP", "GZIP")
"""Formats that the EU vocabulary of file types has."""


def graph_of(found: Sequence[Described], base: str, contact: str = "") -> Graph:
    """The catalogue of data sets; `base` is the site's address, `contact` an e-mail address or ""."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    catalogue = URIRef(f"{base}/data/catalogue")
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    for language in LANGUAGES:
        graph.add((catalogue, DCTERMS.title, Literal(site_name(language), language)))
    means = {"th": "ข้อมูลการใช้จ่ายภาครัฐของไทย พร้อมที่มา", "en": "Thai public spending, with its sources"}
    _words(graph, catalogue, DCTERMS.description, means)
    site = URIRef(f"{base}/#site")
    _agent(graph, site, {language: site_name(language) for language in LANGUAGES}, f"{base}/")
    graph.add((catalogue, DCTERMS.publisher, site))
    graph.add((catalogue, FOAF.homepage, URIRef(f"{base}/data/")))
    graph.add((catalogue, DCTERMS.language, URIRef(f"{EU}/language/THA")))
    graph.add((catalogue, DCTERMS.spatial, URIRef(f"{EU}/country/THA")))
    if found:
        graph.add((catalogue, DCTERMS.issued, _moment(min(one.issued for one in found))))
        graph.add((catalogue, DCTERMS.modified, _moment(max(one.modified for one in found))))
    for one in found:
        graph.add((catalogue, DCAT.dataset, URIRef(one.address)))
        _dataset(graph, one, base, contact)
    return graph


def written(graph: Graph, form: str) -> str:
    """The graph as text: `jsonld`, `ttl` or `rdf`."""
    more: dict[str, Any] = {"context": {p: str(n) for p, n in PREFIXES.items()}} if form == "jsonld" else {}
    return str(graph.serialize(format=FORMS[form], **more))


def _dataset(graph: Graph, one: Described, base: str, contact: str) -> None:
    node = URIRef(one.address)
    graph.add((node, RDF.type, DCAT.Dataset))
    graph.add((node, DCTERMS.identifier, Literal(one.name)))
    _words(graph, node, DCTERMS.title, one.title)
    _words(graph, node, DCTERMS.description, one.means)
    for language, words in one.keywords.items():
        for word in words:
            graph.add((node, DCAT.keyword, Literal(word, language)))
    for publisher in one.publishers:
        agent = BNode()
        _agent(graph, agent, {language: publisher_in(publisher, language) for language in LANGUAGES}, "")
        graph.add((node, DCTERMS.publisher if publisher == one.publishers[0] else DCTERMS.creator, agent))
    card = BNode()
    graph.add((node, DCAT.contactPoint, card))
    graph.add((card, RDF.type, VCARD.Organization))
    graph.add((card, VCARD.fn, Literal(site_name("th"), "th")))
    graph.add((card, VCARD.hasURL, URIRef(f"{base}/about/")))
    if contact:
        graph.add((card, VCARD.hasEmail, URIRef(f"mailto:{contact}")))
    for theme in ("GOVE", "ECON"):
        graph.add((node, DCAT.theme, URIRef(f"{EU}/data-theme/{theme}")))
    graph.add((node, DCTERMS.accrualPeriodicity, URIRef(f"{EU}/frequency/{one.frequency.value}")))
    graph.add((node, DCTERMS.language, URIRef(f"{EU}/language/THA")))
    graph.add((node, DCTERMS.accessRights, URIRef(f"{EU}/access-right/PUBLIC")))
    if one.subject.is_thai:
        graph.add((node, DCTERMS.spatial, URIRef(f"{EU}/country/THA")))
    if one.first and one.last:
        period = BNode()
        graph.add((node, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((period, DCAT.startDate, Literal(one.first)))
        graph.add((period, DCAT.endDate, Literal(one.last)))
    graph.add((node, DCTERMS.issued, _moment(one.issued)))
    graph.add((node, DCTERMS.modified, _moment(one.modified)))
    graph.add((node, DCAT.landingPage, URIRef(one.address)))
    if one.landing:
        graph.add((node, DCTERMS.source, URIRef(one.landing)))
    terms = _terms(graph, one)
    graph.add((node, DCTERMS.license, terms))
    for number, way in enumerate(one.distributions):
        _distribution(graph, node, URIRef(f"{one.address}#distribution-{number + 1}"), way, terms)


def _distribution(graph: Graph, dataset: URIRef, node: URIRef, way: Distribution, terms: Any) -> None:
    graph.add((dataset, DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCTERMS.title, Literal(way.title)))
    graph.add((node, DCAT.accessURL, URIRef(way.access)))
    if way.download:
        graph.add((node, DCAT.downloadURL, URIRef(way.download)))
    if way.format in FILE_TYPES:
        graph.add((node, DCTERMS["format"], URIRef(f"{EU}/file-type/{way.format}")))
    graph.add((node, DCAT.mediaType, URIRef(IANA + way.media_type)))
    graph.add((node, DCTERMS.license, terms))
    if way.bytes is not None:
        graph.add((node, DCAT.byteSize, Literal(way.bytes, datatype=XSD.nonNegativeInteger)))
    if way.sha256:
        checksum = BNode()
        graph.add((node, SPDX.checksum, checksum))
        graph.add((checksum, RDF.type, SPDX.Checksum))
        graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
        graph.add((checksum, SPDX.checksumValue, Literal(way.sha256, datatype=XSD.hexBinary)))


def _terms(graph: Graph, one: Described) -> Any:
    """The terms of use: by their address, else in the publisher's words."""
    node = URIRef(one.licence_address) if one.licence_address else BNode()
    graph.add((node, RDF.type, DCTERMS.LicenseDocument))
    for language in LANGUAGES:
        graph.add((node, DCTERMS.title, Literal(publisher_in(one.licence, language), language)))
    return node


def _agent(graph: Graph, node: Any, names: dict[str, str], page: str) -> None:
    graph.add((node, RDF.type, FOAF.Agent))
    _words(graph, node, FOAF.name, names)
    if page:
        graph.add((node, FOAF.homepage, URIRef(page)))


def _words(graph: Graph, node: Any, property_: Any, words: Any) -> None:
    for language, text in words.items():
        graph.add((node, property_, Literal(text, language)))


def _moment(at: datetime) -> Literal:
    return Literal(at.isoformat(timespec="seconds"), datatype=XSD.dateTime)
