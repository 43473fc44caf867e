"""Questions about purchases: documented rules, the register of them, and the verb that raises them.

Why it is so: docs/decisions/0008.
"""
