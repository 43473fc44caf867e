"""Word and Excel documents without authors, revisions' names, macros, embedded files and links that load."""

from __future__ import annotations

import posixpath
import re
import stat
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from .pictures import drawn_anew
from .refusals import Damaged, Harmful, Refusal, TooManyPoints, TooMuch

MOST_MEMBERS = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
LONGEST = 200
DROPPED = (
    "docprops/", "customxml/", "customui/", "xl/connections.xml", "xl/querytables/", "xl/persons/",
    "xl/revisions/", "xl/webextensions/", "word/people.xml", "word/webextensions/",
)  # fmt: skip
"""Who wrote it, when, with what; where its numbers are fetched from; programs that it brings along."""
PROGRAMS = ("vbaproject.bin", "vbadata.xml", ".exe", ".js", ".vbs", ".dll", ".lnk", ".hta", ".scr", ".bat")
MACROS = ("/macrosheets/", "/dialogsheets/")
DRAWN = {
    "png": "PNG",
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "gif": "GIF",
    "bmp": "BMP",
    "tif": "TIFF",
    "tiff": "TIFF",
}
NAMED = {
    "author",
    "initials",
    "date",
    "userId",
    "providerId",
    "displayName",
    "name",
    "dateUtc",
    "dT",
    "personId",
}
KEPT_EMPTY = ("author", "displayName")  # without these a reader takes the document for damaged
REVISED = {
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "comment",
    "cellIns", "cellDel", "cellMerge", "trPrChange", "tcPrChange", "numberingChange", "person",
    "threadedComment",
}  # fmt: skip
CALCULATED = (
    "f",
    "ddeLink",
    "oleLink",
    "definedNames",
    "attachedTemplate",
    "rsids",
    "webPublishing",
    "fileSharing",
    "mailMerge",
    "docVars",
    "absPath",
    "customWorkbookViews",
    "customSheetViews",
)
"""Formulas and what they reach for, where it was kept, whose view it was. The values they came to stay."""
TELLING = ("refreshedBy", "refreshOnLoad")
LINKS = ("src", "href", "althref", "url", "link", "location", "store")
OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|.*\\)", re.IGNORECASE)
"""How a target begins that does not lie in the document."""
ON_A_COMPUTER = re.compile(r"\s*(?:[a-z]:[\\/]|\\\\|file:)", re.IGNORECASE)
"""How the place of a file begins: it tells whose computer it was."""
HARMLESS = re.compile(
    r"\s*(?:=|HYPERLINK\s+\\l\b|(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|PAGEREF|NOTEREF|REF|TOC|TC|XE|INDEX|SEQ|"
    r"STYLEREF|DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|SYMBOL|EQ|LISTNUM|"
    r"MERGEFIELD|CITATION|BIBLIOGRAPHY)\b)",
    re.IGNORECASE,
)
"""How a field begins that loads nothing and starts nothing. Any other goes, and so does each further piece of
one that is written in pieces; what it came to stays.
"""
NOWHERE = "about:blank"
CONTENT_TYPES = "[content_types].xml"


def cleaned(kind: str, content: bytes) -> tuple[bytes, list[str]]:
    """The document written anew, and what it told. Raises Refusal."""
    out = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(content)) as given:
            members = checked(given)
            found = [line for member in members for line in told(given, member)]
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
                for member in members:
                    if not is_dropped(member.filename):
                        entry = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
                        entry.compress_type = zipfile.ZIP_DEFLATED
                        copy.writestr(entry, part(member.filename, given.read(member)))
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise Damaged from error
    except RuntimeError as error:  # a member that is encrypted
        raise Harmful from error
    return out.getvalue(), found


