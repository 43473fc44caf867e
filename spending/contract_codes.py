"""How a contract stands in addresses: by what is published of it, never by a number of our own.

`1∕2568~0305560001659`: the number that the department gave, and who won. See docs/decisions/0008.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .models import Contract

SLASH, SLASH_IN_CODES = "/", "\u2215"  # a slash would end a step of an address
BETWEEN = "~"
NO_NUMBER = "-"


def codes(contracts: Iterable[Contract]) -> dict[str, Contract]:
    """The contracts of one project by their codes, in the order of the files.

    Contracts that agree in number and winner are told apart by that order: `…~2`, `…~3`. The code of a
    contract that a natural person won says `person`.
    """
    met: Counter[str] = Counter()
    found = {}
    for contract in sorted(contracts, key=lambda one: (one.edition_id, one.line, one.pk)):
        code = base_code(contract)
        met[code] += 1
        found[code if met[code] == 1 else f"{code}{BETWEEN}{met[code]}"] = contract
    return found


def base_code(contract: Contract) -> str:
    """The published part of a contract's code."""
    number = contract.contract_no.replace(SLASH, SLASH_IN_CODES) or NO_NUMBER
    winner = contract.winner_kind if contract.supplier is None else contract.supplier.code
    return f"{number}{BETWEEN}{winner}"
