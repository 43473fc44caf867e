"""The stand-in agency: a small real HTTP server that takes deliveries as an agency would; for trials, tests.

It checks signatures, keeps what it got by its number, answers with a receipt and acknowledges with a signed
message of its own. `POST /behave` tells it to fail: `error`, `silent`, `late`, `lost` (kept, but the answer
is lost), `garbage`, `empty`, `redirect`, `gone`, `busy`, or a mixture such as `error:0.15,late:0.15`;
`silent@nacc` is silent towards letters for that desk alone.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

from . import signatures
from .signatures import SignatureError, Signed

LATE_SECONDS = 20  # longer than a channel waits
TRIES = 5
LARGEST = 80 * 1024 * 1024  # bytes of a delivery


@dataclass
class Agency:
    """What the agency knows: whom it believes, what it got, how it behaves."""

    verify_key: str
    """The site's public key."""
    signing_key: str = ""
    acknowledge_at: str = ""
    """Where the site hears acknowledgements; none are sent without it."""
    late_seconds: float = LATE_SECONDS
    behaviour: dict[str, float] = field(default_factory=dict)
    """How often, of one, it fails in which way."""
    received: dict[str, dict[str, Any]] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, body: bytes, signed: Signed) -> str:
        """Keep a delivery once. Returns its number in the register. Raises SignatureError."""
        signatures.verify(body, signed, verify_keys=[self.verify_key], now=int(time.time()))
        with self.lock:
            self.times[signed.id] += 1
            is_new = signed.id not in self.received
            if is_new:
                self.received[signed.id] = read_letter(body)
            register = f"TRIAL-{list(self.received).index(signed.id) + 1:06}"
        if is_new and self.acknowledge_at:
            threading.Thread(target=self.acknowledge, args=[signed.id, register], daemon=True).start()
        return register

    def acknowledge(self, number: str, register: str) -> None:
        """Tell the site that the delivery was taken over; a few times, if the site does not hear."""
        data = {"type": "complaint.acknowledged", "data": {"received": number, "register": register}}
        body, message = json.dumps(data).encode(), f"ack-{uuid4()}"
        for attempt in range(TRIES):
            time.sleep(1 + attempt * 2)
            signed = signatures.sign(body, id=message, at=int(time.time()), signing=self.signing_key)
            headers = {"Content-Type": "application/json"} | signed.headers
            request = urllib.request.Request(self.acknowledge_at, body, headers)
            try:
                with urllib.request.urlopen(request, timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                continue

    def mood(self, desk: str = "") -> str:
        """How it behaves this time, towards a letter for this desk."""
        drawn = random.random()
        for name, share in self.behaviour.items():
            mood, _, only = name.partition("@")
            drawn -= share if only in ("", desk) else 0
            if drawn < 0:
                return mood
        return "well"


class Desk(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    agency: Agency

    def do_POST(self) -> None:
        """A delivery, or a word on how to behave."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), LARGEST))
        if self.path == "/behave":
            self.agency.behaviour = read_behaviour(body.decode())
            return self.say(200, {"behaviour": self.agency.behaviour})
        return self.delivered(body)

    def do_GET(self) -> None:
        """What was received, for whoever looks: numbers, counts, and the letters."""
        times = dict(self.agency.times)
        letters = list(self.agency.received.values())
        self.say(200, {"received": times, "refused": self.agency.refused, "letters": letters})

    def delivered(self, body: bytes) -> None:
        """Take a delivery, or fail in the way that was asked for."""
        names = ("webhook-id", "webhook-timestamp", "webhook-signature")
        signed = Signed(*(self.headers.get(name, "") for name in names))
        mood = self.agency.mood(desk_of(body))
        if mood in ANSWERS:
            status, headers, answer = ANSWERS[mood]
            return self.say(status, answer, headers)
        if mood == "silent":
            time.sleep(self.agency.late_seconds)
            return self.close()
        try:
            register = self.agency.take(body, signed)
        except (SignatureError, ValueError, KeyError):
            self.agency.refused += 1
            return self.say(401, {"error": "signature"})
        if mood == "lost":
            return self.close()
        if mood == "late":
            time.sleep(self.agency.late_seconds)
        return self.say(200, {"received": signed.id, "receipt": register})

    def say(self, status: int, answer: Any, headers: Mapping[str, str] | None = None) -> None:
        """Answer with JSON."""
        content = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        try:
            self.send_response(status)
            for name, value in (headers or {"Content-Type": "application/json"}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close()

    def close(self) -> None:
        """End the connection without a word."""
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing of a complaint is written down."""


ANSWERS: dict[str, tuple[int, dict[str, str], Any]] = {
    "error": (500, {}, {"error": "500"}),
    "garbage": (200, {"Content-Type": "text/html"}, "<html><title>Log in</title></html>"),
    "empty": (200, {}, ""),
    "redirect": (302, {"Location": "http://169.254.169.254/"}, ""),
    "gone": (410, {}, ""),
    "busy": (429, {"Retry-After": "7"}, ""),
}


def desk_of(body: bytes) -> str:
    """For which desk a letter is; empty for what is no letter."""
    try:
        return str(json.loads(body)["data"]["desk"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def read_letter(body: bytes) -> dict[str, Any]:
    """The letter; of each copy that came with it the sum, not the bytes."""
    letter: dict[str, Any] = json.loads(body)["data"]
    for enclosure in letter["enclosures"]:
        if "copy" in enclosure:
            enclosure["came"] = sha256(base64.b64decode(enclosure.pop("copy"))).hexdigest()
    return letter


def read_behaviour(text: str) -> dict[str, float]:
    """`error:0.15,late:0.15` as shares; a name alone means always; nothing means that it behaves."""
    parts = [part.partition(":") for part in text.split(",") if part.strip()]
    return {name.strip(): float(share or 1) for name, _, share in parts}


def serve(agency: Agency, port: int = 0) -> ThreadingHTTPServer:
    """A server for the agency on this machine; the caller runs and closes it. Port 0 takes a free one."""
    desk = type("DeskOfAgency", (Desk,), {"agency": agency})
    server = ThreadingHTTPServer(("127.0.0.1", port), desk)
    server.daemon_threads = True
    return server


def main() -> None:
    """Serve until somebody stops it."""
    parser = argparse.ArgumentParser(description="The stand-in agency, for trials.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--verify-key", required=True, help="the site's public key for signatures")
    parser.add_argument("--signing-key-file", type=Path, required=True, help="the agency's own private key")
    parser.add_argument("--acknowledge", default="", help="where the site hears acknowledgements")
    parser.add_argument("--late-seconds", type=float, default=LATE_SECONDS, help="how long `late` takes")
    options = parser.parse_args()
    signing_key = options.signing_key_file.read_text(encoding="ascii")
    agency = Agency(options.verify_key, signing_key, options.acknowledge, options.late_seconds)
    serve(agency, options.port).serve_forever()


if __name__ == "__main__":
    main()
