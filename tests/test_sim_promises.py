"""The node: each broken promise is told early, with the line of the learner's class or the attribute."""

import enum
import inspect
import re
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from course_lib.sim import Crash, Node, NodeError, NotPlain, Scenario


@dataclass(frozen=True)
class Note:
    body: Any = None


@dataclass
class Draft:
    body: str = ""


class Colour(enum.Enum):
    RED = 1


class Quiet(Node):
    def on_message(self, sender, message):
        pass


def alone(act: Callable[[Node], Any]) -> Scenario:
    """a does `act` as it starts; b listens."""

    class Acting(Quiet):
        def on_start(self):
            act(self)

    return Scenario({"a": Acting, "b": Quiet})


def both_refuse(scenario: Scenario, kind: type[Exception], *words: str) -> str:
    """The error, which a run and an exploration tell in the same words."""
    texts = []
    for go in (scenario.run, lambda: scenario.explore(crashes=1)):
        with pytest.raises(kind) as caught:
            go()
        texts.append(str(caught.value))
        for word in words:
            assert word in texts[-1], texts[-1]
    return texts[0]


class Careless(Node):
    """A learner's class, whose lines the errors quote."""

    def __init__(self, what: str) -> None:
        self.what = what

    def on_start(self) -> None:
        match self.what:
            case "unknown":
                self.send("bob", "hello")
            case "list":
                self.send("b", [1, 2])
            case "negative":
                self.set_timer("t", -1)
            case "helper":
                self.helped()

    def helped(self) -> None:
        self.send("b", Note({"a": 1}))


@pytest.mark.parametrize(
    ("what", "line", "sentence"),
    [
        ("unknown", 'self.send("bob", "hello")', "there is no node 'bob' to send to; there are a, b"),
        ("list", 'self.send("b", [1, 2])', "[1, 2] is a list, which could change while it flies; send a tuple"),
        ("negative", 'self.set_timer("t", -1)', "timer 't' is set to -1; a delay is a number of seconds, 0 or more"),
        ("helper", 'self.send("b", Note({"a": 1}))', "{'a': 1} is a dict"),
    ],
)  # fmt: skip
def test_an_error_names_the_line_of_the_learners_class(what, line, sentence):
    source, first = inspect.getsourcelines(Careless)
    number = first + next(i for i, text in enumerate(source) if line in text)
    scenario = Scenario({"a": lambda: Careless(what), "b": Quiet})
    both_refuse(scenario, (NodeError, NotPlain), sentence, f"line {number}: {line}", "Careless, node a")


def test_a_destination_without_a_link_is_told_with_the_links_there_are():
    import networkx as nx

    from course_lib.sim import Network

    class Far(Quiet):
        def on_start(self):
            if self.name == "a":
                self.send("c", 1)

    scenario = Scenario(dict.fromkeys("abc", Far), network=Network(nx.path_graph(["a", "b", "c"])))
    both_refuse(scenario, NodeError, "no link from a to c", "it has links to a, b")


@pytest.mark.parametrize("to", [None, 1, ["b"], ("b",), Quiet])
def test_a_destination_is_a_name(to):
    both_refuse(alone(lambda node: node.send(to, 1)), NodeError, "a node's name, a str", "Acting, node a")


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ([1], "send a tuple"),
        ({"a": 1}, "send a tuple"),
        ({1}, "send a frozenset"),
        (Draft("x"), "@dataclass(frozen=True)"),
        (np.int64(3), "value.item()"),
        (np.zeros(2), "value.item() or value.tolist()"),
        (Colour.RED, "a Colour"),
        (enum.IntEnum("Level", "LOW").LOW, "use an int"),
        (object(), "an object"),
        (b"bytes", "a bytes"),
        (1j, "a complex"),
        (lambda: 1, "a function"),
        ((1, (2, [3])), "[3] is a list"),
        (Note(Note((Draft(),))), "Draft"),
        (frozenset({Colour.RED}), "Colour"),
        (Note(threading.Lock()), "lock"),
    ],
)
def test_a_message_that_is_no_plain_data_is_refused_with_the_remedy(message, word):
    both_refuse(alone(lambda node: node.send("b", message)), NotPlain, "send('b', ...)", word, "line")


