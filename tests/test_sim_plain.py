"""Plain data: copied, frozen, thawed and sent without a change of value, type or order."""

import copy
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.sim import NotPlain, wire
from course_lib.sim.plain import SortedFrozenSet, SortedSet, freeze, in_order, message, settled, thaw


@dataclass(frozen=True)
class Pair:
    left: Any
    right: Any = None


@dataclass(frozen=True, slots=True)
class Slim:
    value: Any


@dataclass(frozen=True)
class Checked:
    value: int

    def __post_init__(self):
        if type(self.value) is not int:
            raise TypeError("an int")


atoms = st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=3)
fixed = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.frozensets(inner, max_size=3),
        st.builds(Pair, inner, inner),
        st.builds(Slim, inner),
    ),
    max_leaves=8,
)
values = st.recursive(
    fixed,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(fixed, inner, max_size=3),
        st.sets(fixed, max_size=3),
        st.builds(Pair, inner, inner),
    ),
    max_leaves=12,
)


def plain_repr(value: Any) -> str:
    """A repr of its value and types, in which a set is what `set` would be."""
    return repr(settled(value))


def no_nan(value: Any) -> bool:
    return "nan" not in repr(value)


@settings(deadline=None, derandomize=True)
@given(values)
def test_a_copy_equals_what_it_copies_and_what_freezing_and_thawing_give(value):
    one, other = settled(value), thaw(freeze(value))
    assert repr(one) == repr(other) and freeze(one) == freeze(other) == freeze(value)
    if no_nan(value):
        assert one == other == value
        assert copy.deepcopy(one) == value and repr(copy.deepcopy(one)) == repr(one)


@settings(deadline=None, derandomize=True)
@given(values, values)
def test_two_values_freeze_alike_only_where_they_look_alike(one, other):
    assert (freeze(one) == freeze(other)) == (plain_repr(one) == plain_repr(other))
    assert hash(freeze(one)) == hash(freeze(settled(one)))


@settings(deadline=None, derandomize=True)
@given(fixed)
def test_a_message_arrives_as_it_was_sent(value):
    sent = message(value)
    assert repr(sent) == plain_repr(value)
    if no_nan(value):
        assert sent == value


@settings(deadline=None, derandomize=True)
@given(values)
def test_json_gives_back_value_and_types(value):
    again = wire.loads(wire.dumps(value), wire.remembered)
    assert repr(again) == plain_repr(value)
    if no_nan(value):
        assert again == value


@given(st.lists(fixed.filter(no_nan), max_size=6, unique_by=lambda value: value))
@settings(deadline=None, derandomize=True)
def test_the_order_of_a_set_does_not_depend_on_how_it_came_about(elements):
    backwards = list(reversed(elements))
    assert [repr(item) for item in in_order(elements)] == [repr(item) for item in in_order(backwards)]


def test_types_are_kept_apart():
    apart = [
        1,
        True,
        1.0,
        "1",
        (1,),
        [1],
        {1},
        frozenset({1}),
        {1: 1},
        Pair(1),
        Pair(True),
        Slim(1),
        None,
        0.0,
        -0.0,
    ]
    assert len({freeze(value) for value in apart}) == len(apart)


def test_a_copy_shares_nothing():
    inner: list[int] = []
    outer = {"a": inner, "b": (inner, {"c": inner})}
    copied = settled(outer)
    copied["a"].append(1)
    copied["b"][1]["c"].append(2)
    assert inner == [] and copied == {"a": [1], "b": ([], {"c": [2]})}


def test_a_frozen_dataclass_that_checks_its_fields_is_copied_as_it_is():
    assert settled([Checked(3)]) == thaw(freeze([Checked(3)])) == [Checked(3)]
    assert message((Checked(3), frozenset())) == (Checked(3), frozenset())


def test_a_dataclass_that_holds_a_list_is_state_and_no_message():
    assert settled(Pair([1])) == Pair([1])
    with pytest.raises(NotPlain, match=r"\[1\] is a list"):
        message(Pair([1]))


def test_a_named_tuple_and_a_dict_of_another_kind_are_refused():
    from collections import Counter, OrderedDict, namedtuple

    point = namedtuple("Point", "x y")(1, 2)
    for value, word in (
        (point, "a tuple or a frozen dataclass"),
        (OrderedDict(), "a dict"),
        (Counter(), "a dict"),
    ):
        for copier in (settled, freeze):
            with pytest.raises(NotPlain, match=word):
                copier([value])


def test_sorted_sets_behave_as_sets_and_stay_sorted():
    letters = settled({"c", "a", "b"})
    assert type(letters) is SortedSet and letters == {"a", "b", "c"} and {"a", "b", "c"} == letters
    assert (
        list(letters) == ["a", "b", "c"]
        and repr(letters) == "{'a', 'b', 'c'}"
        and tuple(letters) == ("a", "b", "c")
    )
    for result in (
        letters | {"z", "d"},
        {"z", "d"} | letters,
        letters.union(["z"], {"y"}),
        letters - {"a"},
        {"a", "x", "q"} - letters,
        letters & {"b", "a"},
        letters ^ {"q", "p"},
        letters.copy(),
        letters.symmetric_difference({"q", "p"}),
    ):
        assert type(result) is SortedSet and list(result) == sorted(result)
    letters |= {"zz", "aa"}
    letters.update({"0"})
    assert list(letters) == ["0", "a", "aa", "b", "c", "zz"] and letters.pop() == "0"
    assert {letters.pop() for _ in range(5)} == {"a", "aa", "b", "c", "zz"}
    with pytest.raises(KeyError):
        letters.pop()
    assert repr(letters) == "set()"


def test_sorted_frozensets_hash_as_frozensets_do():
    letters = settled(frozenset("cab"))
    assert type(letters) is SortedFrozenSet and hash(letters) == hash(frozenset("abc"))
    assert {letters: 1}[frozenset("abc")] == 1 and repr(letters) == "frozenset({'a', 'b', 'c'})"
    assert type(letters | {"d"}) is SortedFrozenSet and letters | {"d"} == frozenset("abcd")
    with pytest.raises(TypeError):
        _ = letters | ["d"]


def test_sets_of_mixed_kinds_have_an_order():
    mixed = {
        None,
        2,
        1.5,
        True,
        "a",
        (1, "b"),
        (1, 2),
        frozenset({2}),
        frozenset({1}),
        Pair(2),
        Pair(1),
        Slim(0),
    }
    assert in_order(mixed) == in_order(list(mixed)[::-1])
    nan = float("nan")
    assert repr(in_order([nan, 2, False])) == repr(in_order([2, nan, False])) == "[False, 2, nan]"
    assert in_order({"b", "a"}) == ["a", "b"] and in_order({10, 9}) == [9, 10]


@pytest.mark.parametrize(
    "text", ["", "{", "[", "nul", '{"kind":"tuple"}', '{"kind":"evil","items":[]}', "{}", "[" * 9999]
)
def test_what_encode_never_writes_is_malformed(text):
    with pytest.raises(wire.Malformed):
        wire.loads(text, wire.remembered)


def test_only_the_named_dataclasses_decode():
    find = wire.among({wire.name_of(Pair): Pair})
    assert wire.loads(wire.dumps(Pair(1)), find) == Pair(1)
    with pytest.raises(wire.Malformed, match="no message of this scenario is called"):
        wire.loads(wire.dumps(Slim(1)), find)
    short = wire.dumps(Pair(1)).replace('"right":null', '"wrong":null')
    with pytest.raises(wire.Malformed, match="has the fields"):
        wire.loads(short, find)
