"""Ends what `make run` left behind if it was killed: `python -m config.guardian [data folder of PostgreSQL]`.

It reads the numbers of process groups, one a line, until its input ends, which the system sees to when the
process at the other end dies, however it dies.
"""

import os
import sys
from pathlib import Path

from config import embedded
from config.processes import end_groups


def main() -> None:
    """Wait, then end the groups and, as its last user, the embedded server."""
    groups = [int(line) for line in sys.stdin]
    end_groups(groups, lambda: not any(exists(group) for group in groups))
    for data in sys.argv[1:]:
        with embedded.serving(Path(data)):
            pass


def exists(group: int) -> bool:
    """Whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
