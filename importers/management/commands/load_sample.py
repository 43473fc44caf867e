"""`manage.py load_sample`: load the data set that travels with the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from importers.loading import load, settle
from importers.models import ImportRun
from importers.samples import source_of
from importers.sources import SOURCES
from importers.sources.sample import SampleOf
from spending.candidates import find_candidates

SECONDS = 60  # given to the search for purchases behind budget lines; beat goes on with what is left
GOOD = (ImportRun.Outcome.PUBLISHED, ImportRun.Outcome.UNCHANGED)


class Command(BaseCommand):
    help = "Load the sample data set. What is loaded already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded: set[str] = set()
        for path in sorted(settings.SAMPLE_DIR.glob("*.jsonl.gz")):
            source = SampleOf(SOURCES[source_of(path)])
            again = source.dataset in loaded  # what was read from print answers, not what was extracted
            run = load(source, path, more_follow=True, again=again)
            if run.outcome != ImportRun.Outcome.UNCHANGED:
                said = {"outcome": run.get_outcome_display(), "rows": f"{run.rows:,}"}
                self.stdout.write(f"{path.name}: " + _("%(outcome)s · %(rows)s rows") % said)
            if run.outcome not in GOOD:
                raise CommandError(run.message)
            if run.outcome == ImportRun.Outcome.PUBLISHED:
                loaded.add(source.dataset)
        if loaded:
            settle()
            find_candidates(seconds=SECONDS)
