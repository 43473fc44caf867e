"""A process that serves visitors: what it loads before the first of them comes."""

from __future__ import annotations

import json
import subprocess
import sys

KEPT = """
import gc, json, sys

def kept(server):
    gc.unfreeze()
    __import__(server)
    return [gc.get_freeze_count(), "spending.views" in sys.modules]

print(json.dumps([kept(server) for server in ("config.wsgi", "config.asgi")]))
"""


def test_server_keeps_all_pages_and_never_looks_through_them_again() -> None:
    answer = subprocess.run([sys.executable, "-c", KEPT], check=True, capture_output=True, text=True)

    for objects, has_pages in json.loads(answer.stdout):
        assert has_pages
        assert objects > 100_000
