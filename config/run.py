"""`make run`: the whole site on one machine, started and stopped as one."""

import http.client
import os
import select
import signal
import socket
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress

from django.conf import settings

from complaints import signatures
from config import complaint_keys, embedded
from config.processes import ProcessEndedError, Processes, StoppedError, start_guardian

HOST = "127.0.0.1"
WEB = (
    "-m", "gunicorn", "config.wsgi", "--threads", "4", "--log-level", "warning",
    "--preload", "--no-control-socket", "--limit-request-line", "8190",
    "--graceful-timeout", "5", "--logger-class", "config.logs.ServerLog",
    "--worker-class", "config.server.Worker",
)  # fmt: skip
CELERY = (
    "-W",
    "ignore:You're running the worker",
    "-m",
    "celery",
    "--quiet",
    "--skip-checks",
    "-A",
    "config",
)
WORKER_OPTIONS = ("--loglevel", "warning", "--concurrency", "4", "--without-gossip", "--without-mingle")
DATABASE_ENDED = "The embedded PostgreSQL ended; everything stops. Its log is var/postgres/server.log."


def main() -> int:
    """Run the site until somebody stops it. Returns the status for the shell."""
    port, preparation = asked_for()
    began = time.monotonic()
    try:
        listen_once(port)
        staff_port, agency_port = free_port(port + 1), free_port(port + 2)
        public = {
            "SITE": "public",
            "STAND_IN_AGENCY": f"http://{HOST}:{agency_port}/",
            "PUBLIC_URL": f"http://{HOST}:{port}",
        }
        staff = public | {"SITE": "staff"}
        with processes() as site:
            site.finish("set-up", "manage.py", "prepare", *preparation)
            site.start("web server", *WEB, "--workers", "2", "--bind", f"{HOST}:{port}", **public)
            site.wait_until(lambda: answers(port))
            announce(port, staff_port, time.monotonic() - began)
            site.start("staff server", *WEB, "--workers", "1", "--bind", f"{HOST}:{staff_port}", **staff)
            site.start("stand-in agency", *stand_in(agency_port, port))
            site.start("worker", *CELERY, "worker", *WORKER_OPTIONS, **staff)
            site.start("beat", *CELERY, "beat", "--loglevel", "warning", **staff)
            hung_up = terminal_is_gone()
            site.wait_until(lambda: hung_up() or embedded.has_died())
            raise ProcessEndedError(DATABASE_ENDED) if embedded.has_died() else StoppedError
    except StoppedError:
        say(f"Stopped. The data stay in {settings.VAR_DIR}.")
    except (PortTakenError, ProcessEndedError, embedded.EmbeddedServerError) as error:
        say(str(error))
        return 1
    return 0


class PortTakenError(Exception):
    """Raised if the site cannot listen where it was told to; says what to type instead."""


def asked_for() -> tuple[int, list[str]]:
    """The port on the command line, and the options of `manage.py prepare`."""
    parser = ArgumentParser(prog="make run")
    parser.add_argument("--port", type=port_number, default=8000)
    parser.add_argument("--without-sample", action="store_true", help="start without the sample data set")
    options = parser.parse_args()
    return options.port, ["--without-sample"] if options.without_sample else []


def port_number(text: str) -> int:
    """A port as a number, or the reason why it is none."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"{text!r} is no port. A port is a number up to 65535: PORT=8001 make run")
    return int(text)


def listen_once(port: int) -> None:
    """See before anything starts that the port is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            reason = f"Port {port} of {HOST} cannot be used ({error.strerror})."
            raise PortTakenError(f"{reason} Choose another one: PORT={port % 60000 + 1} make run") from error


def free_port(wanted: int) -> int:
    """That port, or another one if it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe, suppress(OSError, OverflowError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return int(probe.getsockname()[1])
    raise PortTakenError(f"No port of {HOST} is free.")


def stand_in(agency_port: int, port: int) -> tuple[str, ...]:
    """How the stand-in agency is started: it knows the site's public key, and has a key of its own."""
    folder = settings.VAR_DIR
    complaint_keys.stand_in_signing_key_in(folder)
    return (
        "-m", "complaints.stand_in", "--port", str(agency_port),
        "--verify-key", signatures.verify_key_of(complaint_keys.signing_key_in(folder)),
        "--signing-key-file", str(folder / complaint_keys.STAND_IN),
        "--acknowledge", f"http://{HOST}:{port}/api/v1/complaints/acknowledgements/",
    )  # fmt: skip


@contextmanager
def processes() -> Iterator[Processes]:
    """The database and, on it, whatever is started; all of it is stopped at the end, however that comes."""
    data = settings.EMBEDDED_DATABASE
    with embedded.serving(data) if data else nullcontext():
        site = Processes(settings.BASE_DIR, start_guardian(settings.BASE_DIR, *([str(data)] if data else [])))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN or number is signal.SIGINT:
                signal.signal(number, site.ask_to_stop)
        try:
            yield site
        finally:
            say("\nStopping; the worker takes a few seconds.")
            site.stop()


def answers(port: int) -> bool:
    """Whether the site says that it is well."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def terminal_is_gone() -> Callable[[], bool]:
    """Whether the terminal has been closed. A shell says so by a signal, but where `make` is the first
    process of the terminal, as in `ssh -t host make run`, nobody does.
    """
    if not sys.stdin.isatty():
        return lambda: False
    terminal = select.poll()
    terminal.register(sys.stdin, 0)  # being hung up is reported without being asked for
    return lambda: any(event & select.POLLHUP for _file, event in terminal.poll(0))


def announce(port: int, staff_port: int, seconds: float) -> None:
    """What a person wants to know next."""
    python = os.path.relpath(sys.executable)
    say(
        f"\nภาษีไปไหน is ready after {seconds:.1f} s.\n"
        f"  Thai      http://{HOST}:{port}/\n"
        f"  English   http://{HOST}:{port}/en/\n"
        f"  Staff     {python} manage.py demo_staff   prints how to sign in at http://{HOST}:{staff_port}/admin/\n"
        f"  Import    {python} manage.py sources   lists what can be loaded\n"
        f"  Stop      Ctrl-C; the data stay in {os.path.relpath(settings.VAR_DIR)}/"
    )


def say(text: str) -> None:
    """Print, unless the terminal is gone."""
    try:
        print(text, flush=True)
    except OSError:
        return


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
