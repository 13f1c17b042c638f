"""A policy is called by a script of plain values, or plays in a small simulation; and how that is told."""

from collections.abc import Callable, Sequence
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case
from course_lib.checks.load_balancing.given import Request, Server, written
from course_lib.checks.methods import Act, Script, clipped, do
from course_lib.checks.plain import Failed

__all__ = ["Act", "answered", "backends", "clipped", "play", "simulated", "tell"]


def answered(policy: Any, index: int, now: float, oks: str) -> None:
    """The server answered so many times: "+-+" is right, wrong, right. Each took 1 s."""
    for ok in oks:
        do(policy, "finished", Server(index), 1.0, ok == "+", now)


SCRIPT = Script(
    frozenset({"finished"}),
    {"answered": answered},
    write=lambda one: written(one) if isinstance(one, list) else repr(one),
)
play = SCRIPT.play


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The first call that gave something else, and the calls before it; or the first request that went elsewhere."""
    is_simulated = isinstance(case[1], dict) and not isinstance(got, Failed)
    return (tell_simulated if is_simulated else SCRIPT.tell)(answer, case, expected, got)


class Plainly:
    """A policy for `simulate` that is called with plain values only."""

    def __init__(self, policy: Any) -> None:
        self.policy = policy

    def choose(self, servers: Sequence[Any], request: Any) -> Any:
        seen = [Server(one.index, one.outstanding, one.weight) for one in servers]
        return self.policy.choose(seen, Request(request.time, request.key))

    def finished(self, server: Any, took: float, ok: bool, now: float) -> None:
        seen = Server(server.index, server.outstanding, server.weight)
        self.policy.finished(seen, took, ok, now)


def simulated(make: Callable[..., Any], args: Sequence[Any], setting: dict[str, Any]) -> list[int]:
    """The server of each request in a small simulation. `setting` has plain values: see `backends`."""
    from course_lib.balancing import simulate

    servers = backends(**setting.get("servers", {}))
    rest = {name: value for name, value in setting.items() if name != "servers"}
    chosen: list[int] = simulate(Plainly(make(*args)), servers=servers, warmup=0, **rest).chosen.tolist()
    return chosen


def backends(speeds: Sequence[float] = (), fails: Sequence[int] = ()) -> list[Any]:
    """A server of each speed; those at the places `fails` fail each request."""
    from course_lib.balancing import Backend

    return [Backend(speed=speed, errors=float(place in fails)) for place, speed in enumerate(speeds)]


def tell_simulated(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    args, setting, _ = case
    number = next(n for n, (due, came) in enumerate(zip(expected, got, strict=True)) if due != came)
    call = f"simulated({answer.name}, {args!r}, {setting!r})"
    said = (
        f"In a small simulation the request number {number + 1} went to the server {got[number]}; "
        f"it had to go to {expected[number]}."
    )
    return said, f"{call}[{number}]"
