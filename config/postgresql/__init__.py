"""PostgreSQL as this site asks it."""
