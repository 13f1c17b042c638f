"""10.phi: how strong the suspicion is, from the gaps that were measured."""

import random
from collections.abc import Iterator
from itertools import accumulate

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case
from course_lib.checks.fault_tolerance.side_by_side import NOT_ITS_OWN, OneOfMany
from course_lib.checks.fault_tolerance.suspicions import MISTAKES, Model
from course_lib.checks.methods import Act, Script
from course_lib.checks.question import Question

QUESTION = Question(
    "10.phi",
    title="A suspicion that grows",
    names=("Phi",),
    signature="class Phi(window: int, least: float): heartbeat(now: float); phi(now: float) -> float",
    points=3,
    minutes=15,
    hints=(
        "A list of gaps, and when the last heartbeat arrived, None at first. heartbeat puts a gap into the list, if there was a heartbeat before, and keeps the last `window`. phi changes nothing.",
        "The chance that a gap is longer than the wait is erfc(x) / 2, where x = (waited - mean) / (deviation * sqrt(2)). The deviation is pstdev of the gaps, or `least` if that is more; the chance is 1e-300 where it would be less.",
        "if len(self.gaps) < 2: return 0.0; deviation = max(pstdev(self.gaps), self.least); x = (now - self.last - fmean(self.gaps)) / (deviation * sqrt(2)); return -log10(max(erfc(x) / 2, 1e-300)).",
    ),
    misconceptions={
        "one-minus-cdf": "1 minus the chance of a shorter gap: the two are so near each other that nothing is left. From 8.3 deviations on (phi 16) the difference is 0, and its digits are lost long before. 1 + erf(-x) is no better, for that erf is nearly -1; nor is NormalDist.cdf, where it is made of erf. erfc is the tail itself, and exact: erfc(x) / 2.",
        "log-of-zero": "So far out even erfc is 0, and 0 has no logarithm. A chance below 1e-300 counts as 1e-300, so phi is never above 300: a number that can be compared, sent and drawn.",
        "caps-only-zero": "The chance is not 0, and below 1e-300. It counts as 1e-300 then, so phi is never above 300: max(chance, 1e-300).",
        "not-the-tail": "That is the chance of a *shorter* gap. It grows with the wait, so phi would fall. Wanted is the chance of a longer one.",
        "two-sided": "erfc(x) is the chance to be that far from the mean on either side. Only longer gaps count: the half of it.",
        "no-root-of-two": "erfc does not count in deviations: the chance to be more than d deviations above the mean is erfc(d / sqrt(2)) / 2.",
        "natural-log": "phi counts powers of ten: -log10 of the chance. At phi 3 a wait this long is one in a thousand.",
        "exponential": "That is the phi of an exponential law, as in Cassandra. It knows only the mean, and waits as long for regular heartbeats as for irregular ones. Here it is a normal law, with a deviation.",
        "zero-deviation": "The gaps were all alike, or nearly so, and then a wait that is hardly longer would be impossible. The deviation is never taken below `least`.",
        "adds-the-least": "`least` is the least deviation, not one to add: it counts only where the measured one is below it.",
        "sample-deviation": "The deviation of the gaps in the window themselves is wanted, pstdev: divided by how many they are, not by one less.",
        "root-of-less-than-0": "The mean of the squares minus the square of the mean: where all gaps are alike the two are nearly equal, rounding may leave a little less than 0, and that has no root. pstdev squares differences, and a sum of squares is never below 0.",
        "another-measure": "A normal law is given by the mean of the gaps and their standard deviation: fmean and pstdev.",
        "outage-in-window": "The wait itself was counted as a gap before it was over. So a long silence stretches the law that it is judged by, and is never unusual. The gaps end with the last heartbeat, and asking changes nothing.",
        "whole-history": "Only the last `window` gaps count: what was usual an hour ago may not be so now.",
        "counts-heartbeats": "`window` is a number of gaps, and that many gaps have one heartbeat more.",
        "nothing-at-0": "A heartbeat at time 0 is one, too. 0 is false in Python, so `if self.last:` takes it for none: ask whether it `is not None`.",
        "gap-from-zero": "The first heartbeat ends no gap: nobody knows when the one before it was.",
        "too-few": "With fewer than two gaps there is nothing to compare with, and phi is 0.0; with two there is, also if the window is not full.",
        "not-its-own": NOT_ITS_OWN,
        "another-phi": "Write down the gaps at that moment, their mean and deviation, the wait, and the chance of a longer gap.",
    },
    right=(
        "The detector says how unusual the silence is, and leaves the verdict to whoever asks: one may stop sending work at phi 1, and promote a backup at phi 8. "
        "Think of next: phi 8 promises one false alarm in 10 ** 8 gaps. If the true law has a heavier tail than the normal one, how many will there be?"
    ),
)
SCRIPT = Script(frozenset({"heartbeat"}))


def of(
    gaps: list[float], *waits: float, start: float = 100.0, window: int = 10, least: float = 0.125
) -> Case:
    """A heartbeat at the start, then one after each of the gaps; then, after each of the waits, a question."""
    times = list(accumulate(gaps, initial=start))
    acts: list[Act] = [("heartbeat", now) for now in times]
    return (window, least), [*acts, *(("phi", times[-1] + wait) for wait in waits)]


