"""Borders that an operator gives: placed on one grid, joined by code alone."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from spending.boundaries import paths
from spending.models import Province, ProvinceOutline


def square(west: int, south: int) -> list[list[float]]:
    return [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]


def geojson(codes: list[str], name: str = "pro_code") -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {name: code},
            "geometry": {"type": "Polygon", "coordinates": [square(number % 9, number // 9)]},
        }
        for number, code in enumerate(codes)
    ]
    return {"type": "FeatureCollection", "features": features}


def written(folder: Path, content: object) -> str:
    path = folder / "borders.geojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def ring(*corners: tuple[int, int]) -> list[list[Decimal]]:
    return [[Decimal(x), Decimal(y)] for x, y in corners]


def test_a_border_is_a_closed_path_on_the_grid_without_needless_points() -> None:
    found = paths({"10": [ring((0, 0), (1, 0), (2, 0), (2, 2), (0, 2), (0, 0))]})

    assert found == {"10": "M0 320l310 0l0 -320l-310 0z"}


def test_an_island_smaller_than_the_grid_is_left_out_but_never_a_whole_province() -> None:
    tiny = ring((0, 0), (0, 0), (0, 0))
    large = ring((0, 0), (9, 0), (9, 9), (0, 9), (0, 0))

    found = paths({"10": [large, tiny], "83": [tiny]})

    assert found["10"].count("M") == 1
    assert found["83"].startswith("M")


@pytest.mark.django_db
class TestLoading:
    def test_map_is_drawn_by_borders_from_then_on_and_of_tiles_again(
        self, client: Client, tmp_path: Path
    ) -> None:
        codes = list(Province.objects.values_list("code", flat=True))

        call_command("load_boundaries", written(tmp_path, geojson(codes)), source="กรมแผนที่ทดสอบ, CC-BY")

        assert ProvinceOutline.objects.count() == 77
        assert (
            ProvinceOutline.objects.values_list("source", flat=True).distinct().get() == "กรมแผนที่ทดสอบ, CC-BY"
        )
        call_command("load_boundaries", clear=True)
        assert not ProvinceOutline.objects.exists()

    def test_provinces_are_joined_by_the_named_property(self, tmp_path: Path) -> None:
        codes = list(Province.objects.values_list("code", flat=True))

        call_command("load_boundaries", written(tmp_path, geojson(codes, "id")), code="id", source="x")

        assert ProvinceOutline.objects.count() == 77

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ([], "This is no GeoJSON"),
            ({"features": [{"properties": {}, "geometry": {}}]}, "This is no GeoJSON"),
            (geojson(["10"]), "The codes are not those of the 77 provinces"),
        ],
    )
    def test_file_that_is_no_map_of_the_provinces_changes_nothing(
        self, tmp_path: Path, content: object, said: str
    ) -> None:
        with translation.override("en"), pytest.raises(CommandError, match=said):
            call_command("load_boundaries", written(tmp_path, content), source="x")

        assert not ProvinceOutline.objects.exists()

    def test_whoever_published_the_borders_must_be_named(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="who published it"):
            call_command("load_boundaries", written(tmp_path, geojson([])))
