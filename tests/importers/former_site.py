"""The former site's interface as a server on this machine, and the contract that its answers keep.

The fake answers `offset`, `limit` and the header `api-key`. What the paging relies on stands in
`assert_keeps_the_contract`, which may be held against the real one too.
"""

from __future__ import annotations

import ipaddress
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from importers.paging import Interface

from .sources.egp_files import PROJECT, envelope

HERE = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
KEY = "a-key-of-a-test"
MOST = 20  # rows on a page, whatever is asked for: as the former site


@dataclass
class FormerSite:
    """The fake while it runs: its projects, what it was asked, and how often it will fail first."""

    projects: list[dict[str, Any]]
    address: str = ""
    asked: list[int] = field(default_factory=list)
    fails: list[int] = field(default_factory=list)  # statuses that the next answers have
    stuck: bool = False  # whether it ignores the offset
    redirect: str = ""

    def interface(self, **changes: Any) -> Interface:
        """This site as it is asked in tests: without waiting."""
        values: dict[str, Any] = {
            "address": f"{self.address}/govspending/cgdcontract?year=2560",
            "headers": {"api-key": KEY},
            "allowed": HERE,
            "wait": lambda seconds: None,
        }
        return Interface(**(values | changes))

    def answer(self, query: dict[str, list[str]], key: str) -> tuple[int, dict[str, Any]]:
        if self.fails:
            return self.fails.pop(0), {"status": "ERROR", "msg": "try again"}
        if key != KEY:
            return 200, {"code": 401, "status": "ERROR", "msg": "Invalid api-key", "result": None}
        offset, limit = int(query["offset"][0]), min(int(query["limit"][0]), MOST)
        self.asked.append(offset)
        start = 0 if self.stuck else offset
        return 200, envelope(*self.projects[start : start + limit])


@contextmanager
def former_site(count: int = 45) -> Iterator[FormerSite]:
    """A former site with so many projects, while the block runs."""
    site = FormerSite([PROJECT | {"project_id": f"591260{number:05}"} for number in range(count)])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            if site.redirect:
                self.send_response(302)
                self.send_header("Location", site.redirect)
                self.end_headers()
                return
            status, document = site.answer(parse_qs(url.query), self.headers.get("api-key", ""))
            body = json.dumps(document, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        site.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def assert_keeps_the_contract(interface: Interface) -> None:
    """An envelope with a list, pages that follow each other, an empty one at the end."""
    first = interface.page(0)
    second = interface.page(len(first["result"]))
    beyond = interface.page(1_000_000_000)

    assert {"code", "status", "msg", "time", "param_obj", "result", "summary"} <= first.keys()
    assert first["result"]
    assert all(isinstance(project["project_money"], str) for project in first["result"])
    assert not {project["project_id"] for project in first["result"]} & {
        project["project_id"] for project in second["result"]
    }
    assert beyond["result"] == []
