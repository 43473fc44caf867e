"""The data that staff keep: desks, rules of competence, limits of time, holidays, and where staff belong."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from .. import roles
from ..forms import provinces
from ..models import Clock, CompetenceRule, Desk, Holiday, Member, RegionalOffice, Tag
from .rights import RoleAdmin, moment

RESTS = moment(Desk, "rests_until")


@admin.register(Desk)
class DeskAdmin(RoleAdmin):
    """The bodies, how they are reached, and whether they are."""

    may_change = may_add = roles.MAY_SET_DESKS
    list_display = ("code", "name", "channel", "is_open", "held_for_triage", "failures", RESTS)
    readonly_fields = ("failures", RESTS)  # counted by the deliveries themselves
    exclude = ("rests_until",)


@admin.register(CompetenceRule)
class CompetenceRuleAdmin(RoleAdmin):
    """The table of competence."""

    may_change = may_add = roles.MAY_SET_DESKS
    list_display = ("order", "desk", "suspicions", "levels", "reason", "grade", "valid_from", "valid_until")
    list_select_related = ("desk",)


@admin.register(RegionalOffice)
class RegionalOfficeAdmin(RoleAdmin):
    """The offices of bodies in the country."""

    may_change = may_add = roles.MAY_SET_DESKS
    list_display = ("desk", "number", "name", "provinces", "grade", "valid_from", "valid_until")
    list_select_related = ("desk",)


@admin.register(Clock)
class ClockAdmin(RoleAdmin):
    """The limits of time: which there are is fixed, how long they run is not."""

    may_change = roles.MAY_SET_DESKS
    list_display = ("step", "days", "warn_days", "in_working_days", "grade", "source")
    readonly_fields = ("step",)


@admin.register(Tag)
class TagAdmin(RoleAdmin):
    """The labels by which the office gathers cases: no longer offered rather than removed."""

    may_change = may_add = roles.MAY_SET_DESKS
    list_display = ("code", "name", "name_en", "order", "is_offered")
    list_filter = ("is_offered",)


@admin.register(Holiday)
class HolidayAdmin(RoleAdmin):
    """The days off."""

    may_change = may_add = may_delete = roles.MAY_SET_DESKS
    list_display = ("day", "name", "name_en", "grade")
    list_filter = ("grade",)
    actions = None


class MemberForm(forms.ModelForm):
    """Where somebody belongs; a province that is none is named."""

    class Meta:
        model = Member
        fields = ("user", "desk", "agency_code", "provinces")

    def clean_provinces(self) -> list[str]:
        """Names as the form for citizens has them. Raises ValidationError that tells the wrong ones."""
        given: list[str] = [name.strip() for name in self.cleaned_data["provinces"]]
        known = {name for name, _name_en in provinces()}
        if wrong := [name for name in given if name not in known]:
            said = gettext("These are no provinces, by their names in Thai: %(names)s")
            raise ValidationError(said % {"names": ", ".join(wrong)})
        return given


@admin.register(Member)
class MemberAdmin(RoleAdmin):
    """Where staff belong: the desk of a liaison, the agency they must not judge, the provinces they look
    after.
    """

    may_see = may_change = may_add = roles.MAY_SET_DESKS
    form = MemberForm
    list_display = ("user", "desk", "agency_code", "provinces")
    list_select_related = ("user", "desk")
