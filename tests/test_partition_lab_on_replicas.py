"""The partition lab on primary-backup: two that lead, a heal, an entry that vanishes, and the words for all that."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from course_lib.labs import PartitionLab
from course_lib.labs.guard import Refused
from course_lib.labs.partition_play import MOST
from course_lib.pictures.moments import brief, in_words
from course_lib.replication import primary_backup
from course_lib.replication.customers import lost_writes
from course_lib.replication.logs import Entry
from course_lib.replication.members import Append, Copy, Have
from course_lib.replication.views import Ping, View
from course_lib.sim import Node, Partition, Scenario, calls

WRITES = [("write", "x", number) for number in (1, 2, 3, 4)]
CLIENTS = {"ann": (("s1", "s2"), WRITES), "bob": (("s2", "s1"), [("read", "x")] * 3)}
CUT, HEALED = 0.5, 1.7  # seconds


def system(mode: str) -> Scenario:
    return primary_backup.scenario(
        3, mode=mode, clients=CLIENTS, until=2.5, think=0.4, timeout=0.3, retries=9
    )


def cut_off(mode: str, **options: Any) -> PartitionLab:
    """The primary and ann on one side, all others on the other; healed in the end."""
    lab = PartitionLab(system(mode), **options)
    lab.act("cut", groups=[["s1", "ann"]], at=CUT)
    if not options.get("stops", True):
        lab.act("heal", at=HEALED)
    return lab


def said(lab: PartitionLab, time: float) -> dict[str, str]:
    """What each node says of itself at a time."""
    moments, found = lab.frame["moments"], {}
    for state in lab.frame["states"]:
        if state["passed"] == 0 or moments[state["passed"] - 1]["time"] <= time:
            found[state["node"]] = state["said"]
    return found


def log(lab: PartitionLab, node: str, time: float) -> str:
    """What the panel shows of a replica's log at a time."""
    moments, shown = lab.frame["moments"], ""
    for state in lab.frame["states"]:
        if state["node"] == node and moments[state["passed"] - 1]["time"] <= time:
            shown = dict(state["disk"])["'copy'"]
    return shown


# The story


def test_without_a_fault_all_is_well_and_small_enough_to_be_shown() -> None:
    for mode in primary_backup.MODES:
        lab = PartitionLab(system(mode))
        assert lab.model.status.endswith("no invariant breaks.") and len(lab.trace) < MOST
        assert said(lab, 2.5) == {
            "views": "view 1: s1 s2 s3",
            "s1": "leads view 1",
            "s2": "follows s1 in view 1",
            "s3": "follows s1 in view 1",
            "ann": "",
            "bob": "",
        }


def test_two_replicas_both_believe_that_they_lead_and_the_old_one_steps_down() -> None:
    lab = cut_off("async", stops=False)
    before, apart, after = (said(lab, time) for time in (0.6, 1.5, 2.4))
    assert (before["s1"], before["s2"]) == ("leads view 1", "follows s1 in view 1")
    assert (apart["s1"], apart["s2"], apart["s3"]) == ("leads view 1", "leads view 2", "follows s2 in view 2")
    assert apart["views"] == "view 2: s2 s3"
    assert said(lab, 1.75)["s1"] == "not in view 2"
    assert (after["s1"], after["s2"], after["views"]) == (
        "follows s2 in view 3",
        "leads view 3",
        "view 3: s2 s3 s1",
    )


def test_what_the_deposed_primary_acknowledged_vanishes_before_the_readers_eyes() -> None:
    lab = cut_off("async", stops=False)
    assert "x=3, x=4] of view 1" in log(lab, "s1", 1.6) and "x=3" not in log(lab, "s2", 1.6)
    assert "x=3" not in log(lab, "s1", 2.4) and "x=4" not in log(lab, "s1", 2.4)
    assert [call.answered for call in calls(lab.trace) if call.client == "ann"] == [True] * 4
    assert [operation for _, _, operation in lost_writes(lab.trace)] == WRITES[2:]


