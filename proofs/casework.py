"""A complaint with files, and all that staff do with it at their pages: the words of it are planted."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from .faults import must
from .office import Browser, File, signed_in
from .programs import wait_for
from .stage import SAID, Stage, receipt_on

DRAINED = 120  # seconds
PLANTED = {
    "subject": "CanarySubject",
    "detail": "CanaryDetail คานารีรายละเอียดของเรื่องทั้งหมด",
    "when": "CanaryWhen",
    "agency": "CanaryOffice",
    "place": "CanaryPlace",
    "district": "CanaryDistrict",
    "subdistrict": "CanarySubdistrict",
    "damage": "CanaryDamage",
    "knowledge": "CanaryKnowledge",
    "told": "CanaryTold",
    "wish_words": "CanaryWish",
    "person1_name": "CanaryAccused",
    "person1_position": "CanaryPosition",
    "honorific": "CanaryTitle",
    "first_name": "CanaryFirst",
    "last_name": "CanaryLast",
    "address": "CanaryAddress",
    "phone": "0899999777",
    "email": "canary@canary.example",
    "national_id": "1101700230708",
    "identity": "named",
}
FLAG = "named"
HEADERS = {
    "X-Forwarded-For": "203.0.113.77",
    "User-Agent": "CanaryBrowser/7",
    "Referer": "https://canary.example/from",
    "Origin": "null",
}
"""What a citizen's browser and the way to us tell of them."""
INSIDE, AUTHOR, NAMES = "CanaryInside", "CanaryAuthor", ("CanaryFile.pdf", "คานารีไฟล์.png")
"""Words in the citizen's files, in what these say of their makers, and what they are called."""
LATER = {"act": "add", "words": "CanaryAdded"}
"""What the citizen adds."""
OFFICE = {
    "question": "CanaryQuestion",
    "remark": "CanaryRemark",
    "next action": "CanaryNextAction",
    "kept back": "CanaryDetail",
    "reroute": "CanaryReroute",
    "sheet": "CanarySheet",
    "decision": "CanaryDecision",
    "black": "CanaryBlack",
    "take back": "CanaryUncovered",
    "identity": "CanaryWhoAndWhyItMustBeKnown",
    "opinion": "CanaryOpinion",
}
"""What staff write, each on its page; and what a citizen thinks of a record."""
BOX = {"page": "1", "left": "33.1", "top": "22.7", "width": "11.3", "height": "9.7"}
PLACES = "331, 227, 113, 97"
"""The same box as the table of black boxes keeps it, sealed."""
WRITTEN = (*HEADERS.values(), INSIDE, AUTHOR, *NAMES, LATER["words"], *OFFICE.values(), PLACES)


