"""Which part of the site holds which key of the complaints."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from .test_settings import PRODUCTION, SHOW, run


@pytest.mark.parametrize("name", ["COMPLAINT_PRIVATE_KEYS", "COMPLAINT_SIGNING_KEY"])
def test_public_part_refuses_to_hold_a_private_key(name: str) -> None:
    finished = run({"SITE": "public", name: "AAAA"}, "-c", SHOW)

    assert finished.returncode != 0
    assert "must not hold the private keys" in finished.stderr


def test_public_part_of_a_local_site_seals_and_cannot_open(tmp_path: Path) -> None:
    show = "from django.conf import settings as s; print(s.COMPLAINT_PUBLIC_KEYS, s.COMPLAINT_PRIVATE_KEYS)"
    whole = run({"VAR_DIR": str(tmp_path), "SITE": "all"}, "-c", show)

    public = run({"VAR_DIR": str(tmp_path), "SITE": "public"}, "-c", show)

    kept = (tmp_path / "complaint-public-key").read_text()
    assert public.stdout.strip() == f"['{kept}'] []"
    assert whole.stdout.split() != public.stdout.split()
    assert stat.S_IMODE((tmp_path / "complaint-private-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SITE": "all"}, "SITE is 'all'"),
        ({"STAND_IN_AGENCY": "http://127.0.0.1:9/"}, "STAND_IN_AGENCY is for trials"),
        ({"COMPLAINT_PUBLIC_KEYS": "AAAA"}, "COMPLAINT_PEPPER"),
    ],
)
def test_production_refuses_what_would_expose_complaints(changes: dict[str, str], said: str) -> None:
    finished = run(PRODUCTION | changes, "-c", SHOW)

    assert finished.returncode != 0
    assert said in finished.stderr


def test_production_without_a_key_for_complaints_starts() -> None:
    show = "from django.conf import settings as s; print(s.SITE, s.COMPLAINT_PUBLIC_KEYS)"

    assert run(PRODUCTION, "-c", show).stdout.strip() == "public []"
