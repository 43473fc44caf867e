"""The columns of areas and of local budgets: the same in CSV, XLSX, JSON lines and the API's rows."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .columns import ORIGIN, YEARS, own, part

PROVINCE = (
    part("province_code", "province.code", _("two-digit code of the province")),
    part("province", "province.name", _("name of the province")),
)

AREA = (
    own("code", _("code of two, four or six digits")),
    own("level", _("province, district or subdistrict")),
    own("name", _("name in Thai")),
    own("name_en", _("name in English")),
    *PROVINCE,
    own("postal_code", _("postal code; empty for provinces")),
    *ORIGIN,
)
LOCAL_BUDGET = (
    *YEARS,
    part("agency_code", "body.code", _("code of the local body")),
    part("agency", "body.name", _("name of the local body")),
    *PROVINCE,
    own("function", _("field of work (ด้าน); empty where the file does not say")),
    own("plan", _("plan (แผนงาน); empty where the file does not say")),
    own("task", _("task (งาน); empty where the file does not say")),
    own("budget_type", _("type of expenditure (งบ); empty where the file does not say")),
    own("group", _("group of expenditure (หมวด); empty where the file does not say")),
    own("item", _("kind of expenditure; empty where the file does not say")),
    own("description", _("what the money is for, as published")),
    own("approved", _("granted in the budget ordinance, in baht")),
    own("increased", _("added by transfers, in baht; empty where the file does not say")),
    own("decreased", _("taken away by transfers, in baht; empty where the file does not say")),
    own("committed", _("bound, not yet paid, in baht; empty where the file does not say")),
    own("disbursed", _("paid out so far, in baht; empty where the file does not say")),
    own("remaining", _("left to spend, in baht; empty where the file does not say")),
    *ORIGIN,
)
