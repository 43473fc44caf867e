"""Who stands on either side of a purchase: published names become rows of `Buyer` and `Supplier`.

A department that has exactly the name of one agency of the budget is that agency; any other waits in the
crosswalk for a person. A supplier is its tax id; one without is its name, and the two are never merged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from spending.models import Agency, Buyer, Province, Supplier, SupplierName

from .crosswalk import agencies_by_name, normal_form
from .met import Met
from .records import ContractRecord, ProjectRecord
from .spelling import skeleton

SLASH, SLASH_IN_CODES = "/", "\u2215"  # a slash would end a step of an address


def code_of(name: str) -> str:
    """A name as it stands in addresses."""
    return name.replace(SLASH, SLASH_IN_CODES)


@dataclass
class Parties:
    """Keys of buyers and suppliers met in one load; what is missing is created a batch at a time."""

    buyers: dict[str, int] = field(default_factory=dict)  # by code
    suppliers: dict[str, int] = field(default_factory=dict)  # by code
    spellings: Met = field(default_factory=Met)  # of a supplier's key and a name
    provinces: dict[str, int] = field(default_factory=dict)  # by name

    def learn(self, records: Iterable[object]) -> None:
        """Create the buyers and suppliers that are not known yet, and note new spellings."""
        self.provinces = self.provinces or dict(Province.objects.values_list("name", "pk"))
        purchases = [record for record in records if isinstance(record, ProjectRecord | ContractRecord)]
        contracts = [record for record in purchases if isinstance(record, ContractRecord)]
        self._learn_buyers({code_of(record.buyer): record.buyer for record in purchases})
        self._learn_suppliers([record for record in contracts if record.supplier])

    def buyer(self, name: str) -> int:
        return self.buyers[code_of(name)]

    def supplier(self, record: ContractRecord) -> int | None:
        return self.suppliers[_supplier_code(record)] if record.supplier else None

    def province(self, name: str) -> int | None:
        return self.provinces[name] if name else None

    def _learn_buyers(self, named: dict[str, str]) -> None:
        missing = named.keys() - self.buyers.keys()
        if not missing:
            return
        self.buyers |= dict(Buyer.objects.filter(code__in=missing).values_list("code", "pk"))
        new = [_new_buyer(code, named[code], self._agencies) for code in sorted(missing - self.buyers.keys())]
        self.buyers |= {buyer.code: buyer.pk for buyer in Buyer.objects.bulk_create(new)}

    def _learn_suppliers(self, contracts: list[ContractRecord]) -> None:
        named = {_supplier_code(record): record for record in reversed(contracts)}  # the first spelling stays
        missing = named.keys() - self.suppliers.keys()
        if missing:
            self.suppliers |= dict(Supplier.objects.filter(code__in=missing).values_list("code", "pk"))
            new = [_new_supplier(code, named[code]) for code in sorted(missing - self.suppliers.keys())]
            self.suppliers |= {supplier.code: supplier.pk for supplier in Supplier.objects.bulk_create(new)}
        spelled = {(self.suppliers[_supplier_code(record)], record.supplier) for record in contracts}
        unseen = sorted(one for one in spelled if not self.spellings.again(one))
        SupplierName.objects.bulk_create(
            (SupplierName(supplier_id=pk, name=name) for pk, name in unseen), ignore_conflicts=True
        )

    @cached_property
    def _agencies(self) -> dict[str, Agency]:
        return agencies_by_name()


def _supplier_code(record: ContractRecord) -> str:
    return record.tax_id or code_of(record.supplier)


def _new_buyer(code: str, name: str, agencies: dict[str, Agency]) -> Buyer:
    agency = agencies.get(skeleton(name)) or agencies.get(normal_form(name))
    matched = Buyer.Matched.NAME if agency else Buyer.Matched.NONE
    return Buyer(code=code, name=name, agency=agency, matched=matched)


def _new_supplier(code: str, record: ContractRecord) -> Supplier:
    return Supplier(code=code, tax_id=record.tax_id, name=record.supplier)
