"""The workbench speaks Thai to Thai staff: each name, label, heading and choice of the admin's register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import translation

REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
ROOMS = ("spending", "importers", "complaints")
TERMS = {
    # names of formats, methods and programs, written alike in every language
    "SHA", "CSV", "XLSX", "ZIP", "PDF", "ID", "OpenPGP", "SFTP", "Ed25519", "ssh", "keyscan", "GP", "URL",
    # numbers in a published guide
    "R010", "R011", "R031", "R040",
    # codes that stand in columns and files word for word
    "INSERT", "UPDATE", "DELETE", "reporter", "system",
}  # fmt: skip
"""Words in Latin letters that may stand in a Thai label."""
FREE = ("django.contrib.", "django_otp.")
"""Rooms of others: their words are theirs."""


def english(text: Any) -> list[str]:
    """The words of a label that are English."""
    return [word for word in re.findall(r"[A-Za-z][A-Za-z0-9]+", str(text)) if word not in TERMS]


def said_of(page: admin.ModelAdmin, request: HttpRequest) -> Iterator[Any]:
    """Everything that the pages of one table say by themselves."""
    options = page.model._meta
    yield from (options.verbose_name, options.verbose_name_plural)
    for field in options.concrete_fields:
        if field.name not in ("id", "password"):
            yield from (field.verbose_name, field.help_text)
        yield from (label for _value, label in field.flatchoices or ())
    yield from (label_for_field(name, options.model, page) for name in page.list_display)
    yield from (heading for heading, _parts in page.fieldsets or ())
    yield from (inline.verbose_name_plural for inline in page.inlines)
    yield from (what for _act, _name, what in page.get_actions(request).values())
    for name in page.readonly_fields:
        yield label_for_field(name, options.model, page)


def asked_by(form: Any) -> Iterator[Any]:
    """Everything that a form asks, without the values of rows."""
    for field in form.base_fields.values():
        yield from (field.label, field.help_text)
        if hasattr(field, "choices") and not hasattr(field, "queryset"):
            yield from (label for value, label in field.choices if value != label)


@pytest.mark.parametrize("room", ROOMS)
def test_room_has_a_name_in_thai(room: str) -> None:
    with translation.override("th"):
        assert not english(apps.get_app_config(room).verbose_name)


@pytest.mark.django_db
@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_table_says_nothing_in_english(model: Any, rf: Any) -> None:
    page = admin.site._registry[model]
    request = rf.get("/admin/")
    request.user = AnonymousUser()

    with translation.override("th"):
        said = [str(text) for text in (*said_of(page, request), *asked_by(page.form)) if text]

    assert {text: english(text) for text in said if english(text)} == {}


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_each_field_of_a_table_has_a_label_of_its_own(model: Any) -> None:
    """A name made of the column's name is no label: `next_attempt_at` is code."""
    if model._meta.app_label not in ROOMS:
        return
    with translation.override("en"):
        made = [
            field.name
            for field in model._meta.concrete_fields
            if field.name != "id" and isinstance(field.verbose_name, str)
        ]

    assert made == []
