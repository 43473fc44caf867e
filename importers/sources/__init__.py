"""The register of sources: one line each."""

from .act_local_budgets import ActLocalBudgets
from .base import Expect, Source
from .bb_budget_book import BudgetBook
from .bb_budget_pdf import BudgetBookPdf
from .cgd_egp_contracts import EgpContracts
from .cgd_weekly_disbursement import CgdWeeklyDisbursement
from .egp_departments import EgpDepartments
from .fiscal_packages import FiscalPackages
from .geography_areas import GeographyAreas
from .govspending_budget_disbursement import GovspendingBudgetDisbursement
from .govspending_cgdcontract import GovspendingContracts
from .lamphun_pao_budgets import LamphunPaoBudgets
from .mof_interior_monthly import MofInteriorMonthly
from .mof_ministry_history import MofMinistryHistory
from .ocds_packages import OcdsPackages
from .pbo_history import PboHistory
from .reference_series import ReferenceSeries
from .world_bank_indicators import WorldBankIndicators

SOURCES: dict[str, Source] = {
    "budget_book": BudgetBook(),
    "budget_book_pdf": BudgetBookPdf(),
    "cgd_weekly": CgdWeeklyDisbursement(),
    "bbgfproject": GovspendingBudgetDisbursement(),
    "mof_history": MofMinistryHistory(),
    "mof_monthly": MofInteriorMonthly(),
    "pbo_history": PboHistory(),
    "egp_contracts": EgpContracts(),
    "cgdcontract": GovspendingContracts(),
    "egp_departments": EgpDepartments(),
    "areas": GeographyAreas(),
    "act_local_budgets": ActLocalBudgets(),
    "lamphun_pao_budgets": LamphunPaoBudgets(),
    "ocds": OcdsPackages(),
    "fiscal_packages": FiscalPackages(),
    "reference_series": ReferenceSeries(),
    "world_bank_indicators": WorldBankIndicators(),
}

__all__ = ["SOURCES", "Expect", "Source"]
