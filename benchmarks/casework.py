"""Lists of staff over a hundred thousand cases: statements, time, memory; and questions made to be slow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psutil
from django.db import connection
from django.test import Client

from .clocks import Spent, stopwatch
from .stage import held_against, say, stage, visitors

CASES = 100_000
MOST_STATEMENTS = 12
MOST_SECONDS = 2.0
MOST_MEMORY = 256  # MB more than before the first list
TIMES = 5
EMPTY = "/admin/password_change/"
LIST = "/admin/complaints/complaint/"
QUEUES = (
    "mine", "unassigned", "soon", "overdue", "urgent", "anonymous", "undeliverable", "files",
)  # fmt: skip
LISTS = {
    "first page": "/admin/",
    "cases": LIST,
    **{f"cases: {name}": f"{LIST}?queue={name}" for name in QUEUES},
    "cases: closed": f"{LIST}?state__exact=closed",
    "cases: of one body, by number": f"{LIST}?desk__id__exact=1&o=1",
    "cases: by day": f"{LIST}?o=-5",
    "cases: searched": f"{LIST}?q=000000777",
    "cases: last page": f"{LIST}?p={CASES // 50}",
    "deliveries": "/admin/complaints/dispatch/",
    "deliveries: held": "/admin/complaints/dispatch/?state__exact=held",
    "log": "/admin/complaints/event/",
    "log: searched": "/admin/complaints/event/?q=000000777",
    "opinions": "/admin/complaints/opinion/",
}
FIGURES = f"{LIST}statistics/"
REPEATED = [
    (part * 3_000)[:3_000]
    for part in (
        *(
            "a",
            "ก",
            "่",
            "%",
            "_",
            "\\",
            "'",
            '"',
            "(",
            ")",
            "(a+)+",
            "(a|a)*",
            "(.*)*",
            "[",
            "{9999}",
            "a ",
            " ",
        ),
        *(
            "\t",
            "-",
            "0",
            "๐",
            "1e",
            ".",
            "\u200b",
            "\u0301",
            "\U0010ffff",
            "%00",
            "%25",
            "a%",
            "^$",
            "(?=a)",
            "\\w+",
        ),
    )
]
"""Searches that regular expressions, patterns of SQL or the splitting of words may stumble over."""


def run(rows: int) -> None:
    """Ask the lists of the workbench, rightly and to make them slow."""
    say(f"Lists of staff over {CASES:,} cases")
    with visitors(), stage():
        client = prepared()
        before = memory()
        empty = processor_of(client, EMPTY)
        say(f"  an empty page of the workbench takes {empty * 1_000:.1f} ms of processors")
        for name, address in LISTS.items():
            asked(client, name, address, empty)
        asked(client, "figures of the office", FIGURES, empty)
        held_against("figures of the office", processor_of(client, FIGURES), MOST_SECONDS, "s")
        say("  asked to make them slow")
        slowest = max(seconds_of(client, address) for address in hostile())
        held_against(f"slowest of {len(list(hostile()))} questions", slowest, MOST_SECONDS, "s")
        held_against("a complaint nested 3,000 deep", nested(client), MOST_SECONDS, "s")
        held_against("memory, more than before", memory() - before, MOST_MEMORY, "MB")


def prepared() -> Client:
    """A member of staff who sees every list, with all cases there."""
    from complaints.models import Complaint
    from tests.complaints.cases import dispatch, opinion
    from tests.complaints.staff import account, verified

    sent, said = dispatch(), opinion()
    multiply(sent, said)
    assert Complaint.objects.count() == CASES + 1
    return verified(account("supervisor"))


def multiply(sent: Any, said: Any) -> None:
    """As many cases as are wanted, each with a delivery and two lines of the log, and an opinion to five
    cases; what is sealed is the same in all. The triggers rest: they would write what nobody reads here.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        copy(cursor, sent.complaint, CASE, CASES)
        cursor.execute("SELECT min(id) - 1 FROM complaints_complaint WHERE id > %s", [sent.complaint_id])
        before = cursor.fetchone()[0]
        copy(cursor, sent, DELIVERY | {"complaint_id": f"{before} + n"}, CASES)
        for number in (1, 2):
            cursor.execute(LOGGED, [before, number, CASES])
        copy(cursor, said, DIGESTS, CASES // 5)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


DAY = "clock_timestamp() - n * interval '13 minutes'"
DIGEST = "lpad(to_hex(n), 64, '0')"
DIGESTS = {"nonce_digest": DIGEST, "key_digest": DIGEST}
CLOSED = "mod(n, 5) <> 0"
CASE = DIGESTS | {
    "reference": "lpad(n::text, 9, '0')",
    "priority": "1 + mod(n, 3)",
    "identity": "(array['anonymous', 'confidential', 'named'])[1 + mod(n, 3)]",
    "agency_code": "lpad(mod(n, 400)::text, 5, '0')",
    "received_at": DAY,
    "state": f"CASE WHEN {CLOSED} THEN 'closed' WHEN mod(n, 2) = 0 THEN 'received' ELSE 'in_triage' END",
    "outcome": f"CASE WHEN {CLOSED} THEN 'no_grounds' ELSE '' END",
    "closed_at": f"CASE WHEN {CLOSED} THEN {DAY} + interval '9 days' END",
    "due_step": f"CASE WHEN {CLOSED} THEN '' ELSE 'read' END",
    "due_at": f"CASE WHEN {CLOSED} THEN NULL ELSE {DAY} + interval '15 days' END",
}
"""Columns of the cases by their number, `n`: four of five are closed."""
DELIVERY = {
    "number": "gen_random_uuid()",
    "next_attempt_at": "NULL",
    "created_at": DAY,
    "state": "CASE WHEN mod(n, 50) = 0 THEN 'held' WHEN mod(n, 5) = 0 THEN 'exhausted' ELSE 'cancelled' END",
}
LOGGED = f"""
    INSERT INTO complaints_event (complaint_id, number, kind, actor, detail, at, previous, hash)
    SELECT %s + n, %s, 'filed', 'citizen', '{{}}', {DAY}, '', {DIGEST} FROM generate_series(1, %s) AS n
"""


def copy(cursor: Any, row: Any, changes: dict[str, str], count: int) -> None:
    """The row so many times, with these columns told by the number of the copy (`n`)."""
    names = [field.column for field in row._meta.concrete_fields if not field.primary_key]
    values = ", ".join(changes.get(name, f'o."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    table = row._meta.db_table
    copies = f"SELECT {values} FROM {table} AS o, generate_series(1, %s) AS n WHERE o.id = %s"
    cursor.execute(f"INSERT INTO {table} ({quoted}) {copies}", [count, row.pk])


def asked(client: Client, name: str, address: str, empty: float) -> None:
    """One list: its statements, and its time in empty pages."""
    statements = statements_of(client, address)
    took = processor_of(client, address)
    mark = "within" if statements <= MOST_STATEMENTS and took <= MOST_SECONDS else "OVER"
    found = f"{statements:3} statements {took * 1_000:8.1f} ms {took / empty:7.1f} × an empty page"
    say(f"  {name:32} {found}   {mark} {MOST_STATEMENTS}, {MOST_SECONDS:g} s")


def statements_of(client: Client, address: str) -> int:
    """How often a page asks the database."""
    said: list[str] = []

    def counted(execute: Any, sql: str, *args: Any) -> Any:
        said.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(counted):
        answer = client.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    return len(said)


def processor_of(client: Client, address: str) -> float:
    """Seconds of processor that a page takes, here and in PostgreSQL: the least of some visits."""
    found = []
    for _ in range(TIMES):
        spent = Spent()
        with stopwatch(spent):
            client.get(address)
        found.append(spent.processor)
    return min(found)


def seconds_of(client: Client, address: str) -> float:
    spent = Spent()
    with stopwatch(spent):
        answer = client.get(address)
    assert answer.status_code < 500, f"{address[:80]} answers {answer.status_code}"
    return spent.processor


def hostile() -> Iterator[str]:
    """Searches, a hundred filters at once, pages that are not there."""
    from urllib.parse import quote

    for words in REPEATED:
        yield f"{LIST}?q={quote(words)}"
        yield f"/complaints/new/?about=/{quote(words[:900])}/"
    yield f"{LIST}?" + "&".join(f"state__exact=closed&priority__exact={number}" for number in range(50))
    yield f"{LIST}?" + "&".join(f"queue={name}&desk__id__exact={n}" for n in range(13) for name in QUEUES)
    yield f"{LIST}?o=" + ".".join(str(n % 9 - 4) for n in range(500))
    for page in (0, 1, CASES // 50 - 1, CASES, 10**9, 10**30, -1):
        yield f"{LIST}?p={page}"
        yield f"/admin/complaints/event/?p={page}"


def nested(client: Client) -> float:
    """Seconds for a complaint of the API that is nested deeply, and one with a field that is."""
    spent = Spent()
    body: Any = []
    with stopwatch(spent):
        for text in (
            "[" * 3_000 + "]" * 3_000,
            '{"a":' * 3_000 + "1" + "}" * 3_000,
            json.dumps({"detail": body}),
        ):
            answer = client.post("/api/v1/complaints/", text, content_type="application/json")
            assert answer.status_code == 400
    return spent.processor


def memory() -> float:
    """Megabytes that this process holds."""
    return float(psutil.Process().memory_info().rss / 2**20)
