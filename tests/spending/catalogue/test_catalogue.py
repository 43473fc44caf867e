"""The catalogue of data sets: DCAT that parses and has what DCAT-AP asks for, and schema.org in each page."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from spending.catalogue.dcat import MEDIA, SPDX
from spending.catalogue.register import SUBJECTS
from spending.catalogue.schema_org import as_data_block
from spending.datasets import TITLES
from spending.models import Edition
from tests.test_pages import publish

PARSED = {"jsonld": "json-ld", "ttl": "turtle", "rdf": "xml"}
ASKED = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset),
    DCAT.Dataset: (
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        DCAT.contactPoint,
        DCAT.keyword,
        DCAT.theme,
        DCAT.distribution,
        DCTERMS.license,
        DCTERMS.accrualPeriodicity,
        DCTERMS.spatial,
        DCTERMS.temporal,
        DCTERMS.issued,
        DCTERMS.modified,
    ),
    DCAT.Distribution: (DCAT.accessURL, DCAT.mediaType, DCTERMS.license),
    FOAF.Agent: (FOAF.name,),
}
"""What DCAT-AP 3 makes mandatory or recommends, and data.go.th asks for, of each class."""


@pytest.fixture
def published(db: None, tmp_path: Path, settings: Any) -> None:
    settings.DUMPS_DIR = tmp_path / "dumps"
    publish(tmp_path)


def graph(client: Client, form: str = "ttl") -> Graph:
    response = client.get(f"/data/catalogue.{form}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith(MEDIA[form])
    return Graph().parse(data=response.content.decode(), format=PARSED[form])


@pytest.mark.usefixtures("published")
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own
def test_catalogue_says_the_same_in_each_of_its_forms(client: Client) -> None:
    graphs = [graph(client, form) for form in PARSED]

    assert len({len(one) for one in graphs}) == 1
    assert len({frozenset(one.subjects(RDF.type, DCAT.Distribution)) for one in graphs}) == 1


@pytest.mark.usefixtures("published")
def test_every_property_that_portals_ask_for_is_there(client: Client) -> None:
    found = graph(client)

    missing = [
        (node, wanted)
        for kind, properties in ASKED.items()
        for node in found.subjects(RDF.type, kind)
        for wanted in properties
        if (node, wanted, None) not in found
    ]

    assert list(found.subjects(RDF.type, DCAT.Dataset))
    assert [one for one in missing if not _may_lack(found, *one)] == []
    for node in found.subjects(RDF.type, DCAT.Dataset):
        assert {words.language for words in found.objects(node, DCTERMS.title)} == {"th", "en"}
        assert {words.language for words in found.objects(node, DCTERMS.description)} == {"th", "en"}


def _may_lack(found: Graph, node: Any, wanted: URIRef) -> bool:
    """Files of editions that no fiscal year has speak of no period."""
    name = str(found.value(node, DCTERMS.identifier))
    return wanted == DCTERMS.temporal and not Edition.objects.filter(dataset=name).exclude(fiscal_year=None)


@pytest.mark.usefixtures("published")
def test_every_data_set_with_a_current_edition_is_in_the_catalogue(client: Client) -> None:
    found = graph(client)

    names = {str(name) for name in found.objects(None, DCTERMS.identifier)}
    assert names == set(Edition.objects.current().values_list("dataset", flat=True))


@pytest.mark.usefixtures("published")
def test_files_have_their_size_and_sum_and_can_be_fetched(client: Client) -> None:
    found = graph(client)

    sums = list(found.subject_objects(SPDX.checksum))
    assert sums
    for node, checksum in sums:
        path = str(found.value(node, DCAT.downloadURL)).removeprefix("http://testserver")
        content = client.get(path).getvalue()
        assert int(str(found.value(node, DCAT.byteSize))) == len(content)
        value = found.value(checksum, SPDX.checksumValue)
        assert str(value).lower() == hashlib.sha256(content).hexdigest()
        assert value.datatype == XSD.hexBinary


@pytest.mark.usefixtures("published")
def test_addresses_of_downloads_answer(client: Client) -> None:
    found = graph(client)

    for address in set(found.objects(None, DCAT.downloadURL)):
        assert client.get(str(address).removeprefix("http://testserver")).status_code == 200


@pytest.mark.usefixtures("published")
def test_catalogue_is_not_sent_to_who_holds_it(client: Client) -> None:
    tag = client.get("/data/catalogue.ttl")["ETag"]

    assert client.get("/data/catalogue.ttl", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/data/catalogue.ttl?format=x").status_code == 400


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("prefix", "name"), [("", "เอกสารงบประมาณ (เล่มขาวคาดแดง) รายบรรทัด"), ("/en", "Budget documents by line")]
)
def test_page_of_a_data_set_describes_it_to_search_engines(client: Client, prefix: str, name: str) -> None:
    html = client.get(f"{prefix}/data/budget_book/").content.decode()

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    said = json.loads(block)
    assert said["@type"] == "Dataset"
    assert said["name"] == name
    assert 50 <= len(said["description"]) <= 5_000
    assert said["url"] == "http://testserver/data/budget_book/"
    assert said["license"]
    assert said["creator"]
    assert {one["encodingFormat"] for one in said["distribution"]} >= {"text/csv", "application/json"}
    assert said["temporalCoverage"] == "2021-10-01/2022-09-30"


@pytest.mark.usefixtures("published")
def test_page_of_no_data_set_is_absent(client: Client) -> None:
    assert client.get("/en/data/nothing/").status_code == 404


def test_nothing_in_a_data_block_ends_it() -> None:
    evil = "</script><script>alert(1)</script><!-- & \u2028"

    block = as_data_block({"name": evil})

    assert not re.search(r"[<>&\u2028]", block)
    assert json.loads(block)["name"] == evil


def test_every_data_set_that_has_a_title_is_described() -> None:
    assert set(TITLES) <= set(SUBJECTS) | {"reference_series"}
