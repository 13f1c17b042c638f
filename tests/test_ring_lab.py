"""The ring lab without a browser: what each act moves, what learner's classes do to it, and what it refuses."""

import bisect
import json
import math
from collections import Counter
from hashlib import sha1
from typing import Any, ClassVar

import numpy as np
import pytest

from course_lib.hashing import HashRing, KetamaRing, ModuloHashing, moved_share, position
from course_lib.labs import RingLab, subject
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
    ("probe_at", {"turn": "noon"}, "a number of turns, not 'noon'"),
    ("probe_at", {"turn": math.nan}, "a number of turns, not nan"),
    ("probe_at", {"turn": -math.inf}, "a number of turns, not -inf"),
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


TOO_LARGE: list[tuple[dict[str, Any], str]] = [
    ({"nodes": [f"n{i}" for i in range(41)]}, "A lab shows up to 40 nodes; here are 41."),
    ({"vnodes": 100_000}, "Virtual nodes of each of 5 nodes: a whole number from 1 to 4,000, not 100000."),
    ({"ring": HashRing("AB", vnodes=10_001)}, "from 1 to 10,000, not 10001"),
    ({"replicas": 41}, "Replicas: a whole number from 1 to 40, not 41"),
]


@pytest.mark.parametrize("given, sentence", TOO_LARGE)
def test_a_lab_larger_than_a_browser_draws_is_refused(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        RingModel(**given)
    assert sentence in str(refused.value)


def test_a_node_too_many_for_its_points_is_refused() -> None:
    model = RingModel(ModuloHashing, nodes="AB", vnodes=10_000)
    model.act("add")
    model = RingModel(nodes="AB", vnodes=10_000, keys=10)
    with pytest.raises(Refused, match=r"each of 3 nodes: a whole number from 1 to 6,666, not 10000"):
        model.act("add")


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
    assert model.subject.name == "HashRing"


class Sized:
    """As in the exercise: a circle of `size` places, and its points in an attribute."""

    def __init__(self, nodes: list[str], vnodes: int, size: int) -> None:
        self.size = size
        self.points = sorted((position(f"{node}#{i}") % size, node) for node in nodes for i in range(vnodes))

    def lookup(self, key: str) -> str:
        i = bisect.bisect_left(self.points, (position(key) % self.size,))
        return self.points[i % len(self.points)][1]


class BySha1:
    """A learner's own hash, on a circle larger than the lab's."""

    bits = 160

    def __init__(self, nodes: list[str]) -> None:
        self.points = sorted((self.place(f"{node}#{i}"), node) for node in nodes for i in range(50))

    def place(self, name: str) -> int:
        return int.from_bytes(sha1(name.encode(), usedforsecurity=False).digest(), "big")

    def lookup(self, key: str) -> str:
        i = bisect.bisect_left(self.points, (self.place(key),))
        return self.points[i % len(self.points)][1]


def owners_as_drawn(model: RingModel) -> list[str]:
    """The nodes that the picture would give the keys: each the next point clockwise."""
    points = model.setting.points
    found = [bisect.bisect_left(points, (place, "")) for place in model.setting.places]
    return [points[i % len(points)][1] for i in found]


SIZED: list[tuple[Any, str]] = [
    (lambda nodes, vnodes: Sized(nodes, vnodes, 2**64), "Sized"),
    (lambda nodes, vnodes: Sized(nodes, vnodes, 360), "Sized"),
    (BySha1, "BySha1"),
    (lambda nodes: HashRing(nodes, hasher=lambda key: position(f"other {key}")), "HashRing"),
    (KetamaRing, "KetamaRing"),
]


@pytest.mark.parametrize("make, name", SIZED)
def test_a_circle_of_any_size_is_drawn_all_the_way_round(make: Any, name: str) -> None:
    model = RingModel(make)
    assert model.subject.name == name
    for drawn in ([place for place, _ in model.setting.points], model.setting.places):
        assert {place // 2**61 for place in drawn} == set(range(8))  # something in each eighth
    assert owners_as_drawn(model) == list(model.setting.owners)
    model.act("probe", key="user:5")
    assert model.setting.start == model.setting.places[5]
    assert model.picture().text.startswith(f"A ring of 5 nodes with {len(model.setting.points)} points.")


def test_an_error_in_a_class_behind_a_function_has_its_line_too() -> None:
    with pytest.raises(Refused, match=r"OffByOne.lookup\('user:\d+'\) raised IndexError: .* \(line \d+\)"):
        RingModel(lambda nodes: OffByOne(nodes, 1))


@pytest.mark.parametrize("points", [7, None, [5, 9], {5: "A"}, "AB"])
def test_an_attribute_that_only_shares_the_name_is_no_ring(points: Any) -> None:
    class Other(MyRing):
        def __init__(self, nodes: list[str]) -> None:
            super().__init__(nodes)
            self.points = points

    assert RingModel(Other).picture().text.startswith("5 nodes, no ring.")


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
        return self.answers.get("points", [(0, "A")])

    def place(self, key: str) -> Any:
        return self.answers.get("place", 0)


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
    ("points", [[5, 6]], "Odd.points() holds [5, 6]: a (place below 2**64, node) is needed."),
    ("points", [(2.5, "A")], "holds (2.5, 'A')"),
    ("points", [(np.uint64(360), "A"), (2**64, "A")], f"holds ({2**64}, 'A')"),
    ("points", 5, "raised TypeError"),
    ("place", "noon", "Odd.place('user:0') returned 'noon': a place below 2**64 is needed."),
    ("place", -1, "Odd.place('user:0') returned -1"),
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


def test_points_may_be_lists_and_their_places_numpys(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [[5, "B"], (np.uint64(2**64 - 1), np.str_("A")), (np.int32(3), "C")]
    monkeypatch.setattr(Odd, "answers", {"points": points, "place": np.uint64(4)})
    model = RingModel(Odd)
    assert model.setting.points == ((3, "C"), (5, "B"), (2**64 - 1, "A"))
    assert {type(place) for place, _ in model.setting.points} == {int} == {type(model.setting.start)}


class Alarm(BaseException):
    """No Exception, as a learner may write it."""


@pytest.mark.parametrize("error", [KeyboardInterrupt, Alarm, SystemExit])
def test_whatever_a_learners_class_raises_is_a_sentence(error: type[BaseException]) -> None:
    class Raising(MyRing):
        def lookup(self, key: str) -> str:
            raise error

    with pytest.raises(Refused, match=f"raised {error.__name__}"):
        RingModel(Raising)


def test_an_endless_loop_is_named_and_the_lab_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(MyRing):
        def lookup(self, key: str) -> str:
            while key == "user:3" and len(self.ring) > 15:
                pass
            return super().lookup(key)

    model = RingModel(Endless, vnodes=3)
    before = model.setting
    monkeypatch.setattr(subject, "SECONDS", 1)
    with pytest.raises(Refused, match=r"^Endless.lookup\('user:3'\) was still running after 1 s: "):
        model.act("add")
    assert model.setting is before
    monkeypatch.undo()
    model.act("remove", node="A")
    assert model.status.startswith("A left")


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
        ({"number": 4, "do": "probe_at", "with": {"turn": math.nan}}, "not nan", True),
        ({"number": 5, "do": ["add"], "with": {}}, "The lab cannot do {'number': 5", True),
        ({"number": 6, "do": "add"}, "KeyError: 'with'", True),
        ({"number": 7, "do": "add", "with": {1: 2}}, "TypeError", True),
    ]:
        lab._on_act(lab, content, [])
        assert lab.frame["number"] == content["number"]
        assert status in lab.frame["status"] and lab.frame["problem"] is problem
    lab._on_act(lab, "rubbish", [])
    assert "The lab cannot do 'rubbish'" in lab.frame["status"]
    json.dumps(lab.frame)


@pytest.mark.parametrize("error", [Alarm, KeyboardInterrupt, MemoryError])
def test_an_act_that_breaks_inside_the_lab_is_answered(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    lab = RingLab(nodes="AB", keys=50)

    def broken(model: RingModel) -> None:
        raise error("here")

    monkeypatch.setattr(RingModel, "add", broken)
    lab._on_act(lab, {"number": 1, "do": "add", "with": {}}, [])
    assert lab.frame["number"] == 1
    assert f"{error.__name__}: here" in lab.frame["status"]


def test_a_lab_shows_a_still_picture_first_and_then_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda *objects, **_: shown.extend(objects))
    lab = RingLab(nodes="AB", keys=50)
    lab._ipython_display_()
    still, live = shown
    assert still.svg == f'<div class="course-twin">{lab.picture.svg}</div>' and still.text == lab.picture.text
    assert "application/vnd.jupyter.widget-view+json" in live
