"""Which part of the site holds which key of those who follow, and where letters are offered."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from .test_settings import PRODUCTION, SHOW, run

SHOW_FOLLOWING = (
    "from django.conf import settings as s; "
    "print(len(s.FOLLOWING_PUBLIC_KEY), len(s.FOLLOWING_PRIVATE_KEYS), s.FOLLOWING_BY_MAIL)"
)
GIVEN = {"FOLLOWING_PUBLIC_KEY": "A" * 44, "FOLLOWING_PEPPER": "pepper", "PUBLIC_URL": "https://example.org"}
MAIL = {"EMAIL_HOST": "mail.example.org", "EMAIL_FROM": "site@example.org"}


def test_public_part_refuses_to_hold_the_private_key() -> None:
    finished = run({"SITE": "public", "FOLLOWING_PRIVATE_KEYS": "AAAA"}, "-c", SHOW)

    assert finished.returncode != 0
    assert "must not hold the private keys of followers" in finished.stderr


def test_public_part_of_a_local_site_seals_and_cannot_open(tmp_path: Path) -> None:
    worker = run({"VAR_DIR": str(tmp_path), "SITE": "staff"}, "-c", SHOW_FOLLOWING)
    public = run({"VAR_DIR": str(tmp_path), "SITE": "public"}, "-c", SHOW_FOLLOWING)

    assert worker.stdout.strip() == "44 1 True"
    assert public.stdout.strip() == "44 0 True"
    assert stat.S_IMODE((tmp_path / "following-private-key").stat().st_mode) == 0o600
    kept = [(tmp_path / name).read_text() for name in ("following-public-key", "complaint-public-key")]
    assert kept[0] != kept[1]


@pytest.mark.parametrize(
    ("given", "said"),
    [({}, "0 0 False"), (GIVEN, "44 0 False"), (GIVEN | MAIL, "44 0 True"), (MAIL, "0 0 False")],
    ids=["nothing", "no mail server", "all", "no key"],
)
def test_production_offers_letters_where_all_is_given(given: dict[str, str], said: str) -> None:
    assert run(PRODUCTION | given, "-c", SHOW_FOLLOWING).stdout.strip() == said


@pytest.mark.parametrize("missing", ["FOLLOWING_PEPPER", "PUBLIC_URL"])
def test_production_refuses_a_key_without_what_belongs_to_it(missing: str) -> None:
    given = {name: value for name, value in GIVEN.items() if name != missing}

    finished = run(PRODUCTION | given, "-c", SHOW)

    assert finished.returncode != 0
    assert missing in finished.stderr
