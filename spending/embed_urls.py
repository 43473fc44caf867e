"""Figures of pages, alone: `/embed/` and the address of the page."""

from django.urls import path, re_path

from .views import embed

app_name = "embeds"

urlpatterns = [
    re_path(r"^(?P<page>.*?)(?P<figure>[a-z_]+)\.(?P<form>svg|png)$", embed.picture, name="picture"),
    path("", embed.framed, name="front"),
    path("<path:page>", embed.framed, name="framed"),
]
