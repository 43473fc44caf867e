"""The dimensions in words: what a dimension is called, what its slices are, and what a slice without a
name means.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

from .breakdowns import NONE_CODE, Dimension, Row

TITLES: dict[Dimension, Promise] = {
    Dimension.MINISTRY: gettext_lazy("Ministry"),
    Dimension.AGENCY: gettext_lazy("Agency"),
    Dimension.PLAN: gettext_lazy("Plan"),
    Dimension.ACTIVITY: gettext_lazy("Output or project"),
    Dimension.CATEGORY: gettext_lazy("Expenditure category"),
    Dimension.CROSS_CUTTING: gettext_lazy("Integrated plans"),
    Dimension.YEAR: gettext_lazy("Fiscal year"),
    Dimension.PROVINCE: gettext_lazy("Province"),
    Dimension.DISTRICT: gettext_lazy("District"),
    Dimension.STRATEGY: gettext_lazy("National strategy"),
    Dimension.ECONOMIC: gettext_lazy("Recurrent or investment"),
    Dimension.METHOD: gettext_lazy("Method of purchase"),
    Dimension.TYPE: gettext_lazy("Type of purchase"),
    Dimension.BUYER: gettext_lazy("Buying department"),
    Dimension.SUPPLIER: gettext_lazy("Supplier"),
    Dimension.WINNER: gettext_lazy("Kind of winner"),
    Dimension.FUNCTION: gettext_lazy("Field of work"),
    Dimension.TASK: gettext_lazy("Task"),
    Dimension.BUDGET_TYPE: gettext_lazy("Type of expenditure"),
    Dimension.GROUP: gettext_lazy("Group of expenditure"),
    Dimension.RULE: gettext_lazy("Rule"),
    Dimension.PUBLISHER: gettext_lazy("Publisher"),
    Dimension.STATUS: gettext_lazy("State"),
    Dimension.DIRECTION: gettext_lazy("Expenditure or revenue"),
    Dimension.PHASE: gettext_lazy("Phase of the budget"),
    Dimension.OF_PACKAGE: gettext_lazy("Dimension of the package"),
}

SPLIT: dict[Dimension, Promise] = {
    Dimension.MINISTRY: gettext_lazy("By ministry"),
    Dimension.AGENCY: gettext_lazy("By agency"),
    Dimension.PLAN: gettext_lazy("By plan"),
    Dimension.ACTIVITY: gettext_lazy("By output or project"),
    Dimension.CATEGORY: gettext_lazy("By expenditure category"),
    Dimension.CROSS_CUTTING: gettext_lazy("Integrated plans and others"),
    Dimension.YEAR: gettext_lazy("By fiscal year"),
    Dimension.PROVINCE: gettext_lazy("By province"),
    Dimension.DISTRICT: gettext_lazy("By district"),
    Dimension.STRATEGY: gettext_lazy("By national strategy"),
    Dimension.ECONOMIC: gettext_lazy("Recurrent and investment"),
    Dimension.METHOD: gettext_lazy("By method of purchase"),
    Dimension.TYPE: gettext_lazy("By type of purchase"),
    Dimension.BUYER: gettext_lazy("By buying department"),
    Dimension.SUPPLIER: gettext_lazy("By supplier"),
    Dimension.WINNER: gettext_lazy("By kind of winner"),
    Dimension.FUNCTION: gettext_lazy("By field of work"),
    Dimension.TASK: gettext_lazy("By task"),
    Dimension.BUDGET_TYPE: gettext_lazy("By type of expenditure"),
    Dimension.GROUP: gettext_lazy("By group of expenditure"),
    Dimension.RULE: gettext_lazy("By rule"),
    Dimension.PUBLISHER: gettext_lazy("By publisher"),
    Dimension.STATUS: gettext_lazy("By state"),
    Dimension.DIRECTION: gettext_lazy("Expenditure and revenue"),
    Dimension.PHASE: gettext_lazy("By phase of the budget"),
    Dimension.OF_PACKAGE: gettext_lazy("By dimension of the package"),
}

COUNTED: dict[Dimension, Promise] = {
    Dimension.MINISTRY: ngettext_lazy(
        "%(count)s ministry or equal body", "%(count)s ministries and equal bodies", "count"
    ),
    Dimension.AGENCY: ngettext_lazy("%(count)s agency", "%(count)s agencies", "count"),
    Dimension.PLAN: ngettext_lazy("%(count)s plan", "%(count)s plans", "count"),
    Dimension.ACTIVITY: ngettext_lazy(
        "%(count)s output or project", "%(count)s outputs and projects", "count"
    ),
    Dimension.CATEGORY: ngettext_lazy("%(count)s category", "%(count)s categories", "count"),
    Dimension.PROVINCE: ngettext_lazy("%(count)s province", "%(count)s provinces", "count"),
    Dimension.DISTRICT: ngettext_lazy("%(count)s district", "%(count)s districts", "count"),
    Dimension.METHOD: ngettext_lazy("%(count)s method", "%(count)s methods", "count"),
    Dimension.BUYER: ngettext_lazy("%(count)s department", "%(count)s departments", "count"),
    Dimension.SUPPLIER: ngettext_lazy("%(count)s supplier", "%(count)s suppliers", "count"),
    Dimension.FUNCTION: ngettext_lazy("%(count)s field of work", "%(count)s fields of work", "count"),
    Dimension.TASK: ngettext_lazy("%(count)s task", "%(count)s tasks", "count"),
}

WITHOUT: dict[Dimension, Promise] = {
    Dimension.ACTIVITY: gettext_lazy("Personnel (no output or project)"),
    Dimension.CATEGORY: gettext_lazy("Central fund (not split by category)"),
    Dimension.PROVINCE: gettext_lazy("No province published"),
    Dimension.DISTRICT: gettext_lazy("No district published"),
    Dimension.METHOD: gettext_lazy("No method published"),
    Dimension.TYPE: gettext_lazy("No type published"),
    Dimension.SUPPLIER: gettext_lazy("Natural persons (not named), and winners not published"),
    Dimension.AGENCY: gettext_lazy("Departments not yet joined to an agency of the budget"),
}


def title_of(dimension: Dimension) -> str:
    """The dimension's name: "Ministry"."""
    return str(TITLES[dimension])


def split_by(dimension: Dimension) -> str:
    """The title of a sum split by the dimension: "By ministry"."""
    return str(SPLIT[dimension])


def counted(dimension: Dimension, count: int) -> str:
    """A number of slices in words: "26 ministries and equal bodies"."""
    words = COUNTED.get(dimension, ngettext_lazy("%(count)s part", "%(count)s parts", "count"))
    return str(words % {"count": count})


def code_name(dimension: Dimension, code: str) -> str:
    """The words for a code that is no published name: none, yes and no. The last name of a category path."""
    if code == NONE_CODE:
        return str(WITHOUT.get(dimension, gettext_lazy("Not given")))
    if dimension is Dimension.CROSS_CUTTING:
        return (
            gettext("Integrated plans (across ministries)") if code == "yes" else gettext("All other plans")
        )
    if dimension is Dimension.DISTRICT:
        return code.partition("/")[2]
    return code.rsplit("/", 1)[-1] if dimension is Dimension.CATEGORY else code


def row_name(dimension: Dimension, row: Row) -> str:
    """The name of a slice as a Thai page shows it; the rest of a limited breakdown has none of its own."""
    if row.code == NONE_CODE or dimension is Dimension.CROSS_CUTTING:
        return code_name(dimension, row.code)
    return row.name
