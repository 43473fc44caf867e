"""Scans of the receipts of letters on the workbench: attached, listed beside the letter, taken out, taken
back.
"""

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
from ..models import Dispatch, Handover, Slip
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


class TakeBackForm(forms.Form):
    """Why, in a word: what stands in the log names nobody."""

    ground = forms.ChoiceField(label=_("Why it is taken back"), choices=[("", "—"), *Slip.Ground.choices])


class SlipPages(RoleAdmin):
    """What staff do with the receipts of letters; a liaison has nothing to do with them."""

    def slip_urls(self) -> list[URLPattern]:
        """Where one is attached, each of them, and where it is taken back."""
        site = self.admin_site.admin_view
        return [
            path("<int:pk>/slip/", site(csrf_exempt(self.attach)), name="complaints_dispatch_slip"),
            path("<int:pk>/slips/<int:position>/", site(self.slip), name="complaints_dispatch_one_slip"),
            path(
                "<int:pk>/slips/<int:position>/back/",
                site(self.take_back),
                name="complaints_dispatch_slip_back",
            ),
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
        found = _there(letter, position)
        sent, context = letter.dispatch, self.admin_site.each_context(request)
        return taking_out.one_file(
            request, sent.complaint, lambda: slips.read(found), context,
            kind=found.kind, name=f"{sent.complaint.reference}-receipt-{position}",
            what="receipt", dispatch=str(sent.number), position=position,
        )  # fmt: skip

    def take_back(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """Remove one that was attached by mistake, once it is said why."""
        letter = self._letter(request, pk, roles.MAY_ACT)
        found, sent = _there(letter, position), letter.dispatch
        form = TakeBackForm(request.POST or None)
        if form.is_bound and form.is_valid():
            try:
                slips.take_back(found, Slip.Ground(form.cleaned_data["ground"]), request.user.get_username())
            except NotPossible as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, gettext("The scan is taken back; its file is removed."))
                return HttpResponseRedirect(reverse("admin:complaints_dispatch_change", args=[sent.pk]))
        title = gettext("Take back scan %(position)s of the receipt") % {"position": position}
        context = {"title": title, "sent": sent, "form": form, "slip": found}
        context |= self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/complaints/slip_back.html", context)

    @admin.display(description=_("Scans of the receipt"))
    def slips(self, dispatch: Dispatch) -> SafeString | str:
        """What the post or the body confirmed the letter with, and the way to attach more."""
        letter = Handover.objects.filter(dispatch=dispatch).first()
        if letter is None:
            return gettext("First the letter, then the scan of its receipt.")
        scans = list(letter.slips.all())
        lines = format_html_join("", "<p>{}</p>", ((_line(dispatch.pk, slip),) for slip in scans))
        is_full = sum(slip.taken_back_at is None for slip in scans) >= slips.MOST
        if dispatch.complaint.removed_at is not None or is_full:
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


def _there(letter: Handover, position: int) -> Slip:
    """The scan at a place. Raises Http404 where there is none, or it was taken back."""
    found = letter.slips.there().filter(position=position).first()
    if found is None:
        raise Http404
    return found


def _line(pk: int, slip: Slip) -> SafeString:
    """What one scan is, who attached it and when; of one that was taken back who, when and why."""
    attached = (slip.author, day_of(slip.attached_at), slip.sha256)
    if slip.taken_back_at is not None:
        return format_html(
            "<del>{}. {}</del> · {}, {}<br><code>SHA-256 {}</code><br>{}: {} · {}, {}",
            slip.position, slip.kind, *attached,
            gettext("taken back"), slip.get_ground_display(), slip.taken_back_by, day_of(slip.taken_back_at),
        )  # fmt: skip
    return format_html(
        '<a href="{}">{}. {}</a> · {} · {} · {}, {}<br><code>SHA-256 {}</code><br><a href="{}">{}</a>',
        reverse("admin:complaints_dispatch_one_slip", args=[pk, slip.position]), slip.position, slip.kind,
        filesizeformat(slip.size),
        gettext("scanned, nothing found") if slip.is_scanned else gettext("not scanned"),
        *attached,
        reverse("admin:complaints_dispatch_slip_back", args=[pk, slip.position]),
        gettext("Take back scan %(position)s") % {"position": slip.position},
    )  # fmt: skip
