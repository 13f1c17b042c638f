"""Every order in which actors can act, those with the fewest turns aside first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from typing import TypeVar

from course_lib.checks.question import Wrong
from course_lib.checks.redis_lock.actors import Caller, Others
from course_lib.checks.redis_lock.scenes import Scene
from course_lib.checks.redis_lock.server import Redis

START = 1_000_000_000.0  # what the clock says when a scene begins, in seconds
MOST = 100  # orders of one scene; two calls of four commands each have fewer

T = TypeVar("T")
Choose = Callable[[int], int]
"""Of so many ways to go on, the number of the one that is taken; 0 is straight on."""


def explore(
    setting: Callable[[Scene], Sequence[Caller | Others]],
    judge: Callable[[Scene], None],
    key: str = "lock",
    crashes: int = 0,
) -> None:
    """Has the actors of a setting act in every order, and judges each. Raises Wrong for the first that is wrong.

    With `crashes`, so many of the learner's calls may end between two commands.
    """
    import time_machine

    redis = Redis()

    def once(choose: Choose) -> None:
        with time_machine.travel(START, tick=False) as clock:
            scene = Scene(redis, clock, key)
            try:
                scene.actors = list(setting(scene))
                play(scene, choose, crashes)
                judge(scene)
            except Wrong as wrong:
                wrong.sentence = (
                    f"{'; '.join(scene.story)}. {wrong.sentence}" if scene.moves else wrong.sentence
                )
                endless = wrong.message_id == "waits"
                wrong.replay, wrong.trace = "" if endless else scene.replay(), scene.trace()
                raise

    for _ in every_order(once, MOST):
        pass


def play(scene: Scene, choose: Choose, crashes: int) -> None:
    """One order. Who acted last goes on, unless another way is chosen."""
    last = None
    try:
        while True:
            actors = sorted(scene.actors, key=lambda actor: actor is not last)
            ways = [(actor, way) for actor in actors for way in actor.ways()]
            if not ways:
                return
            if crashes:
                ways += [(actor, actor.crash) for actor, _ in ways if isinstance(actor, Caller)]
            last, way = ways[choose(len(ways))]
            way()
            crashes -= isinstance(last, Caller) and last.crashed
    finally:
        for actor in scene.actors:
            if isinstance(actor, Caller):
                actor.steps.close()


def every_order(play: Callable[[Choose], T], most: int) -> Iterator[T]:
    """What `play(choose)` gives, for every answer that `choose(ways)` can give; at most `most` times."""
    waiting: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for _ in range(most):
        if not waiting:
            return
        aside, given = heappop(waiting)
        ways: list[int] = []

        def choose(count: int, given: tuple[int, ...] = given, ways: list[int] = ways) -> int:
            ways.append(count)
            return given[len(ways) - 1] if len(ways) <= len(given) else 0

        yield play(choose)
        for place in range(len(given), len(ways)):
            straight = (*given, *(0 for _ in range(place - len(given))))
            for way in range(1, ways[place]):
                heappush(waiting, (aside + 1, (*straight, way)))