def test_a_message_may_hold_every_kind_of_plain_data():
    message = (None, True, 1, 1.5, "x", (), frozenset({1, "a"}), Note(Note((1,))), float("inf"))
    trace = alone(lambda node: node.send("b", message)).run()
    delivered = [event.message for event in trace.events if event.kind == "deliver"]
    assert delivered == [message]
    assert [type(item) for item in delivered[0][:5]] == [type(None), bool, int, float, str]


@pytest.mark.parametrize("after", [-1, -1e-9, float("nan"), float("inf"), "5", None, [1], 1j])
def test_a_delay_is_a_number_of_seconds(after):
    said = both_refuse(
        alone(lambda node: node.set_timer("t", after)), NodeError, "a number of seconds, 0 or more"
    )
    assert repr(after) in said


@pytest.mark.parametrize("name", [None, 1, ("a", 1), []])
def test_a_timers_name_is_a_str(name):
    both_refuse(alone(lambda node: node.set_timer(name, 1)), NodeError, "a timer's name is a str")
    both_refuse(alone(lambda node: node.cancel_timer(name)), NodeError, "a timer's name is a str")


class Async(Quiet):
    async def on_start(self):
        pass


class Yielding(Quiet):
    def on_start(self):
        yield 1


class AsyncYielding(Quiet):
    async def on_start(self):
        yield 1


@pytest.mark.parametrize(
    ("kind", "way"), [(Async, "is async"), (Yielding, "yield"), (AsyncYielding, "is async")]
)
def test_a_handler_that_would_wait_is_refused_with_its_line(kind, way):
    line = inspect.getsourcelines(kind)[1] + 1
    both_refuse(
        Scenario({"a": kind}), NodeError, f"{kind.__name__}.on_start (line {line})", way, "never waits"
    )


def test_what_a_handler_returns_otherwise_is_of_no_interest():
    class Returning(Quiet):
        def on_start(self):
            return 7

    assert len(Scenario({"a": Returning}).run()) == 1


@pytest.mark.parametrize("use", ["name", "peers", "now", "random", "disk"])
def test_the_world_is_not_there_yet_in_init(use):
    class Early(Quiet):
        def __init__(self):
            getattr(self, use)

    both_refuse(
        Scenario({"a": Early}), NodeError, f"Early uses self.{use} before", "to on_start", "line", use
    )


@pytest.mark.parametrize("call", ["send('a', 1)", "set_timer('t', 1)", "cancel_timer('t')", "report(1)"])
def test_nothing_can_be_asked_for_in_init(call):
    class Early(Quiet):
        def __init__(self):
            eval(f"self.{call}", {"self": self})

    both_refuse(Scenario({"a": Early}), NodeError, f"uses self.{call.partition('(')[0]}(...) before")


@pytest.mark.parametrize("taken", ["name", "peers", "now", "random"])
def test_an_attribute_that_belongs_to_the_world_cannot_be_set(taken):
    both_refuse(
        alone(lambda node: setattr(node, taken, "x")), NodeError, f"self.{taken} belongs to the world"
    )


def itself() -> list:
    endless: list = []
    endless.append(endless)
    return endless


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (threading.Lock, "a lock"),
        (object, "an object"),
        (lambda: len, "builtin_function_or_method"),
        (lambda: lambda: 1, "a function"),
        (lambda: defaultdict(list), "use a dict"),
        (lambda: deque([1]), "a deque"),
        (itself, "contains itself"),
        (lambda: [np.float64(1)], "use a float"),
        (lambda: {"deep": [Draft()]}, "@dataclass(frozen=True)"),
        (lambda: (i for i in range(3)), "use a list"),
        (lambda: {Colour.RED}, "a Colour"),
        (lambda: {Colour.RED: 1}, "a Colour"),
    ],
)
def test_a_state_that_is_no_plain_data_is_refused_with_the_attributes_name(value, word):
    both_refuse(alone(lambda node: setattr(node, "held", value())), NotPlain, "Acting.held of node a", word)
    both_refuse(
        alone(lambda node: node.disk.update(held=value())), NotPlain, "Acting.disk['held'] of node a", word
    )


def test_a_key_of_the_disk_that_is_no_plain_data_is_refused():
    both_refuse(alone(lambda node: node.disk.update({Colour.RED: 1})), NotPlain, "disk", "a Colour")


