"""What publishers write where a province is expected: one of the 77, or words that stand for none."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Province

NO_PROVINCE: dict[str, Promise] = {
    "ส่วนกลาง": _("The central office: no province"),
    "ไม่ระบุ": _("Province not specified"),
    "": _("Province not published"),
}
"""Words that stand in the column of a province and are none, with what they mean."""


def province_named(name: str) -> Province | None:
    """The province of a published Thai name; None for words that stand for none, and unknown ones."""
    plain = name.strip().removeprefix("จังหวัด").strip()
    return Province.objects.filter(name=plain).first()


def means_no_province(name: str) -> str:
    """What a word means that stands for no province; "" where the name is meant as a province's."""
    meaning = NO_PROVINCE.get(name.strip())
    return "" if meaning is None else str(meaning)
