"""What each role of staff may do. A role is a group of accounts.

A superuser is the system administrator: they make accounts and run the site, and see no content, whatever
groups they put themselves into.
"""

from __future__ import annotations

from typing import Any

INTAKE, TRIAGE, SUPERVISOR, AUDITOR = "intake", "triage", "supervisor", "auditor"
CUSTODIAN, LIAISON = "custodian", "liaison"

MAY_READ = frozenset({TRIAGE, SUPERVISOR})
"""Who may open what a citizen wrote. Each time is written down."""
MAY_ACT = frozenset({TRIAGE, SUPERVISOR})
"""Who may ask, note, move a case, and send again."""
WORK_ON_CASES = frozenset({TRIAGE})
"""To whom cases are proposed. Whoever sorts may give them to others who see cases, too."""
MAY_SORT = frozenset({INTAKE, TRIAGE, SUPERVISOR})
"""Who may give cases to colleagues and say what comes first, without reading them."""
MAY_HOLD = frozenset({SUPERVISOR})
"""Who may set and lift a hold, and open what was put away."""
MAY_TAKE_BACK = frozenset({SUPERVISOR})
"""Who may take back what was blacked out in a file, while no body has got it."""
MAY_SET_DESKS = frozenset({SUPERVISOR})
"""Who may change desks, the table of competence, clocks, holidays and where staff belong."""
MAY_SEE_CASES = frozenset({INTAKE, TRIAGE, SUPERVISOR})
"""Who may see that a case exists, where it stands and how far its delivery has come."""
MAY_MODERATE = frozenset({INTAKE, TRIAGE, SUPERVISOR})
"""Who may read opinions, publish them and put the agency's answer beside them."""
MAY_SEE_LOG = frozenset({SUPERVISOR, AUDITOR})
"""Who may read the log, which holds no content."""
MAY_ASK_IDENTITY = frozenset({CUSTODIAN})
"""Who may ask to learn who a citizen is, and learn it once a second person agrees."""
MAY_DECIDE_IDENTITY = frozenset({CUSTODIAN, SUPERVISOR})
"""Who may be that second person."""
MAY_TAKE_DELIVERIES = frozenset({LIAISON})
"""Who may take the deliveries of their own desk, and nothing else."""

ROLES = (INTAKE, TRIAGE, SUPERVISOR, CUSTODIAN, LIAISON, AUDITOR)


def has(user: Any, allowed: frozenset[str]) -> bool:
    """Whether an active account of staff has one of the roles. Asked of the database once in a request."""
    if not (user.is_active and user.is_staff) or user.is_superuser:
        return False
    if not hasattr(user, "complaint_roles"):
        user.complaint_roles = frozenset(user.groups.values_list("name", flat=True))
    return bool(user.complaint_roles & allowed)
