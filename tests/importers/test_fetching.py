"""Files are fetched from public addresses only, whole or not at all."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from importers.errors import FileError
from importers.fetching import Patience, addresses_of, fetched

HERE = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
CONTENT = b"ITEM_ID,AMOUNT\na,1\n" * 1000

Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def published() -> Iterator[Callable[..., str]]:
    """A publisher's server on this machine: call it with what it answers, by path, to get its address."""
    answers: dict[str, Answer] = {}

    class Publisher(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answers[self.path](self)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Publisher) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def publish(**paths: Answer) -> str:
            answers.update({f"/{path}": answer for path, answer in paths.items()})
            return f"http://127.0.0.1:{server.server_port}"

        publish.answers = answers
        yield publish
        server.shutdown()
        thread.join()


def sends(content: bytes, status: int = 200, **headers: str) -> Answer:
    """Answer with this content, announced by its length unless `headers` say otherwise."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in ({"Content_Length": str(len(content))} | headers).items():
            if value:
                request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(content)

    return answer


def redirects(location: str, status: int = 302) -> Answer:
    return sends(b"", status, Location=location)


def fetch(address: str, **options: object) -> tuple[str, bytes]:
    with fetched(address, **({"allowed": HERE} | options)) as path:
        return path.name, path.read_bytes()


def refused(address: str, **options: object) -> FileError:
    with pytest.raises(FileError) as error:
        fetch(address, **options)
    return error.value


def test_a_file_is_fetched_under_the_name_of_its_address_and_does_not_stay(published) -> None:
    address = published(**{"2565/table.csv": sends(CONTENT)})

    with fetched(f"{address}/2565/table.csv", allowed=HERE) as path:
        assert (path.name, path.read_bytes()) == ("table.csv", CONTENT)

    assert not path.exists()


def test_progress_is_told_while_bytes_arrive(published) -> None:
    told: list[tuple[int, int | None]] = []

    fetch(published(file=sends(CONTENT)) + "/file", progress=lambda *count: told.append(count))

    assert told[-1] == (len(CONTENT), len(CONTENT))


def test_a_file_of_unannounced_length_is_fetched(published) -> None:
    chunks = (
        b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (CONTENT[:5000], CONTENT[5000:]))
        + b"0\r\n\r\n"
    )
    told: list[tuple[int, int | None]] = []
    address = published(file=sends(chunks, Content_Length="", Transfer_Encoding="chunked"))

    _, content = fetch(f"{address}/file", progress=lambda *count: told.append(count))

    assert content == CONTENT
    assert told[-1] == (len(CONTENT), None)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="report 3.xlsx"', "report 3.xlsx"),
        ("attachment; filename*=UTF-8''%E0%B8%87%E0%B8%9A.xlsx", "งบ.xlsx"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\data\\\\.hidden.csv"', "hidden.csv"),
        ('attachment; filename=".."', "file"),
        ("attachment", "download"),
        ("", "download"),
    ],
)
def test_the_name_the_server_gives_is_used_without_its_path(published, header: str, name: str) -> None:
    address = published(**{"download": sends(CONTENT, Content_Disposition=header)})

    assert fetch(f"{address}/download") == (name, CONTENT)


def test_thai_and_spaces_in_an_address_are_understood(published) -> None:
    address = published(**{"%E0%B8%87%E0%B8%9A%20%E0%B9%92.csv?q=%E0%B8%81&a=1": sends(CONTENT)})

    assert fetch(f"{address}/งบ ๒.csv?q=ก&a=1#part") == ("งบ ๒.csv", CONTENT)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(published, status: int) -> None:
    address = published(old=redirects("/new/table.csv", status), **{"new/table.csv": sends(CONTENT)})

    assert fetch(f"{address}/old") == ("table.csv", CONTENT)


def test_a_circle_of_redirects_is_left(published) -> None:
    address = published(a=redirects("/b"), b=redirects("/a"))

    assert "redirects too often" in refused(f"{address}/a").reason


@pytest.mark.parametrize("status", [204, 304, 401, 403, 404, 410, 429, 500, 503])
def test_an_error_of_the_server_is_told(published, status: int) -> None:
    address = published(file=sends(b"", status)) + "/file"

    error = refused(address)

    assert f"The server answers {status}" in error.reason
    assert error.place == address


def test_a_file_announced_as_too_large_is_refused_before_it_is_fetched(published) -> None:
    address = published(file=sends(b"", Content_Length=str(3 * 1024 * 1024))) + "/file"

    assert "larger than 2 MB" in refused(address, patience=Patience(largest=2 * 1024 * 1024)).reason


def test_a_file_that_grows_beyond_the_limit_is_left(published) -> None:
    address = published(file=sends(CONTENT * 100, Content_Length="")) + "/file"

    assert "larger than 1 MB" in refused(address, patience=Patience(largest=1024 * 1024)).reason


def test_a_file_that_ends_before_its_announced_length_is_refused(published) -> None:
    address = published(file=sends(CONTENT[:-5], Content_Length=str(len(CONTENT)))) + "/file"

    assert f"Only {len(CONTENT) - 5} of {len(CONTENT)} bytes arrived" in refused(address).reason


def test_a_broken_chunk_is_refused(published) -> None:
    address = published(file=sends(b"ffff\r\nabc", Content_Length="", Transfer_Encoding="chunked")) + "/file"

    assert "could not be fetched" in refused(address).reason


def test_a_silent_server_is_left_after_a_while(published) -> None:
    address = published(file=lambda request: time.sleep(0.5)) + "/file"

    assert "could not be fetched" in refused(address, patience=Patience(silence=0.1)).reason


def test_a_server_that_drips_is_left_when_time_is_up(published) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        try:
            for _ in range(40):
                request.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    started = time.monotonic()

    error = refused(published(file=drip) + "/file", patience=Patience(silence=1, whole=0.3))

    assert "takes longer than 0.3 seconds" in error.reason
    assert time.monotonic() - started < 1.5


def test_a_server_that_speaks_no_http_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def mumble() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"220 ftp ready\r\n")

        thread = threading.Thread(target=mumble)
        thread.start()
        error = refused(f"http://127.0.0.1:{port}/")
        thread.join()

    assert "could not be fetched" in error.reason


def test_a_server_without_a_certificate_is_told(published) -> None:
    address = published(file=sends(CONTENT)).replace("http:", "https:")

    assert "could not be fetched" in refused(f"{address}/file").reason


def test_nobody_at_home_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert "could not be fetched" in refused(f"http://127.0.0.1:{port}/table.csv").reason


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/table.csv",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "table.csv",
        "http:///table.csv",
        "http://",
        "http://user:secret@example.org/",
        "http://example.org:99999/",
        "http://example.org:x/",
        "http://[::1/",
        "",
    ],
)
def test_only_plain_web_addresses_are_fetched(address: str) -> None:
    assert "Only plain http://" in refused(address, lookup=lambda host, port: ["127.0.0.1"]).reason


PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.2.1", "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:100.64.0.1", "fe80::1",
    "fec0::1",
    "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001:0:1::1",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
]  # fmt: skip


@pytest.mark.parametrize("place", PRIVATE)
def test_a_name_that_stands_for_a_private_address_is_not_visited(place: str) -> None:
    error = refused("http://publisher.example/", lookup=lambda *_: [place], allowed=())

    assert "private network" in error.reason


@pytest.mark.parametrize("place", PRIVATE)
def test_a_name_with_one_private_address_among_public_ones_is_not_visited(place: str) -> None:
    error = refused("http://publisher.example/", lookup=lambda *_: ["203.150.0.1", place], allowed=())

    assert "private network" in error.reason


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0",
    ],
)
def test_no_spelling_of_this_machine_is_visited(host: str) -> None:
    assert refused(f"http://{host}:5432/", allowed=()).reason == (
        "The address leads into a private network, where no publisher is."
    )


def test_a_redirect_into_a_private_network_is_not_followed(published) -> None:
    inside = published(secret=sends(b"secret"))
    places = {"publisher.example": "127.0.0.1", "inside.example": "10.0.0.1"}
    port = inside.rpartition(":")[2]
    published(file=redirects(f"http://inside.example:{port}/secret"))

    error = refused(f"http://publisher.example:{port}/file", lookup=lambda host, _: [places[host]])

    assert "private network" in error.reason
    assert "inside.example" in error.place


def test_a_redirect_to_another_scheme_is_not_followed(published) -> None:
    address = published(file=redirects("file:///etc/passwd"))

    assert "Only plain http://" in refused(f"{address}/file").reason


def test_a_name_that_changes_its_address_is_looked_up_only_once(published) -> None:
    address = published(file=sends(CONTENT))
    asked: list[str] = []

    def rebind(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    _, content = fetch(address.replace("127.0.0.1", "publisher.example") + "/file", lookup=rebind)

    assert (content, asked) == (CONTENT, ["publisher.example"])


def test_the_next_address_of_a_name_is_tried_if_the_first_does_not_answer(published) -> None:
    address = published(file=sends(CONTENT))
    port = int(address.rpartition(":")[2])

    _, content = fetch(f"http://publisher.example:{port}/file", lookup=lambda *_: ["::1", "127.0.0.1"])

    assert content == CONTENT


def test_a_name_that_nobody_knows_is_told() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert "Name or service not known" in refused("http://publisher.example/", lookup=unknown).reason


def test_the_headers_ask_for_the_file_as_it_is(published, tmp_path: Path) -> None:
    seen: dict[str, str] = {}

    def answer(request: BaseHTTPRequestHandler) -> None:
        seen.update(request.headers)
        sends(CONTENT)(request)

    fetch(published(file=answer) + "/file")

    assert seen["Accept-Encoding"] == "identity"
    assert seen["Host"].startswith("127.0.0.1:")


def test_a_name_is_looked_up_as_numbers() -> None:
    assert addresses_of("127.0.0.1", 80) == ["127.0.0.1"]
