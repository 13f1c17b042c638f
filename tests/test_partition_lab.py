"""The partition lab without a browser: each act is a fault in a script, and the run is played again with it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from course_lib.labs import PartitionLab, partition_play
from course_lib.labs.guard import Refused
from course_lib.labs.partition_model import PartitionModel
from course_lib.labs.partition_play import between
from course_lib.sim import Crash, Delay, Drop, Duplicate, Network, Node, Partition, Pause, Scenario


@dataclass(frozen=True)
class Add:
    id: int


class Server(Node):
    """Adds up what it is told, once for each id."""

    def on_start(self) -> None:
        self.heard = 0

    def on_message(self, sender: str, message: object) -> None:
        self.heard += 1
        done = self.disk.get("done", 0)
        if isinstance(message, Add) and message.id > done:
            self.disk["done"] = message.id
        self.send(sender, message)


class Teller(Node):
    def on_start(self) -> None:
        self.id = 1
        self.tell()

    def tell(self) -> None:
        self.send("s", Add(self.id))
        self.set_timer("again", 0.1)

    def on_message(self, sender: str, message: object) -> None:
        if isinstance(message, Add) and message.id == self.id and self.id < 4:
            self.id += 1
            self.tell()

    def on_timer(self, name: str) -> None:
        if self.id < 4:
            self.tell()


def never_four(world: Any) -> object:
    return True if world.nodes["s"].disk.get("done", 0) < 4 else "four was carried out"


def scenario(**options: Any) -> Scenario:
    return Scenario({"t": Teller, "s": Server}, until=2.0, **options)


@pytest.fixture
def model() -> PartitionModel:
    return PartitionModel(scenario())


def kinds(model: PartitionModel) -> list[str]:
    return [moment.kind for moment in model.played.moments]


def test_an_act_adds_a_fault_and_the_run_is_the_scenarios_own(model: PartitionModel) -> None:
    model.act("crash", node="s", at=0.015)
    model.act("restart", node="s", at=0.25)
    assert model.script.faults == (Crash("s", at=0.015, until=0.25),)
    assert model.script.code == "[Crash('s', at=0.015, until=0.25)]"
    assert model.trace == scenario().run([Crash("s", at=0.015, until=0.25)])
    assert kinds(model).count("restart") == 1


def test_the_cursor_goes_to_where_the_new_run_parts_from_the_old(model: PartitionModel) -> None:
    passed = kinds(model).index("deliver") + 1
    model.act("crash", node="t", after=passed)
    assert kinds(model)[model.cursor - 1] == "crash"
    model.act("undo")
    model.act("drop", message="t>s#1")
    assert kinds(model)[model.cursor - 1] == "drop"
    model.act("cut", groups=[["t"]], after=len(kinds(model)) // 2)
    assert kinds(model)[model.cursor - 1] == "cut"


def test_a_fault_strikes_between_two_moments_at_a_round_time(model: PartitionModel) -> None:
    passed = kinds(model).index("deliver") + 1
    model.act("pause", node="s", after=passed)
    (pause,) = model.script.faults
    assert isinstance(pause, Pause) and (pause.at, pause.until) == (0.015, 2.0)
    model.act("resume", node="s", at=0.5)
    assert model.script.faults == (Pause("s", at=0.015, until=0.5),)


@pytest.mark.parametrize(
    "low, high, time",
    [(0.01, 0.02, 0.015), (0, 1, 0.5), (0.3, 2.3, 1.0), (1, 1.000001, 1.000001), (0.1234, 0.1239, 0.1236)],
)
def test_the_roundest_time_between_two_moments(low: float, high: float, time: float) -> None:
    assert between(low, high) == time


def test_right_after_a_message_the_crash_falls_into_the_handler(model: PartitionModel) -> None:
    passed = kinds(model).index("send", kinds(model).index("deliver")) + 1
    model.act("crash", node="s", after=passed)
    assert model.script.faults == (Crash("s", after="s>t#1"),)
    assert any("in the middle" in (m.event.note if m.event else "") for m in model.played.moments)
    model.act("restart", node="s", at=0.5)
    assert model.script.faults == (Crash("s", after="s>t#1", until=0.5),)


def test_a_cut_is_healed_where_it_lies_and_one_healed_as_it_begins_goes(model: PartitionModel) -> None:
    model.act("cut", groups=[["t"], ["s"]], at=0.005)
    model.act("heal", between=["s", "t"], at=0.15)
    assert model.script.faults == (Partition({"t"}, {"s"}, at=0.005, until=0.15),)
    model.act("cut", groups=[["s"]], at=0.3)
    model.act("heal", at=0.3)
    assert model.script.faults == (Partition({"t"}, {"s"}, at=0.005, until=0.15),)


def test_messages_are_dropped_delayed_and_repeated_by_name(model: PartitionModel) -> None:
    for act in (("drop", {}), ("delay", {"by": 0.2}), ("duplicate", {})):
        model.act(act[0], message=f"t>s#{1 + len(model.script.faults)}", **act[1])
    assert model.script.faults == (Drop("t>s#1"), Delay("t>s#2", by=0.2), Duplicate("t>s#3"))


def test_undo_redo_remove_clear_and_another_seed(model: PartitionModel) -> None:
    model.act("drop", message="t>s#1")
    model.act("crash", node="s", at=0.2)
    model.act("remove_fault", number=0)
    assert model.script.code == "[Crash('s', at=0.2)]"
    model.act("undo")
    model.act("undo")
    assert model.script.code == "[Drop('t>s#1')]" and len(model.history.after) == 2
    model.act("redo")
    model.act("reseed", seed=7)
    assert model.script.seed == 7 and not model.history.after
    model.act("clear")
    assert model.trace == scenario().run(seed=7)
    model.act("undo")
    assert len(model.script.faults) == 2


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("undo", {}, "nothing to undo"),
    ("redo", {}, "nothing to redo"),
    ("clear", {}, "no fault"),
    ("remove_fault", {"number": 0}, "There is no fault 0"),
    ("remove_fault", {"number": True}, "There is no fault True"),
    ("crash", {"node": "x"}, "There is no node 'x'; there are t, s"),
    ("restart", {"node": "s", "at": 0.5}, "s is not down then"),
    ("resume", {"node": "s", "at": 0.5}, "s is not paused then"),
    ("pause", {"node": "s", "at": 2.0}, "it ends at 2.0, before it began at 2.0"),
    ("heal", {"at": 0.5}, "Nothing is cut there then"),
    ("cut", {"groups": [["t", "s"]]}, "nodes on both sides"),
    ("cut", {"groups": []}, "nodes on both sides"),
    ("cut", {"groups": [["t"], ["q"]]}, "There is no node 'q'"),
    ("cut", {"groups": [["t"]], "at": float("nan")}, "not nan"),
    ("cut", {"groups": [["t"]], "after": "soon"}, "not 'soon'"),
    ("drop", {"message": "t>s#99"}, r"Drop\('t>s#99'\) names nothing: t sent \d+ messages to s"),
    ("drop", {"message": "t"}, "'t' names no message"),
    ("delay", {"message": "t>s#1", "by": -1}, "by is a number of seconds, 0 or more, not -1"),
    ("delay", {"message": "t>s#1"}, "delay: .*by"),
    ("reseed", {"seed": ""}, "A seed is a whole number or a word"),
    ("run", {}, "'run' is nothing that one can do here"),
]


@pytest.mark.parametrize("do, arguments, sentence", REFUSALS)
def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(
    model: PartitionModel, do: str, arguments: dict[str, Any], sentence: str
) -> None:
    before = (model.script, model.played, model.status)
    with pytest.raises(Refused, match=sentence):
        model.act(do, **arguments)
    assert (model.script, model.played, model.status) == before


def test_a_fault_that_changes_nothing_is_told_so(model: PartitionModel) -> None:
    model.act("reseed", seed=3)
    assert model.status.startswith("Seed 3: nothing is changed by it; ")
    model.act("crash", node="s", at=0.01)
    assert "nothing is changed" not in model.status


def test_the_same_fault_twice_is_refused(model: PartitionModel) -> None:
    model.act("drop", message="t>s#1")
    with pytest.raises(Refused, match="in the script already"):
        model.act("drop", message="t>s#1")


class Fragile(Server):
    def on_message(self, sender: str, message: object) -> None:
        if self.heard == 2:
            raise KeyError("lost")
        super().on_message(sender, message)


def test_a_node_that_fails_is_shown_up_to_there_and_the_lab_goes_on() -> None:
    lab = PartitionLab(Scenario({"t": Teller, "s": Fragile}, until=2.0))
    assert "A node failed at 0.05 s: KeyError: lost (line" in lab.frame["status"]
    assert lab.frame["problem"] is True
    assert lab.trace.events[-1].kind == "deliver"
    assert lab.trace.states_at(0.04)["s"].heard == 2
    lab.act("crash", node="s", at=0.035)
    assert lab.frame["problem"] is False and "KeyError" not in lab.frame["status"]
    assert lab.faults == (Crash("s", at=0.035),)


class Endless(Server):
    def on_message(self, sender: str, message: object) -> None:
        while self.heard == 1:
            pass
        super().on_message(sender, message)


def test_a_node_that_never_ends_is_stopped_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partition_play, "SECONDS", 0.5)
    with pytest.raises(Refused, match=r"The run was still running after 0.5 s"):
        PartitionLab(Scenario({"t": Teller, "s": Endless}))


def test_a_broken_invariant_is_told_with_its_moment() -> None:
    lab = PartitionLab(scenario(invariants=[never_four]))
    assert lab.frame["invariants"] == [
        {"name": "never_four", "broke": len(lab.frame["moments"]), "reason": "four was carried out"}
    ]
    assert "never_four breaks at 0.07 s: four was carried out" in lab.frame["status"]
    lab.act("cut", groups=[["t"]], at=0.03)
    assert lab.frame["invariants"] == [{"name": "never_four"}]
    assert "no invariant breaks" in lab.frame["status"]


def test_a_frame_holds_all_that_is_needed_to_scrub() -> None:
    lab = PartitionLab(scenario(network=Network(jitter=0.02, loss=0.2)), [Crash("s", at=0.1, until=0.3)])
    frame = json.loads(json.dumps(lab.frame))
    count = len(frame["moments"])
    assert len(frame["y"]) == count and frame["y"] == sorted(frame["y"])
    assert {"start", "send", "deliver", "drop", "crash", "restart"} <= {m["kind"] for m in frame["moments"]}
    for message in frame["messages"]:
        assert frame["moments"][message["sent"]]["kind"] == "send"
        assert message["end"] is None or frame["moments"][message["end"]]["kind"] in ("deliver", "drop")
    assert all(state["passed"] <= count for state in frame["states"])


def test_the_states_of_a_frame_are_those_of_the_trace() -> None:
    lab = PartitionLab(
        scenario(), [Partition({"t"}, {"s"}, at=0.03, until=0.2), Crash("s", at=0.25, until=0.3)]
    )
    moments = lab.model.played.moments
    for passed in range(len(moments) + 1):
        events = sum(moment.event is not None for moment in moments[:passed])
        known = {s["node"]: s for s in lab.frame["states"] if s["passed"] <= passed}
        for name, state in lab.trace.states_after(events).items():
            shown = known.get(name, {"up": False, "memory": [], "disk": []})
            assert shown["up"] is state.alive
            assert shown["memory"] == [[key, repr(value)] for key, value in (state.memory or {}).items()]
            assert shown["disk"] == [[repr(key), repr(value)] for key, value in state.disk.items()]


def test_a_counterexample_is_stepped_through_and_takes_no_faults() -> None:
    system = scenario(invariants=[never_four])
    found = system.explore(timeouts=1).counterexample
    assert found is not None
    lab = PartitionLab(system, trace=found)
    assert lab.trace is found and lab.frame["cursor"] == len(lab.frame["moments"])
    assert lab.frame["unit"] == "steps" and "found by exploration" in lab.frame["locked"]
    assert "never_four breaks after" in lab.frame["status"]
    with pytest.raises(Refused, match="found by exploration"):
        lab.act("crash", node="s")


def test_a_trace_of_a_run_opens_with_its_faults_and_seed() -> None:
    trace = scenario().run([Drop("t>s#1")], seed=9)
    lab = PartitionLab(scenario(), trace=trace)
    assert (lab.trace, lab.faults, lab.seed) == (trace, (Drop("t>s#1"),), 9)
    lab.act("undo") if lab.frame["undo"] else lab.act("clear")
    assert lab.trace == scenario().run(seed=9)


def test_what_is_no_scenario_or_no_trace_is_an_error() -> None:
    with pytest.raises(TypeError, match="PartitionLab plays a Scenario, not 7"):
        PartitionLab(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="trace is a Trace"):
        PartitionLab(scenario(), trace=7)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"the trace has the nodes \('a',\)"):
        PartitionLab(scenario(), trace=Scenario({"a": Node}).run())
    with pytest.raises(ValueError, match="names 'x'"):
        PartitionLab(scenario(), [Crash("x", at=1)])


class Chatty(Node):
    def on_start(self) -> None:
        self.set_timer("tick", 0.001)

    def on_timer(self, name: str) -> None:
        self.set_timer("tick", 0.001)


def test_of_a_run_that_is_too_long_the_beginning_is_shown() -> None:
    lab = PartitionLab(Scenario({"a": Chatty}, until=3))
    assert len(lab.frame["moments"]) == partition_play.MOST
    assert "3,001 events, of which the first 1,000 are shown" in lab.frame["status"]


def test_the_browser_is_always_answered() -> None:
    lab = PartitionLab(scenario())
    for content, status, problem in [
        ({"number": 1, "do": "drop", "with": {"message": "t>s#1"}}, "Drop('t>s#1'): ", False),
        ({"number": 2, "do": "drop", "with": {"message": 5}}, "names no message", True),
        ({"number": 3, "do": "explode", "with": {}}, "nothing that one can do here", True),
        ({"number": 4, "do": "drop"}, "KeyError: 'with'", True),
    ]:
        lab._on_act(lab, content, [])
        assert lab.frame["number"] == content["number"]
        assert status in lab.frame["status"] and lab.frame["problem"] is problem


def test_the_still_picture_shows_the_system_and_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda *objects, **_: shown.extend(objects))
    lab = PartitionLab(scenario())
    lab._ipython_display_()
    still, live = shown
    assert (
        "course-twin" in still.svg and "course-spacetime" in still.svg and "Space-time diagram" in still.text
    )
    assert "application/vnd.jupyter.widget-view+json" in live
    assert "PartitionLab of t, s" in repr(lab)


def test_a_time_limit_that_was_kept_leaves_nothing_behind_that_could_hold_a_tracer_up() -> None:
    program = """
import sys
from course_lib.limit import call_within
call_within(60, lambda: None)
def tracer(frame, event, argument):
    return tracer
def traced():
    return 1
sys.settrace(tracer)
traced()
sys.settrace(None)
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
