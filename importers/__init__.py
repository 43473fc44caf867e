"""How published files become facts."""