@dataclass
class Case:
    """One case, the citizen behind it, and whoever works at it."""

    made: Stage
    citizen: Browser
    reference: str
    keys: list[str]
    """The citizen's access keys."""
    pk: int = 0
    triage: Browser | None = field(default=None)

    @classmethod
    def filed(cls, made: Stage) -> Case:
        """A citizen files with two files, is turned away with a form that is too old, and adds words."""
        from complaints.forms import new_token

        citizen = Browser(made.web, HEADERS)
        said = SAID | PLANTED | {"token": new_token()}
        reference, key = receipt_on(citizen.send("/complaints/new/", said, files_of_evidence()))
        must(bool(reference), "no receipt was shown for a case with files")
        citizen.send("/complaints/new/", said | {"detail": "CanaryDetail"}, files_of_evidence())
        citizen.send("/complaints/status/", {"key": key} | LATER)
        must(bool(made.ask("SELECT 1 AS added FROM complaints_message")), "nothing was added")
        case = cls(made, citizen, reference, [key, opinion()])
        case.pk = made.ask(f"SELECT id FROM complaints_complaint WHERE reference = '{reference}'")[0][0]
        arrived(made)
        unseen = "SELECT 1 FROM complaints_attachment WHERE state = 'quarantined'"
        wait_for(lambda: not made.ask(unseen), 60, "The files were not examined.")
        return case

    def worked_at(self, office: int) -> None:
        """Questions, notes, passages kept back, a sheet, black boxes, an identity, other desks, lists."""
        self.triage = triage = signed_in(office, "triage")
        supervisor, custodian = signed_in(office, "supervisor"), signed_in(office, "custodian")
        triage.fill(self.page, {"question": OFFICE["question"], "remark": OFFICE["remark"]})
        triage.fill(self.page, {"kept_back": OFFICE["kept back"]})
        triage.fill(self.page, {"action_on": "2099-01-31", "action": OFFICE["next action"]})
        must(OFFICE["next action"] in triage.look(self.page), "a next action was not kept")
        must(OFFICE["remark"] in triage.look(self.page), "a note was not kept")
        must(OFFICE["question"] in self.citizen.send("/complaints/status/", {"key": self.keys[0]}), "unasked")
        self.screened(triage, supervisor)
        self.blackened(triage)
        taken = {"take_back": "1", "taken_back_because": OFFICE["take back"]}
        supervisor.fill(self.black, taken)
        self.blackened(triage)
        self.identity_asked(custodian, supervisor)
        for act in ("take_out_csv", "take_out_xlsx"):
            self.taken_out(triage, act)
        dossier = triage.taken(f"{self.stem}dossier/", {"purpose": "work"})
        must(dossier.startswith(b"PK"), "no dossier was taken out")
        self.posted(triage)
        self.sent_further()
        elsewhere = self.made.ask("SELECT id FROM complaints_desk WHERE code = 'sao'")[0][0]
        triage.fill(self.page, {"new_desk": str(elsewhere), "reason": OFFICE["reroute"]})
        arrived(self.made)
        sent = [letter for letter in self.made.letters() if letter["reference"] == self.reference]
        must(len(sent) == 3 and OFFICE["sheet"] in str(sent[-1]), "the sheet never travelled")
        must(bool(sent[-1]["enclosures"][0]["is_blackened"]), "the black boxes never travelled")

    @property
    def stem(self) -> str:
        """Where its pages are."""
        return f"/admin/complaints/complaint/{self.pk}/"

    @property
    def page(self) -> str:
        """Its own page."""
        return f"{self.stem}change/"

    @property
    def black(self) -> str:
        """The page of the black boxes on its first file."""
        return f"{self.stem}files/1/black/"

    def screened(self, triage: Browser, supervisor: Browser) -> None:
        """A sheet with a remark to each question, and its second person."""
        codes = [code for (code,) in self.made.ask("SELECT code FROM complaints_screeningquestion")]
        given = {f"mark_{code}": "unclear" for code in codes}
        given |= {f"remark_{code}": OFFICE["sheet"] for code in codes}
        page = f"{self.stem}screening/"
        triage.fill(page, given | {"decision": "accept_18_4", "reason": OFFICE["decision"]})
        supervisor.fill(page, {"sign": "1"})
        signed = self.made.ask("SELECT count(*) FROM complaints_screeningsheet WHERE signed_at IS NOT NULL")
        must(signed[0][0] == 1, "the sheet is not signed")

    def blackened(self, triage: Browser) -> None:
        """A box, looked at and confirmed."""
        newest = "SELECT version, copy_sha256 FROM complaints_blackening ORDER BY version DESC LIMIT 1"
        rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "shown": "1", "preview": "1"}
        rows |= {f"form-0-{name}": number for name, number in BOX.items()}
        triage.fill(self.black, rows | {"ground": "person", "reason": OFFICE["black"]})
        version, copy = self.made.ask(newest)[0]
        must(
            triage.get(f"{self.stem}files/1/{version}/pages/1/")[:2] == b"\xff\xd8", "no picture of the page"
        )
        triage.fill(self.black, {"confirm": copy})
        holds = f"{newest.replace('version, copy_sha256', 'confirmed_at')}"
        must(self.made.ask(holds)[0][0] is not None, "the black boxes do not hold")
        black = triage.taken(f"{self.stem}files/1/{version}/", {"purpose": "work"})
        must(black.startswith(b"%PDF"), "no copy with black boxes")

    def identity_asked(self, custodian: Browser, supervisor: Browser) -> None:
        """Asked for, agreed to, learnt."""
        requests = "/admin/complaints/identityrequest/"
        custodian.fill(f"{requests}add/", {"reference": self.reference, "why": OFFICE["identity"]})
        pk = self.made.ask("SELECT id FROM complaints_identityrequest")[0][0]
        must(OFFICE["identity"] in supervisor.look(f"{requests}{pk}/change/"), "the reason cannot be read")
        supervisor.fill(f"{requests}{pk}/change/", {"decision": "yes"})
        must(PLANTED["last_name"] in custodian.look(f"{requests}{pk}/identity/"), "the name is not told")

    def posted(self, triage: Browser) -> None:
        """The letter also went by post: its receipt is scanned, with the words of the citizen on it."""
        from complaints.models import Dispatch, Handover

        sent = Dispatch.objects.get(complaint=self.pk)
        letter = {"letter_number": "1/2569", "letter_on": "2026-11-02", "sent_on": "2026-11-02", "unit": "x"}
        Handover.objects.create(dispatch=sent, way="hand", **letter)
        there = f"/admin/complaints/dispatch/{sent.pk}/"
        name, kind, content = files_of_evidence()[0]
        triage.taken(f"{there}slip/", {}, [(f"scan/{name}", kind, content)])
        scan = triage.taken(f"{there}slips/1/", {"purpose": "work"})
        must(scan.startswith(b"%PDF"), "the scan of the receipt is not handed out")
        triage.taken(f"{there}slip/", {}, [(f"scan/{name}", kind, content)])
        triage.taken(f"{there}slips/2/back/", {"ground": "twice"})
        must(Handover.objects.get(dispatch=sent).slips.there().count() == 1, "a scan is not taken back")

    def taken_out(self, triage: Browser, act: str) -> None:
        """The list of cases as a file, in which no planted word may stand."""
        chosen = {"action": act, "_selected_action": str(self.pk), "step": "do", "purpose": "work"}
        listed = triage.taken("/admin/complaints/complaint/", chosen)
        must(self.reference.encode() in opened(listed), "the list does not name the case")
        found = [word for word in (*PLANTED.values(), *WRITTEN) if word.encode() in opened(listed)]
        must(found in ([], [FLAG]), f"a list that was taken out holds {found}")

    def sent_further(self) -> None:
        """The same body gets a further version: the sheet and the copy with black boxes go along."""
        must(self.triage is not None, "nobody works at it")
        if self.triage is not None:
            self.triage.fill(self.page, {"further": "on"})
        arrived(self.made)


