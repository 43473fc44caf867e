"""The words, limits and checks of the form. Its fields are a superset of PACC's own form for complaints."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext, gettext_lazy, override
from django.utils.translation import gettext_lazy as _

import spending
from spending.fiscal import arabic

from .access import is_nonce, new_nonce
from .filing import Filing, GivenFile
from .kinds import KINDS, MOST_BYTES, MOST_FILES, NotAllowed, kind_of
from .models.vocabulary import Identity, Level, Suspicion, more_open_than
from .snapshots import Snapshot

LEAST_DETAIL, MOST_DETAIL = 20, 20_000  # letters
TOKEN_DAYS = 30  # a form that was opened longer ago is shown again, with everything typed
PERSONS = 3
PERSON_PARTS = ("name", "position", "agency", "conduct", "national_id")
ID_WEIGHTS = range(13, 1, -1)
AROUND_DIGITS = ("Zs", "Cf", "Cc", "Pd")
"""Kinds of signs that stand between digits and mean nothing: spaces, invisible ones, dashes."""
REPORTER = ("honorific", "first_name", "last_name", "national_id", "address", "phone", "email")
MATTER = (
    "subject", "detail", "when", "place", "district", "subdistrict", "province", "postcode", "agency",
    "damage", "wish", "knowledge", "told",
)  # fmt: skip
NETWORKS = {
    "pacc": _("PACC network"),
    "neither": _("neither state official nor in the network"),
    "official": _("state official, not in the network"),
    "network_of_officials": _("network of state officials"),
    "network_of_companies": _("network of the private sector"),
    "network_of_citizens": _("network of citizens and civil society"),
    "network_of_communities": _("network of movements and councils of community organisations"),
}
"""How the PACC asks whoever complains where they stand. Its clerks get the words of its own form, in Thai."""
WISHES = {
    "inquire": _("find out whether it is true, and act if it is"),
    "stop": _("stop it before more money is lost"),
    "repay": _("have the money paid back"),
    "explain": _("explain the figure to the public"),
}


class ManyFiles(forms.FileField):
    """Any number of files, each of a kind that is taken, by its content."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> Sequence[GivenFile]:
        """The files with their kinds. Raises ValidationError that names the file and what is taken."""
        given: list[UploadedFile] = [file for file in (data or []) if file]
        if len(given) > MOST_FILES:
            raise ValidationError(gettext("Give %(most)s files at most.") % {"most": MOST_FILES})
        if sum(file.size or 0 for file in given) > MOST_BYTES:
            raise ValidationError(gettext("The files together may have 50 MB at most."))
        return [_checked(file) for file in given]


