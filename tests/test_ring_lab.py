"""The ring lab without a browser: what each act moves, what learner's classes do to it, and what it refuses."""

import bisect
import json
from collections import Counter
from typing import Any, ClassVar

import pytest

from course_lib.hashing import HashRing, ModuloHashing, moved_share, position
from course_lib.labs import RingLab
from course_lib.labs.ring_model import RingModel
from course_lib.labs.subject import Refused

KEYS = [f"user:{i}" for i in range(1000)]


def test_a_new_node_takes_its_share_and_no_more() -> None:
    model = RingModel()
    model.act("add")
    assert model.setting.nodes == ("A", "B", "C", "D", "E", "F")
    moved, ideal = model.movement or (0, 0)
    assert moved == moved_share(HashRing("ABCDE"), HashRing("ABCDEF"), KEYS)
    assert ideal == pytest.approx(1 / 6)
    assert {
        owner for owner, was_moved in zip(model.setting.owners, model.moved, strict=True) if was_moved
    } == {"F"}
    assert model.status.startswith("F joined: ")


@pytest.mark.parametrize(
    "nodes, name",
    [("AB", "C"), ("AC", "B"), (["n0", "n10"], "n11"), (["a2", "a1"], "a3"), (["east", "west"], "node-A")],
)
def test_a_new_node_gets_a_name_in_the_manner_of_the_others(nodes: list[str], name: str) -> None:
    model = RingModel(nodes=nodes)
    model.act("add")
    assert model.setting.nodes == (*nodes, name)


def test_a_removed_node_leaves_its_keys_and_only_those_move() -> None:
    model = RingModel()
    held = Counter(model.setting.owners)["C"]
    model.act("remove", node="C")
    assert sum(model.moved) == held
    assert "C" not in model.setting.owners
    assert (model.movement or (0, 0))[1] == pytest.approx(1 / 5)


def test_modulo_moves_nearly_everything() -> None:
    model = RingModel(nodes=[f"n{i}" for i in range(10)])
    model.act("place_by", way="modulo")
    assert model.setting.owners == tuple(ModuloHashing(model.setting.nodes).lookup_many(KEYS))
    model.act("add", node="n10")
    moved, ideal = model.movement or (0, 0)
    assert moved == pytest.approx(10 / 11, abs=0.03) and ideal == pytest.approx(1 / 11)
    model.act("place_by", way="ring")
    assert model.setting.owners == tuple(HashRing(model.setting.nodes).lookup_many(KEYS))


def test_a_renamed_node_stays_the_same_machine() -> None:
    by_modulo = RingModel(ModuloHashing)
    by_modulo.act("rename", node="B", name="beta")
    assert by_modulo.movement == (0, 0)
    ring = RingModel()
    ring.act("weigh", node="B", weight=2)
    ring.act("rename", node="B", name="beta")
    moved, ideal = ring.movement or (0, 0)
    assert ideal == pytest.approx(0) and moved > 0.2  # the ring knows machines by their names only
    assert ring.setting.weights["beta"] == 2


def test_a_weight_of_two_is_worth_two_nodes() -> None:
    model = RingModel(vnodes=200)
    model.act("weigh", node="A", weight=2)
    assert model.setting.shares()["A"] == pytest.approx(2 / 6)
    assert (model.movement or (0, 0))[1] == pytest.approx(2 / 6 - 1 / 5)
    held = Counter(model.setting.owners)
    assert held["A"] > 1.5 * held["B"]


def test_other_virtual_nodes_need_move_nothing_but_do() -> None:
    model = RingModel()
    model.act("set_vnodes", vnodes=1)
    moved, ideal = model.movement or (0, 0)
    assert ideal == 0 < moved
    assert len(model.setting.points) == 5


def test_a_probe_walks_to_different_nodes() -> None:
    model = RingModel(replicas=4)
    model.act("probe", key="user:4711")
    assert model.setting.stops == tuple(HashRing("ABCDE").preference_list("user:4711", 4))
    model.act("set_replicas", replicas=2)
    assert len(model.setting.stops) == 2
    assert model.status == f"user:4711 lives on {model.setting.stops[0]}, copies on {model.setting.stops[1]}."
    model.act("probe_at", turn=(position("user:99") / 2**64))
    assert model.setting.probe == "user:99"


