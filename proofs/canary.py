"""Words planted in a complaint, looked for in all that real processes wrote: journal, queue, logs, mail."""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path

from .brokers import RABBITMQ, REDIS, Broker, InPostgres, RabbitMQ, Redis
from .faults import must
from .mailbox import Mailbox
from .stage import Server, Stage, serving, stage

PLANTED = {
    "subject": "CanarySubject",
    "detail": "CanaryDetail คานารีรายละเอียดของเรื่องทั้งหมด",
    "when": "CanaryWhen",
    "agency": "CanaryOffice",
    "place": "CanaryPlace",
    "district": "CanaryDistrict",
    "subdistrict": "CanarySubdistrict",
    "damage": "CanaryDamage",
    "knowledge": "CanaryKnowledge",
    "told": "CanaryTold",
    "wish_words": "CanaryWish",
    "person1_name": "CanaryAccused",
    "person1_position": "CanaryPosition",
    "honorific": "CanaryTitle",
    "first_name": "CanaryFirst",
    "last_name": "CanaryLast",
    "address": "CanaryAddress",
    "phone": "0899999777",
    "email": "canary@canary.example",
    "national_id": "1101700230708",
    "identity": "named",
}
FLAG = "named"


def main() -> int:
    """File, deliver and fail to deliver; then read all that was written. Returns the shell's status."""
    found: list[str] = []
    with serving() as server:
        for queue in queues():
            name = f"canary_{queue}_{int(time.time())}"
            started = partial(broker, server, queue)
            with stage(server, name, started, is_quick=True) as made:
                made.start_agency()
                made.start_web()
                posted = made.post(**PLANTED)
                made.behave("error:0.5")
                made.start_workers(1)
                made.start_beat()
                time.sleep(8)
                made.behave("")
                made.drain(60)
                server.do("CHECKPOINT")
                assert PLANTED["person1_name"] in str(made.letters()), "the planted words never travelled"
                mailed = by_mail(made)
                words = [word for word in PLANTED.values() if word != FLAG]
                words += [spelling for key in (posted.key, *mailed) for spelling in spelt(key)]
                found += [f"{queue}: {line}" for line in search(server.folder, words)]
                dump = dumped()
                found += [f"{queue}: dump: {word}" for word in words if word and word in dump]
                made.broker.close()
    print(f"{len(PLANTED) + 1} planted words, {len(found)} found: journal, tables, queue, logs, files, mail")
    print("\n".join(found))
    return 1 if found else 0


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


def by_mail(made: Stage) -> list[str]:
    """The same words by real mail: to a desk without a key, to one with a key, and to staff. The access keys.

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
        made.drain(60)
        key = str(desk.extract_certificate())
        made.ask(f"UPDATE complaints_desk SET openpgp_key = '{key}'")
        posted.append(made.post(**PLANTED))
        made.drain(60)
        waiting_staff(made)
        made.start("reminders", "-c", REMIND, environment=mail).process.wait(60)
        must(len(box.subjects()) == 3, f"the mails are {box.subjects()}")
        must(PLANTED["person1_name"] in box.opened(desk), "the planted words never travelled by mail")
    return [one.key for one in posted]


REMIND = "import django; django.setup(); from complaints import tasks; tasks.remind()"


def waiting_staff(made: Stage) -> None:
    """A member of staff with an address, for whom a case is overdue."""
    from django.contrib.auth.models import Group, User

    person = User.objects.create(username="canary-staff", email="staff@office.example", is_staff=True)
    person.groups.add(Group.objects.get(name="supervisor"))
    made.ask("UPDATE complaints_complaint SET due_at = now() - interval '1 day', due_step = 'read'")


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
