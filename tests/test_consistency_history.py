"""Histories: what they refuse, and how they are read from runs, JSON and Jepsen's logs."""

import os
import re
from pathlib import Path

import pytest
from consistency_oracle import CAS, READ, SOME, WRITE, histories
from hypothesis import given

from course_lib.consistency import (
    CASRegister,
    History,
    KeyValue,
    Lock,
    Operation,
    Queue,
    Register,
    Specification,
    Transactions,
    is_linearizable,
    is_sequential,
    is_serializable,
    judge,
)
from course_lib.sim import Client, Crash, Network, Node, Reply, Scenario


def op(kind, value=None, result=None, start=0, end=1, process="a", key=None):
    return Operation(process, kind, value, result, start, end, key)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"start": None}, "start is a number, the moment of the call; not None"),
        ({"start": True}, "not True"),
        ({"start": float("nan")}, "not nan"),
        ({"start": 10**400}, "start is a number"),
        ({"end": "late"}, "end is a number, or None where the outcome is unknown; not 'late'"),
        ({"end": float("inf")}, "not inf"),
        ({"start": 5, "end": 1}, "ends before it starts: 1 < 5"),
        ({"end": None, "result": 7}, "has the result 7 and no end: give it the time of its return"),
        ({"value": {}}, r"must be hashable, which \{\} is not: use numbers, texts or tuples"),
        ({"kind": None}, "kind is a name, such as 'read', not None"),
    ],
)
def test_an_operation_that_makes_no_sense_says_why(fields, says):
    with pytest.raises((ValueError, TypeError), match=says):
        op(**{"kind": "read", **fields})


def test_lists_become_tuples():
    assert op("cas", [1, [2]]).value == (1, (2,))


def test_a_process_does_one_thing_at_a_time():
    with pytest.raises(ValueError, match=r"began at 1, when .* had not returned \(2\).* give them two names"):
        History([op("write", 1, end=2), op("read", start=1, end=3)])
    with pytest.raises(ValueError, match="give them two names"):
        History([op("write", 1, end=2), op("read", start=1, end=None)])
    assert len(History([op("write", 1, end=2), op("read", start=2, end=3)])) == 2
    assert len(History([op("write", 1, end=None), op("read", start=1, end=3)])) == 2


def test_the_same_operation_twice_is_refused():
    with pytest.raises(ValueError, match="is there twice: give one another process or another time"):
        History([op("read", end=0), op("read", end=0)])


def test_a_history_is_made_of_operations_and_is_a_sequence_of_them():
    with pytest.raises(TypeError, match="a history is made of Operations; 3 is a int"):
        History([3])
    later, first = op("read", start=5, end=6, process="b", key="y"), op("write", 1, key="x")
    history = History([later, first])
    assert [*history] == [first, later] == [history[0], history[1]]
    assert history == History([first, later]) and hash(history) == hash(History([first, later]))
    assert history[:1] == History([first]) == history.on("x")
    assert (history.processes, history.keys, history.of("b")) == (("a", "b"), ("x", "y"), (later,))
    assert repr(history) == "0 to 1  write(x, 1) by a\n5 to 6  read(y) by b -> None"


def test_equal_times_overlap_and_nothing_is_after_an_unknown_outcome():
    one, touching, after = op("write", 1), op("read", 0, start=1, end=2), op("read", start=1.5, end=2)
    assert not one.before(touching) and one.before(after)
    assert not op("write", 1, end=None).before(after)


@SOME
@given(histories(READ | WRITE | CAS, keys="xy"))
def test_json_comes_back_as_it_went(history):
    assert History.from_json(history.to_json()) == history


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", "this is no JSON"),
        (None, "this is no JSON"),
        ("[" * 100_000, "this is no JSON"),
        ("{}", "a JSON list of operations, not dict"),
        ("[1]", "operation 1, 1, is no object with the fields end, key, kind"),
        ('[{"process": "a", "kind": "read", "start": 0, "extra": 1}]', "operation 1, .* is no object"),
        ('[{"process": "a"}]', "operation 1, .*kind"),
        ('[{"process": "a", "kind": "read", "start": NaN}]', "operation 1, .*not nan"),
        ('[{"process": "a", "kind": "read", "start": 1%s}]' % ("0" * 400), "operation 1"),
        ('[{"process": {}, "kind": "read", "start": 0}]', "must be hashable"),
        ('[{"process": "a", "kind": ["read"], "start": 0}]', "kind is a name"),
        (
            '[{"process": "a", "kind": "read", "start": 0, "value": %s}]' % ("[" * 900 + "]" * 900),
            "operation 1|no JSON",
        ),
    ],
)
def test_json_that_is_no_history_is_a_value_error_that_says_where(text, says):
    try:
        History.from_json(text)
    except ValueError as error:
        assert re.search(says, str(error)), str(error)[:300]
    else:
        # Pythons differ in how deep lists may lie within lists.
        assert "[[[[" in text


