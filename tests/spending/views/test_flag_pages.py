"""The pages of questions and of contracts: what they show, and whom they never name."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.admin import site
from django.contrib.auth import get_user_model
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from spending.contract_codes import codes
from spending.flag_admin import (
    BasisReadingAdmin,
    DismissalAdmin,
    FlagAdmin,
    ReadingForm,
    SettleForm,
    TakeBackForm,
)
from spending.flags.register import RULES
from spending.flags.sources import ACT_66
from spending.models import BasisReading, Contract, Dismissal, Flag
from tests.purchases import COMPANY_ID, bought, by_person, contract, part, project

pytestmark = pytest.mark.django_db
SLASH = "\u2215"
DEAR = "67119000001"


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


@pytest.fixture
def purchases(tmp_path: Path) -> None:
    """One purchase that a rule asks about, one that raises two questions, one that a person won, and one that
    none asks about.
    """
    bought(
        part(),
        project(1, "600000"),
        contract(1, "590000"),
        project(2, "900000", reference_price=None),
        by_person(2, amount="900000", contract_no=""),
        project(3, "500"),
        contract(3, "500"),
        folder=tmp_path,
    )


class TestFlags:
    def test_the_page_of_a_rule_says_its_question_once(self, client: Any, purchases: None) -> None:
        shown = page(client, "/en/flags/specific-method/")
        asked = shown[shown.index('id="asked"') :]

        assert asked.count("<li>") > 0
        assert "Why was one supplier asked" not in asked
        assert shown.count("A flag is a question, not a verdict") == 1

    def test_list_counts_what_the_api_counts(self, client: Any, purchases: None) -> None:
        shown = page(client, "/en/flags/")

        answer = client.get("/api/v1/flags/breakdown?by=rule").json()
        assert answer["lines"] == Flag.objects.count() == 2
        assert "2 questions to purchases" in shown
        assert "1,500,000" in shown
        assert answer["total"] == 1_500_000

    def test_each_question_says_its_rule_figures_and_that_it_is_no_verdict(
        self, client: Any, purchases: None
    ) -> None:
        shown = page(client, f"/en/projects/{DEAR}/")

        assert "A flag is a question, not a verdict" in shown
        assert 'href="/en/flags/specific-method/"' in shown
        assert 'value="600000.00"' in shown
        assert "rule version 1" in shown

    def test_purchase_without_a_question_says_nothing(self, client: Any, purchases: None) -> None:
        assert "question, not a verdict" not in page(client, "/en/projects/67119000003/")

    def test_supplier_shows_questions_about_what_it_won(self, client: Any, purchases: None) -> None:
        shown = page(client, f"/en/suppliers/{COMPANY_ID}/")

        assert "Questions that rules ask of what it won" in shown
        assert f'href="/en/flags/?supplier={COMPANY_ID}"' in shown

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            (f"?supplier={COMPANY_ID}", 1),
            ("?buyer=กรมตัวอย่าง", 2),
            ("?year=2568", 2),
            ("?year=2567", 0),
            ("?state=settled", 0),
            ("?state=open", 2),
            ("?rule=above-budget", 0),
            (f"?project={DEAR}", 1),
        ],
    )
    def test_filters_mean_the_same_on_page_and_api(
        self, client: Any, purchases: None, query: str, number: int
    ) -> None:
        assert f">{number} question" in page(client, f"/en/flags/{query}")
        assert len(client.get(f"/api/v1/flags/{query}").json()["rows"]) == number

    @pytest.mark.parametrize(
        "address",
        [
            "/flags/?state=maybe",
            "/flags/?as_of=2026-01-01",
            "/flags/specific-method/?rule=x",
            "/flags/?by=rule",
        ],
    )
    def test_what_is_not_understood_is_said(self, client: Any, purchases: None, address: str) -> None:
        assert client.get(address).status_code == 400

    @pytest.mark.parametrize("code", RULES)
    def test_each_rule_has_a_page_with_its_basis(self, client: Any, purchases: None, code: str) -> None:
        shown = page(client, f"/en/flags/{code}/")

        assert "Rests on" in shown
        assert "since" in shown
        assert all(basis.title in shown for basis in RULES[code].basis)

    def test_unknown_rule_is_not_found(self, client: Any, purchases: None) -> None:
        assert client.get("/flags/nothing/").status_code == 404

    def test_settled_question_shows_its_public_reason(self, client: Any, purchases: None) -> None:
        flag = Flag.objects.get(project_number=DEAR)
        flag.dismiss(by="clerk", reason="Only one maker exists.")

        for address in (f"/en/projects/{DEAR}/", "/en/flags/", "/en/flags/specific-method/"):
            shown = page(client, address)
            assert "Only one maker exists." in shown
            assert "clerk" not in shown
        row = client.get("/api/v1/flags/?state=settled").json()["rows"][0]
        assert (row["state"], row["reason"]) == ("settled", "Only one maker exists.")

    def test_answer_that_is_held_is_stale_once_a_question_is_settled(
        self, client: Any, purchases: None
    ) -> None:
        tag = client.get("/api/v1/flags/")["ETag"]
        Flag.objects.first().dismiss(by="clerk", reason="Only one maker exists.")  # type: ignore[union-attr]

        assert client.get("/api/v1/flags/", headers={"if-none-match": tag}).status_code == 200

    @pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
    def test_files_hold_every_question(self, client: Any, purchases: None, form: str) -> None:
        answer = client.get(f"/api/v1/flags.{form}")

        assert answer.status_code == 200
        content = b"".join(answer.streaming_content)
        assert form == "xlsx" or content.count(b"specific-method") == 2

    def test_list_asks_a_bounded_number_of_questions(
        self, client: Any, purchases: None, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(16):
            client.get("/flags/")


class TestStaff:
    def request(self) -> Any:
        request = RequestFactory().post("/admin/")
        request.user = get_user_model().objects.create_superuser("clerk")
        request.session, request._messages = {}, CookieStorage(request)
        return request

    def test_settles_a_question_with_a_reason_and_opens_it_again(self, purchases: None) -> None:
        flag, request = Flag.objects.get(project_number=DEAR), self.request()
        form = SettleForm({"reason": "Only one maker exists."}, instance=flag)
        assert form.is_valid()

        FlagAdmin(Flag, site).save_model(request, flag, form, change=True)

        said = Dismissal.objects.get()
        assert (said.made_by, said.reason) == ("clerk", "Only one maker exists.")
        again = TakeBackForm({"why": "There are two."}, instance=said)
        assert again.is_valid()
        DismissalAdmin(Dismissal, site).save_model(request, said, again, change=True)
        flag.refresh_from_db()
        assert flag.dismissal is None

    def test_settled_question_cannot_be_changed(self, purchases: None) -> None:
        flag = Flag.objects.get(project_number=DEAR)
        request = self.request()
        assert FlagAdmin(Flag, site).has_change_permission(request, flag)

        flag.dismiss(by="clerk", reason="Only one maker exists.")

        assert not FlagAdmin(Flag, site).has_change_permission(request, flag)

    def test_cannot_settle_without_a_reason_or_with_a_persons_name(self) -> None:
        for reason in ("", "ตกลงกับนางสาวสมหญิง ทดสอบ แล้ว"):
            assert not SettleForm({"reason": reason}).is_valid()
            assert not TakeBackForm({"why": reason}).is_valid()


class TestReadings:
    """How far laws and practices were read stands on the rule's page, and staff add what they read."""

    def test_page_says_how_far_each_basis_was_read(self, client: Any) -> None:
        shown = page(client, "/en/flags/signed-before-announcement/")

        assert "<b>read whole</b> · 21 November 2026 · Read whole, in English translation." in shown
        assert f'href="{ACT_66.reading.address}"' in shown
        assert "<b>not read</b> · Written from knowledge of the law" in shown

    def test_newest_reading_of_staff_counts_and_names_no_account(self, client: Any) -> None:
        for how, words in (("part", "Half of it."), ("whole", "All of it.")):
            BasisReading.objects.create(
                basis="limits-small", how=how, words=words, address="https://example.org/a", made_by="clerk"
            )

        shown = page(client, "/en/flags/signed-before-announcement/")

        assert "by staff · All of it." in shown
        assert all(words not in shown for words in ("Half of it.", "Written from knowledge", "clerk"))
        assert "All of it." not in page(client, "/en/flags/above-budget/")

    @pytest.mark.parametrize(
        ("changes", "wrong"),
        [
            ({}, []),
            ({"how": "not", "address": ""}, []),
            ({"address": ""}, ["address"]),
            ({"basis": "act-1"}, ["basis"]),
            ({"words": "ถามนางสาวสมหญิง ทดสอบ แล้ว"}, ["words"]),
        ],
    )
    def test_staff_say_what_they_read_and_where(self, changes: dict[str, str], wrong: list[str]) -> None:
        given = {"basis": "act-66", "how": "whole", "words": "All.", "address": "https://example.org/a"}

        form = ReadingForm(given | changes)

        assert list(form.errors) == wrong

    def test_staff_add_a_reading_and_change_none(self) -> None:
        reading = ReadingForm(
            {"basis": "act-66", "how": "whole", "words": "All.", "address": "https://example.org/a"}
        ).save(commit=False)
        desk = BasisReadingAdmin(BasisReading, site)
        asking = RequestFactory().post("/admin/")
        asking.user = get_user_model().objects.create_superuser("clerk")

        desk.save_model(asking, reading, None, change=False)

        assert BasisReading.objects.get().made_by == "clerk"
        assert desk.has_add_permission(asking)
        assert not desk.has_change_permission(asking, reading)
        assert not desk.has_delete_permission(asking, reading)


