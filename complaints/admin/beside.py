"""Cases that may be about the same matter: found, put side by side, joined and parted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import clocks, duplicates, roles, triage, troubles
from ..forms import MATTER
from ..handling import NotPossible
from ..models import Complaint
from ..sealing import SealError
from .evidence import EvidencePages
from .rights import said_moment, words
from .said import labelled

BESIDE = "_beside"
"""The button that puts the case of a typed number beside this one, in a further tab."""
FIELDS = (
    "received_at", "state", "outcome", "suspicion", "level", "identity", "desk", "agency_code", "about",
    "priority", "assigned_to",
)  # fmt: skip
"""What stands in the clear, in the order in which it is compared."""
LATER = ("messages", "notes", "next action", "kept back")
"""What came after the filing tells nothing of whether two citizens speak of the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field of both cases."""

    name: Any
    left: str
    right: str

    @property
    def is_same(self) -> bool:
        """Whether both say the same, letter by letter."""
        return self.left == self.right


class SidePages(EvidencePages):
    """Two cases beside each other, and how the page of a case leads there."""

    def side_urls(self) -> list[URLPattern]:
        """Two cases side by side."""
        view = self.admin_site.admin_view(self.beside)
        return [path("<int:pk>/beside/<int:other>/", view, name="complaints_complaint_beside")]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Where the button was pressed, the way to the other case beside this one; nothing is done."""
        may = roles.has(request.user, roles.MAY_READ)
        if may and request.method == "POST" and BESIDE in request.POST:
            number = request.POST.get("joined_with", "").strip()
            known = self.get_queryset(request)
            other = known.filter(reference=number).exclude(pk=object_id).first()
            if object_id.isdecimal() and known.filter(pk=object_id).exists() and other is not None:
                return HttpResponseRedirect(_address(int(object_id), other.pk))
            messages.error(request, gettext("There is no case of that number."))
            return HttpResponseRedirect(request.get_full_path())
        return super().change_view(request, object_id, form_url, extra_context)

    def beside(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        """Both cases with the same fields beside each other; joined or parted here."""
        if pk == other:
            raise Http404
        left, right = self.case_for(request, pk), self.case_for(request, other)
        if request.method == "POST":
            self._join(request, left, right)
            return HttpResponseRedirect(_address(pk, other))
        try:
            rows = compared(left, right, request.user.get_username())
        except SealError as error:
            return HttpResponse(
                troubles.told(str(error)), status=409, content_type="text/plain; charset=utf-8"
            )
        context = self.admin_site.each_context(request) | {
            "title": gettext("Cases %(left)s and %(right)s side by side")
            % {"left": left.reference, "right": right.reference},
            "left": left, "right": right, "rows": rows,
            "followed": _followed(left, right), "may_act": roles.has(request.user, roles.MAY_ACT),
        }  # fmt: skip
        return TemplateResponse(request, "admin/complaints/beside.html", context)

    def _join(self, request: HttpRequest, left: Complaint, right: Complaint) -> None:
        actor, act = request.user.get_username(), request.POST.get("act", "")
        main, case = (left, right) if request.POST.get("followed") == left.reference else (right, left)
        try:
            if act == "part":
                duplicates.part(left if left.duplicate_of_id == right.pk else right, actor)
            elif act in ("link", "merge"):
                (duplicates.merge if act == "merge" else duplicates.link)(case, main, actor)
            else:
                raise NotPossible(gettext("Choose what to do with the two cases."))
            messages.success(request, gettext("Done."))
        except NotPossible as error:
            messages.error(request, str(error))
        for one in Complaint.objects.filter(pk__in=[left.pk, right.pk]):
            clocks.wind(one)

    @admin.display(description=_("Side by side"))
    def beside_it(self, case: Complaint) -> SafeString:
        """The button beside the number of the other case."""
        return format_html(
            '<button type="submit" class="button" name="{}" value="1" formnovalidate formtarget="_blank">{}'
            "</button>", BESIDE, _("Put it beside this case, in a new tab"),
        )  # fmt: skip

    @admin.display(description=_("Cases on the same matter or the same page"))
    def same_matter(self, case: Complaint) -> SafeString | str:
        """The case it is joined with, those joined with it, and candidates."""
        reader = getattr(case, "reader", None)
        if reader is None:
            return "–"
        followed, others = duplicates.joined(case, reader)
        rows = [(other, _("followed there")) for other in followed]
        rows += [(other, _("joined with this one")) for other in others]
        known = {other.pk for other, _how in rows}
        rows += [
            (other, _("same page")) for other in duplicates.similar(case, reader) if other.pk not in known
        ]
        return format_html_join("", '<p><a href="{}">{}</a> {} · {} · <a href="{}">{}</a></p>', ((
            reverse("admin:complaints_complaint_change", args=[other.pk]), other.reference,
            other.get_state_display(), how, _address(case.pk, other.pk), _("Side by side"))
            for other, how in rows)) or "–"  # fmt: skip


def compared(left: Complaint, right: Complaint, actor: str) -> list[Row]:
    """The fields of both cases in one order, those that neither has left out. What was sealed is opened, of
    each case, and that is written down. Raises SealError.
    """
    clear = [Row(_name(field), _clear(left, field), _clear(right, field)) for field in FIELDS]
    opened = [_opened(case, actor) for case in (left, right)]
    names = list(dict.fromkeys([*opened[0], *opened[1]]))
    sealed = [Row(name, opened[0].get(name, "–"), opened[1].get(name, "–")) for name in names]
    files = Row(_("Files"), *("\n".join(_files(case)) or "–" for case in (left, right)))
    return [row for row in (*clear, *sealed, files) if (row.left, row.right) != ("–", "–")]


def _opened(case: Complaint, actor: str) -> dict[Any, str]:
    read = triage.read(case, actor)
    order = [*MATTER, *(name for name in read if name not in MATTER)]
    said = {name: read[name] for name in order if name in read and name not in LATER}
    return {name: words(value) for name, value in labelled(said).items()}


def _clear(case: Complaint, field: str) -> str:
    if field == "received_at":
        return said_moment(case.received_at)
    if field == "desk":
        return case.desk.spoken_name
    shown = getattr(case, f"get_{field}_display", None)
    value = shown() if shown else getattr(case, field)
    return str(value) if value else "–"


def _name(field: str) -> Any:
    return getattr(Complaint._meta.get_field(field), "verbose_name", field)


def _files(case: Complaint) -> Iterator[str]:
    for file in case.attachments.all():
        yield f"{file.position}. {file.kind} · SHA-256 {file.sha256[:16]}…"


def _followed(left: Complaint, right: Complaint) -> Complaint | None:
    if left.duplicate_of_id == right.pk:
        return right
    return left if right.duplicate_of_id == left.pk else None


def _address(pk: int, other: int) -> str:
    return reverse("admin:complaints_complaint_beside", args=[pk, other])
