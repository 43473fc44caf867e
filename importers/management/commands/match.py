"""`manage.py match`: join what publishers list to agencies, and propose purchases for budget lines."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from importers.crosswalk import match_bodies
from spending.candidates import find_candidates
from spending.models import ListedBody


class Command(BaseCommand):
    help = "Match bodies by code and name, and propose purchases for budget lines, within a limit of time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=int, default=300, help="the longest time the search may take")

    def handle(self, *args: Any, **options: Any) -> None:
        matched = match_bodies()
        self.stdout.write(
            f"crosswalk: {matched.met} new bodies, {matched.by_code} joined by code, "
            f"{matched.by_name} by name, {ListedBody.objects.waiting().count()} wait for a person"
        )
        run = find_candidates(seconds=options["seconds"])
        rest = "" if run.finished_at else "; the rest follows with the next run"
        self.stdout.write(f"candidates: {run.compared} purchases compared, {run.proposed} proposed{rest}")