def test_a_set_of_dataclasses_never_met_before_can_be_kept_and_looped_over():
    @dataclass(frozen=True)
    class New:
        n: int

    class Keeper(Quiet):
        def on_start(self):
            self.kept = set()
            self.send("a", 1)

        def on_message(self, sender, message):
            self.kept |= {New(2), New(1)}
            self.disk["kept"] = {New(2), New(1)}
            for new in self.kept:
                self.report(new.n)

    assert Scenario({"a": Keeper}).explore(crashes=1).ok
    assert Scenario({"a": Keeper}).run().reports == (("a", 1), ("a", 2))


def test_a_message_that_no_case_takes_is_an_error_that_names_node_sender_and_message():
    class Strict(Node):
        def on_start(self):
            if self.name == "a":
                self.send("b", Note(3))

        def on_message(self, sender, message):
            match message:
                case Note(1):
                    pass
                case _:
                    self.unexpected(sender, message)

    both_refuse(
        Scenario({"a": Strict, "b": Strict}), NodeError, "b (Strict) got Note(body=3) from a and has no case"
    )


def test_a_node_without_on_message_expects_none():
    class Deaf(Node):
        def on_start(self):
            self.send("a", 1)

    both_refuse(Scenario({"a": Deaf}), NodeError, "a (Deaf) got 1 from a")


def test_a_timer_without_on_timer_is_told():
    both_refuse(
        alone(lambda node: node.set_timer("tick", 1)), NodeError, "'tick'", "has no on_timer(self, name)"
    )


def test_an_exception_of_the_learners_own_goes_through_with_node_and_time():
    def act(node):
        raise KeyError("mine")

    with pytest.raises(KeyError) as caught:
        alone(act).run()
    assert "in Acting, node a, at 0 s" in caught.value.__notes__
    assert [event.kind for event in caught.value.trace.events] == ["start"]


def test_a_handler_that_asks_without_end_is_stopped():
    def endless(ask):
        def act(node):
            while True:
                ask(node)

        return act

    for ask in (
        lambda node: node.send("b", 1),
        lambda node: node.report(1),
        lambda node: node.set_timer("t", 1),
        lambda node: node.cancel_timer("t"),
    ):
        both_refuse(
            alone(endless(ask)), NodeError, "one handler asked for more than 10,000 things; the last: "
        )


@pytest.mark.parametrize("contents", [5, None, [1], "x"])
def test_the_disk_stays_a_dict(contents):
    act = lambda node: setattr(node, "disk", contents)  # noqa: E731
    both_refuse(alone(act), NodeError, f"self.disk is a dict, and cannot become {contents!r}", "line")


def test_an_exception_in_init_comes_with_node_and_run():
    class Unmade(Quiet):
        def __init__(self):
            raise KeyError("mine")

    for go, note in (
        (Scenario({"a": Unmade}).run, "as it was made, node a, at 0 s"),
        (Scenario({"a": Unmade}).explore, "in the factory, node a, at its start"),
    ):
        with pytest.raises(KeyError) as caught:
            go()
        assert note in caught.value.__notes__
        assert [event.kind for event in caught.value.trace.events] == ["start"]


def test_a_factory_that_gives_one_node_again_is_told():
    class Kept(Quiet):
        pass

    node = Kept()
    with pytest.raises(NodeError, match=re.escape("the factory of a gives the same node again")):
        Scenario({"a": lambda: node}).run([Crash("a", at=1, until=2)])


def test_a_factory_that_makes_no_node_is_told():
    both_refuse(Scenario({"a": lambda: 7}), NodeError, "the factory of a made 7; it has to make a Node")


def test_slots_are_told_since_vars_does_not_show_them():
    class Slotted(Quiet):
        __slots__ = ("hidden",)

    both_refuse(Scenario({"a": Slotted}), NodeError, "Slotted has __slots__")


def test_a_list_of_the_class_that_changes_is_told():
    class Shared(Quiet):
        log = []  # noqa: RUF012
        table = {1: 2}  # noqa: RUF012

        def on_start(self):
            if self.name == "a":
                self.log.append(1)

    with pytest.raises(NodeError, match=r"Shared.log belongs to the class"):
        Scenario({"a": Shared, "b": Shared}).run()
    with pytest.raises(NodeError, match=r"Shared.log belongs to the class"):
        Scenario({"a": Shared, "b": Shared}).explore()
