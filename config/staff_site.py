"""The admin site: password and second factor for everybody, and the account's name for the database's log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from complaints import queues, roles

from . import admin_sentences, admission, second_factor

ACT_AS = "SELECT set_config('complaints.actor', %s, false)"
logger = logging.getLogger("config.sign_in")


class SignInForm(AdminAuthenticationForm):
    """Name, password and code in one go. Whatever is wrong, the answer is the same."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        help_text=_("Six digits from your telephone, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Let in whoever has both factors. Attempts are counted before they are looked at."""
        assert self.request is not None
        account = self.cleaned_data.get("username") or ""
        attempt = admission.may_try(self.request, account)
        if not attempt:
            raise ValidationError(gettext("Too many attempts. Wait a few minutes, then try again."))
        try:
            data: dict[str, Any] = super().clean()
            self._look_at_code()
        except ValidationError as error:
            self._tell(account, attempt)
            raise ValidationError(
                gettext("Name, password or code is wrong, or the code was used before. Wait for the next.")
            ) from error
        admission.succeeded(self.request, account)
        return data

    def _look_at_code(self) -> None:
        user: Any = self.get_user()
        code = "".join((self.cleaned_data.get("code") or "").split())
        with transaction.atomic():
            device = second_factor.verified(user, code) if user and code else None
        if device is None:
            self.user_cache = None
            raise ValidationError("no second factor")
        user.otp_device = device

    def _tell(self, account: str, attempt: int) -> None:
        """An alarm for the operator, once per series: of accounts that exist, without who tried."""
        if attempt == admission.FREE and User.objects.filter(username=account).exists():
            logger.warning("%s failed sign-ins in a row for the account %r.", attempt, account)


class ScriptSentences(JavaScriptCatalog):
    """What the scripts of Django's admin say, with ours where its catalogue has no translation."""

    packages = ["django.contrib.admin"]

    def get_catalog(self) -> dict[str, Any]:
        """The sentences by their English."""
        known: dict[str, Any] = super().get_catalog()
        ours = {sentence: gettext(sentence) for sentence in admin_sentences.SCRIPTS}
        return known | {sentence: said for sentence, said in ours.items() if said != sentence}


class StaffSite(AdminSite):
    """The workbench. Nobody gets past its door with a password alone."""

    site_header = _("Workbench")
    site_title = _("Workbench")
    index_title = _("What is waiting")
    login_form = SignInForm
    login_template = "admin/sign_in.html"
    index_template = "admin/waiting.html"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff, verified by a second factor in this session."""
        user: Any = request.user
        return super().has_permission(request) and user.is_verified()

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The door; who has come through is known by their browser later."""
        response: HttpResponse = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == 302 and request.user.is_authenticated:
            admission.make_known(response, request.user.get_username())
        return response

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What waits for whoever looks, with the lists behind it."""
        waiting = queues.waiting_for(request.user)
        has_figures = roles.has(request.user, queues.MAY_SEE_FIGURES)
        more = {"waiting": waiting, "has_figures": has_figures, **(extra_context or {})}
        return super().index(request, more)

    def i18n_javascript(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The sentences of the scripts."""
        answer = ScriptSentences.as_view()(request)
        assert isinstance(answer, HttpResponse)
        return answer

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Each view, with the account's name known to the triggers that write down changes."""
        return super().admin_view(as_actor(view), cacheable)


def as_actor(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, with the account's name set in the database's session while it changes something."""

    @wraps(view)
    def acting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        with connection.cursor() as cursor:
            cursor.execute(ACT_AS, [request.user.get_username()])
        try:
            return view(request, *args, **kwargs)
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute(ACT_AS, [""])

    return acting
