"""Members of SWIM that are simulated in a second, each for one period, as the group grows to 1,000; traces are kept."""

from __future__ import annotations

from benchmarks.timing import best, report
from course_lib.replication import swim
from course_lib.replication.swim_measured import load
from course_lib.sim import Crash

PERIODS = 20
SIZES = {10: 5, 30: 5, 100: 3, 300: 2, 1_000: 1}
"""How many members, and how often that is run."""


def main() -> None:
    rows, setting_up = [], []
    for members, times in SIZES.items():
        first = best(
            lambda members=members: run(members, 0.001), times
        )  # all start and ping; nothing arrives
        took = best(lambda members=members: run(members, PERIODS), times) - first
        each = took / (members * PERIODS)
        sent = load(members, periods=PERIODS).messages
        words = f"{1 / each:,.0f} members a second, {sent:.1f} messages each"
        rows.append((f"{members:,} members", each, words))
        setting_up.append((f"{members:,} members", first, ""))
    report(rows, f"a member's period, in a run of {PERIODS} in which one member crashes")
    report(setting_up, "the world set up and started")


def run(members: int, until: float) -> None:
    faults = [Crash("m1", at=5)] if until > 5 else []
    swim.scenario(members, invariants=(), until=until).run(faults)


if __name__ == "__main__":
    main()
