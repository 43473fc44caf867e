"""Names of provinces as publishers write them, and the words that stand for none."""

from __future__ import annotations

import pytest
from django.utils import translation

from spending.models import Province
from spending.place_names import means_no_province, province_named


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ลำพูน", "จังหวัดลำพูน"])
def test_published_name_leads_to_the_province(name: str) -> None:
    province = province_named(name)

    assert province is not None
    assert (province.code, province.name_en) == ("51", "Lamphun")
    assert means_no_province(name) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ส่วนกลาง", "ไม่ระบุ", ""])
def test_word_for_no_province_is_said_to_be_none(name: str) -> None:
    with translation.override("en"):
        assert "rovince" in means_no_province(name)

    assert province_named(name) is None


@pytest.mark.django_db
def test_each_of_the_77_provinces_has_its_two_digit_code() -> None:
    codes = set(Province.objects.values_list("code", flat=True))

    assert len(codes) == 77
    assert all(len(code) == 2 and code.isdigit() for code in codes)
