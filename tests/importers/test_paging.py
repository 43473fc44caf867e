"""An interface is asked page by page: politely, to the end, and on from where it stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from importers.errors import FileError
from importers.fetching import Unanswered
from importers.paging import Interface, Manners, collected
from spending.models import Project

from .former_site import KEY, FormerSite, assert_keeps_the_contract, former_site


@pytest.fixture
def site() -> Iterator[FormerSite]:
    with former_site() as found:
        yield found


def projects(spool: Path) -> list[str]:
    lines = spool.read_text(encoding="utf-8").splitlines()
    return [project["project_id"] for line in lines for project in json.loads(line)["result"]]


def test_fake_of_the_former_site_keeps_its_contract(site: FormerSite) -> None:
    assert_keeps_the_contract(site.interface())


def test_all_pages_arrive_each_project_once_in_order(site: FormerSite, tmp_path: Path) -> None:
    spool = collected(site.interface(), tmp_path)

    assert projects(spool) == [project["project_id"] for project in site.projects]
    assert site.asked == [0, 20, 40]


@pytest.mark.parametrize("count", [0, 1, 20, 40])
def test_end_is_found_whatever_fills_the_last_page(tmp_path: Path, count: int) -> None:
    with former_site(count) as site:
        assert len(projects(collected(site.interface(), tmp_path))) == count


def test_pages_are_asked_for_with_a_pause_between_them(site: FormerSite, tmp_path: Path) -> None:
    waited: list[float] = []

    collected(site.interface(wait=waited.append, manners=Manners(pause=2.5)), tmp_path)

    assert waited == [2.5, 2.5]


def test_failing_server_is_asked_again_after_longer_and_longer_waits(
    site: FormerSite, tmp_path: Path
) -> None:
    waited: list[float] = []
    site.fails = [503, 429, 500]

    collected(site.interface(wait=waited.append), tmp_path)

    assert waited[:3] == [2.0, 4.0, 8.0]
    assert site.asked == [0, 20, 40]


def test_server_that_goes_on_failing_is_given_up_and_what_arrived_is_kept(
    site: FormerSite, tmp_path: Path
) -> None:
    def fail_after_first(count: int) -> None:
        site.fails = [503] * 5 if count == 20 else []

    with pytest.raises(Unanswered, match="503"):
        collected(site.interface(), tmp_path, fail_after_first)
    site.fails = []
    spool = collected(site.interface(), tmp_path)

    assert len(projects(spool)) == len(set(projects(spool))) == 45
    assert site.asked == [0, 20, 40], "the first page is not asked for again"


def test_half_an_answer_is_asked_for_again(site: FormerSite, tmp_path: Path) -> None:
    spool = collected(site.interface(), tmp_path)
    spool.write_bytes(spool.read_bytes()[:-10])

    assert len(projects(collected(site.interface(), tmp_path))) == 45
    assert site.asked == [0, 20, 40, 40]


def test_refusal_is_not_asked_again(site: FormerSite, tmp_path: Path) -> None:
    site.fails = [404]

    with pytest.raises(FileError, match="404"):
        collected(site.interface(), tmp_path)
    assert site.asked == []


def test_wrong_key_is_said_in_the_words_of_the_site(site: FormerSite, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="Invalid api-key"):
        collected(site.interface(headers={}), tmp_path)


def test_interface_that_ignores_the_offset_is_left(site: FormerSite, tmp_path: Path) -> None:
    site.stuck = True

    with pytest.raises(FileError, match="same page"):
        collected(site.interface(), tmp_path)


def test_more_than_the_most_is_refused(site: FormerSite, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="more than"):
        collected(site.interface(manners=Manners(largest=30_000)), tmp_path)

    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 30_000


def test_spool_is_for_the_account_of_the_site_alone(site: FormerSite, tmp_path: Path) -> None:
    spool = collected(site.interface(), tmp_path / "spool")

    assert spool.stat().st_mode & 0o077 == 0
    assert spool.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("parameter", ["api-key=secret", "API_KEY=secret", "token="])
def test_key_in_the_address_is_refused_and_not_repeated(tmp_path: Path, parameter: str) -> None:
    with pytest.raises(FileError) as error:
        collected(Interface(f"https://example.org/cgdcontract?year=2560&{parameter}"), tmp_path)

    assert "secret" not in str(error.value)


def test_address_that_sets_the_page_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="offset"):
        collected(Interface("https://example.org/cgdcontract?offset=20"), tmp_path)


def test_own_network_is_not_asked(site: FormerSite, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="private network"):
        collected(site.interface(allowed=()), tmp_path)

    assert site.asked == []


def test_redirect_into_the_own_network_is_not_followed(site: FormerSite, tmp_path: Path) -> None:
    site.redirect = "http://169.254.169.254/latest/"

    with pytest.raises(FileError, match="private network"):
        collected(site.interface(), tmp_path)


def test_key_does_not_follow_a_redirect_to_another_host(site: FormerSite, tmp_path: Path) -> None:
    with former_site() as other:
        site.redirect = f"{other.address}/elsewhere?offset=0&limit=20"

        with pytest.raises(FileError, match="Invalid api-key"):
            collected(site.interface(), tmp_path)


@pytest.fixture
def open_door(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> Path:
    """The command may reach the fake: an operator's own network is never reached."""
    from .former_site import HERE

    def reaching(address: str, **options: Any) -> Interface:
        return Interface(address, **options, allowed=HERE, wait=lambda seconds: None)

    monkeypatch.setattr("importers.management.commands.import.Interface", reaching)
    settings.VAR_DIR = tmp_path
    settings.GOVSPENDING_API_KEY = KEY
    return tmp_path / "spool"


@pytest.mark.django_db
def test_command_loads_all_pages_and_removes_the_spool(site: FormerSite, open_door: Path) -> None:
    address = f"{site.address}/govspending/cgdcontract?year=2560"

    call_command("import", "cgdcontract", address)

    assert Project.objects.count() == 45
    assert Project.objects.values_list("edition__source_file__address", flat=True)[0] == address
    assert list(open_door.iterdir()) == []


@pytest.mark.django_db
def test_command_that_was_cut_off_goes_on(site: FormerSite, open_door: Path) -> None:
    address = f"{site.address}/govspending/cgdcontract?year=2560"
    site.fails = [503] * 5
    with pytest.raises(CommandError):
        call_command("import", "cgdcontract", address)

    call_command("import", "cgdcontract", address)

    assert Project.objects.count() == 45


@pytest.mark.django_db
def test_command_refuses_an_address_in_the_own_network(site: FormerSite) -> None:
    with pytest.raises(CommandError):
        call_command("import", "cgdcontract", f"{site.address}/govspending/cgdcontract?year=2560")

    assert site.asked == []