def test_values_that_json_does_not_have_are_a_type_error():
    with pytest.raises(TypeError):
        History([op("write", frozenset())]).to_json()


class Store(Node):
    """Answers reads, writes and compare-and-sets of keys; silent for the key "lost"."""

    def on_start(self):
        self.values = {}

    def on_message(self, sender, message):
        kind, key, *given_ = message.operation
        if key == "lost":
            return
        now, result = self.values.get(key), None
        if kind == "read":
            result = now
        elif kind == "write":
            (self.values[key],) = given_
        else:
            result = now == given_[0]
            if result:
                self.values[key] = given_[1]
        self.send(sender, Reply(message.id, result))


def run(work, **options):
    nodes = {"store": Store}
    for name, todo in work.items():
        nodes[name] = lambda todo=todo: Client(todo, "store", **options)
    return Scenario(nodes, network=Network(), until=20.0)


def test_a_run_becomes_what_its_clients_saw():
    work = {
        "ann": [("write", "x", 1), ("cas", "x", 1, 2), ("cas", "x", 1, 3), ("read", "x")],
        "bob": [("read", "lost"), ("read", "y")],
    }
    history = History.from_trace(run(work).run())
    assert [(one.kind, one.value, one.result, one.key) for one in history.of("ann")] == [
        ("write", 1, None, "x"),
        ("cas", (1, 2), True, "x"),
        ("cas", (1, 3), False, "x"),
        ("read", None, 2, "x"),
    ]
    lost, after = history.of("bob")
    assert not lost.known and after.known and after.start >= 1.0
    assert judge(history, KeyValue())["linearizable"]


def test_a_retry_is_the_same_operation_and_a_crash_leaves_it_unknown():
    retried = History.from_trace(run({"ann": [("write", "lost", 1)]}, retries=3).run())
    assert [(one.kind, one.known) for one in retried] == [("write", False)]
    crashed = History.from_trace(run({"ann": [("write", "x", 1), ("read", "x")]}).run([Crash("ann", 0.0001)]))
    assert [(one.kind, one.known) for one in crashed] == [("write", False)]


def test_a_run_without_clients_or_with_other_operations_says_what_is_needed():
    with pytest.raises(ValueError, match="no client of this run reported an operation"):
        History.from_trace(run({}).run())
    with pytest.raises(ValueError, match="ann did 'xy'; an operation is a tuple"):
        History.from_trace(Scenario({"store": Mute, "ann": lambda: Client(["xy"], "store")}).run())


class Mute(Node):
    """Never answers."""

    def on_message(self, sender, message):
        pass


# What each operation returns.


@pytest.mark.parametrize(
    ("spec", "steps"),
    [
        (Register(0), [("read", None, 0), ("write", 5, None), ("read", None, 5)]),
        (CASRegister(), [("cas", (None, 1), True), ("cas", (None, 2), False), ("read", None, 1)]),
        (
            Queue(),
            [("dequeue", None, None), ("enqueue", 1, None), ("enqueue", 2, None), ("dequeue", None, 1)],
        ),
        (Lock(), [("release", None, False), ("acquire", None, True), ("acquire", None, False)]),
        (Transactions(0), [("txn", (("read", "x"), ("write", "x", 1), ("read", "x")), (0, 1))]),
    ],
    ids=repr,
)
def test_a_specification_returns_what_one_copy_would(spec, steps):
    history = History(op(*step, start=n, end=n + 0.5) for n, step in enumerate(steps))
    assert is_linearizable(history, spec)
    for n, one in enumerate(history):
        if one.kind not in ("write", "enqueue"):
            spoilt = op(one.kind, one.value, "other", start=n, end=n + 0.5)
            again = History(spoilt if other == one else other for other in history)
            # Whatever is not False says that a lock was given.
            assert not is_linearizable(again, spec) or (isinstance(spec, Lock) and one.result is True)


@pytest.mark.parametrize("judge", [is_linearizable, is_sequential, is_serializable])
@pytest.mark.parametrize(
    ("spec", "one", "says"),
    [
        (Register(), op("jump", 3), r"Register knows 'read', 'write'; not 'jump' \(jump\(3\) by a\)"),
        (Register(), op("jump", 3, end=None), "not 'jump'"),
        (KeyValue(), op("jump", 3), "not 'jump'"),
        (Queue(), op("read"), "Queue knows 'enqueue', 'dequeue'; not 'read'"),
        (Lock(), op("read"), "Lock knows 'acquire', 'release'"),
        (Transactions(), op("read"), "Transactions knows 'txn'"),
        (Transactions(), op("txn", (5,), ()), "a step is .* not 5"),
        (CASRegister(), op("cas", 3, True), r"a cas has value \(expected, new\), not 3"),
    ],
)
def test_an_operation_that_the_specification_does_not_know_is_an_error(judge, spec, one, says):
    with pytest.raises(ValueError, match=says):
        judge(History([one]), spec)


