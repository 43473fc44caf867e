"""Which agency a row means: published names and codes become rows of `Agency`.

By code where the row has one; else by name within the ministry, damaged letters forgiven only where one
candidate is clearly meant; else a new agency whose name is its code until a published list gives one. How
each name was matched is kept in `AgencyName`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from spending.bodies_in_english import english_body
from spending.models import Agency, AgencyName

from .names import KnownBodies
from .records import Body
from .spelling import skeleton

KNOWN_MINISTRIES = Path(__file__).parent / "known" / "ministries.csv"
Matched = AgencyName.Matched


@dataclass(frozen=True, slots=True)
class KnownMinistry:
    """A ministry or equal body of the state's lists; `code` is empty where no list gives one."""

    code: str
    name: str
    name_en: str


@cache
def known_ministries() -> dict[str, KnownMinistry]:
    """The known ministries by the skeleton of each of their names, and by their codes."""
    known: dict[str, KnownMinistry] = {}
    with KNOWN_MINISTRIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ministry = KnownMinistry(row["code"], row["name"], row["name_en"])
            spellings = [ministry.name, *filter(None, row["also"].split("|"))]
            known |= {skeleton(spelling): ministry for spelling in spellings}
            known |= {ministry.code: ministry} if ministry.code else {}
    return known


