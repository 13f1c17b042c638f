"""04.keep_alive: prolong a lock while its work goes on, and not a moment longer."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.plain import Failed
from course_lib.checks.question import Question
from course_lib.checks.redis_lock.renewals import MISTAKES, Model
from course_lib.checks.redis_lock.watching import tell_it, watch

QUESTION = Question(
    "04.keep_alive",
    title="Keep it alive, with an end",
    names=("Renewal",),
    signature="class Renewal: __init__(ttl, longest, stall); start(now); progress(now); due(now) -> bool; extended(now, ok)",
    points=4,
    minutes=15,
    hints=(
        "Four things must be known: when the lock was taken, when it was extended last, when the work got on last, and whether an extension has failed.",
        "`start` sets all four. `progress` and `extended` change one each. `due` changes nothing: it compares `now` with the three times.",
        "due: not lost, and now - extended >= ttl / 3, and now - progressed < stall, and now - started < longest. extended: with ok the time of the last extension, without it lost = True.",
    ),
    misconceptions={
        "too-late": "After a whole ttl the lock is over. At a third of it there is time to try again.",
        "another-share": "It is due after a third of the ttl, to the fraction of a second: ttl / 3.",
        "gives-up-by-its-clock": "After a whole ttl the lock may be over, but `due` need not know: it stays True. The extension is asked for, fails, and `extended(now, False)` says so.",
        "at-the-limit": "At the limit itself: after a third of the ttl it is due (>=); after `stall` without progress, or `longest` since the start, it is not (<).",
        "all-the-time": "An extension at every look is a command for nothing: wait until a third of the ttl has passed since the last one.",
        "forgets-extensions": "The time counts from the last extension, not from the start: keep what `extended` tells.",
        "progress-extends": "Progress extends nothing: the lock's time goes on until an extension has been carried out.",
        "ignores-the-stall": "Work that hangs must lose its lock, or nobody ever gets it. Since when has `progress` not been called?",
        "stuck-for-ever": "Slow is not dead: where the work gets on again while the lock is still held, extend again.",
        "start-is-progress": "At the start the work has just begun: the time without progress counts from there.",
        "lives-for-ever": "`longest` counts from the start, and nothing puts it off: neither extensions nor progress.",
        "counts-the-last-one": "The question is only when the last extension may be asked for: before `longest` since the start. That its time then runs on is meant.",
        "goes-on-without-the-lock": "A failed extension says that the lock is lost, and another may have it. No later success and no progress brings it back; only a new start.",
        "from-the-creation": "Times count from `start(now)`, when the lock was taken; the object may be older.",
        "not-anew": "With a new start the lock was taken anew: a new life, and what failed before is over.",
        "asking-extends": "`due` only asks. Whether an extension was carried out is told by `extended`.",
        "another-renewal": "Write the four facts beside each call: started, extended last, progressed last, lost.",
    },
    right=(
        "Work that hangs loses its lock, work that goes on keeps it, and no work keeps it for ever. "
        "Think of next: the whole process is paused for longer than the ttl, this class included. What does it know when it wakes up?"
    ),
)

Acts = Sequence[tuple[Any, ...]]


def play(Renewal: Any, limits: tuple[float, float, float], acts: Acts) -> list[Any]:
    """What `due` answered each time; of a "watch", when it was extended."""
    renewal = Renewal(*limits)
    seen: list[Any] = []
    for number, (act, *arguments) in enumerate(acts, 1):
        try:
            if act == "due":
                seen.append(bool(renewal.due(*arguments)))
            elif act == "watch":
                seen.append(watch(renewal, *arguments))
            else:
                tell_it(renewal, act, *arguments)
        except Failed as failure:
            failure.call = history(limits, acts[:number])
            raise
    return seen


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The first answer that was another, and the calls before it."""
    limits, acts = case
    if isinstance(got, Failed):
        return f"{got.call} raised {got.error}.", got.call
    i = next(i for i in range(len(expected)) if got[i] != expected[i])
    asked = [number for number, act in enumerate(acts) if act[0] in ("due", "watch")][i]
    replay = history(limits, acts[: asked + 1])
    if acts[asked][0] == "watch":
        _, start, end, stuck = acts[asked]
        said = f"looked at each second from {start} to {end - 1}, with progress each second before {stuck}"
        before = history(limits, acts[:asked])
        return (
            f"{before}; then {said}, it was extended at {got[i]} s; it had to be at {expected[i]} s.",
            replay,
        )
    return f"{replay} gave {got[i]}; it had to give {expected[i]}.", replay


