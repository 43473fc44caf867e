"""The published facts: who, what for, how much, and from which file."""

from .allocation import Allocation, AllocationTotal, Commitment
from .areas import Area
from .classification import Activity, Category, Plan
from .crosswalk import BodyMatch, Department, ListedBody, MovedFact
from .disbursement import Disbursement, ProjectDisbursement, ReferenceTotal
from .editions import Edition, SourceFile
from .elsewhere import OpenContract, OpenProcess, PackageFigure
from .flags import BasisReading, Dismissal, Flag, FlagRun
from .line_matches import CandidateRun, LineCandidate
from .local import LocalBudget
from .outlines import ProvinceOutline
from .places import Agency, AgencyName, Province
from .procurement import Buyer, Contract, Project, Supplier, SupplierName, WinnerKind
from .procurement_totals import (
    CONTRACT_TOTALS,
    PROJECT_TOTALS,
    BuyerTotal,
    ContractBuyerTotal,
    ContractPlaceTotal,
    ContractTotal,
    ContractWayTotal,
    ContractYearTotal,
    ProjectBuyerTotal,
    ProjectPlaceTotal,
    ProjectTotal,
    ProjectYearTotal,
    SupplierCount,
    SupplierTotal,
    smallest,
)
from .request_counts import RequestCount
from .search import KnownWord
from .series import ReferenceValue
from .successions import Succession

__all__ = [
    "CONTRACT_TOTALS",
    "PROJECT_TOTALS",
    "Activity",
    "Agency",
    "AgencyName",
    "Allocation",
    "AllocationTotal",
    "Area",
    "BasisReading",
    "BodyMatch",
    "Buyer",
    "BuyerTotal",
    "CandidateRun",
    "Category",
    "Commitment",
    "Contract",
    "ContractBuyerTotal",
    "ContractPlaceTotal",
    "ContractTotal",
    "ContractWayTotal",
    "ContractYearTotal",
    "Department",
    "Disbursement",
    "Dismissal",
    "Edition",
    "Flag",
    "FlagRun",
    "KnownWord",
    "LineCandidate",
    "ListedBody",
    "LocalBudget",
    "MovedFact",
    "OpenContract",
    "OpenProcess",
    "PackageFigure",
    "Plan",
    "Project",
    "ProjectBuyerTotal",
    "ProjectDisbursement",
    "ProjectPlaceTotal",
    "ProjectTotal",
    "ProjectYearTotal",
    "Province",
    "ProvinceOutline",
    "ReferenceTotal",
    "ReferenceValue",
    "RequestCount",
    "SourceFile",
    "Succession",
    "Supplier",
    "SupplierCount",
    "SupplierName",
    "SupplierTotal",
    "WinnerKind",
    "smallest",
]