def test_a_key_of_a_bigger_ring_is_kept_on_as_many_nodes_as_there_are() -> None:
    model = RingModel(nodes="AB")
    assert len(model.setting.stops) == 2
    model.act("add")
    assert len(model.setting.stops) == 3


def test_nodes_keep_their_colours() -> None:
    model = RingModel()
    before = model.looks()["E"]
    model.act("remove", node="B")
    assert model.looks()["E"] == before
    model.act("add", node="X")
    assert model.looks()["E"] == before
    assert len({look.colour for look in model.looks().values()}) == 5


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("remove", {"node": "Z"}, "no node 'Z', only A, B"),
    ("add", {"node": "A"}, "a node A already"),
    ("add", {"node": " "}, "1 to 40 characters, not ' '"),
    ("add", {"node": 7}, "1 to 40 characters, not 7"),
    ("rename", {"node": "A", "name": "B"}, "a node B already"),
    ("weigh", {"node": "A", "weight": -1}, "from 0.1 to 10, not -1"),
    ("weigh", {"node": "A", "weight": "many"}, "not 'many'"),
    ("set_vnodes", {"vnodes": 0}, "from 1 to 10,000, not 0"),
    ("set_vnodes", {"vnodes": 2.5}, "not 2.5"),
    ("set_replicas", {"replicas": 3}, "from 1 to 2, not 3"),
    ("place_by", {"way": "luck"}, "not by 'luck'"),
    ("probe", {"key": ""}, "Type a key"),
    ("probe_at", {"turn": "noon"}, "probe_at"),
    ("probe", {"wrong": 1}, "probe"),
    ("picture", {}, "nothing that one can do here"),
    ("__init__", {}, "nothing that one can do here"),
]


@pytest.mark.parametrize("do, arguments, sentence", REFUSED)
def test_what_cannot_be_done_is_refused_and_nothing_changes(
    do: str, arguments: dict[str, Any], sentence: str
) -> None:
    model = RingModel(nodes="AB")
    before, picture = model.setting, model.picture()
    with pytest.raises(Refused) as refused:
        model.act(do, **arguments)
    assert sentence in str(refused.value)
    assert model.setting is before and model.picture() == picture


def test_the_last_node_stays() -> None:
    with pytest.raises(Refused, match="A is the last node"):
        RingModel(nodes="A").act("remove", node="A")


@pytest.mark.parametrize("keys", [0, 5_001, [1, 2], []])
def test_keys_that_cannot_be_shown_are_named(keys: Any) -> None:
    with pytest.raises(Refused, match="A lab shows 1 to 5,000 keys, each a str"):
        RingModel(keys=keys)


class MyRing:
    """As a learner writes it: the constructor and lookup, nothing else."""

    def __init__(self, nodes: list[str], vnodes: int = 3) -> None:
        self.ring = sorted((position(f"{node}/{i}"), node) for node in nodes for i in range(vnodes))

    def lookup(self, key: str) -> str:
        i = bisect.bisect_left(self.ring, (position(key), ""))
        return self.ring[i % len(self.ring)][1]


class OffByOne(MyRing):
    def lookup(self, key: str) -> str:
        return self.ring[bisect.bisect_left(self.ring, (position(key), ""))][1]


class Growing(MyRing):
    """Breaks half-way through `add`."""

    def add(self, node: str) -> None:
        self.ring.clear()
        raise NotImplementedError("later")


def test_a_learners_own_class_is_driven() -> None:
    model = RingModel(MyRing, vnodes=4)
    assert isinstance(model.setting.placement, MyRing)
    assert len(model.setting.placement.ring) == 20
    assert set(model.setting.subject.missing(model.setting.placement)) == {"weights", "replicas"}
    with pytest.raises(Refused, match="MyRing takes no weights"):
        model.act("weigh", node="A", weight=2)
    model.act("add")
    assert (model.movement or (0, 0))[0] < 0.6
    assert len(model.setting.stops) == 1


def test_an_instance_is_driven_and_left_as_it_was() -> None:
    ring = HashRing("XYZ", vnodes=10, weights={"X": 2})
    model = RingModel(ring)
    assert model.setting.nodes == ("X", "Y", "Z") and model.setting.vnodes == 10
    assert model.setting.shares()["X"] == 0.5
    model.act("remove", node="Y")
    assert ring.nodes == ("X", "Y", "Z")
    assert model.setting.placement.nodes == ("X", "Z")


