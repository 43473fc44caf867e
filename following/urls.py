"""The addresses of feeds, beside the pages they follow, and of letters by e-mail."""

from django.urls import path

from . import views
from .feeds import ATOM, JSON
from .subjects import Kind

app_name = "following"

urlpatterns = [
    path("search/feed.atom", ATOM[Kind.SEARCH], name="search_atom"),
    path("search/feed.json", JSON[Kind.SEARCH], name="search_json"),
    path("agencies/<str:code>/changes.atom", ATOM[Kind.AGENCY], name="agency_atom"),
    path("agencies/<str:code>/changes.json", JSON[Kind.AGENCY], name="agency_json"),
    path("provinces/<str:code>/changes.atom", ATOM[Kind.PROVINCE], name="province_atom"),
    path("provinces/<str:code>/changes.json", JSON[Kind.PROVINCE], name="province_json"),
    path("suppliers/<str:code>/changes.atom", ATOM[Kind.SUPPLIER], name="supplier_atom"),
    path("suppliers/<str:code>/changes.json", JSON[Kind.SUPPLIER], name="supplier_json"),
    path("follow/", views.ask, name="ask"),
    path("follow/asked/", views.asked, name="asked"),
    path("follow/stop/<str:token>/", views.stop, name="stop"),
    path("follow/<str:token>/", views.one, name="one"),
]