def test_both_invariants_say_by_name_when_they_broke_and_the_run_goes_on() -> None:
    lab = cut_off("async", stops=False)
    lost, linearizable = lab.frame["invariants"]
    moments = lab.frame["moments"]
    assert lost["name"] == "nothing_acknowledged_is_lost" and linearizable["name"] == "linearizable"
    assert (
        lost["reason"]
        == "ann was answered that ('write', 'x', 3), its request 3, is done; s2 leads, and lacks it"
    )
    assert "read(x) by bob" in linearizable["reason"]
    assert CUT < moments[lost["broke"] - 1]["time"] < moments[linearizable["broke"] - 1]["time"] < HEALED
    assert moments[-1]["time"] > 2.4
    assert lab.model.status.endswith("s2 leads, and lacks it; the run goes on to 2.5 s")


def test_each_invariant_breaks_where_a_run_that_stops_there_ends() -> None:
    lab = cut_off("async", stops=False)
    for function, shown in zip(primary_backup.INVARIANTS, lab.frame["invariants"], strict=True):
        alone = primary_backup.scenario(
            3,
            mode="async",
            clients=CLIENTS,
            until=2.5,
            think=0.4,
            timeout=0.3,
            retries=9,
            invariants=[function],
        ).run(lab.faults)
        assert alone.violated == shown["name"]
        assert lab.frame["moments"][shown["broke"] - 1]["time"] == pytest.approx(alone.end)
        assert lab.trace.events[: len(alone)] == alone.events


def test_a_lab_that_stops_shows_the_first_that_broke_and_no_more() -> None:
    lab = cut_off("async")
    assert lab.trace.violated == "nothing_acknowledged_is_lost" and lab.trace.end < 1
    assert lab.trace == system("async").run(lab.faults)
    lost, linearizable = lab.frame["invariants"]
    assert lost["broke"] == len(lab.frame["moments"]) and "broke" not in linearizable


def test_in_sync_the_write_waits_and_is_done_after_the_heal() -> None:
    lab = cut_off("sync", stops=False)
    assert said(lab, 1.5)["s1"] == "leads view 1" and said(lab, 1.5)["s2"] == "leads view 2"
    assert "x=3" in log(lab, "s1", 1.6)  # it has it, and has told nobody
    assert all("broke" not in one for one in lab.frame["invariants"])
    third = [call for call in calls(lab.trace) if call.client == "ann"][2]
    assert third.answered and third.ended is not None and third.begun < 0.9 and third.ended > HEALED
    assert lost_writes(lab.trace) == []
    assert lab.model.status.endswith("no invariant breaks.")


def test_undo_takes_the_judgement_back() -> None:
    lab = cut_off("async", stops=False)
    lab.act("undo")
    lab.act("undo")
    assert lab.faults == () and all("broke" not in one for one in lab.frame["invariants"])
    lab.act("redo")
    assert "broke" in lab.frame["invariants"][0]


def test_the_script_is_what_a_learner_copies() -> None:
    assert cut_off("async", stops=False).faults == (
        Partition({"ann", "s1"}, {"bob", "s2", "s3", "views"}, at=CUT, until=HEALED),
    )


def test_a_replica_that_is_down_says_nothing() -> None:
    lab = PartitionLab(system("sync"))
    lab.act("crash", node="s1", at=0.3)
    assert said(lab, 0.4)["s1"] == "" and said(lab, 1.5)["s2"] == "leads view 2"


def test_a_closed_view_is_told() -> None:
    clients = {"ann": (("s1",), WRITES[:2])}
    lab = PartitionLab(primary_backup.scenario(3, mode="semi-sync", clients=clients, until=2.5, think=0.4))
    lab.act("crash", node="s1", at=0.2)
    heard = {state["said"] for state in lab.frame["states"] if state["node"] in ("s2", "s3")}
    assert {"view 1 is closed", "leads view 2"} <= heard


def test_the_frame_is_json_and_the_states_are_short() -> None:
    lab = cut_off("async", stops=False)
    json.dumps(lab.frame, allow_nan=False)
    shown = [
        dict(state["disk"])["'copy'"]
        for state in lab.frame["states"]
        if state["node"] == "s2" and state["up"]
    ]
    assert shown and all(len(words) < 80 and "Entry(" not in words and "…" not in words for words in shown)


# Words


