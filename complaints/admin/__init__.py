"""The workbench of staff: what waits, since when, and what to do next. Nothing here says who a citizen is,
except to a custodian with a second person's consent.
"""

from . import (  # noqa: F401 - each registers its pages
    cases,
    deliveries,
    identity,
    log,
    opinion,
    replies,
    screening,
    tables,
)