def checked(given: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members, in order. Raises Refusal for bombs, macros, links and names that lead elsewhere."""
    members = [member for member in given.infolist() if not member.is_dir()]
    names = [member.filename.lower() for member in members]
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise TooMuch
    if len(set(names)) != len(names) or any(map(leads_elsewhere, members)):
        raise Harmful
    if any(name.endswith(PROGRAMS) or any(place in name for place in MACROS) for name in names):
        raise Harmful
    return members


def leads_elsewhere(member: zipfile.ZipInfo) -> bool:
    """Whether it is a link, or its name leaves the document."""
    name = member.filename
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return is_link or name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name


def is_dropped(name: str) -> bool:
    """Whether a member is left out; capitals do not matter in the names of members."""
    return name.lstrip("/").lower().startswith(DROPPED)


def told(given: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[str]:
    """Who wrote it, and what else its properties say."""
    name = member.filename.lower()
    if name.startswith("docprops/") and name.endswith(".xml"):
        for element in parsed(given.read(member)).iter(etree.Element):
            if element.text and element.text.strip():
                yield f"{local(element)}: {element.text.strip()}"[:LONGEST]


def part(name: str, content: bytes) -> bytes:
    """One member, as it stands in the copy. Raises Refusal."""
    suffix = name.rsplit(".", 1)[-1].lower()
    if suffix in ("rels", "xml", "vml"):
        root = parsed(content)
        rewrite(name, root)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    if suffix in DRAWN:
        return picture(DRAWN[suffix], content)
    return b""  # programs, embedded files, fonts, drawings of other programs


def picture(form: str, content: bytes) -> bytes:
    """A picture of the document drawn anew; an empty place where it cannot be."""
    try:
        return drawn_anew(form, content)[0]
    except TooManyPoints:
        raise
    except Refusal:
        return b""


def parsed(content: bytes) -> etree._Element:
    """The XML of a part. Raises Harmful for one that declares entities or a document type of its own."""
    if b"<!DOCTYPE" in content[:2000].upper() or b"<!ENTITY" in content.upper():
        raise Harmful
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise Harmful
    return root


def rewrite(name: str, root: etree._Element) -> None:
    """Take out of one part what names persons, and what fetches."""
    if name.lower() == CONTENT_TYPES:
        remove(child for child in root if is_dropped(str(child.get("PartName", ""))))
    elif name.lower().endswith(".rels"):
        relations(name, root)
    else:
        for element in list(root.iter(etree.Element)):
            plain(element)


def relations(name: str, root: etree._Element) -> None:
    """What lies outside leads nowhere; what was taken out is named no more."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in list(root):
        target = relation.get("Target", "")
        inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if relation.get("TargetMode", "").lower() == "external" or OUTSIDE.match(target):
            relation.set("Target", NOWHERE)
            relation.set("TargetMode", "External")
        elif is_dropped(inside):
            root.remove(relation)


def plain(element: etree._Element) -> None:
    """One element without a person's name, a revision's mark, a formula or a field that fetches."""
    word = local(element)
    for attribute in list(element.attrib):
        ending = etree.QName(attribute).localname
        if ending.startswith("rsid") or (word in REVISED and ending in NAMED):
            element.set(attribute, "") if ending in KEPT_EMPTY else element.attrib.pop(attribute)
        elif ending in TELLING:
            element.attrib.pop(attribute)
        elif leads_out(ending, element.get(attribute, "")) or (word == "fldSimple" and ending == "instr"):
            element.set(attribute, harmless(element.get(attribute)))
    if word in ("instrText", "delInstrText"):
        element.text = harmless(element.text)
    if word in ("author", "creator", "lastModifiedBy") and element.text:
        element.text = ""
    if word in CALCULATED:
        remove([element])


def leads_out(name: str, value: str) -> bool:
    """Whether an attribute names a place outside of the document."""
    return bool(ON_A_COMPUTER.match(value)) or (name.lower() in LINKS and bool(OUTSIDE.match(value)))


def harmless(words: str | None) -> str:
    """The words of a field if they load nothing when the document is opened, or none."""
    return words if words and HARMLESS.match(words) else ""


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(etree.QName(element).localname)


def remove(elements: Iterator[etree._Element] | list[etree._Element]) -> None:
    """Take elements out, with what follows them kept."""
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
