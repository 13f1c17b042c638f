"""Every order of events in a world of a learner's calls, and the shortest in which something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.checks.plain import Failed
from course_lib.checks.question import Wrong
from course_lib.checks.zookeeper_lock.calls import Calls
from course_lib.sim import Scenario, Trace

MOST = 6_000  # states; the model answers have a thousand at most


def told(miss: Wrong | Failed, replay: str) -> Wrong | Failed:
    """What a handler said of the learner's functions, with the way to see it again."""
    setattr(miss, "call" if isinstance(miss, Failed) else "replay", replay)
    return miss


def in_every_order(
    calls: Calls,
    world: Callable[[], Scenario],
    replay: str,
    reason: Callable[[Trace], str],
    told: Callable[[Wrong | Failed, str], Wrong | Failed] = told,
    **budget: Any,
) -> None:
    """Explores the world of these calls, and closes them.

    Args:
        replay: Python that explores the same, in the notebook.
        reason: of a run that breaks an invariant, the misconception's id.

    Raises Wrong for the shortest run in which something is wrong, and for a space that does not end.
    """
    try:
        found = world().explore(max_states=MOST, **budget)
    except (Wrong, Failed) as miss:
        raise told(miss, replay) from miss
    finally:
        calls.close()
    trace = found.counterexample
    if trace:
        said = f"In an order of {trace.length} steps: {trace.reason}."
        raise Wrong(reason(trace), said, f"{replay}.counterexample", trace=trace)
    if not found.complete:
        said = f"Trying every order was stopped after {found.states:,} states."
        raise Wrong("states-without-end", said, replay)
