"""Words planted in a complaint, looked for in all that real processes wrote: journal, queue, logs, mail."""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path

from .brokers import RABBITMQ, REDIS, Broker, InPostgres, RabbitMQ, Redis
from .casework import FLAG, HEADERS, OFFICE, PLANTED, WRITTEN, Case, arrived, named_later
from .faults import must
from .mailbox import Mailbox
from .office import open_office
from .programs import all_ended
from .stage import Server, Stage, serving, stage

STARTS = ("%PDF-", "\x89PNG\r\n\x1a\n")
"""How files of evidence begin, where they are not sealed."""


def main() -> int:
    """File, deliver and fail to deliver, work at it; then read all that was written. Returns the shell's
    status.
    """
    found: list[str] = []
    words = planted()
    with all_ended(), serving() as server:
        for queue in queues():
            name = f"canary_{queue}_{int(time.time())}"
            started = partial(broker, server, queue)
            with stage(server, name, started, is_quick=False) as made:  # no lease is cut short
                keys = lived_through(made)
                server.do("CHECKPOINT")
                sought = words + [spelling for key in keys for spelling in spelt(key)]
                found += [f"{queue}: {line}" for line in search(server.folder, sought)]
                found += [f"{queue}: {line}" for line in open_files(server.folder)]
                dump = dumped()
                found += [f"{queue}: dump: {word}" for word in sought if word in dump]
                made.broker.close()
    print(
        f"{len(words)} planted words and the access keys, {len(found)} found: journal, tables, queue, logs, "
        "files, mail, lists that were taken out"
    )
    print("\n".join(found))
    return 1 if found else 0


def planted() -> list[str]:
    """All that must be found nowhere."""
    words = [*PLANTED.values(), *WRITTEN]
    return sorted({word for word in words if word not in (FLAG, HEADERS["Origin"])})


def lived_through(made: Stage) -> list[str]:
    """All that a complaint can go through, with failures on the way. Returns the access keys."""
    made.start_agency()
    made.start_web(environment={"GUNICORN_CMD_ARGS": "--access-logfile - --access-logformat %(r)s"})
    posted = [made.post(**PLANTED)]
    made.behave("error:0.5")
    made.start_workers(1)
    made.start_beat()
    time.sleep(8)
    made.behave("")
    arrived(made)
    must(PLANTED["person1_name"] in str(made.letters()), "the planted words never travelled")
    raised = named_later(made)
    arrived(made)
    case = Case.filed(made)
    case.worked_at(open_office(made))
    made.broker.stop()
    posted.append(made.post(**PLANTED))
    made.broker.start()
    arrived(made)
    keys = [*(one.key for one in posted), raised, *case.keys, *by_mail(made, case)]
    must(not unwalked(), f"nothing was planted in {unwalked()}")
    return keys


def unwalked() -> list[str]:
    """Sealed columns and files of which nothing is sealed here: what was planted did not come so far."""
    from complaints.resealing import FILES, SEALED

    columns = [(model, name) for model, names in (*SEALED, *FILES) for name in names]
    values = {(model, name): model._default_manager.values_list(name, flat=True) for model, name in columns}
    return [f"{model.__name__}.{name}" for (model, name), kept in values.items() if not any(kept)]


def queues() -> list[str]:
    """The queues that can be started here."""
    return ["pgmq", *(["rabbitmq"] if RABBITMQ else []), *(["redis"] if REDIS else [])]


def broker(server: Server, queue: str, database: str) -> Broker:
    """A queue of its own, running; what it writes lies in the folder that is searched."""
    made: Broker = InPostgres(database, server.restart)
    if queue != "pgmq":
        made = {"rabbitmq": RabbitMQ, "redis": Redis}[queue](server.folder / queue)
    made.start()
    return made


def by_mail(made: Stage, case: Case) -> list[str]:
    """The same words by real mail: to a desk without a key, to one with a key, and to staff; of the worked at
    case what its screening sheet says, and the copy with black boxes. The access keys.

    Raises NotHeld unless the desk with the key reads the words.
    """
    from pysequoia import Tsk

    desk = Tsk.generate("desk@agency.example")
    with Mailbox(made.folder / f"mail-{made.database}") as box:
        made.kill("worker1")
        host, port = box.address
        mail = {
            "STAND_IN_AGENCY": "",
            "EMAIL_HOST": host,
            "EMAIL_PORT": str(port),
            "EMAIL_FROM": "us@site.example",
        }
        made.start_workers(1, environment=mail)
        made.ask("UPDATE complaints_desk SET channel = 'email', address = 'desk@agency.example'")
        posted = [made.post(**PLANTED)]
        arrived(made)
        key = str(desk.extract_certificate())
        made.ask(f"UPDATE complaints_desk SET openpgp_key = '{key}'")
        posted.append(made.post(**PLANTED))
        case.sent_further()
        arrived(made)
        waiting_staff(made)
        made.start("reminders", "-c", REMIND, environment=mail).finish(60)
        must(len(box.subjects()) == 4, f"the mails are {box.subjects()}")
        read = box.opened(desk)
        for word in (PLANTED["person1_name"], OFFICE["sheet"], '"is_blackened":true'):
            must(word in read, f"{word} never travelled by mail")
    return [one.key for one in posted]


REMIND = "import django; django.setup(); from complaints import tasks; tasks.remind()"


def waiting_staff(made: Stage) -> None:
    """A member of staff with an address, for whom a case is overdue."""
    from django.contrib.auth.models import Group, User

    person = User.objects.create(username="canary-staff", email="staff@office.example", is_staff=True)
    person.groups.add(Group.objects.get(name="supervisor"))
    made.ask("UPDATE complaints_complaint SET due_at = now() - interval '1 day', due_step = 'read'")


def open_files(folder: Path) -> list[str]:
    """Files that begin as an unsealed picture or PDF does."""
    starts = tuple(start.encode("latin-1") for start in STARTS)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [str(path.relative_to(folder)) for path in paths if path.read_bytes()[:8].startswith(starts)]


def spelt(key: str) -> list[str]:
    """The access key in groups and without."""
    return [key, key.replace("-", ""), key.replace(" ", "")]


def search(folder: Path, words: list[str]) -> list[str]:
    """Files of the folder in which one of the words stands, in letters or as hexadecimal digits."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for word in filter(None, words):
            for spelling in (word.encode(), word.encode("utf-16-le"), word.encode().hex().encode()):
                if spelling in content:
                    found.append(f"{path.relative_to(folder)}: {word}")
    return found


def dumped() -> str:
    """All rows of all tables, as text."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        texts = []
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT row::text FROM {table} AS row")
            texts += [text for (text,) in cursor.fetchall()]
    return "\n".join(texts)


if __name__ == "__main__":
    sys.exit(main())
