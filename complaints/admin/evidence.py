"""Files of evidence on the workbench: their cleaned copies, their pages, what is blacked out in them."""

from __future__ import annotations

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .. import examining, troubles
from ..blackening import can_be_drawn
from ..handling import NotPossible
from ..models import Attachment, Complaint
from ..sealing import SealError
from . import blackening, taking_out
from .rights import RoleAdmin


class EvidencePages(RoleAdmin):
    """What staff do with the files of a case; the original is never among it."""

    def case_for(self, request: HttpRequest, pk: int) -> Complaint:
        """The case, for whoever may open it. Raises Http404 for anybody else."""
        raise NotImplementedError  # the pages of cases know who may open one

    def file_urls(self) -> list[URLPattern]:
        """A file of evidence, its black boxes, a copy that has them, a page as a picture."""
        site, stem, name = (
            self.admin_site.admin_view,
            "<int:pk>/files/<int:position>/",
            "complaints_complaint",
        )
        return [
            path(stem, site(self.file), name=f"{name}_file"),
            path(f"{stem}black/", site(self.black), name=f"{name}_black"),
            path(f"{stem}<int:version>/", site(self.blackened), name=f"{name}_blackened"),
            path(f"{stem}<int:version>/pages/<int:number>/", site(self.page), name=f"{name}_page"),
        ]

    def file(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """The cleaned copy of a file, never the original: once it is said what for, which is written down."""
        case, file = self._file(request, pk, position)
        context = self.admin_site.each_context(request)
        return taking_out.one_file(
            request, case, lambda: examining.read(file, "cleaned"), context,
            kind=file.kind, name=f"{case.reference}-{position}", what="file", position=position,
        )  # fmt: skip

    def black(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """The black boxes of a file: marked, looked at, confirmed, taken back."""
        case, file = self._drawn(request, pk, position)
        try:
            return blackening.page(request, case, file, self.admin_site.each_context(request))
        except (SealError, NotPossible) as error:
            return taking_out.refused(error)

    def blackened(self, request: HttpRequest, pk: int, position: int, version: int) -> HttpResponse:
        """A copy with black boxes, as a body would get it."""
        case, file = self._drawn(request, pk, position)
        black = blackening.version_of(file, version)
        if black is None:
            raise Http404
        return taking_out.one_file(
            request, case, lambda: examining.opened(black.copy), self.admin_site.each_context(request),
            kind=file.kind, name=f"{case.reference}-{position}-{version}",
            what="file", position=position, version=version,
        )  # fmt: skip

    def page(self, request: HttpRequest, pk: int, position: int, version: int, number: int) -> HttpResponse:
        """A page of a file as a picture, to mark it or to look at what was marked."""
        _case, file = self._drawn(request, pk, position)
        try:
            return blackening.picture(request, file, version, number)
        except (SealError, NotPossible) as error:
            return taking_out.refused(error)

    @admin.display(description=_("Files"))
    def files(self, case: Complaint) -> SafeString | str:
        """What was attached; the cleaned copies can be taken."""
        files = list(case.attachments.prefetch_related("blackenings"))
        if not files:
            return "–"
        rows = (
            (
                self._name(case, f),
                filesizeformat(f.size),
                f.get_state_display(),
                _trouble(f),
                self._black(case, f),
            )
            for f in files
        )
        return format_html_join("", "<p>{} · {} · {} {} {}</p>", rows)

    def _black(self, case: Complaint, file: Attachment) -> SafeString | str:
        if not can_be_drawn(file):
            return ""
        address = reverse("admin:complaints_complaint_black", args=[case.pk, file.position])
        says = _("Parts are black for the body") if file.blackening else _("Black out parts")
        return format_html('· <a href="{}">{}</a>', address, says)

    def _name(self, case: Complaint, file: Attachment) -> SafeString | str:
        name = f"{file.position}. {file.kind}"
        if not file.cleaned:
            return name
        address = reverse("admin:complaints_complaint_file", args=[case.pk, file.position])
        return format_html('<a href="{}">{}</a>', address, name)

    def _file(self, request: HttpRequest, pk: int, position: int) -> tuple[Complaint, Attachment]:
        """The case and a file of it that has a copy, for whoever may open them. Raises Http404."""
        case = self.case_for(request, pk)
        file = Attachment.objects.filter(complaint=case, position=position).exclude(cleaned="").first()
        if file is None:
            raise Http404
        return case, file

    def _drawn(self, request: HttpRequest, pk: int, position: int) -> tuple[Complaint, Attachment]:
        """The same of a file that can be drawn as pictures."""
        case, file = self._file(request, pk, position)
        if not can_be_drawn(file):
            raise Http404
        return case, file


def _trouble(file: Attachment) -> str:
    """What went wrong with a file; that no scanner runs is what its state says."""
    return troubles.told(file.trouble.replace(examining.NO_SCANNER, "").strip())