def test_a_specification_that_cannot_be_meant_is_refused_with_the_one_to_use():
    with pytest.raises(TypeError, match=r"such as KeyValue\(\), not <class"):
        is_linearizable(History(), KeyValue)
    with pytest.raises(ValueError, match=r"on 2 keys, and Register\(\) is a single register; use KeyValue"):
        is_sequential(History([op("read", key="x"), op("read", process="b", key="y")]), Register())


def test_a_judge_takes_any_iterable_of_operations():
    bad = op("read", result=3)
    assert is_linearizable(iter([bad]), Register()).holds is False


class Counter(Specification):
    """A specification of one's own needs `initial` and `apply`, no more."""

    initial = 0

    def apply(self, state, operation):
        return state + 1, state + 1


def test_a_specification_of_ones_own_is_judged():
    history = [op("next", None, 2), op("next", None, 1, process="b")]
    assert [one.result for one in is_linearizable(history, Counter()).order] == [1, 2]
    assert not is_linearizable([op("next", None, 2), op("next", None, 1, start=5, end=6)], Counter())


# Jepsen's logs. This one is made up; the format is theirs.

LOG = """
INFO  jepsen.util - 0\t:invoke\t:read\tnil
INFO  jepsen.util - 1\t:invoke\t:write\t4
INFO  jepsen.util - 0\t:ok\t:read\tnil
INFO  jepsen.util - 1\t:ok\t:write\t4
INFO  jepsen.util - 2\t:invoke\t:cas\t[4 1]
INFO  jepsen.util - 3\t:invoke\t:cas\t[0 2]
INFO  jepsen.util - 2\t:ok\t:cas\t[4 1]
INFO  jepsen.util - 3\t:fail\t:cas\t[0 2]
INFO  jepsen.util - 0\t:invoke\t:read\tnil
INFO  jepsen.util - 0\t:fail\t:read\t:timed-out
INFO  jepsen.util - 1\t:invoke\t:write\t3
INFO  jepsen.util - 1\t:info\t:write\t:timed-out
INFO  jepsen.util - 4\t:invoke\t:write\t2
INFO  jepsen.util - 0\t:invoke\t:read\tnil
INFO  jepsen.util - 0\t:ok\t:read\t3
"""


def log(folder, text):
    path = folder / "made_up.log"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_kind_of_line_of_a_jepsen_log_is_read(tmp_path):
    history = History.from_jepsen_log(log(tmp_path, LOG))
    assert [(one.process, one.kind, one.value, one.result, one.start, one.end) for one in history] == [
        ("0", "read", None, None, 2, 4),
        ("1", "write", 4, None, 3, 5),
        ("2", "cas", (4, 1), True, 6, 8),
        ("3", "cas", (0, 2), False, 7, 9),
        ("1", "write", 3, None, 12, None),
        ("4", "write", 2, None, 14, None),
        ("0", "read", None, 3, 15, 16),
    ]
    assert is_linearizable(history, CASRegister())


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("INFO  something else", "line 1 is no line of such a log: 'INFO  something else'"),
        ("INFO  jepsen.util - 0\t:ok\t:read\t3", "line 1: process 0 ends a read that it has not begun"),
        (
            "INFO  jepsen.util - 0\t:invoke\t:read\tnil\nINFO  jepsen.util - 0\t:invoke\t:read\tnil",
            "line 2: process 0 calls before it has returned",
        ),
        (
            "INFO  jepsen.util - 0\t:invoke\t:read\tnil\nINFO  jepsen.util - 0\t:ok\t:write\t1",
            "line 2: process 0 ends a write that it has not begun",
        ),
    ],
)
def test_a_line_that_cannot_be_is_named_by_its_number(tmp_path, line, says):
    with pytest.raises(ValueError, match=says):
        History.from_jepsen_log(log(tmp_path, line))


LOGS = os.environ.get("JEPSEN_HISTORIES")
LINEARIZABLE = {"002", "005", "007"}


@pytest.mark.skipif(
    not LOGS,
    reason="set JEPSEN_HISTORIES to the folder of etcd_000.log to etcd_011.log, from porcupine's test data",
)
@pytest.mark.parametrize("name", [f"{number:03}" for number in range(12)])
def test_what_jepsen_recorded_from_etcd_is_judged_as_others_judge_it(name):
    verdict = is_linearizable(History.from_jepsen_log(Path(LOGS) / f"etcd_{name}.log"), CASRegister())
    assert verdict.holds is (name in LINEARIZABLE)


def test_names_with_numbers_are_in_the_order_of_their_numbers():
    names = ("c10", "c2", "c1", "b")
    history = History([Operation(name, "read", result=0, start=0, end=1) for name in names])
    assert history.processes == ("b", "c1", "c2", "c10")
