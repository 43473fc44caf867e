"""Acts on many rows of a list at once: what will happen to which is shown first, then each is done by the
verb of one, and what failed is told with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from .. import exporting
from ..handling import NotPossible
from .bulk_forms import NothingToChoose

MOST = 500  # rows at once
SHOW, DO = "show", "do"
"""Steps behind the choice of an act: its fields were filled; what was shown is confirmed."""
Data = Mapping[str, Any]


def nothing_done(row: Any, data: Data) -> None:
    """For an act that takes out a file and leaves the rows as they are."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act on many rows: who may do it, what is asked before, and what is said and done."""

    name: str
    title: Any
    right: str
    """As the admin names it: `sort` or `change`."""
    told: Callable[[int, Data], str]
    """What will happen to so many rows, in a sentence."""
    do: Callable[[Any, Data], None] = nothing_done
    """Does it to one row, by the verb of one; raises NotPossible."""
    form: type[NothingToChoose] = NothingToChoose
    file: str = ""
    """Kind of the file that is taken out instead."""


@dataclass(frozen=True, slots=True)
class Rows:
    """How the rows of one list are shown before an act, and named behind it."""

    table: str
    """The template of their table."""
    listed: Callable[[Any], Any]
    """What that table needs of them, and in which order."""
    named: Callable[[Any], str] = str
    """What a row is called where it could not be done."""


def asked(page: Any, request: HttpRequest, chosen: Any, act: Act, kind: Rows) -> HttpResponseBase | None:
    """Show what an act will do to which rows; once that is confirmed, do it. None leads back to the list."""
    step = request.POST.get("step", "")
    numbers = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
    # what was shown is done, also to rows that have left the list since; rights are asked anew
    rows = page.get_queryset(request).filter(pk__in=numbers) if step else chosen
    count = rows.count()
    if count > MOST:
        text = gettext("%(count)s were chosen; %(most)s can be done at once. Choose fewer.")
        messages.error(request, text % {"count": count, "most": MOST})
        return None
    listed = list(kind.listed(rows))
    form = act.form(request.POST if step or not act.form.base_fields else None, request.user, listed)
    if not (listed and form.is_bound and form.is_valid()):
        return shown(page, request, act, kind, form, listed)
    data = {**form.cleaned_data, "actor": request.user}
    if step != DO:
        return shown(page, request, act, kind, form, listed, act.told(len(listed), data))
    if gone := len(numbers) - len(listed):
        said = gettext("Of those chosen, %(gone)s are kept from you now.")
        messages.warning(request, said % {"gone": gone})
    if act.file:
        return exporting.answer(rows, request.user, act.file, form.mark)  # type: ignore[attr-defined]
    report(request, kind, *done(listed, act, data))
    return None


def shown(
    page: Any,
    request: HttpRequest,
    act: Act,
    kind: Rows,
    form: Any,
    listed: Sequence[Any],
    sentence: str = "",
) -> HttpResponseBase:
    """The page before an act: its fields to fill, or what will happen; and the rows, by their numbers."""
    context = page.admin_site.each_context(request) | {
        "title": act.title,
        "opts": page.opts,
        "act": act,
        "table": f"admin/complaints/{kind.table}",
        "form": form,
        "rows": listed,
        "sentence": sentence,
        "step": DO if sentence else SHOW,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/complaints/confirm.html", context)


def done(rows: Iterable[Any], act: Act, data: Data) -> tuple[int, Mapping[str, Sequence[Any]]]:
    """Do it to each. How many were done, and the others by the reason why not."""
    count, failed = 0, dict[str, list[Any]]()
    for row in rows:
        try:
            act.do(row, data)
            count += 1
        except NotPossible as error:
            failed.setdefault(str(error), []).append(row)
    return count, failed


def report(request: HttpRequest, kind: Rows, count: int, failed: Mapping[str, Sequence[Any]]) -> None:
    """Say how many were done, and of each other one why not."""
    if count:
        messages.success(request, gettext("%(n)s done.") % {"n": count})
    for reason, rows in failed.items():
        names = ", ".join(kind.named(row) for row in rows)
        values = {"n": len(rows), "names": names, "reason": reason}
        messages.warning(request, gettext("%(n)s not done (%(reason)s): %(names)s") % values)


def action(act: Act, kind: Rows) -> Any:
    """An act as the admin's list of acts takes it."""

    @admin.action(description=act.title, permissions=[act.right])
    def chosen_act(page: Any, request: HttpRequest, chosen: Any) -> HttpResponseBase | None:
        return asked(page, request, chosen, act, kind)

    chosen_act.__name__ = act.name
    return chosen_act