def asked(*acts: tuple[str, float], window: int = 10, least: float = 0.125) -> Case:
    return (window, least), list(acts)


def by_chance() -> Iterator[Case]:
    """Gaps of a second, more or less; all times are multiples of 1/64 s, so that sums are exact."""
    chance = random.Random(10)
    for _ in range(20):
        now, acts = chance.randrange(1000) + 0.0, []
        spread = chance.choice((0, 8, 32))
        for _ in range(25):
            acts.append(("heartbeat", now))
            gap = max(1, round(chance.gauss(64, spread))) / 64
            if chance.random() < 0.3:
                acts.append(("phi", now + gap * chance.choice((0.5, 0.75, 1.0))))
            now += gap
        acts += [("phi", now + wait / 4) for wait in (1, 2, 4, 8)]
        yield (chance.choice((3, 8, 20)), chance.choice((1 / 16, 1 / 4))), acts


UNEVEN = [0.75, 1.25, 1.0, 0.5, 1.5]

COMPARISON = OneOfMany(
    Model,
    MISTAKES,
    lambda *_: "another-phi",
    script=SCRIPT,
    args=(10, 0.125),
    first=("heartbeat", 1e6),
    # A whole window of gaps that are so uneven that no wait is out of the question.
    more=[("heartbeat", now) for now in accumulate([1.0, 200.0] * 6, initial=1e6)],
    ask=("phi", 1e6 + 1210),
    rest="another-phi",
)
COMPARISON.add_rungs(
    QUESTION,
    {
        "a wait, and its chance": [
            of([0.75, 1.25], 1.0, 1.25, 1.5),
            of(UNEVEN, 1.5, 2.0),
            of(UNEVEN, 0.25, 1.0),
            of([0.5, 0.75, 2.5, 2.25], 2.0, 3.0, 3.5, least=0.25),
        ],
        "hardly any heartbeats yet": [
            asked(("phi", 0.0), ("phi", 5.0)),
            asked(("heartbeat", 4.0), ("phi", 4.5), ("phi", 60.0)),
            asked(("heartbeat", 4.0), ("heartbeat", 5.0), ("phi", 5.5), ("phi", 60.0)),
            asked(("heartbeat", 4.0), ("heartbeat", 5.0), ("heartbeat", 6.5), ("phi", 8.0)),
            of(UNEVEN, 1.5, start=0.0),
            of([1.0], 1.5, start=0.0),
        ],
        "all gaps alike, or nearly": [
            of([1.0] * 6, 1.0, 1.125, 1.5),
            of([1.0] * 4, 0.5, 1.25, 2.0, least=0.5),
            of([0.984375, 1.015625] * 3, 1.0, 1.0625, 1.25),
            # No sums of halves and quarters: here rounding shows.
            of([1.997] * 10, 2.0, 2.25, start=1000.0),
            of([1.7] * 8, 1.75, 2.0, start=0.0),
        ],
        "only the last `window`": [
            of([5.0, 4.0, 6.0, 0.75, 1.25, 1.0], 1.0, 1.5, window=3),
            of([0.75, 1.25, 1.0, 3.0, 2.0], 2.0, 4.0, window=2),
            of([0.25] * 8 + UNEVEN, 1.5, 2.0, window=5),
        ],
        "a long silence": [
            of(UNEVEN, 5.0),
            of(UNEVEN, 3.0, 3.5, 4.0, 5.0),
            of(UNEVEN, 1.5, 2.0, 2.5, 3.0, 6.0, window=5),
            of([1.0, 1.125, 0.875, 1.0], 2.0, 2.25, 2.5),
        ],
        "a silence without end": [
            of(UNEVEN, 12.0, 15.0, 100.0, 1e6),
            of([1.0] * 5, 5.0, 6.0, 60.0, 3600.0),
            of([1.0] * 5, 5.75),
        ],
        "asked now and then, and it is back": [
            asked(
                ("heartbeat", 1.0),
                ("heartbeat", 2.0),
                ("phi", 2.5),
                ("heartbeat", 3.25),
                ("phi", 4.0),
                ("phi", 5.0),
                ("heartbeat", 7.0),
                ("phi", 8.0),
                ("phi", 9.0),
            ),
        ],
        "20 histories by chance": list(by_chance()),
    },
)
ONE: list[Act] = [
    *(("heartbeat", now) for now in (1.0, 2.0, 3.25, 4.0)),
    ("phi", 2.5),
    ("phi", 5.0),
    ("phi", 5.25),
]
TWO: list[Act] = [
    *(("heartbeat", now) for now in (2.25, 2.75, 4.5, 7.0)),
    ("phi", 1.5),
    ("phi", 6.5),
    ("phi", 9.0),
]


@QUESTION.rung("two detectors, by turns")
def by_turns(answer: Answer) -> None:
    COMPARISON.by_turns(answer, ONE, TWO)
