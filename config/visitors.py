"""What differs in a process that serves visitors alone."""

from django.conf import settings

from spending.patience import bound_by


def bind_connections() -> None:
    """Have the database end what takes too long, on each connection from its beginning. Not where staff are
    served too, who may ask for more.
    """
    if settings.SITE == "public":
        settings.CONNECTION_SETTINGS = bound_by(settings.API_STATEMENT_SECONDS * 1_000)