class FilesInput(forms.FileInput):
    """A field of a form that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All files of that name."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


def _checked(file: UploadedFile) -> GivenFile:
    content = file.read()
    try:
        return GivenFile(name=str(file.name), kind=kind_of(content), content=content)
    except NotAllowed as error:
        message = gettext(
            "%(name)s cannot be taken. Give pictures (PNG, JPG), PDF, DOCX or XLSX without macros."
        )
        raise ValidationError(message % {"name": str(file.name)[:80]}) from error


def text(
    label: Any, most: int, *, help_text: Any = "", required: bool = False, rows: int = 0
) -> forms.CharField:
    """A field of free text with at most so many letters."""
    widget: forms.Widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=most, help_text=help_text, required=required, widget=widget, strip=True
    )


@cache
def provinces() -> Sequence[tuple[str, str]]:
    """The Thai and English names of the provinces: from the list itself, so the form needs no database."""
    path = Path(spending.__file__).parent / "data" / "provinces.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["name"], row["name_en"]) for row in csv.DictReader(file)]


def files_field() -> ManyFiles:
    """The field for evidence."""
    accept = ",".join(f".{kind}" for kind in (*KINDS, "jpeg"))
    return ManyFiles(
        label=_("Files that show it"),
        required=False,
        widget=FilesInput(attrs={"multiple": True, "accept": accept}),
        help_text=_("Pictures, PDF, DOCX or XLSX: 10 files, 50 MB together at most."),
    )


class ComplaintForm(forms.Form):
    """Everything that can be said when a complaint is filed; little of it must be."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    about = forms.CharField(widget=forms.HiddenInput, required=False)

    # What happened
    suspicion = forms.ChoiceField(label=_("What is it about?"), choices=Suspicion, widget=forms.RadioSelect)
    subject = text(_("In one sentence"), 200, required=True, rows=2)
    detail = forms.CharField(
        label=_("What happened?"),
        min_length=LEAST_DETAIL,
        max_length=MOST_DETAIL,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_(
            "What you saw or know, step by step. Write what can be checked: days, places, amounts, papers."
        ),
    )
    when = text(_("When?"), 100, help_text=_("A day, a month or a range, as well as you know it."))
    agency = text(_("Which office?"), 150, rows=2)
    place = text(_("Where?"), 300)
    province = forms.ChoiceField(label=_("Province"), required=False)
    district = text(_("District"), 100)
    subdistrict = text(_("Subdistrict"), 100)
    postcode = text(_("Postcode"), 20)
    damage = text(_("What was lost?"), 500, help_text=_("Money, land, safety: in your own words."))
    level = forms.ChoiceField(
        label=_("Who is involved?"), choices=Level, initial=Level.UNKNOWN, widget=forms.RadioSelect
    )

    # How it can be checked
    knowledge = text(_("How do you know it, and what shows it?"), 3_000, rows=4)
    told = text(_("Whom have you told already, and what came of it?"), 1_000, rows=2)
    evidence = files_field()
    wish = forms.ChoiceField(
        label=_("What should happen?"),
        choices=list(WISHES.items()),
        initial="inquire",
        widget=forms.RadioSelect,
    )
    wish_words = text(_("In your own words"), 1_500, rows=2)

    # Who you are
    identity = forms.ChoiceField(
        label=_("Who may know who you are?"),
        choices=Identity,
        initial=Identity.CONFIDENTIAL,
        widget=forms.RadioSelect,
    )
    honorific = text(_("Title"), 40)
    first_name = text(_("First name"), 100)
    last_name = text(_("Last name"), 100)
    national_id = text(
        _("National ID number"), 20, help_text=_("Only if you want to be named; you need not give it.")
    )
    network = forms.ChoiceField(
        label=_("Are you a state official, or in the PACC's network?"),
        required=False,
        choices=[("", _("not stated")), *NETWORKS.items()],
        widget=forms.RadioSelect,
        help_text=_(
            "The PACC's form asks it of everybody; you need not say. The competent body gets what you choose."
        ),
    )
    address = text(_("Address"), 250, rows=2)
    phone = text(_("Telephone"), 30)
    email = forms.EmailField(label=_("E-mail"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = 0 if get_language() == "th" else 1
        names = sorted(((names[0], names[place]) for names in provinces()), key=lambda pair: pair[1])
        self._choices("province").choices = [("", gettext("not stated")), *names]
        for number in range(1, PERSONS + 1):
            labels = (
                gettext_lazy("Name"),
                gettext_lazy("Post"),
                gettext_lazy("Office"),
                gettext_lazy("What they have to do with it"),
                gettext_lazy("National ID number, if you know it for certain"),
            )
            for part, label in zip(PERSON_PARTS, labels, strict=True):
                self.fields[f"person{number}_{part}"] = text(label, 150)
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("autocomplete", "off" if name not in REPORTER else "on")

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def clean_subject(self) -> str:
        """Something that can be seen, on one line."""
        return _seen(" ".join(self.cleaned_data["subject"].split()), 1)

    def clean_agency(self) -> str:
        """The name on one line."""
        return " ".join(self.cleaned_data["agency"].split())

    def clean_detail(self) -> str:
        """As many letters as are asked for, none of them invisible."""
        return _seen(self.cleaned_data["detail"], LEAST_DETAIL)

    def clean_national_id(self) -> str:
        """The 13 digits, or nothing; a number that does not check out is said."""
        return _national_id(self.cleaned_data["national_id"])

    def clean_person1_national_id(self) -> str:
        """The same of whoever is complained about: a wrong digit would name somebody else."""
        return _national_id(self.cleaned_data["person1_national_id"])

    def clean_person2_national_id(self) -> str:
        """The same of the second."""
        return _national_id(self.cleaned_data["person2_national_id"])

    def clean_person3_national_id(self) -> str:
        """The same of the third."""
        return _national_id(self.cleaned_data["person3_national_id"])

    def clean_postcode(self) -> str:
        """Five digits, in either script, or nothing."""
        digits = _digits(self.cleaned_data["postcode"])
        if digits and not re.fullmatch(r"[0-9]{5}", digits):
            raise ValidationError(gettext("A postcode has five digits."))
        return digits

    def clean(self) -> dict[str, Any]:
        """What one choice asks of other fields."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        identity = data.get("identity")
        if identity == Identity.ANONYMOUS and any(data.get(name) for name in REPORTER):
            message = gettext(
                "You chose to stay anonymous, and wrote who you are. Empty those fields, or choose again."
            )
            self.add_error("identity", message)
        if identity == Identity.NAMED and not (data.get("first_name") or data.get("last_name")):
            self.add_error("first_name", gettext("Say your name, or choose to be confidential or anonymous."))
        return data

    def filing(self, nonce: str, language: str, about: Snapshot | None, bucket: int | None = None) -> Filing:
        """What was said, as filing takes it; `bucket` counts reports from about the same place."""
        data = self.cleaned_data
        matter = {name: data[name] for name in MATTER if data.get(name)}
        with override("th"):  # the language of the bodies
            if data.get("network"):
                matter["network"] = str(NETWORKS[data["network"]])
            matter["wish"] = " – ".join(filter(None, [str(WISHES[data["wish"]]), data["wish_words"]]))
        return Filing(
            nonce=nonce,
            language=language,
            identity=data["identity"],
            suspicion=data["suspicion"],
            level=data["level"],
            matter=matter,
            accused=list(_persons(data)),
            reporter={name: data[name] for name in REPORTER if data.get(name)},
            files=data["evidence"],
            about=about,
            bucket=bucket,
        )


class IdentityForm(ComplaintForm):
    """Who the citizen is, said later: the fields of the filing, and only what is more open than before."""

    known = forms.BooleanField(label=_("I know that this cannot be taken back"))

    def __init__(self, now: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: self.fields[name] for name in ("identity", *REPORTER, "known")}
        modes = more_open_than(now)
        identity = self._choices("identity")
        identity.choices = [(mode.value, mode.label) for mode in modes]
        identity.initial = modes[0].value if modes else ""

    def clean(self) -> dict[str, Any]:
        """There must be something to lock: a name, or a way to reach whoever it is."""
        data = super().clean()
        if not self.errors and not self.reporter:
            raise ValidationError(gettext("Write who you are, or how to reach you."))
        return data

    @property
    def reporter(self) -> dict[str, str]:
        """What was said."""
        return {name: self.cleaned_data[name] for name in REPORTER if self.cleaned_data.get(name)}


class SupplementForm(forms.Form):
    """What is added later, under the access key."""

    words = text(_("What do you want to add?"), MOST_DETAIL, rows=5)
    evidence = files_field()

    def clean(self) -> dict[str, Any]:
        """Something must be added."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data.get("words") and not data.get("evidence"):
            raise ValidationError(gettext("Write something, or choose a file."))
        return data


def _seen(words: str, least: int) -> str:
    """The words, if so many signs of them can be seen: marks that join or part letters do not count."""
    if sum(unicodedata.category(sign)[0] != "C" for sign in words) < least:
        message = gettext("Write it in words: at least %(least)s letters that can be seen.")
        raise ValidationError(message % {"least": least})
    return words


def _digits(words: str) -> str:
    """A number as people write it: in either digits, with dashes, spaces and what copying brings along."""
    return "".join(sign for sign in arabic(words) if unicodedata.category(sign) not in AROUND_DIGITS)


def _persons(data: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for number in range(1, PERSONS + 1):
        person = {part: data.get(f"person{number}_{part}", "") for part in PERSON_PARTS}
        if any(person.values()):
            yield {part: words for part, words in person.items() if words}


def _national_id(words: str) -> str:
    """The 13 digits of a number as it was typed, or nothing. Raises ValidationError."""
    digits = _digits(words)
    if digits and not is_national_id(digits):
        raise ValidationError(
            gettext("This is no national ID number; look at the digits again, or leave it out.")
        )
    return digits


def is_national_id(digits: str) -> bool:
    """Whether 13 digits are a Thai national ID number: the last one checks the others (modulo 11)."""
    if not re.fullmatch(r"[1-8][0-9]{12}", digits):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, digits[:12], strict=True))
    return (11 - total % 11) % 10 == int(digits[12])


# The form's one-time number, signed: it takes the place of a cookie against forged posts


def new_token() -> str:
    """A fresh one-time number, signed with the time."""
    return signing.TimestampSigner(salt="complaint form").sign(new_nonce())


def nonce_of(token: str) -> str:
    """The one-time number of a form of ours that is not older than a month; empty for any other."""
    try:
        nonce = signing.TimestampSigner(salt="complaint form").unsign(token, max_age=TOKEN_DAYS * 86_400)
    except signing.BadSignature:
        return ""
    return nonce if is_nonce(nonce) else ""
