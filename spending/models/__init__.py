"""The published facts: who, what for, how much, and from which file."""

from .allocation import Allocation, AllocationTotal, Commitment
from .areas import Area
from .classification import Activity, Category, Plan
from .crosswalk import BodyMatch, Department, ListedBody
from .disbursement import Disbursement, ProjectDisbursement, ReferenceTotal
from .editions import Edition, SourceFile
from .elsewhere import OpenContract, OpenProcess, PackageFigure
from .flags import Dismissal, Flag, FlagRun
from .line_matches import CandidateRun, LineCandidate
from .local import LocalBudget
from .outlines import ProvinceOutline
from .places import Agency, AgencyName, Province
from .procurement import Buyer, Contract, Project, Supplier, SupplierName, WinnerKind
from .procurement_totals import ContractTotal, ProjectTotal
from .request_counts import RequestCount
from .search import KnownWord

__all__ = [
    "Activity",
    "Agency",
    "AgencyName",
    "Allocation",
    "AllocationTotal",
    "Area",
    "BodyMatch",
    "Buyer",
    "CandidateRun",
    "Category",
    "Commitment",
    "Contract",
    "ContractTotal",
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
    "OpenContract",
    "OpenProcess",
    "PackageFigure",
    "Plan",
    "Project",
    "ProjectDisbursement",
    "ProjectTotal",
    "Province",
    "ProvinceOutline",
    "ReferenceTotal",
    "RequestCount",
    "SourceFile",
    "Supplier",
    "SupplierName",
    "WinnerKind",
]
