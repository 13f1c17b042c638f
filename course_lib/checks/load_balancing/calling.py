"""A policy is called by a script of plain values, or plays in a small simulation; and how that is told."""

from collections.abc import Callable, Sequence
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case
from course_lib.checks.load_balancing.given import Request, Server, written
from course_lib.checks.plain import Failed, short

Act = tuple[Any, ...]
"""A call: the method's name, and its arguments; or "answered", and those of the function."""
FEW = 5
"""So many calls are told in a sentence; of more only the last."""


def answered(policy: Any, index: int, now: float, oks: str) -> None:
    """The server answered so many times: "+-+" is right, wrong, right. Each took 1 s."""
    do = getattr(policy, "do", lambda method, *arguments: getattr(policy, method)(*arguments))
    for ok in oks:
        do("finished", Server(index), 1.0, ok == "+", now)


def play(make: Callable[..., Any], args: Sequence[Any], acts: Sequence[Act]) -> list[Any]:
    """What each call gave, but for answers, which give nothing. Numbers are rounded to nine digits."""
    policy, given = make(*args), []
    do = getattr(policy, "do", lambda method, *arguments: getattr(policy, method)(*arguments))
    for number, (method, *arguments) in enumerate(acts, 1):
        try:
            if method == "answered":
                answered(policy, *arguments)
            elif method == "finished":
                do(method, *arguments)
            else:
                given.append(rounded(getattr(policy, method)(*arguments)))
        except Failed as failure:
            if isinstance(make, Answer):
                failure.call = history(make, args, acts[:number])
            raise
    return given


def rounded(result: Any) -> Any:
    """A number to nine digits; a tuple is as good as a list."""
    if isinstance(result, tuple):
        return list(result)
    return float(f"{result:.9g}") if isinstance(result, float) else result


def history(answer: Answer, args: Sequence[Any], acts: Sequence[Act]) -> str:
    """Python that does the same, in the notebook."""
    return "; ".join([f"{answer.variable} = {answer.call(args, repr)}", *(line(answer, act) for act in acts)])


def line(answer: Answer, act: Act) -> str:
    method, *arguments = act
    given = ", ".join(written(one) if isinstance(one, list) else repr(one) for one in arguments)
    return (
        f"answered({answer.variable}, {given})"
        if method == "answered"
        else f"{answer.variable}.{method}({given})"
    )


def clipped(call: str, limit: int = 400) -> str:
    """The end of a long one: that is where it failed."""
    return call if len(call) <= limit else f"... {call[-limit:]}"


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The first call that gave something else, and the calls before it."""
    args, acts, _ = case
    if isinstance(got, Failed):
        return f"{clipped(got.call)} raised {got.error}.", got.call
    if isinstance(acts, dict):
        return tell_simulated(answer, case, expected, got)
    asked = [number for number, act in enumerate(acts) if act[0] not in ("finished", "answered")]
    place = next(n for n, (due, came) in enumerate(zip(expected, got, strict=True)) if due != came)
    replay = history(answer, args, acts[: asked[place] + 1])
    before = asked[place]
    said = replay if before <= FEW else f"After {before} calls, {line(answer, acts[before])}"
    return f"{said} gave {short(got[place])}; it had to give {expected[place]!r}.", replay


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
