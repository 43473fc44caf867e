"""Proofs that take longer than a test: processes killed at random, hostile input by the hundred."""
