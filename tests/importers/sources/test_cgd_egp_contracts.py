"""e-GP files in all their shapes: projects once, contracts once, and every trap of the published files."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import ContractRecord, Entry, Head, Note, ProjectRecord, Refusal
from importers.sources import SOURCES

from .egp_files import AS_WRITTEN, BULK, GROUP, WITHOUT_PLACES, extract, row, write

SOURCE = SOURCES["egp_contracts"]


def read(path: Path) -> list[Entry]:
    return list(SOURCE.entries(path))


def of(kind: type[Any], entries: list[Entry]) -> list[Any]:
    return [entry for entry in entries if isinstance(entry, kind)]


def test_row_of_31_columns_is_a_project_and_its_contract(tmp_path: Path) -> None:
    entries = read(write(tmp_path, [row()]))

    assert entries[0] == Head("2564-1", 2021, date(2021, 9, 30))
    project, contract = of(ProjectRecord, entries)[0], of(ContractRecord, entries)[0]
    assert (project.number, project.budget, project.reference_price, project.agreed_price) == (
        "64097000001",
        Decimal("1000"),
        Decimal("990.50"),
        Decimal("900.25"),
    )
    assert (project.method, project.province, project.announced_on) == ("เฉพาะเจาะจง", "นนทบุรี", None)
    assert project.recorded_on == date(2021, 9, 15)
    assert (contract.signed_on, contract.ends_on) == (date(2021, 9, 17), date(2021, 10, 6))
    assert (contract.winner_kind, contract.tax_id, contract.amount) == (
        "numbered",
        "0105559000018",
        Decimal("900.25"),
    )


def test_official_extract_of_15_columns_has_projects_only(tmp_path: Path) -> None:
    entries = read(extract(tmp_path, [row()]))

    assert [type(entry) for entry in entries] == [Head, ProjectRecord]
    assert entries[0] == Head("2564-dga-egp", 2021, date(2021, 9, 30))


def test_money_of_a_project_is_read_once_and_that_of_each_contract(tmp_path: Path) -> None:
    second = row(**{"เลขที่สัญญา": "2/2564", "งบสัญญา(บาท)": "50"})

    entries = read(write(tmp_path, [row(), second]))

    assert [project.budget for project in of(ProjectRecord, entries)] == [Decimal("1000")]
    assert [contract.amount for contract in of(ContractRecord, entries)] == [Decimal("900.25"), Decimal("50")]


def test_rows_that_disagree_about_their_project_are_noted(tmp_path: Path) -> None:
    second = row(**{"เลขที่สัญญา": "2/2564", "งบประมาณ(บาท)": "2000"})

    entries = read(write(tmp_path, [row(), second]))

    assert of(Note, entries) == [Note("project_money_differs", 3, "64097000001")]
    assert len(of(ProjectRecord, entries)) == 1


@pytest.mark.parametrize("swapped", [False, True])
def test_columns_of_the_method_are_told_by_content(tmp_path: Path, swapped: bool) -> None:
    method, group = ("คัดเลือก", GROUP) if not swapped else (GROUP, "คัดเลือก")

    entries = read(write(tmp_path, [row(**{"วิธีจัดซื้อฯ": method, "กลุ่มวิธีจัดซื้อฯ": group})]))

    assert of(ProjectRecord, entries)[0].method == "คัดเลือก"


def test_group_of_methods_alone_leaves_the_method_unknown(tmp_path: Path) -> None:
    alone = {"วิธีจัดซื้อฯ": "", "กลุ่มวิธีจัดซื้อฯ": GROUP}

    entries = read(write(tmp_path, [row(title="ซื้อวัสดุสำนักงาน", **alone)]))

    assert of(ProjectRecord, entries)[0].method == ""


@pytest.mark.parametrize(
    ("title", "method"),
    [
        ("ซื้อวัสดุสำนักงาน โดยวิธีเฉพาะเจาะจง", "เฉพาะเจาะจง"),
        ("ซื้อ LiDAR ด้วยวิธีสำรวจ ด้วยวิธีประกวดราคาอิเล็กทรอนิกส์ (e-bidding)", "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)"),
        ("จ้างสำรวจโดยวิธีบินถ่ายภาพ", ""),
    ],
)
def test_method_at_the_end_of_a_title_is_read_where_no_column_gives_one(
    tmp_path: Path, title: str, method: str
) -> None:
    entries = read(write(tmp_path, [row(title=title, **{"วิธีจัดซื้อฯ": "", "กลุ่มวิธีจัดซื้อฯ": GROUP})]))

    assert of(ProjectRecord, entries)[0].method == of(ContractRecord, entries)[0].method == method
    assert len(of(Note, entries)) == bool(method)


@pytest.mark.parametrize("header", [BULK, WITHOUT_PLACES], ids=["31 names", "26 names"])
def test_28_cells_under_a_wrong_header_are_read_as_they_stand(
    tmp_path: Path, header: tuple[str, ...]
) -> None:
    path = write(tmp_path, [row()] * 1, columns=AS_WRITTEN, header=header, name="2568-egp-contract-2.csv")

    entries = read(path)

    contract = of(ContractRecord, entries)[0]
    assert (contract.tax_id, contract.amount, contract.status) == (
        "0105559000018",
        Decimal("900.25"),
        "สิ้นสุดสัญญา",
    )
    assert of(ProjectRecord, entries)[0].district == "ปากเกร็ด"
    assert (len(header), len(AS_WRITTEN)) in ((31, 28), (26, 28))


def test_row_of_another_length_than_the_rest_is_refused_without_its_words(tmp_path: Path) -> None:
    path = write(tmp_path, [row(number=f"6409700000{n}") for n in range(5)], columns=AS_WRITTEN, header=BULK)
    with path.open("a", encoding="utf-8") as file:
        file.write("9,64097000009,ซื้อของ นายสมมุติ ทดสอบ,ซื้อ\r\n")

    entries = read(path)

    assert of(Refusal, entries) == [Refusal(7, "", "", "The row has 4 cells, but the header has 28.")]


def test_header_that_fits_no_known_length_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, [row()], columns=AS_WRITTEN[:20], header=BULK)

    with pytest.raises(FileError, match="20 cells under a header of 31 names"):
        read(path)


def test_lengths_that_are_equally_frequent_decide_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, [row()], columns=AS_WRITTEN, header=BULK)
    with path.open("a", encoding="utf-8") as file:
        file.write("x" + "," * 30 + "\r\n")

    with pytest.raises(FileError, match="nobody can say which is which"):
        read(path)


def test_shifted_row_is_refused_without_its_words(tmp_path: Path) -> None:
    shifted = row(tax_id="นายสมมุติ ทดสอบ", winner="1/2564")

    entries = read(write(tmp_path, [row(), shifted]))

    refusal = of(Refusal, entries)[0]
    assert (refusal.line, refusal.column, refusal.value) == (3, "เลขนิติบุคคล", "")


def test_cell_of_money_that_names_a_person_is_refused_without_the_name(tmp_path: Path) -> None:
    entries = read(write(tmp_path, [row(), row(**{"งบสัญญา(บาท)": "นายสมมุติ ทดสอบ"})]))

    assert [(refusal.column, refusal.value) for refusal in of(Refusal, entries)] == [("งบสัญญา(บาท)", "")]


def test_destroyed_tax_id_is_kept_apart_and_refuses_no_row(tmp_path: Path) -> None:
    entries = read(write(tmp_path, [row(tax_id="1.05559E+11")]))

    contract = of(ContractRecord, entries)[0]
    assert (contract.winner_kind, contract.tax_id, contract.supplier) == (
        "unnumbered",
        "",
        "บริษัท ตัวอย่าง จำกัด",
    )
    assert of(Note, entries) == [Note("unusable_tax_id", 2, "1.05559E+11")]


def test_masked_person_is_counted_and_not_named(tmp_path: Path) -> None:
    entries = read(
        write(
            tmp_path,
            [row(tax_id="3619900xxxxxx", winner="นายสมมุติ ทดสอบ", title="จ้างเหมา สมมุติ ทดสอบ ทำความสะอาด")],
        )
    )

    contract = of(ContractRecord, entries)[0]
    assert (contract.winner_kind, contract.tax_id, contract.supplier) == ("person", "", "")
    assert "สมมุติ" not in repr(entries)


def test_two_persons_under_one_contract_number_are_two_contracts(tmp_path: Path) -> None:
    first = row(tax_id="3619900xxxxxx", winner="นายสมมุติ ทดสอบ")
    second = row(tax_id="3619900xxxxxx", winner="นายสมมัย ทดสอบ")

    entries = read(write(tmp_path, [first, second, first]))

    assert len(of(ContractRecord, entries)) == 2
    assert [refusal.line for refusal in of(Refusal, entries)] == [4]
    assert "stood in line 2 of the file before" in of(Refusal, entries)[0].reason


def test_province_that_is_not_specified_is_none(tmp_path: Path) -> None:
    entries = read(write(tmp_path, [row(**{"จังหวัด": "ไม่ระบุ"})]))

    assert of(ProjectRecord, entries)[0].province == ""


@pytest.mark.parametrize(
    ("published", "read_as"),
    [("ไม่ระบุ", ""), ("-", ""), ("", ""), ("ปากเกร็ด", "ปากเกร็ด"), ("เมืองสุราษฎร์ธาน",) * 2],
)
def test_district_stands_as_published_or_is_none(tmp_path: Path, published: str, read_as: str) -> None:
    entries = read(write(tmp_path, [row(**{"เขต/อำเภอ": published})]))

    assert of(ProjectRecord, entries)[0].district == read_as
    assert [record.district for record in of(ContractRecord, entries)] == [read_as]


def test_unknown_province_is_refused_with_its_line_and_value(tmp_path: Path) -> None:
    entries = read(write(tmp_path, [row(), row(**{"จังหวัด": "เชียงใหม"})]))

    assert [(r.line, r.column, r.value) for r in of(Refusal, entries)] == [(3, "จังหวัด", "เชียงใหม")]


def test_agreed_price_above_the_budget_is_read_and_noted(tmp_path: Path) -> None:
    entries = read(write(tmp_path, [row(**{"ราคาตกลงซื้อ/จ้าง": "5000"})]))

    assert of(ProjectRecord, entries)[0].agreed_price == Decimal("5000")
    assert [note.kind for note in of(Note, entries)] == ["agreed_above_budget"]


def test_file_with_several_years_makes_a_part_of_each(tmp_path: Path) -> None:
    rows = [row(), row(number="65097000001", **{"ปีงบประมาณ": "2565"}), row(number="64097000002")]

    entries = read(write(tmp_path, rows, name="drones.csv"))

    assert [head.part for head in of(Head, entries)] == ["2564-drones", "2565-drones", "2564-drones"]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("cgd-contract-2564.csv", "2564"),
        ("2564-cgd-contract-02.csv", "2564-2"),
        ("0123456789abcdef-2564-cgd-contract-2.csv", "2564-2"),
        ("ของฉัน (1).csv", "2564-ของฉัน-1"),
    ],
)
def test_part_is_named_by_year_and_piece(tmp_path: Path, name: str, part: str) -> None:
    assert of(Head, read(write(tmp_path, [row()], name=name)))[0].part == part


def test_columns_of_another_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="not the published ones"):
        read(write(tmp_path, [row()], columns=("ชื่อ", "จำนวน")))


def test_file_of_which_no_row_can_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="No row of this file can be read"):
        read(write(tmp_path, [row(number="x")]))


def sums(entries: list[Entry]) -> dict[str, Decimal]:
    projects = of(ProjectRecord, entries)
    amounts = [contract.amount for contract in of(ContractRecord, entries)]
    return {
        "budget": sum((project.budget for project in projects), Decimal(0)),
        "reference": sum((project.reference_price or Decimal(0) for project in projects), Decimal(0)),
        "agreed": sum((project.agreed_price for project in projects), Decimal(0)),
        "contracts": sum((amount for amount in amounts if amount is not None), Decimal(0)),
    }


def test_official_extract_comes_to_its_sums_to_the_satang(shared_data: Path) -> None:
    entries = read(shared_data / "procurement" / "dga-egp-contract-2568-250.csv")

    assert len(of(ProjectRecord, entries)) == 250
    assert sums(entries) == {
        "budget": Decimal("454538.83"),
        "reference": Decimal("389733.83"),
        "agreed": Decimal("369998.54"),
        "contracts": Decimal("0"),
    }


def test_drone_file_comes_to_its_sum_and_names_nobody(shared_data: Path) -> None:
    entries = read(shared_data / "procurement" / "egp_drone_projects_2565-2568.redacted.csv")

    assert sums(entries)["agreed"] == Decimal("8188062267.55")
    assert sums(entries)["contracts"] == Decimal("8174673697.55")
    assert Counter(contract.winner_kind for contract in of(ContractRecord, entries)) == {
        "unnumbered": 1323,
        "person": 878,
        "numbered": 497,
    }
    assert of(Refusal, entries) == []
    assert "บุคคลธรรมดา" not in repr(entries)


def test_company_file_reads_both_shapes_of_dates_and_methods(shared_data: Path) -> None:
    entries = read(shared_data / "procurement" / "egp_ics_company_contracts.csv")

    contracts = of(ContractRecord, entries)
    assert [contract.tax_id for contract in contracts] == ["", "", "", "", "0305560001659"]
    assert contracts[0].signed_on == date(2021, 9, 15)
    assert contracts[4].signed_on == date(2025, 1, 17)
    assert {project.method for project in of(ProjectRecord, entries)} == {
        "เฉพาะเจาะจง",
        "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)",
    }
