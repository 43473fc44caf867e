"""Pictures, drawn anew point by point: nothing but the points is carried over."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageOps

from .refusals import Damaged, TooManyPoints

MOST_POINTS = 40_000_000
FORMATS = {"png": "PNG", "jpg": "JPEG"}
MODES = {"PNG": ("1", "L", "LA", "RGB", "RGBA"), "JPEG": ("L", "RGB")}
TELLING = ("Make", "Model", "Software", "DateTime", "Artist", "Copyright", "ImageDescription", "HostComputer")
LONGEST = 200  # letters of a value that is shown to whoever gave the file


def cleaned(kind: str, content: bytes) -> tuple[bytes, list[str]]:
    """The picture drawn anew, and what it told. Raises Refusal."""
    return drawn_anew(FORMATS[kind], content)


def drawn_anew(form: str, content: bytes) -> tuple[bytes, list[str]]:
    """The same points in the same form. Raises Refusal."""
    try:
        with Image.open(BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > MOST_POINTS:
                raise TooManyPoints
            found = told(picture)
            upright = ImageOps.exif_transpose(picture)
    except Image.DecompressionBombError as error:
        raise TooManyPoints from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Damaged from error
    plain = upright if upright.mode in MODES.get(form, (upright.mode,)) else upright.convert(_mode(upright))
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = BytesIO()
    bare.save(out, form, **({"quality": 90} if form == "JPEG" else {}))
    return out.getvalue(), found


def told(picture: Image.Image) -> list[str]:
    """What the camera, the telephone or a program wrote into it."""
    exif = picture.getexif()
    found = [f"{ExifTags.TAGS[tag]}: {value}"[:LONGEST] for tag, value in exif.items() if _tells(tag)]
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        found.append(f"GPS: {_place(exif)}"[:LONGEST])
    texts = {name: value for name, value in picture.info.items() if isinstance(value, str)}
    return found + [f"{name}: {value}"[:LONGEST] for name, value in texts.items()]


def _tells(tag: int) -> bool:
    return ExifTags.TAGS.get(tag, "") in TELLING


def _place(exif: Image.Exif) -> str:
    """Latitude and longitude in degrees, as maps take them; south and west are less than nothing."""
    gps, place = ExifTags.GPS, exif.get_ifd(ExifTags.IFD.GPSInfo)
    pairs = ((gps.GPSLatitude, gps.GPSLatitudeRef), (gps.GPSLongitude, gps.GPSLongitudeRef))
    return ", ".join(_degrees(place.get(value), place.get(side)) for value, side in pairs)


def _degrees(parts: Any, side: Any) -> str:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return "?"
    return f"{(degrees + minutes / 60 + seconds / 3600) * (-1 if side in ('S', 'W') else 1):.5f}"


def _mode(picture: Image.Image) -> str:
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    return "RGBA" if has_alpha and picture.format != "JPEG" else "RGB"
