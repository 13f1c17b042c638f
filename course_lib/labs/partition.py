"""The partition lab: a run that can be stepped through, and cut, crashed, delayed and played again from any moment."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from course_lib.labs.lab import Lab, together
from course_lib.labs.partition_model import LOCKED, PartitionModel
from course_lib.labs.partition_words import in_short
from course_lib.pictures import palette, topology
from course_lib.pictures.moments import Moment, brief, told
from course_lib.pictures.spacetime import diagram
from course_lib.pictures.topology import places
from course_lib.sim import Fault, Scenario, Trace
from course_lib.sim.trace import NodeState

ROOM = 160  # letters of one attribute


class PartitionLab(Lab):
    """A run of `scenario` under `faults`, in the reader's hands; or a `trace` of it, such as the counterexample of an
    exploration, which can be stepped through only.

    It plays any scenario, with a learner's classes too: where a node fails, the run is shown up to there, and the
    status says what happened.

    Args:
        stops: whether the run ends where an invariant breaks. If not, it goes on to its end, and each invariant says
            when it broke first.

    A message, and what a node holds, is shown by its class's own `__str__`, if it has one. So is a node, beside its
    name: in a few words what it believes to be, as "leads view 2".
    """

    _esm, _css = together("partition_time.js", "partition.js"), together("partition.css")
    model: PartitionModel

    def __init__(
        self,
        scenario: Scenario,
        faults: Iterable[Fault] = (),
        *,
        trace: Trace | None = None,
        stops: bool = True,
    ) -> None:
        super().__init__(PartitionModel(scenario, faults, trace, stops))

    @property
    def trace(self) -> Trace:
        """The run that is shown."""
        return self.model.trace

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The fault script as it stands: `scenario.run(lab.faults, seed=lab.seed)` gives `lab.trace`, if that stops."""
        return self.model.script.faults

    @property
    def seed(self) -> int | str:
        """The seed that is played."""
        return self.model.script.seed

    def shown(self, problem: bool) -> dict[str, Any]:
        """The whole run at once: scrubbing, stepping and playing need no further word from Python."""
        model, played = self.model, self.model.played
        trace, moments = played.trace, played.moments
        drawing, at = diagram(trace, most=len(moments) or 1), places(model.names)
        return {
            "problem": problem or bool(played.problem),
            "topology": topology(model.scenario).svg,
            "head": drawing.head,
            "body": drawing.body,
            "height": drawing.height,
            "words": drawing.words,
            "y": list(accumulate(drawing.y, max)),  # a cursor never steps back
            "nodes": [
                {"name": name, **look._asdict(), "x": at[name][0], "y": at[name][1]}
                for name, look in palette.looks(model.names).items()
            ],
            "moments": [_moment(moment) for moment in moments],
            "messages": _messages(moments),
            "states": _states(model),
            "invariants": _invariants(model),
            "faults": list(map(repr, model.script.faults)),
            "code": model.script.code,
            "seed": model.script.seed,
            "undo": bool(model.history.before),
            "redo": bool(model.history.after),
            "cursor": model.cursor,
            "unit": "steps" if model.explored else "s",
            "locked": LOCKED if model.explored else "",
        }

    def __repr__(self) -> str:
        return f"<PartitionLab of {', '.join(self.model.names)}: {self.model.status}>"


def _moment(moment: Moment) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "time": moment.time,
        "kind": moment.kind,
        "node": moment.node,
        "words": told(moment),
    }
    if moment.kind == "pause" and moment.event:
        shown["paused"] = moment.event.note.startswith("until")
    if moment.kind in ("cut", "heal"):
        names = sorted(name for group in moment.groups for name in group)
        shown["links"] = [
            [a, b] for a in names for b in names if a < b and (moment.cuts(a, b) or moment.cuts(b, a))
        ]
    return shown


def _messages(moments: Iterable[Moment]) -> list[dict[str, Any]]:
    """Each message with the numbers of the moments at which it was sent, and first arrived or was lost."""
    found: dict[str, dict[str, Any]] = {}
    for number, moment in enumerate(moments):
        event = moment.event
        if event is None or event.id is None:
            continue
        if moment.kind == "send":
            found[event.id] = {
                "id": event.id, "from": event.node, "to": event.peer, "sent": number, "end": None,
                "words": brief(event.message, 40), "short": brief(event.message, 20),
            }  # fmt: skip
        elif moment.kind in ("deliver", "drop") and event.id in found and found[event.id]["end"] is None:
            found[event.id]["end"] = number
    return list(found.values())


def _states(model: PartitionModel) -> list[dict[str, Any]]:
    """Each node's state from so many moments on."""
    passed, changes = _passed(model), model.played.changes
    return [
        {"passed": passed[change.events], "node": change.node, "said": said, **_state(change.state)}
        for change, said in zip(changes, in_short(model.scenario, changes), strict=True)
        if change.events < len(passed)
    ]


def _passed(model: PartitionModel) -> list[int]:
    """How many moments have passed after 0, 1, 2 and so on events."""
    return [0] + [i for i, moment in enumerate(model.played.moments, 1) if moment.event]


def _state(state: NodeState) -> dict[str, Any]:
    memory = state.memory
    return {
        "up": memory is not None,
        "memory": [[name, brief(value, ROOM)] for name, value in (memory or {}).items()],
        "disk": [[brief(key, 40), brief(value, ROOM)] for key, value in state.disk.items()],
        "timers": list(state.timers),
    }


def _invariants(model: PartitionModel) -> list[dict[str, Any]]:
    """Each with the number of moments after which it broke, or None."""
    trace = model.trace
    names = [invariant.name for invariant in model.scenario.invariants]
    if trace.violated and trace.violated not in names:
        names.append(trace.violated)
    passed = _passed(model)
    broke = {name: (min(one.events, len(passed) - 1), one.reason) for name, one in model.broken.items()}
    if trace.violated:
        broke[trace.violated] = (len(passed) - 1, trace.reason)
    return [
        {"name": name, "broke": passed[broke[name][0]], "reason": broke[name][1]}
        if name in broke
        else {"name": name}
        for name in names
    ]
