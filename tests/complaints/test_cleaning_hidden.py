"""What files hide where nobody looks at once: names of their makers in odd corners, acts in disguise."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from complaints.cleaning import Uncleanable, clean, see

from . import evidence_files as files
from .evidence_files import AUTHOR, CAMERA, OFFICE, W
from .test_cleaning import everything_in

HARM = "harm.example"


def pdf(change: Callable[[Pdf], Any]) -> bytes:
    """A PDF of one page, changed."""
    document, out = pikepdf.new(), BytesIO()
    document.add_blank_page(page_size=(99, 99))
    change(document)
    document.save(out)
    return out.getvalue()


def photograph(content: bytes, filters: Any) -> Callable[[Pdf], None]:
    """A page with a photograph, packed in these ways."""

    def change(document: Pdf) -> None:
        shape = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 60, "/Height": 40}
        picture = Stream(document, content)
        picture.update(
            Dictionary({**shape, "/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": filters})
        )
        page = document.pages[0]
        page.Resources = Dictionary(XObject=Dictionary(Im0=document.make_indirect(picture)))
        page.Contents = Stream(document, b"q 60 0 0 40 0 0 cm /Im0 Do Q")

    return change


FILLED = files.jpg().replace(b"\xff\xe1", b"\xff\xff\xff\xe1", 1)
"""The same photograph with bytes that fill up before a marker, as the standard allows."""
PHOTOGRAPHS = {
    "filters in a list": (files.jpg(), Array([Name.DCTDecode])),
    "packed once more": (zlib.compress(files.jpg()), Array([Name.FlateDecode, Name.DCTDecode])),
    "filled up": (FILLED, Name.DCTDecode),
    "another one behind its end": (files.jpg() + files.jpg(), Name.DCTDecode),
}


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_photograph_in_a_pdf_tells_nothing_however_it_is_packed(name: str) -> None:
    copy = clean("pdf", pdf(photograph(*PHOTOGRAPHS[name]))).content

    with pikepdf.open(BytesIO(copy)) as document:
        shown = pikepdf.PdfImage(document.pages[0].Resources.XObject.Im0).as_pil_image()
    assert CAMERA.encode() not in everything_in(copy)
    assert shown.size == (60, 40)


def test_photograph_of_the_newer_kind_in_a_pdf_loses_its_words() -> None:
    def box(kind: bytes, content: bytes) -> bytes:
        return (8 + len(content)).to_bytes(4) + kind + content

    signature, drawn = box(b"jP  ", b"\r\n\x87\n"), box(b"jp2c", b"points")
    given = signature + box(b"xml ", AUTHOR.encode()) + box(b"uuid", AUTHOR.encode()) + drawn

    copy = clean("pdf", pdf(photograph(given, Name.JPXDecode))).content

    assert AUTHOR.encode() not in copy
    assert signature + drawn in copy


def amid(content: bytes, packed: bytes) -> bytes:
    """Drawing in whose midst a photograph stands."""
    head = b"q 60 0 0 40 0 0 cm BI /W 60 /H 40 /CS /RGB /BPC 8 /F " + packed
    return head + b" ID " + content + b"\nEI Q\n0 0 9 9 re f"


def page_of(*contents: bytes) -> Callable[[Pdf], None]:
    """A page that draws this, in one piece or several."""

    def change(document: Pdf) -> None:
        parts = [Stream(document, one) for one in contents]
        document.pages[0].Contents = parts[0] if len(parts) == 1 else Array(parts)

    return change


DRAWN = amid(files.jpg(), b"/DCT")
BOX = {"/BBox": [0, 0, 99, 99]}


def form(document: Pdf) -> None:
    document.pages[0].Resources = Dictionary(
        XObject=Dictionary(Fm0=Stream(document, DRAWN, Dictionary({**BOX, "/Subtype": Name.Form})))
    )
    document.pages[0].Contents = Stream(document, b"/Fm0 Do")


def pattern(document: Pdf) -> None:
    shape = {**BOX, "/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/XStep": 99, "/YStep": 99}
    tiles = Dictionary(P0=Stream(document, DRAWN, Dictionary({**shape, "/Resources": Dictionary()})))
    document.pages[0].Resources = Dictionary(Pattern=tiles)
    document.pages[0].Contents = Stream(document, b"/Pattern cs /P0 scn 0 0 99 99 re f")


def letters(document: Pdf) -> None:
    shape = {"/Type": Name.Font, "/Subtype": Name.Type3, "/FontBBox": [0, 0, 99, 99], "/FirstChar": 97}
    drawn = Dictionary(a=Stream(document, b"99 0 d0 " + DRAWN))
    coded = Dictionary(Differences=[97, Name.a])
    more = {"/FontMatrix": [0.01, 0, 0, 0.01, 0, 0], "/LastChar": 97, "/Widths": [99], "/Encoding": coded}
    font = Dictionary({**shape, **more, "/CharProcs": drawn})
    document.pages[0].Resources = Dictionary(Font=Dictionary(F0=font))
    document.pages[0].Contents = Stream(document, b"BT /F0 99 Tf (a) Tj ET")


def stamp(document: Pdf) -> None:
    looks = Dictionary(N=Dictionary(On=Stream(document, DRAWN, Dictionary({**BOX, "/Subtype": Name.Form}))))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 99, 99], AP=looks, AS=Name.On)
    document.pages[0].Annots = Array([note])


AMID = {
    "on a page": page_of(DRAWN),
    "in a page of several pieces": page_of(b"q", b"Q\n" + DRAWN, b"0 0 9 9 re f"),
    "begun in one piece and ended in another": page_of(*DRAWN.partition(b"\nEI ")),
    "under its long name": page_of(amid(files.jpg(), b"/DCTDecode")),
    "in a list": page_of(amid(files.jpg(), b"[/DCT]")),
    "under a name in numbers": page_of(amid(files.jpg(), b"/D#43#54")),
    "packed once more": page_of(amid(zlib.compress(files.jpg()), b"[/Fl /DCT]")),
    "written in letters": page_of(amid(base64.a85encode(files.jpg()) + b"~>", b"[/A85 /DCT]")),
    "in a form": form,
    "in a pattern": pattern,
    "in a letter of a font": letters,
    "in a stamp": stamp,
}


def all_drawn_in(copy: bytes) -> bytes:
    """What a PDF holds, unpacked as far as it is no photograph."""
    with pikepdf.open(BytesIO(copy)) as document:
        streams = [thing for thing in document.objects if isinstance(thing, Stream)]
        return b"".join(one.read_bytes(pikepdf.StreamDecodeLevel.generalized) for one in streams)


@pytest.mark.parametrize("name", AMID)
def test_photograph_amid_the_drawing_of_a_pdf_tells_nothing_and_is_still_seen(name: str) -> None:
    given = pdf(AMID[name])

    copy = clean("pdf", given)

    drawn = all_drawn_in(copy.content)
    assert drawn.count(b"\xff\xd8\xff") == 1
    assert not [word for word in (b"Exif", CAMERA.encode(), AUTHOR.encode()) if word in drawn]
    assert f"Make: {CAMERA}" in copy.found
    assert any(line.startswith("GPS: 13.7563") for line in copy.found)
    assert see("pdf", copy.content, 1).picture == see("pdf", given, 1).picture
    assert Image.open(BytesIO(see("pdf", copy.content, 1).picture)).convert("L").getextrema()[0] < 200


def test_citizen_is_told_what_a_photograph_in_a_pdf_told() -> None:
    copy = clean("pdf", pdf(photograph(files.jpg(), Name.DCTDecode)))

    assert f"Make: {CAMERA}" in copy.found
    assert any(line.startswith("GPS: 13.7563") for line in copy.found)


def test_photograph_amid_drawing_that_cannot_be_followed_has_no_copy() -> None:
    broken = files.jpg().replace(b"\xff\xe1", b"\x00\xe1", 1)

    with pytest.raises(Uncleanable):
        clean("pdf", pdf(page_of(amid(broken, b"/DCT"))))


def test_drawing_without_photographs_is_left_as_it_is() -> None:
    words = b"BT (BI /DCTX ID) Tj ET q 2 0 0 2 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff\nEI Q"

    assert words in all_drawn_in(clean("pdf", pdf(page_of(words))).content)


def test_photograph_in_a_pdf_that_cannot_be_followed_has_no_copy() -> None:
    broken = files.jpg().replace(b"\xff\xe1", b"\x00\xe1", 1)

    with pytest.raises(Uncleanable):
        clean("pdf", pdf(photograph(broken, Name.DCTDecode)))


def test_pdf_does_not_say_who_signed_it() -> None:
    def signed(document: Pdf) -> None:
        signature = Dictionary(Type=Name.Sig, Name=AUTHOR, ContactInfo=AUTHOR, Contents=b"certificate")
        document.Root.Perms = Dictionary(DocMDP=document.make_indirect(signature))
        document.Root.DSS = Dictionary(Certs=[Stream(document, AUTHOR.encode())])

    assert AUTHOR.encode() not in everything_in(clean("pdf", pdf(signed)).content)


def test_act_behind_many_others_in_a_pdf_does_not_pass() -> None:
    def chained(document: Pdf) -> None:
        act = Dictionary(S=Name.JavaScript, JS="harm()")
        for _ in range(80):
            act = Dictionary(S=Name.GoTo, D=[0, Name.Fit], Next=act)
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=act)
        document.pages[0].Annots = Array([link])

    with pytest.raises(Uncleanable):
        clean("pdf", pdf(chained))


def document(body: str, **members: str) -> bytes:
    """A letter of these words, with further members."""
    spaces = f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml"'
    text = f"<w:document {spaces}><w:body><w:p>{body}</w:p></w:body></w:document>"
    return files.docx(**{"word__document_dot_xml": text, **members})


def field(*words: str) -> str:
    return "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in words)


LOADING = {
    "in pieces": document(field(" DD", "EAUTO", f" c:\\\\x {HARM}")),
    "behind another one": document(field(f" SET a INCLUDEPICTURE http://{HARM}/a")),
    "from a database": document(field(f" DATABASE \\d \\\\\\\\{HARM}\\\\a")),
    "of another document": document(field(f" RD http://{HARM}/a")),
    "where capitals do not matter": document(
        "", word___rels__document_dot_xml_dot_RELS=files.relations(
            f'<Relationship Id="r1" Type="{OFFICE}/image" Target="http://{HARM}/a" TargetMode="External"/>'
        ),
    ),
    "that is said to lie inside": document(
        "", word___rels__document_dot_xml_dot_rels=files.relations(
            f'<Relationship Id="r1" Type="{OFFICE}/image" Target="\\\\{HARM}\\a.png"/>'
        ),
    ),
    "as a drawing": document(f'<w:pict><v:imagedata src="http://{HARM}/a.png"/></w:pict>'),
    "to merge letters with": document(
        "", word__settings_dot_xml=f'<w:settings xmlns:w="{W}"><w:mailMerge><w:connectString w:val="{HARM}"/>'
        "</w:mailMerge></w:settings>",
    ),
    "as a further program": document(
        "", word__webextensions__webextension1_dot_xml=f'<we xmlns="x"><reference store="{HARM}"/></we>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LOADING)
def test_letter_loads_nothing(name: str) -> None:
    assert HARM.encode() in everything_in(LOADING[name])

    assert HARM.encode() not in everything_in(clean("docx", LOADING[name]).content)


def test_fields_that_load_nothing_stay() -> None:
    copy = clean("docx", document(field(" PAGE ", ' TOC \\o "1-3" ', " REF x ")))

    assert all(word in everything_in(copy.content) for word in (b" PAGE ", b"TOC", b"REF x"))


S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PATH = f"C:\\Users\\{AUTHOR}\\Documents\\"
TELLING = {
    "where it was kept": document(f'<w:drawing descr="{PATH}a.jpg"/>'),
    "who opened its table": document(
        "", xl__pivotCache__a_dot_xml=f'<pivotCacheDefinition xmlns="{S}" refreshedBy="{AUTHOR}"/>'
    ),
    "whose view it was": document(
        "", xl__workbook1_dot_xml=f'<workbook xmlns="{S}"><customWorkbookViews><customWorkbookView '
        f'name="{AUTHOR}"/></customWorkbookViews><absPath url="{PATH}"/></workbook>',
    ),
    "who changed it": document(
        "", xl__revisions__userNames_dot_xml=f'<users xmlns="{S}"><userInfo name="{AUTHOR}"/></users>'
    ),
    "in other capitals": document("", DocProps__custom_dot_xml=f"<a>{AUTHOR}</a>"),
}  # fmt: skip


@pytest.mark.parametrize("name", TELLING)
def test_document_does_not_tell(name: str) -> None:
    assert AUTHOR.encode() in everything_in(TELLING[name])

    assert AUTHOR.encode() not in everything_in(clean("docx", TELLING[name]).content)