def arrived(made: Stage) -> None:
    """Wait until nothing is on its way. Raises NotHeld."""
    must(made.drain(DRAINED, rests=True) <= DRAINED, "what was filed did not arrive")


def files_of_evidence() -> list[File]:
    """A PDF and a picture that say who made them; their words stand in them as letters."""
    from fpdf import FPDF
    from PIL import Image, PngImagePlugin

    document = FPDF()
    document.set_compression(False)
    document.set_author(AUTHOR)
    document.add_page()
    document.set_font("Helvetica", size=20)
    document.cell(text=INSIDE)
    told, out = PngImagePlugin.PngInfo(), BytesIO()
    told.add_text("Author", AUTHOR)
    Image.new("RGB", (200, 100), (0, 90, 0)).save(out, "PNG", pnginfo=told)
    files = (bytes(document.output()), "application/pdf"), (out.getvalue(), "image/png")
    must(all(AUTHOR.encode() in content for content, _kind in files), "the files do not say who made them")
    return [(name, kind, content) for name, (content, kind) in zip(NAMES, files, strict=True)]


def named_later(made: Stage) -> str:
    """A citizen who first kept their name to themselves says it under their access key, which is returned."""
    from complaints.forms import REPORTER, new_token

    citizen = Browser(made.web, HEADERS)
    said = SAID | PLANTED | {"identity": "confidential", "token": new_token()}
    _reference, key = receipt_on(citizen.send("/complaints/new/", said))
    who = {name: PLANTED[name] for name in REPORTER}
    citizen.send(
        "/complaints/status/", {"key": key, "act": "raise", "identity": "named", "known": "on"} | who
    )
    later = made.ask("SELECT 1 AS said FROM complaints_reporter WHERE later IS NOT NULL")
    must(bool(later), "a name that was said later was not kept")
    return key


def opinion() -> str:
    """What a citizen thinks of a record, which nobody has read. Returns their access key."""
    from complaints import opinions
    from complaints.access import new_nonce
    from complaints.snapshots import Snapshot

    about = Snapshot("/agencies/1/", "Office")
    return opinions.submit(opinions.Given(new_nonce(), "th", about, OFFICE["opinion"])).key


def opened(content: bytes) -> bytes:
    """A file, or all files within it."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(BytesIO(content)) as box:
        return b"".join(box.read(name) for name in box.namelist())