@pytest.mark.parametrize(
    "value, words",
    [
        (Entry("ann", 1, ("write", "x", 3)), "x=3"),
        (Entry("ann", 1, ("read", "x")), "read x"),
        (Entry("ann", 1, ("cas", "x", 1, 2)), "x=2 if 1"),
        (Entry("ann", 1, ("jump",)), "('jump',)"),
        (Append(2, 3, Entry("ann", 1, ("write", "x", 3))), "x=3 at 3, view 2"),
        (Copy(View(2, ("s1", "s2")), (Entry("ann", 1, ("write", "x", 3)),)), "[x=3] of view 2"),
        (Have(2, 5), "has 5, view 2"),
        (View(2, ("s2", "s3")), "view 2: s2 s3"),
        (Ping(2), "ping, view 2"),
        (Ping(2, begun=True, works=False, missing=("s3",)), "ping, view 2, begun, idle, no s3"),
    ],
)
def test_messages_of_replicas_are_short(value: Any, words: str) -> None:
    assert str(value) == words == brief(value, 60)
    assert repr(value).startswith(type(value).__name__ + "(")  # in a trace they are whole


@dataclass(frozen=True)
class Loud:
    word: str

    def __str__(self) -> str:
        return self.word.upper()


@dataclass(frozen=True)
class Quiet:
    one: Any
    other: Any = None


@pytest.mark.parametrize(
    "value, words",
    [
        (Loud("a"), "A"),
        ((Loud("a"), 1), "[A, 1]"),
        ({"k": [Loud("a")]}, "{'k': [A]}"),
        (Quiet(Loud("a")), "Quiet(one=A, other=None)"),
        (Quiet(1, "b"), "Quiet(one=1, other='b')"),
        ((1, "a"), "(1, 'a')"),
        ({"k": frozenset({1})}, "{'k': frozenset({1})}"),
        (Loud, repr(Loud)),
    ],
)
def test_a_class_with_a_str_of_its_own_is_written_by_it_wherever_it_stands(value: Any, words: str) -> None:
    assert in_words(value) == words


def test_what_is_too_long_loses_its_field_names_and_keeps_its_words() -> None:
    assert brief(Quiet(Loud("a"), "b" * 9), 24) == "Quiet(A, 'bbbbbbbbb')"


class Sayer(Node):
    """Says how much it has heard, if it has started."""

    def on_start(self) -> None:
        self.heard = 0
        self.set_timer("tick", 0.1)

    def on_timer(self, name: str) -> None:
        self.heard += 1
        if self.heard < 3:
            self.set_timer("tick", 0.1)

    def __str__(self) -> str:
        return f"{self.name} has heard {self.heard} of {len(self.peers) + 1}"


class Wordless(Sayer):
    __str__ = Node.__str__


class Failing(Sayer):
    def __str__(self) -> str:
        return f"{self.unheard_of}"  # type: ignore[attr-defined]


class Endless(Sayer):
    def __str__(self) -> str:
        while True:
            pass


def test_a_learners_node_is_shown_by_its_own_str() -> None:
    lab = PartitionLab(Scenario({"a": Sayer, "b": Wordless}))
    assert [state["said"] for state in lab.frame["states"] if state["node"] == "a"][
        -1
    ] == "a has heard 3 of 2"
    assert {state["said"] for state in lab.frame["states"] if state["node"] == "b"} == {""}


@pytest.mark.parametrize("kind", [Failing, Endless])
def test_a_learners_str_that_fails_or_does_not_end_leaves_the_lab_as_it_is(kind: type[Node]) -> None:
    lab = PartitionLab(Scenario({"a": kind}))
    assert {state["said"] for state in lab.frame["states"]} == {""}
    assert lab.model.status == PartitionLab(Scenario({"a": Wordless})).model.status


def late(world: Any) -> bool:
    return bool(1 / (3 - world.nodes["a"].heard)) or True if world.alive("a") else True


@pytest.mark.parametrize("stops", [True, False])
def test_an_invariant_that_raises_does_not_pass_for_one_that_holds(stops: bool) -> None:
    with pytest.raises(Refused, match="ZeroDivisionError"):
        PartitionLab(Scenario({"a": Sayer}, invariants=[late]), stops=stops)
