"""Interchangeable nodes, folded: as many states as there are multisets of what they can be."""

from math import comb

import pytest

from course_lib.sim import Node, Scenario


class Asker(Node):
    def on_start(self):
        self.got = set()
        for peer in self.peers:
            self.send(peer, "vote")

    def on_message(self, sender, message):
        self.got.add(sender)


class Voter(Node):
    def on_message(self, sender, message):
        self.send(sender, "yes")


class Eldest(Voter):
    """Treats one of its equals otherwise."""

    def on_start(self):
        self.patron = self.name == "v1"


def scenario(voters, invariants=(), voter=Voter):
    names = [f"v{number}" for number in range(1, voters + 1)]
    return Scenario({"a": Asker, **dict.fromkeys(names, voter)}, invariants=invariants), names


@pytest.mark.parametrize("voters", [1, 2, 3, 4])
def test_states_are_counted_up_to_names(voters):
    system, names = scenario(voters)
    # Each voter is asked, has answered, or was heard: three places for `voters` equals.
    assert system.explore().states == 3**voters
    assert system.explore(symmetric=names).states == comb(voters + 2, voters)


def test_a_folded_search_finds_as_short_a_counterexample_and_replays_it():
    def not_all(world):
        return len(world.nodes["a"].got) < 3 or "all were heard"

    system, names = scenario(3, [not_all])
    plain, folded = system.explore(), system.explore(symmetric=names)
    assert folded.counterexample.violated == "not_all"
    assert folded.counterexample.length == plain.counterexample.length == 6
    assert system.replay(folded.counterexample).trace == folded.counterexample
    assert folded.states < plain.states


def test_an_invariant_of_steps_breaks_at_the_same_length():
    def heard_one_at_a_time(before, after):
        return len(after.nodes["a"].got) < 2 or "two were heard"

    system, names = scenario(3, [heard_one_at_a_time])
    lengths = {system.explore(symmetric=group).counterexample.length for group in ((), names)}
    assert lengths == {4}


def test_faults_and_names_inside_states_are_folded_too():
    system, names = scenario(3)
    plain = system.explore(losses=1, crashes=1, always_possible=lambda world: True)
    folded = system.explore(losses=1, crashes=1, always_possible=lambda world: True, symmetric=names)
    assert folded.ok
    assert plain.states / 6 <= folded.states < plain.states / 3


def test_nodes_that_are_not_interchangeable_are_told_where_it_shows():
    def patron_heard(world):
        return "v1" not in world.nodes["a"].got or "the patron was heard"

    system, names = scenario(2, [patron_heard], Eldest)
    # Its state differs from the start, so nothing is folded wrongly here: the counterexample is as without symmetry.
    assert system.explore(symmetric=names).counterexample.length == system.explore().counterexample.length


class Patient(Asker):
    """Has a timer for each peer, with the peer's name inside the timer's."""

    def on_start(self):
        super().on_start()
        for peer in self.peers:
            self.set_timer(f"ask {peer}", 1)

    def on_timer(self, name):
        pass


def test_a_name_inside_a_longer_text_is_refused():
    system = Scenario({"a": Patient, "v1": Voter, "v2": Voter})
    with pytest.raises(ValueError, match="'ask v1' holds the name of a symmetric node, v1"):
        system.explore(symmetric=["v1", "v2"])


def test_a_stranger_among_the_symmetric_is_named():
    system, _ = scenario(2)
    with pytest.raises(ValueError, match="symmetric names 'v9'; the nodes are a, v1, v2"):
        system.explore(symmetric=["v1", "v9"])


class Ageing(Voter):
    def on_start(self):
        self.age = 0

    def on_message(self, sender, message):
        self.age = self.random.choice((1, 2))
        super().on_message(sender, message)


@pytest.mark.parametrize("strategy", ["breadth", "random"])
def test_an_equal_that_took_the_name_of_another_is_not_taken_for_changed(strategy):
    def one_ages_at_a_time(before, after):
        aged = [name for name in names if before.nodes[name].age != after.nodes[name].age]
        return len(aged) < 2 or f"{aged} aged in one step"

    system, names = scenario(3, [one_ages_at_a_time], Ageing)
    assert system.explore(symmetric=names, strategy=strategy, max_states=2_000).violated is None
