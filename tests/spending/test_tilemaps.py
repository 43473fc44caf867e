"""The map of equal tiles: each province once, in classes of about as many."""

from decimal import Decimal

from spending.tilemaps import Outlines, Region, places, province_map, shades_of


def regions(*values: Decimal | None) -> list[Region]:
    codes = sorted(places())
    return [Region(code, f"จังหวัด {code}", "", value) for code, value in zip(codes, values, strict=False)]


def test_every_province_has_one_tile_and_no_two_the_same() -> None:
    tiles = places()

    assert len(tiles) == 77
    assert len({(tile.column, tile.row) for tile in tiles.values()}) == 77
    assert len({tile.short for tile in tiles.values()}) == 77
    assert len({tile.short_en for tile in tiles.values()}) == 77


def test_north_is_above_south_and_west_left_of_east() -> None:
    chiang_rai, bangkok, yala, ubon, kanchanaburi = (
        places()[code] for code in ("57", "10", "95", "34", "71")
    )

    assert chiang_rai.row < bangkok.row < yala.row
    assert kanchanaburi.column < bangkok.column < ubon.column


def test_classes_hold_about_as_many_provinces_each() -> None:
    shades = shades_of([Decimal(number) for number in range(1, 78)])

    assert [shade.count for shade in shades] == [16, 15, 16, 15, 15]
    assert (shades[0].least, shades[-1].largest) == (1, 77)


def test_equal_values_are_in_one_class() -> None:
    shades = shades_of([Decimal(5)] * 10)

    assert [(shade.number, shade.count) for shade in shades] == [(1, 10)]


def test_province_without_a_figure_is_in_no_class() -> None:
    drawn = province_map("แผนที่", regions(Decimal(1), None, Decimal(3)))

    assert drawn.unknown == 1
    assert [tile.hue for tile in sorted(drawn.tiles, key=lambda tile: tile.region.code)] == ["k1", "kn", "k3"]


def test_letters_on_the_tiles_are_of_the_readers_language() -> None:
    thai = province_map("แผนที่", regions(Decimal(1)))
    english = province_map("Map", regions(Decimal(1)), english=True)

    assert (thai.tiles[0].label, english.tiles[0].label) == ("กท", "BKK")


def test_borders_are_drawn_where_there_are_any() -> None:
    drawn = province_map("แผนที่", regions(Decimal(1)), outlines=Outlines({"10": "M0 0l1 1z"}, 20, 40))

    assert drawn.template == "components/pictures/outlines.html"
    assert (drawn.tiles[0].path, drawn.width, drawn.height) == ("M0 0l1 1z", 20, 40)
