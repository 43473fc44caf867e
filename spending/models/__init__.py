"""The published facts: who, what for, how much, and from which file."""

from .allocation import Allocation, AllocationTotal, Commitment
from .classification import Activity, Category, Plan
from .crosswalk import BodyMatch, Department, ListedBody
from .disbursement import Disbursement, ProjectDisbursement, ReferenceTotal
from .editions import Edition, SourceFile
from .line_matches import CandidateRun, LineCandidate
from .places import Agency, AgencyName, Province
from .procurement import Buyer, Contract, Project, Supplier, SupplierName, WinnerKind
from .procurement_totals import ContractTotal, ProjectTotal
from .search import KnownWord

__all__ = [
    "Activity",
    "Agency",
    "AgencyName",
    "Allocation",
    "AllocationTotal",
    "BodyMatch",
    "Buyer",
    "CandidateRun",
    "Category",
    "Commitment",
    "Contract",
    "ContractTotal",
    "Department",
    "Disbursement",
    "Edition",
    "KnownWord",
    "LineCandidate",
    "ListedBody",
    "Plan",
    "Project",
    "ProjectDisbursement",
    "ProjectTotal",
    "Province",
    "ReferenceTotal",
    "SourceFile",
    "Supplier",
    "SupplierName",
    "WinnerKind",
]
