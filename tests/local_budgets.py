"""Local budgets for tests; each function states only what matters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from importers.loading import load
from importers.models import ImportRun
from importers.records import Entry, Head, LocalBudgetRecord
from importers.sources.local_bodies import pao

from .factories import Given

CODES = {"ลำพูน": "51", "เชียงใหม่": "50"}


def granted(
    line: int = 1, amount: str = "100.00", province: str = "ลำพูน", **changes: Any
) -> LocalBudgetRecord:
    """One line of a provincial administration's budget."""
    values: dict[str, Any] = {
        "line": line,
        "fiscal_year": 2022,
        "body": pao(province),
        "province_code": CODES[province],
        "function": "ด้านการเศรษฐกิจ",
        "plan": "การเกษตร",
        "task": "ส่งเสริมการเกษตร",
        "budget_type": "งบลงทุน",
        "group": "",
        "item": "",
        "description": "",
        "approved": Decimal(amount),
    }
    return LocalBudgetRecord(**(values | changes))


def spent(line: int = 1, amount: str = "100.00", **changes: Any) -> LocalBudgetRecord:
    """A line that says how far it is spent: a tenth is moved in, a tenth out, half of it paid."""
    whole = Decimal(amount)
    values: dict[str, Any] = {
        "fiscal_year": 2025,
        "increased": whole / 10,
        "decreased": whole / 10,
        "committed": whole / 4,
        "disbursed": whole / 2,
        "remaining": whole / 4,
        "description": f"โครงการที่ {line}",
    }
    return granted(line, amount, **(values | changes))


def locally(*entries: Entry, folder: Path, part: str = "2565-51", year: int = 2022) -> ImportRun:
    """Load lines as if a file of local budgets had held them."""
    source = Given([Head(part, year, date(year - 1, 10, 1)), *entries])
    source.dataset = "act_local_budgets"  # type: ignore[misc]
    path = folder / f"{part}.json"
    path.write_text(repr(entries), encoding="utf-8")
    return load(source, path)
