"""Accounts of staff: made by system administrators, who see no content and cannot raise themselves."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import second_factor

for shown_elsewhere in (TOTPDevice, StaticDevice, Group, User):
    admin.site.unregister(shown_elsewhere)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts and their roles. Nobody changes their own; every change is written down by the database."""

    list_display = ("username", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")
    actions = None
    filter_horizontal = ("groups",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("What the account may do"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Times"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2", "is_staff", "groups")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """System administrators, but not themselves."""
        allowed: bool = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.pk != request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are closed, never deleted: the log names them."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Besides the usual pages: a new second factor."""
        view = self.admin_site.admin_view(self.second_factor)
        return [path("<int:pk>/second-factor/", view, name="auth_user_second_factor"), *super().get_urls()]

    def second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether to give a new second factor; once asked to, show it, this once."""
        account = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        factor = second_factor.give(account) if request.method == "POST" else None
        picture = (
            segno.make(factor.address).svg_inline(omitsize=True, svgclass="qr", lineclass=None)
            if factor
            else ""
        )
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Second factor of %(account)s") % {"account": account.get_username()},
            "factor": factor,
            "picture": picture,
        }
        response = TemplateResponse(request, "admin/second_factor.html", context)
        response["Cache-Control"] = "no-store, private"
        return response