class TestContract:
    def test_shows_the_way_from_budget_to_contract(self, client: Any, purchases: None) -> None:
        shown = page(client, f"/en/projects/{DEAR}/contracts/1{SLASH}2568~{COMPANY_ID}/")

        assert "Contract 1/2568" in shown
        assert all(f'value="{figure}"' in shown for figure in ("590000.00", "600000.00"))
        assert f"/en/suppliers/{COMPANY_ID}/" in shown
        assert "question, not a verdict" in shown

    def test_project_leads_to_it_and_it_leads_back(self, client: Any, purchases: None) -> None:
        address = f"/en/projects/{DEAR}/contracts/1{SLASH}2568~{COMPANY_ID}/"

        assert f'href="{address}"' in page(client, f"/en/projects/{DEAR}/")
        assert f'href="/en/projects/{DEAR}/"' in page(client, address)

    def test_person_who_won_is_not_named(self, client: Any, purchases: None) -> None:
        shown = page(client, "/en/projects/67119000002/contracts/-~person/")

        assert "Names of natural persons are not stored" in shown
        assert "/suppliers/" not in shown.split("<main")[1].split("<footer")[0]

    def test_contract_that_does_not_exist_leads_to_its_project(self, client: Any, purchases: None) -> None:
        answer = client.get(f"/en/projects/{DEAR}/contracts/9~person/")

        assert answer.status_code == 404
        assert f'href="/en/projects/{DEAR}/"' in answer.content.decode()

    def test_download_of_the_page_holds_its_figure(self, client: Any, purchases: None) -> None:
        rows = client.get(f"/api/v1/contracts/?project={DEAR}&supplier={quote(COMPANY_ID)}").json()["rows"]

        assert [row["amount"] for row in rows] == [590_000]

    def test_contracts_that_agree_in_all_that_is_published_are_told_apart_by_their_order(
        self, tmp_path: Path
    ) -> None:
        rows = [by_person(1, line=line, amount=str(line)) for line in (2, 3)]

        bought(part(), project(1), *rows, contract(1, line=4, contract_no="7/๒๕๖๘"), folder=tmp_path)

        found = codes(Contract.objects.select_related("supplier"))
        assert list(found) == [f"1{SLASH}2568~person", f"1{SLASH}2568~person~2", f"7{SLASH}๒๕๖๘~{COMPANY_ID}"]


def test_dismissal_stays_when_its_flag_is_gone(client: Any, purchases: None) -> None:
    flag = Flag.objects.get(project_number=DEAR)
    flag.dismiss(by="clerk", reason="Only one maker exists.")
    flag.delete()

    assert Dismissal.objects.count() == 1
    assert "Only one maker exists." in page(client, "/en/flags/specific-method/")
