"""Scans of the receipts of letters on the workbench: attached, listed beside the letter, taken out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from .. import roles, slips
from ..handling import NotPossible
from ..models import Dispatch, Handover
from ..uploads import keep_in_memory
from . import taking_out
from .rights import RoleAdmin, day_of


class SlipForm(forms.Form):
    """One file."""

    scan = forms.FileField(
        label=_("Scan or photograph"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=_("PDF, JPEG or PNG, 10 MB at most. What it tells of its maker is taken out of it."),
    )


class SlipPages(RoleAdmin):
    """What staff do with the receipts of letters; a liaison has nothing to do with them."""

    def slip_urls(self) -> list[URLPattern]:
        """Where one is attached, and each of them."""
        site = self.admin_site.admin_view
        return [
            path("<int:pk>/slip/", site(csrf_exempt(self.attach)), name="complaints_dispatch_slip"),
            path("<int:pk>/slips/<int:position>/", site(self.slip), name="complaints_dispatch_one_slip"),
        ]

    def attach(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Attach a scan. Its content never touches a disk in the clear, so it is read before all else."""
        handler = keep_in_memory(request)
        page: Any = csrf_protect(self._attach)
        answer: HttpResponse = page(request, pk, handler)
        return answer

    def _attach(self, request: HttpRequest, pk: int, handler: Any) -> HttpResponse:
        letter = self._letter(request, pk, roles.MAY_ACT)
        sent = letter.dispatch
        back = reverse("admin:complaints_dispatch_change", args=[sent.pk])
        form = SlipForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and handler.is_over:
            form.add_error(None, gettext("A scan has 10 MB at most, and is not empty."))
        if form.is_bound and form.is_valid():
            try:
                slips.attach(letter, form.cleaned_data["scan"].read(), request.user.get_username())
            except NotPossible as error:
                form.add_error("scan", str(error))
            except OSError:
                form.add_error("scan", gettext("It could not be kept just now; try again in a minute."))
            else:
                messages.success(request, gettext("The scan is attached."))
                return HttpResponseRedirect(back)
        title = gettext("Receipt of letter %(number)s") % {"number": letter.letter_number}
        context = self.admin_site.each_context(request) | {"title": title, "sent": sent, "form": form}
        return TemplateResponse(request, "admin/complaints/slip.html", context)

    def slip(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """One scan, once it is said what for."""
        letter = self._letter(request, pk, roles.MAY_READ)
        found = letter.slips.filter(position=position).first()
        if found is None:
            raise Http404
        sent, context = letter.dispatch, self.admin_site.each_context(request)
        return taking_out.one_file(
            request, sent.complaint, lambda: slips.read(found), context,
            kind=found.kind, name=f"{sent.complaint.reference}-receipt-{position}",
            what="receipt", dispatch=str(sent.number), position=position,
        )  # fmt: skip

    @admin.display(description=_("Scans of the receipt"))
    def slips(self, dispatch: Dispatch) -> SafeString | str:
        """What the post or the body confirmed the letter with, and the way to attach more."""
        letter = Handover.objects.filter(dispatch=dispatch).first()
        if letter is None:
            return gettext("First the letter, then the scan of its receipt.")
        lines = format_html_join(
            "",
            '<p><a href="{}">{}. {}</a> · {} · {} · {}, {}<br><code>SHA-256 {}</code></p>',
            (
                (
                    reverse("admin:complaints_dispatch_one_slip", args=[dispatch.pk, slip.position]),
                    slip.position,
                    slip.kind,
                    filesizeformat(slip.size),
                    gettext("scanned, nothing found") if slip.is_scanned else gettext("not scanned"),
                    slip.author,
                    day_of(slip.attached_at),
                    slip.sha256,
                )
                for slip in letter.slips.all()
            ),
        )
        if dispatch.complaint.removed_at is not None or letter.slips.count() >= slips.MOST:
            return lines or "–"
        address = reverse("admin:complaints_dispatch_slip", args=[dispatch.pk])
        return lines + format_html('<p><a href="{}">{}</a></p>', address, _("Attach a scan of the receipt"))

    def _letter(self, request: HttpRequest, pk: int, allowed: frozenset[str]) -> Handover:
        """The letter of a delivery, for whoever may do so. Raises Http404 for anybody else."""
        is_liaison = roles.has(request.user, roles.MAY_TAKE_DELIVERIES)
        sent = self.get_queryset(request).filter(pk=pk).first()
        if is_liaison or not roles.has(request.user, allowed) or sent is None:
            raise Http404
        letter = Handover.objects.select_related("dispatch__complaint").filter(dispatch=sent).first()
        if letter is None:
            raise Http404
        return letter
