"""Words planted in a complaint, looked for in all that real processes wrote: journal, queue, logs, files."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from .brokers import RABBITMQ, InPostgres, RabbitMQ
from .stage import serving, stage

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
        queues = ["pgmq", *(["rabbitmq"] if RABBITMQ else [])]
        for queue in queues:
            name = f"canary_{queue}_{int(time.time())}"

            def broker_of(database: str, queue: str = queue) -> InPostgres | RabbitMQ:
                made = (
                    InPostgres(database, server.restart)
                    if queue == "pgmq"
                    else RabbitMQ(server.folder / f"rabbitmq-{queue}")
                )
                made.start()
                return made

            with stage(server, name, broker_of, is_quick=True) as made:
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
                words = [*(word for word in PLANTED.values() if word != FLAG), *spelt(posted.key)]
                found += [f"{queue}: {line}" for line in search(server.folder, words)]
                dump = dumped()
                found += [f"{queue}: dump: {word}" for word in words if word and word in dump]
                made.broker.close()
    print(f"{len(PLANTED) + 1} planted words, {len(found)} found: journal, tables, queue, logs, kept files")
    print("\n".join(found))
    return 1 if found else 0


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
