"""One complaint on its way through the hands of everybody who has to do with it, in one language."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from complaints import roles
from complaints.models import Complaint, Dispatch
from tests.complaints.evidence_files import png, statement

from .persons import come_in, faults_of, open_tab, prefix

WITNESS = "Somsri Rakthai"
"""Stands in the citizen's statement, and has nothing to do with the matter."""
SECRETS = ("ราคากลาง", "สมชาย", "0812345678", "ถนนสาย", WITNESS)
"""What nobody reads who has no right to content."""
FILES = [
    {"name": "ป้าย.png", "mimeType": "image/png", "buffer": png((600, 400))},
    {"name": "คำให้การ.pdf", "mimeType": "application/pdf", "buffer": statement(WITNESS)},
]


class Way:
    """Who walks it, at which screen they are, and what is wrong with the screens seen so far."""

    def __init__(self, browser: Browser, site: str, language: str) -> None:
        self.browser, self.site, self.language, self.at = browser, site, language, prefix(language)
        self.faults: list[str] = []
        self.staff: dict[str, Page] = {}
        self.seen = 0

    def look(self, page: Page, name: str) -> Page:
        """Look at the screen that somebody has come to."""
        self.seen += 1
        self.faults += faults_of(page, f"way-{self.language}-{self.seen:02}-{name}", self.language)
        return page

    def person(self, role: str, name: str = "") -> Page:
        """A member of staff, signed in once, at their first page."""
        if (name or role) not in self.staff:
            page = come_in(self.browser, self.site, role, name=name, language=self.language)
            self.staff[name or role] = page
        self.staff[name or role].goto(f"{self.at}/admin/")
        return self.staff[name or role]

    def address(self, what: str) -> str:
        """The address of a page of the workbench."""
        return f"{self.at}/admin/complaints/{what}/"

    def open_case(self, role: str) -> Page:
        """The page of the case, reached from the first page by the list that it stands in."""
        page = self.person(role)
        queue = "mine" if role == roles.TRIAGE else "urgent"
        page.locator(f".waiting a[href*='queue={queue}']").click()
        page.locator(f"#result_list a[href*='/{self.case.pk}/change/']").first.click()
        page.locator(".field-said").wait_for()
        return page

    @property
    def case(self) -> Complaint:
        """The complaint as it stands now."""
        return Complaint.objects.get(reference=self.reference)

    @property
    def delivery(self) -> Dispatch:
        """Its last delivery as it stands now."""
        last = self.case.dispatches.order_by("-version").first()
        assert last is not None
        return last

    def file(self) -> None:
        """A citizen takes a figure to a complaint, with two files; they get a number, and copy the key."""
        page = open_tab(self.browser, self.site)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{self.at}/agencies/15008/")
        page.locator(".wrong a").first.click()
        page.check("input[name=suspicion][value=corruption]")
        page.fill("#id_detail", "ราคากลางสูงกว่าถนนข้างเคียงสองเท่า ถามลุงสมชายได้")
        page.check("input[name=level][value=executive]")
        page.check("input[name=identity][value=named]")
        for field, said in (("first_name", "สมหญิง"), ("phone", "0812345678")):
            if not page.locator(f"#id_{field}").is_visible():
                page.locator(f"details:has(#id_{field}) > summary").click()
            page.fill(f"#id_{field}", said)
        page.set_input_files("input[type=file]", FILES)  # type: ignore[arg-type]
        self.look(page, "form")
        page.locator("form.complaint button[type=submit]").last.click()
        page.locator("copy-text button").click()
        page.locator("copy-text button:has-text('✓'), copy-text button[data-done]").wait_for()
        self.look(page, "receipt")
        self.reference = Complaint.objects.latest("pk").reference
        assert self.reference in page.locator("main").inner_text().replace(" ", "")
        assert page.locator(".receipt code").count() == 1 + len(FILES)
        self.key = page.locator("#key").inner_text()
        page.goto(f"{self.at}/complaints/status/")
        page.focus("#id_key")
        page.keyboard.press("Control+V")
        assert page.locator("#id_key").input_value() == self.key

    def read_back(self, name: str) -> Page:
        """What the citizen sees under the key."""
        page = open_tab(self.browser, self.site)
        page.goto(f"{self.at}/complaints/status/")
        page.fill("#id_key", self.key)
        page.locator("form.complaint button").first.click()
        page.locator("dl.case").wait_for()
        return self.look(page, name)

    def statuses(self, page: Page, role_may_not: list[str]) -> dict[str, Any]:
        """What these addresses answer somebody who asks for them outright."""
        return {what: page.request.get(what, max_redirects=0).status for what in role_may_not}

    def places_of_content(self) -> list[str]:
        """Every address of the workbench at which something of the case stands."""
        own = f"complaint/{self.case.pk}"
        of_case = [f"{own}/{rest}" for rest in ("change", "dossier", "screening", "files/1", "files/2/black")]
        return [self.address(what) for what in (*of_case, f"dispatch/{self.delivery.pk}/dossier")]
