"""Citizens with files and staff at their pages, each with a browser of their own."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from uuid import uuid4

from .faults import must
from .programs import free_port, listens, wait_for
from .stage import Stage

HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CODE = "canaryofficecode"
"""A recovery code, as each account of the office has one."""
File = tuple[str, str, bytes]
"""Name, media type, content."""


class Browser:
    """One person's. Whatever it is answered but a page or a file raises NotHeld."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.headers = {"Origin": self.address} | dict(headers or {})
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> bytes:
        """A page, or a file that is taken."""
        return self._ask(path, None, {})

    def look(self, path: str) -> str:
        """A page as text."""
        return self.get(path).decode()

    def fill(self, path: str, fields: Mapping[str, str]) -> str:
        """Open a page, fill its form and send it with the hidden field. The page that follows."""
        return self.taken(path, fields).decode()

    def taken(self, path: str, fields: Mapping[str, str], files: Sequence[File] = ()) -> bytes:
        """The same where a file follows, or goes along."""
        hidden = HIDDEN.search(self.look(path))
        must(hidden is not None, f"{path} has no form")
        token = hidden[1] if hidden else ""
        given, way = dict(fields) | {"csrfmiddlewaretoken": token}, {"Referer": self.address + path}
        if not files:
            return self._ask(path, urlencode(given).encode(), way)
        kind, body = multipart(given, files)
        return self._ask(path, body, way | {"Content-Type": kind})

    def send(self, path: str, fields: Mapping[str, str], files: Sequence[File] = ()) -> str:
        """Send a form of the public pages, which have no hidden field, with files of evidence."""
        kind, body = multipart(fields, files)
        return self._ask(path, body, {"Content-Type": kind}).decode()

    def _ask(self, path: str, body: bytes | None, more: Mapping[str, str]) -> bytes:
        request = urllib.request.Request(self.address + path, body, dict(more) | self.headers)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            must(False, f"{path} answered {error.code}")
            raise


def multipart(fields: Mapping[str, str], files: Sequence[File]) -> tuple[str, bytes]:
    """Fields and files as a browser sends them: the type of the body, and the body. A file goes as evidence,
    unless its name is `field/name`.
    """
    edge = uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, kind, content in files:
        field, _, called = name.rpartition("/")
        head = f'Content-Disposition: form-data; name="{field or "evidence"}"; filename="{called}"'
        head += f"\r\nContent-Type: {kind}"
        parts += [f"--{edge}\r\n{head}\r\n\r\n".encode(), content, b"\r\n"]
    return f"multipart/form-data; boundary={edge}", b"".join([*parts, f"--{edge}--\r\n".encode()])


def open_office(made: Stage) -> int:
    """The staff's site, which tells of each request in its log. Returns its port."""
    port = free_port()
    command = ("-m", "gunicorn", "proofs.site", "--threads", "4", "--no-control-socket")
    command += ("--access-logfile", "-", "--bind", f"127.0.0.1:{port}")
    made.start("office", *command)
    wait_for(lambda: listens(port), 90, "The staff's site did not start.")
    return port


def signed_in(port: int, role: str) -> Browser:
    """The browser of a new account of this role, past the door with password and recovery code."""
    from django.contrib.auth.models import Group, User
    from django_otp.plugins.otp_static.models import StaticDevice

    user = User.objects.create_user(f"canary-{role}", password=CODE, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    StaticDevice.objects.create(user=user, name="recovery codes").token_set.create(token=CODE)
    browser = Browser(port)
    given = {"username": user.username, "password": CODE, "code": CODE, "next": "/admin/"}
    page = browser.fill("/admin/login/", given)
    must('name="password"' not in page, f"{role} is not let in")
    return browser
