"""What went wrong in a contest for the lock: the misconception, read off from what each contender asked and heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course_lib.checks.zookeeper_lock.calls import Calls
from course_lib.checks.zookeeper_lock.service import number_of

States = Mapping[str, Any]
"""The nodes as they were in the end."""
Requests = list[tuple[tuple[Any, ...], Any]]


def why(broken: str, states: States, calls: Calls) -> str:
    """The id of the misconception behind a broken invariant."""
    if broken == "nobody_robbed":
        return "deletes-anothers"
    queue = states["zookeeper"].queue
    fates = {name: one.fate for name, one in states.items() if name != "zookeeper"}
    asked = {name: calls.requests(states[name].place) for name in fates if states[name].phase != "away"}
    if any(sum(request[0] == "create" for request, _ in them) > 1 for them in asked.values()):
        return "queues-twice"
    if broken != "comes_to_an_end":
        first = queue[0][1] if queue else ""
        holder = next(name for name in fates if name != first and states[name].phase == "holds")
        return of_holder(asked[holder], states[holder].mine)
    left_by = {fates[owner] for _, owner in queue if owner in fates}
    if "gave it back" in left_by:
        return "keeps-it"
    if "gave up" in left_by:
        return "leaves-a-ghost"
    return of_waiting(next(them for name, them in asked.items() if states[name].phase == "waits"))


def of_holder(asked: Requests, mine: str) -> str:
    """Why somebody believes to have the lock, with another before it."""
    lists = [reply for request, reply in asked if request[0] == "children"]
    if not lists:
        return "never-looks"
    last, reply = asked[-1]
    if last[0] == "wait" or (last[0] == "exists" and reply is False):
        return "gone-is-not-mine"
    names = list(lists[-1])
    if mine in (names[0], min(names)) and min(names, key=number_of) != mine:
        return "not-by-number"
    return "not-first"


def of_waiting(asked: Requests) -> str:
    """Why nobody wakes somebody who waits."""
    watching = [place for place, (request, _) in enumerate(asked) if request[2:] == ("watch",)]
    if not watching:
        return "no-watch"
    (kind, path, _), reply = asked[watching[-1]]
    if any(request[0] == "wait" for request, _ in asked[watching[-1] :]):
        return "watches-once"
    if kind == "exists" and reply is False:
        return "waits-for-nobody"
    made = [reply for request, reply in asked if request[0] == "create"]
    if kind == "exists" and path.rpartition("/")[2] in made:
        return "watches-itself"
    return "watches-another"
