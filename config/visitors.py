"""What differs in a process that serves visitors."""

import gc
from importlib import import_module

from django.conf import settings

from spending.patience import bound_by


def bind_connections() -> None:
    """Have the database end what takes too long, on each connection from its beginning. Not where staff are
    served too, who may ask for more.
    """
    if settings.SITE == "public":
        settings.CONNECTION_SETTINGS = bound_by(settings.API_STATEMENT_SECONDS * 1_000)


def keep_what_is_loaded() -> None:
    """Load every page now, and never look through the code again for memory that nobody uses: some visitor
    waited for that, a fifth of a second each time.
    """
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