def history(limits: tuple[float, float, float], acts: Acts) -> str:
    """Python that does the same, in the notebook."""
    begin = f"renewal = {QUESTION.names[0]}({', '.join(map(repr, limits))})"
    return "; ".join([begin, *(line(*act) for act in acts)])


def line(act: str, *arguments: Any) -> str:
    given = ", ".join(map(repr, arguments))
    return f"watch(renewal, {given})" if act == "watch" else f"renewal.{act}({given})"


def by_chance() -> Iterator[Case]:
    """Lives of a lock: some get stuck, some lose it, some are taken anew."""
    chance = random.Random(5)
    for _ in range(40):
        now = chance.choice((0, 1_000))
        acts: list[tuple[Any, ...]] = [("start", now)]
        for _ in range(25):
            now += chance.choice((1, 2, 3, 4))
            kind = chance.choices(("due", "progress", "extended", "start"), (6, 4, 3, 0.4))[0]
            acts.append((kind, now, chance.random() < 0.85) if kind == "extended" else (kind, now))
        yield (12, 60, chance.choice((8, 15))), acts


S, P, D, X, W = "start", "progress", "due", "extended", "watch"
Comparison(Model, MISTAKES, lambda *_: "another-renewal", run=play, tell=tell).add_rungs(
    QUESTION,
    {
        "after a third of the time": [
            ((30, 600, 100), [(S, 0), (D, 1), (D, 9), (D, 10), (D, 12)]),
            ((12, 600, 100), [(S, 0), (D, 3), (D, 4), (D, 5), (D, 5)]),
            ((10, 600, 100), [(S, 0), (D, 3.2), (D, 3.32), (D, 3.34), (D, 4)]),
            ((30, 600, 100), [(S, 0), (D, 31), (D, 60)]),
        ],
        "again after an extension": [
            (
                (30, 600, 100),
                [(S, 0), (D, 10), (X, 10, True), (D, 12), (D, 19), (D, 20), (X, 21, True), (D, 30), (D, 31)],
            ),
            ((30, 600, 100), [(S, 0), (P, 5), (D, 9), (D, 10), (P, 11), (D, 12)]),
        ],
        "the work is stuck": [
            ((30, 600, 20), [(S, 0), (D, 19), (D, 20), (D, 25)]),
            ((30, 600, 20), [(S, 0), (P, 8), (D, 10), (X, 10, True), (D, 27), (D, 28)]),
            ((30, 600, 15), [(S, 0), (W, 1, 120, 50)]),
        ],
        "slow is not dead": [
            ((30, 600, 12), [(S, 0), (D, 11), (D, 12), (D, 20), (P, 21), (D, 22), (X, 22, True), (D, 32)])
        ],
        "the longest life": [
            ((30, 100, 1000), [(S, 0), (D, 99), (D, 100), (D, 130)]),
            ((30, 95, 20), [(S, 0), (W, 1, 200, 200)]),
            ((30, 90, 20), [(S, 0), (W, 1, 200, 200), (P, 200), (D, 201)]),
        ],
        "an extension fails": [
            ((30, 600, 100), [(S, 0), (D, 10), (X, 10, False), (D, 11), (D, 20), (D, 40)]),
            ((30, 600, 100), [(S, 0), (X, 10, True), (D, 20), (X, 20, False), (P, 21), (D, 30), (D, 31)]),
            ((30, 600, 100), [(S, 0), (X, 10, False), (X, 12, True), (D, 22), (D, 30)]),
        ],
        "taken late, and taken anew": [
            ((30, 100, 20), [(S, 1000), (D, 1009), (D, 1010), (X, 1010, True), (P, 1015), (D, 1020)]),
            ((30, 100, 20), [(S, 0), (X, 10, False), (D, 15), (S, 50), (D, 55), (D, 60)]),
            ((30, 100, 20), [(S, 0), (X, 10, True), (S, 95), (D, 100), (P, 104), (D, 105)]),
        ],
        "40 lives by chance": list(by_chance()),
    },
)