@dataclass
class Bodies:
    """The agencies known so far. New ones are collected and written together by `save()`."""

    by_code: dict[str, Agency] = field(default_factory=dict)
    by_name: dict[tuple[str, str], list[Agency]] = field(default_factory=dict)  # (skeleton, ministry code)
    seen: dict[tuple[str, str, str, str], Agency] = field(default_factory=dict)
    names: set[tuple[str, str]] = field(default_factory=set)
    new_agencies: list[Agency] = field(default_factory=list)
    new_names: list[AgencyName] = field(default_factory=list)
    known: dict[tuple[str, str], tuple[KnownBodies, dict[str, Agency]]] = field(default_factory=dict)

    @classmethod
    def from_database(cls) -> Bodies:
        bodies = cls()
        for agency in Agency.objects.select_related("ministry"):
            bodies._remember(agency, agency.name)
        for alias in AgencyName.objects.select_related("agency__ministry"):
            bodies.names.add((alias.name, alias.ministry_code))
            bodies._remember(alias.agency, alias.name, alias.ministry_code)
        return bodies

    def counts(self) -> tuple[int, int, int | None]:
        """How many saved agencies and names are known, and the newest agency's key."""
        agencies = {agency.pk for agency in self.by_code.values()}
        unsaved = None in agencies
        return len(agencies), len(self.names), None if unsaved else max(agencies, default=None)

    def find(self, body: Body) -> Agency:
        """The agency a row means; a new one, not yet saved, where none is known."""
        key = (body.code, body.name, body.kind, body.ministry_code)
        agency = self.seen.get(key)
        if agency is None:
            agency = self.seen[key] = self._find(body)
        return agency

    def save(self) -> None:
        """Write what was found new since the last call."""
        Agency.objects.bulk_create(agency for agency in self.new_agencies if agency.ministry is None)
        Agency.objects.bulk_create(agency for agency in self.new_agencies if agency.ministry is not None)
        AgencyName.objects.bulk_create(self.new_names)
        self.new_agencies, self.new_names = [], []

    def _find(self, body: Body) -> Agency:
        if body.kind == Agency.Kind.MINISTRY:
            return self._ministry(body)
        if body.code:
            return self._by_code(body)
        return self._by_name(body)

    def _ministry(self, body: Body) -> Agency:
        known = known_ministries().get(body.code) or known_ministries().get(skeleton(body.name))
        code = body.code or (known.code if known else "") or (known.name if known else body.name)
        agency = self.by_code.get(code)
        if agency is None:
            name, name_en = (known.name, known.name_en) if known else (body.name, "")
            published = bool(body.code or (known and known.code))
            agency = self._create(code, name, Agency.Kind.MINISTRY, None, published, name_en)
        self._name(agency, body.name, "", Matched.CODE if body.code else Matched.NAME)
        return agency

    def _by_code(self, body: Body) -> Agency:
        agency = self.by_code.get(body.code)
        if agency is None:
            agency = self._promoted(body) or self._create(
                body.code, body.name, body.kind, self._parent(body), published=True
            )
        self._name(agency, body.name, body.ministry_code, Matched.CODE)
        return agency

    def _promoted(self, body: Body) -> Agency | None:
        """An agency that was known by name only, given its published code; its old address becomes a name."""
        nameless = [
            agency
            for agency in self.by_name.get((skeleton(body.name), body.ministry_code), [])
            if not agency.has_published_code and agency.kind == body.kind
        ]
        if len(nameless) != 1:
            return None
        agency = nameless[0]
        self._name(agency, agency.code, "", Matched.NAME)
        agency.code, agency.has_published_code = body.code, True
        if agency.pk:
            agency.save(update_fields=["code", "has_published_code"])
        self.by_code[body.code] = agency
        return agency

    def _by_name(self, body: Body) -> Agency:
        same = self.by_name.get((skeleton(body.name), body.ministry_code), [])
        if len(same) == 1:
            exact = same[0].name == body.name
            return self._matched(same[0], body, Matched.NAME if exact else Matched.SPELLING)
        damaged = self._damaged(body) if not same else None
        if damaged is not None:
            return self._matched(damaged, body, Matched.SPELLING)
        agency = self.by_code.get(body.name) or self._create(
            body.name, body.name, body.kind, self._parent(body), published=False
        )
        return self._matched(agency, body, Matched.NAME)

    def _damaged(self, body: Body) -> Agency | None:
        """The one agency, among those known when this ministry was asked for first, that a name stands
        for.
        """
        place = (body.ministry_code, body.kind)
        if place not in self.known:
            agencies = self._standing_under(*place)
            self.known[place] = (KnownBodies(agencies), agencies)
        known, agencies = self.known[place]
        found = known.find(body.name)
        return agencies[found.name] if found else None

    def _standing_under(self, ministry_code: str, kind: str) -> dict[str, Agency]:
        return {
            agency.name: agency
            for (_, ministry), agencies in self.by_name.items()
            if ministry == ministry_code
            for agency in agencies
            if agency.kind == kind
        }

    def _matched(self, agency: Agency, body: Body, how: AgencyName.Matched) -> Agency:
        self._name(agency, body.name, body.ministry_code, how)
        return agency

    def _parent(self, body: Body) -> Agency | None:
        if not body.ministry_code:
            return None
        known = known_ministries().get(body.ministry_code)
        parent = Body(known.name if known else body.ministry_code, body.ministry_code, Agency.Kind.MINISTRY)
        return self.find(parent) if known or body.ministry_code in self.by_code else None

    def _create(
        self, code: str, name: str, kind: str, ministry: Agency | None, published: bool, name_en: str = ""
    ) -> Agency:
        english = name_en or english_body(name)
        agency = Agency(
            code=code, name=name, name_en=english, kind=kind, ministry=ministry, has_published_code=published
        )
        self.new_agencies.append(agency)
        self._remember(agency, name)
        return agency

    def _remember(self, agency: Agency, name: str, ministry_code: str | None = None) -> None:
        under = (
            ministry_code if ministry_code is not None else agency.ministry.code if agency.ministry else ""
        )
        self.by_code[agency.code] = agency
        same = self.by_name.setdefault((skeleton(name), under), [])
        if all(known.code != agency.code for known in same):
            same.append(agency)

    def _name(self, agency: Agency, name: str, ministry_code: str, how: AgencyName.Matched) -> None:
        if (name, ministry_code) in self.names or (name == agency.name and not ministry_code):
            return
        self.names.add((name, ministry_code))
        self.new_names.append(AgencyName(agency=agency, name=name, ministry_code=ministry_code, matched=how))
        self._remember(agency, name, ministry_code)
