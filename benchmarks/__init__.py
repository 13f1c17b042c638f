"""Ours beside peers, in one run: `make bench`. Ratios are what counts; machines differ, and tests assert no time."""
