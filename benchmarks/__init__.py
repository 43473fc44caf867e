"""Measurements of speed and memory: `python -m benchmarks` prints ratios and asserts nothing about time."""