def test_a_function_that_makes_a_ring_will_do() -> None:
    model = RingModel(lambda nodes: HashRing(nodes, vnodes=7))
    assert len(model.setting.points) == 35


def test_an_error_in_the_learners_class_is_a_sentence_with_its_line() -> None:
    with pytest.raises(Refused) as refused:
        RingModel(OffByOne, vnodes=1)
    line = OffByOne.lookup.__code__.co_firstlineno + 1
    assert str(refused.value).endswith(f"raised IndexError: list index out of range (line {line})")
    assert "OffByOne.lookup('user:" in str(refused.value)


def test_a_class_that_breaks_half_way_leaves_the_lab_as_it_was() -> None:
    model = RingModel(Growing)
    before = model.setting
    with pytest.raises(Refused, match=r"Growing.add\('F'\) raised NotImplementedError: later"):
        model.act("add")
    assert model.setting is before
    model.act("remove", node="A")
    assert "A" not in model.setting.owners


class Odd(MyRing):
    """Answers what a test wants it to answer."""

    answers: ClassVar[dict[str, Any]] = {}

    def lookup(self, key: str) -> str:
        return self.answers.get("lookup", "A")

    def lookup_many(self, keys: list[str]) -> Any:
        return self.answers.get("lookup_many", ["A"] * len(keys))

    def preference_list(self, key: str, n: int) -> Any:
        return self.answers.get("preference_list", ["A", "B", "C"][:n])

    def points(self) -> Any:
        return self.answers.get("points", [])


ODD = [
    ("lookup", None, "Odd.lookup('user:17') returned None, which is none of the nodes A, B"),
    ("lookup", 3, "Odd.lookup('user:17') returned 3"),
    ("lookup_many", ["A"], "Odd.lookup_many returned 1 nodes for 1000 keys"),
    ("lookup_many", None, "raised TypeError"),
    ("lookup_many", ["Q"] * 1000, "Odd.lookup_many for 'user:0' returned 'Q'"),
    ("preference_list", ["A", "A", "B"], "3 different nodes are needed"),
    ("preference_list", ["B", "A", "C"], "begins with 'B', but lookup says 'A'"),
    ("preference_list", None, "raised TypeError"),
    ("points", [(1, "Q")], "holds (1, 'Q')"),
    ("points", [(-1, "A")], "holds (-1, 'A')"),
    ("points", ["A"], "holds 'A'"),
]


@pytest.mark.parametrize("method, answer, sentence", ODD)
def test_nonsense_from_a_learners_class_is_named(
    method: str, answer: Any, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Odd, "answers", {})
    model = RingModel(Odd)
    before = model.setting
    monkeypatch.setattr(Odd, "answers", {method: answer})
    with pytest.raises(Refused) as refused:
        model.act("set_vnodes", vnodes=5)
    assert sentence in str(refused.value)
    assert model.setting is before


def test_an_interrupted_endless_loop_is_a_sentence_too() -> None:
    class Endless(MyRing):
        def lookup(self, key: str) -> str:
            raise KeyboardInterrupt

    with pytest.raises(Refused, match="raised KeyboardInterrupt"):
        RingModel(Endless)


@pytest.mark.parametrize("thing", [7, "HashRing"])
def test_what_is_no_placement_is_an_error(thing: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="lookup"):
        RingModel(thing)


def test_the_browser_is_always_answered() -> None:
    lab = RingLab(nodes="AB", keys=50)
    for content, status, problem in [
        ({"number": 1, "do": "add", "with": {}}, "C joined", False),
        ({"number": 2, "do": "remove", "with": {"node": "Q"}}, "no node 'Q'", True),
        ({"number": 3, "do": "close", "with": {}}, "nothing that one can do here", True),
    ]:
        lab._on_act(lab, content, [])
        assert lab.frame["number"] == content["number"]
        assert status in lab.frame["status"] and lab.frame["problem"] is problem
    lab._on_act(lab, "rubbish", [])
    assert "does not understand" in lab.frame["status"]
    json.dumps(lab.frame)


def test_a_lab_shows_a_still_picture_first_and_then_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda *objects, **_: shown.extend(objects))
    lab = RingLab(nodes="AB", keys=50)
    lab._ipython_display_()
    still, live = shown
    assert still.svg == f'<div class="course-twin">{lab.picture.svg}</div>' and still.text == lab.picture.text
    assert "application/vnd.jupyter.widget-view+json" in live
