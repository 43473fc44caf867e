"""The published facts: who, what for, how much, and from which file."""

from .allocation import Allocation, AllocationTotal, Commitment
from .classification import Activity, Category, Plan
from .disbursement import Disbursement, ProjectDisbursement, ReferenceTotal
from .editions import Edition, SourceFile
from .places import Agency, AgencyName, Province
from .search import KnownWord

__all__ = [
    "Activity",
    "Agency",
    "AgencyName",
    "Allocation",
    "AllocationTotal",
    "Category",
    "Commitment",
    "Disbursement",
    "Edition",
    "KnownWord",
    "Plan",
    "ProjectDisbursement",
    "Province",
    "ReferenceTotal",
    "SourceFile",
]
