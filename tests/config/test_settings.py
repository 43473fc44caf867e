"""What the environment says becomes settings; what it must say and does not, stops the start by name."""

import json
import os
import re
import stat
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pgmq.base import PGMQConfig
from psycopg.conninfo import conninfo_to_dict

from config import broker, secret
from config.checks import faults
from config.plotly_script import PlotlyScriptFinder

NAMES_READ = re.compile(r'(?:environ\.get|required|listed)\(\s*"([A-Z_]+)"')
SHOW = (
    "import json; from django.conf import settings as s; "
    "print(json.dumps([s.DATABASES['default'], s.CELERY_BROKER_TRANSPORT_OPTIONS, s.DEBUG]))"
)
KEYS_OF_COMPLAINTS = {f"complaint-{name}" for name in ("pepper", "private-key", "public-key", "signing-key")}
PRODUCTION = {
    "DJANGO_ENV": "production",
    "SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnopqrstuv",
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "postgresql:///taxes",
}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with nothing in the environment but this."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.defpath, "DJANGO_SETTINGS_MODULE": "config.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://somchai:p%40ss@db.example.org:5433/taxes?sslmode=require",
            {
                "NAME": "taxes",
                "USER": "somchai",
                "PASSWORD": "p@ss",
                "HOST": "db.example.org",
                "PORT": "5433",
            },
        ),
        ("postgres:///taxes?host=/run/postgresql", {"NAME": "taxes", "USER": "", "HOST": "/run/postgresql"}),
        ("host=127.0.0.1 dbname='our taxes'", {"NAME": "our taxes", "HOST": "127.0.0.1", "PORT": ""}),
    ],
)
def test_database_is_reached_by_tcp_or_socket(url: str, expected: dict[str, str]) -> None:
    finished = run({"DATABASE_URL": url}, "-c", SHOW)

    database = json.loads(finished.stdout)[0]
    assert expected.items() <= database.items()
    assert database["OPTIONS"].get("sslmode") == ("require" if "sslmode" in url else None)


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:5432", "mysql://127.0.0.1/taxes", "taxes"])
def test_database_address_that_is_none_is_refused_by_name(url: str) -> None:
    finished = run({"DATABASE_URL": url}, "-c", SHOW)

    assert finished.returncode != 0
    assert "DATABASE_URL" in finished.stderr


def test_importing_settings_starts_no_server(tmp_path: Path) -> None:
    finished = run({"VAR_DIR": str(tmp_path)}, "-c", SHOW)

    assert finished.returncode == 0
    assert not list(tmp_path.glob("postgres*"))


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_does_not_start_without(name: str) -> None:
    finished = run({key: value for key, value in PRODUCTION.items() if key != name}, "-c", SHOW)

    assert finished.returncode != 0
    assert f"Production needs {name}" in finished.stderr


def test_production_passes_the_deployment_checks_and_ignores_debug() -> None:
    checked = run(PRODUCTION, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    shown = run(PRODUCTION | {"DEBUG": "1"}, "-c", SHOW)

    assert checked.returncode == 0, checked.stderr
    assert json.loads(shown.stdout)[2] is False


def test_cookies_of_production_are_of_this_host_alone() -> None:
    cookies = (
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )

    shown = run(PRODUCTION, "-c", f"from django.conf import settings as s; {cookies}")

    assert shown.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "True", "True"]


def test_secret_key_of_a_local_site_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first = secret.kept_in(tmp_path / "var")

    assert secret.kept_in(tmp_path / "var") == first
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]


def test_settings_example_and_operations_name_the_same_variables() -> None:
    read = set(NAMES_READ.findall((settings.BASE_DIR / "config" / "settings.py").read_text()))
    example = set(re.findall(r"^([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (settings.BASE_DIR / "docs/operations.md").read_text(), re.MULTILINE)
    )

    assert read == example == documented


def test_nothing_but_settings_reads_the_environment() -> None:
    readers = [
        path.relative_to(settings.BASE_DIR).as_posix()
        for room in ("config", "spending", "importers", "complaints", "following")
        for path in (settings.BASE_DIR / room).rglob("*.py")
        if re.search(r"os\.environ\b(?!\.setdefault)|\bgetenv\b", path.read_text())
    ]

    assert readers == ["config/settings.py"]


def test_styles_that_plotly_makes_are_the_ones_that_are_allowed() -> None:
    script = Path(PlotlyScriptFinder().find("plotly/plotly.min.js")).read_text()
    made = re.findall(r"\.textContent='(\.maplibregl-map\{.*?)',", script)

    hashes = {f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" for style in ["", *made]}
    assert len(made) == 1
    assert {"'unsafe-hashes'", *hashes} == set(settings.PLOTLY_STYLES)


@pytest.mark.django_db
def test_browser_may_load_our_own_files_and_nothing_else(client: Client) -> None:
    policy = client.get("/health/").headers["Content-Security-Policy"]

    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("url", "type_of_queue"),
    [
        ("pgmq://postgresql", "classic"),
        ("redis://127.0.0.1/0", "classic"),
        ("amqps://broker.example", "quorum"),
    ],
)
def test_queues_of_rabbitmq_are_replicated(url: str, type_of_queue: str) -> None:
    assert broker.queue_type(url) == type_of_queue


def test_queue_in_postgresql_is_reached_with_every_parameter_of_the_database() -> None:
    database = {
        "dbname": "ภาษี ไปไหน",
        "host": "/a b",
        "user": "it's",
        "password": "x y\\",
        "sslmode": "require",
    }

    conn_string = broker.conn_string(database)

    used = conninfo_to_dict(PGMQConfig(conn_string=conn_string).dsn)
    assert used == database | {"port": "", "connect_timeout": "3"}


@pytest.mark.parametrize(
    ("server", "faulty"),
    [
        ((150_004, "UTF8", "C.UTF-8"), []),
        ((140_011, "UTF8", "en_US.UTF-8"), ["config.E001"]),
        ((180_001, "SQL_ASCII", "C"), ["config.E002", "config.E003"]),
    ],
)
def test_server_that_cannot_hold_the_site_is_refused(server: tuple[int, str, str], faulty: list[str]) -> None:
    assert [fault.id for fault in faults(*server)] == faulty
