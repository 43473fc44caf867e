"""The pages of the facts. Fiscal years stand in addresses in the Buddhist calendar, in both languages."""

from django.urls import path, register_converter

from .addresses import YearConverter
from .views import (
    about,
    agencies,
    agency,
    api_docs,
    budget,
    contract,
    data,
    disbursements,
    flags,
    home,
    line,
    lines,
    local,
    page,
    past_project,
    project,
    province,
    provinces,
    purchases,
    reconciliation,
    search,
    suppliers,
)

register_converter(YearConverter, "year")

app_name = "spending"

urlpatterns = [
    path("", home.home, name="home"),
    path("budget/", budget.newest, name="budget_newest"),
    path("budget/<year:year>/", budget.budget, name="budget"),
    path("budget/<year:year>/lines/", lines.lines, name="lines"),
    path("budget/<year:year>/lines/<str:item_id>/", line.line, name="line"),
    path("budget/<year:year>/pages/<str:volume>/<int:number>/", page.page, name="page"),
    path("budget/<year:year>/pages/<str:volume>/<int:number>.webp", page.picture, name="page_picture"),
    path("budget/<year:year>/projects/", past_project.past_projects, name="past_projects"),
    path("budget/<year:year>/projects/<str:code>/", past_project.one, name="past_project"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<str:code>/", agency.agency, name="agency"),
    path("agencies/<str:code>/reconciliation/", reconciliation.reconciliation, name="reconciliation"),
    path("disbursements/", disbursements.newest, name="disbursements_newest"),
    path("disbursements/<year:year>/", disbursements.disbursements, name="disbursements"),
    path("procurement/", purchases.newest, name="purchases_newest"),
    path("procurement/<year:year>/", purchases.purchases, name="purchases"),
    path("procurement/<year:year>/projects/", purchases.projects, name="projects"),
    path("local/", local.newest, name="local_newest"),
    path("local/<year:year>/", local.local, name="local"),
    path("projects/<str:number>/", project.project, name="project"),
    path("projects/<str:number>/contracts/<str:code>/", contract.contract, name="contract"),
    path("flags/", flags.flags, name="flags"),
    path("flags/<str:code>/", flags.rule, name="flag_rule"),
    path("suppliers/", suppliers.suppliers, name="suppliers"),
    path("suppliers/<str:code>/", suppliers.supplier, name="supplier"),
    path("provinces/", provinces.provinces, name="provinces"),
    path("provinces/<str:code>/", province.province, name="province"),
    path("search/", search.search, name="search"),
    path("data/", data.data, name="data"),
    path("data/editions/<int:pk>/", data.edition, name="edition"),
    path("data/files/<str:sha256>/", data.file, name="file"),
    path("data/sources/", data.sources, name="sources"),
    path("data/dictionary/", data.dictionary, name="dictionary"),
    path("api/v1/docs/", api_docs.docs, name="api_docs"),
    path("api/v1/docs/migration/", api_docs.migration, name="api_migration"),
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
]
