"""What each role of staff may do. A role is a group of accounts; nobody has one by being a superuser."""

from __future__ import annotations

from typing import Any

INTAKE, TRIAGE, SUPERVISOR, AUDITOR = "intake", "triage", "supervisor", "auditor"

MAY_READ = frozenset({TRIAGE, SUPERVISOR})
"""Who may open what a citizen wrote. Each time is written down."""
MAY_ACT = frozenset({TRIAGE, SUPERVISOR})
"""Who may ask, note, move a case, and send again."""
MAY_SET_DESKS = frozenset({SUPERVISOR})
"""Who may change desks and the table of competence."""
MAY_SEE_CASES = frozenset({INTAKE, TRIAGE, SUPERVISOR})
"""Who may see that a case exists, where it stands and how far its delivery has come."""
MAY_SEE_LOG = frozenset({SUPERVISOR, AUDITOR})
"""Who may read the log, which holds no content."""

ROLES = (INTAKE, TRIAGE, SUPERVISOR, AUDITOR)


def has(user: Any, allowed: frozenset[str]) -> bool:
    """Whether an active account of staff has one of the roles. Asked of the database once in a request."""
    if not (user.is_active and user.is_staff):
        return False
    if not hasattr(user, "complaint_roles"):
        user.complaint_roles = frozenset(user.groups.values_list("name", flat=True))
    return bool(user.complaint_roles & allowed)
