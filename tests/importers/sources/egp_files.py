"""Files in the shapes of e-GP, made row by row for tests; every name and number in them is made up."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from importers.sources.cgd_egp_contracts import AS_WRITTEN, EXTRACT

ENGLISH = {"จังหวัด": "จังหวัด (Eng)", "เขต/อำเภอ": "เขต/อำเภอ (Eng)", "แขวง/ตำบล": "แขวง/ตำบล (Eng)"}
BULK = tuple(name for column in AS_WRITTEN for name in (column, ENGLISH.get(column)) if name)
WITHOUT_PLACES = tuple(column for column in AS_WRITTEN if column not in ("เขต/อำเภอ", "แขวง/ตำบล"))
GROUP = "วิธีการจัดหา ประกาศเชิญชวนทั่วไป คัดเลือก เฉพาะเจาะจง"
COMPANY_ID = "0105559000018"

ROW = {
    "ลำดับ": "1",
    "รหัสโครงการ": "64097000001",
    "ชื่อโครงการ": "ซื้อวัสดุสำนักงาน โดยวิธีเฉพาะเจาะจง",
    "ชื่อประเภทโครงการ": "ซื้อ",
    "ชื่อหน่วยงาน": "กรมตัวอย่าง",
    "ชื่อหน่วยงานย่อย": "กองกลาง",
    "วิธีจัดซื้อฯ": "เฉพาะเจาะจง",
    "กลุ่มวิธีจัดซื้อฯ": GROUP,
    "วันที่ประกาศ": "-",
    "งบประมาณ(บาท)": "1000",
    "ราคากลาง(บาท)": "990.50",
    "ราคาตกลงซื้อ/จ้าง": "900.25",
    "ปีงบประมาณ": "2564",
    "วันที่เกิดรายการ": "15-ก.ย.-64",
    "จังหวัด": "นนทบุรี",
    "เขต/อำเภอ": "ปากเกร็ด",
    "แขวง/ตำบล": "บางตลาด",
    "สถานะโครงการ": "ระหว่างดำเนินการ",
    "เลขนิติบุคคล": COMPANY_ID,
    "ชื่อผู้ชนะ": "บริษัท ตัวอย่าง จำกัด",
    "เลขที่สัญญา": "1/2564",
    "วันที่ลงนามสัญญา": "17 ก.ย. 64",
    "วันที่สิ้นสุดสัญญา": "6-ต.ค.-64",
    "งบสัญญา(บาท)": "900.25",
    "สถานะสัญญา": "สิ้นสุดสัญญา",
}


def row(**changes: str) -> dict[str, str]:
    """A row by column; the keys of `changes` are the columns' names, `tax_id` and `winner` for short."""
    short = {"tax_id": "เลขนิติบุคคล", "winner": "ชื่อผู้ชนะ", "number": "รหัสโครงการ", "title": "ชื่อโครงการ"}
    return ROW | {short.get(name, name): value for name, value in changes.items()}


def write(
    folder: Path,
    rows: Iterable[dict[str, str]],
    *,
    columns: Sequence[str] = BULK,
    header: Sequence[str] | None = None,
    name: str = "2564-cgd-contract-1.csv",
    encoding: str = "utf-8-sig",
) -> Path:
    """A CSV file whose rows have `columns`, under a header that may say otherwise."""
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns if header is None else header)
        writer.writerows([cells.get(column, "") for column in columns] for cells in rows)
    return path


def extract(folder: Path, rows: Iterable[dict[str, str]]) -> Path:
    """The 15 columns of the official extract."""
    return write(folder, rows, columns=EXTRACT, name="dga-egp.csv", encoding="utf-8")


PROJECT: dict[str, Any] = {
    "project_id": "59126000001",
    "project_name": "จ้างก่อสร้างถนนตัวอย่าง",
    "project_type_name": "จ้างก่อสร้าง",
    "dept_name": "กรมตัวอย่าง",
    "dept_sub_name": "กองช่าง",
    "purchase_method_name": GROUP,
    "purchase_method_group_name": "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)",
    "announce_date": "12-ก.ค.-59",
    "project_money": "13,500,000.00",
    "price_build": "13,400,000.00",
    "sum_price_agree": "13,000,000.50",
    "budget_year": 2560,
    "transaction_date": "5 พ.ค. 60",
    "province": "เชียงราย",
    "district": "เมือง",
    "subdistrict": "เวียง",
    "project_status": "ระหว่างดำเนินการ",
    "project_location": {"lat": "", "lon": ""},
    "geom": "",
    "contract": [
        {
            "winner_tin": COMPANY_ID,
            "winner": "บริษัท ตัวอย่าง จำกัด",
            "contract_no": "7/2560",
            "contract_date": "17 ม.ค. 60",
            "contract_finish_date": "-",
            "price_agree": "13,000,000.50",
            "status": "ระหว่างดำเนินการ",
        }
    ],
}


def envelope(*projects: dict[str, Any]) -> dict[str, Any]:
    """An answer of the former site."""
    return {
        "code": 200,
        "status": "OK",
        "msg": "",
        "time": 1,
        "param_obj": {},
        "result": list(projects),
        "summary": {},
    }


def answer(folder: Path, document: Any, name: str = "page1.json") -> Path:
    """A saved answer."""
    path = folder / name
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path
