"""Exploration: spaces of states that were counted by hand."""

import pytest
from sim_nodes import Alarm, Echo, Msg, Sink, Tick, Twin, counted, source

from course_lib.sim import Scenario


@pytest.mark.parametrize("k", [0, 1, 2, 3, 7])
def test_k_messages_to_a_sink_are_all_subsets_and_a_step_out_for_each_member(k):
    # A state is the set of messages still on their way: 2^k. One with j of them has j steps: k * 2^(k-1) in all.
    assert counted(source(k)) == (2**k, k * 2**k // 2)


@pytest.mark.parametrize("k", [1, 2, 5])
def test_a_fifo_link_leaves_one_order(k):
    assert counted(source(k, fifo=True)) == (k + 1, k)


def test_ping_pong_goes_round_in_two_states():
    assert counted(Scenario({"a": Echo, "b": Echo})) == (2, 2)


def test_nothing_to_do_is_one_state():
    assert counted(Scenario({"a": Sink, "b": Sink})) == (1, 0)


def test_a_timer_is_set_or_has_fired():
    assert counted(Scenario({"a": Alarm})) == (2, 1)
    assert counted(Scenario({"a": Alarm, "b": Alarm, "c": Alarm})) == (
        8,
        12,
    )  # three independent ones: a cube


def test_a_timer_that_is_set_again_and_again_is_one_state_or_as_many_as_may_fire():
    assert counted(Scenario({"a": Tick})) == (1, 1)
    for timeouts in (0, 1, 5):
        assert counted(Scenario({"a": Tick}), timeouts=timeouts) == (timeouts + 1, timeouts)


def test_a_loss():
    # On its way, arrived, lost. Lost is another state than arrived: there is no loss left.
    assert counted(source(1), losses=1) == (3, 2)
    # With more losses than messages, what is left still tells how many were lost.
    assert counted(source(1), losses=5) == (3, 2)
    # Two messages: each on its way, arrived or lost, at most one lost: 9 - 1; with one on its way and none lost, two
    # steps; ... counted: (2 on way) 4 steps, (1, other arrived) 2 each, (1, other lost) 1 each = 4 + 4 + 2.
    # States that differ only in which one was lost have the same bag and the same budget: they are one.
    # Bags {01}, {0}, {1}, {} with none lost, {0}, {1}, {} with one lost: 7. Steps: 4 + 2 * 2 + 2 * 1.
    assert counted(source(2), losses=1) == (7, 10)


def test_a_duplicate():
    # {m}, {} before it; {m m}, {m}, {} after it. Copies are alike: one step.
    assert counted(source(1), duplicates=1) == (5, 4)


def test_a_copy_on_a_fifo_link_stands_right_behind_the_first():
    # m n | n | - with a duplicate left; m m n, m n, n n, n, - without. Steps: arrive 2, copy 2, arrive 4.
    assert counted(source(2, fifo=True), duplicates=1) == (8, 8)


def test_identical_messages_are_one_unless_duplicates_are_counted():
    assert counted(source(2, Twin)) == (2, 1)
    # sizes 2 1 0 with a duplicate left, 3 2 1 0 without; 2 + 3 arrivals, 2 copies
    assert counted(source(2, Twin), duplicates=1) == (7, 7)
    assert counted(source(2, Twin, fifo=True)) == (3, 2)


def test_a_crash_of_a_node_that_stays_down_or_comes_back():
    # both up; a down; b down; both up again, no crash left
    assert counted(Scenario({"a": Sink, "b": Sink}), crashes=1) == (4, 4)
    # one node: up 1, down 0, up 0 with one crash; two more with each further crash
    assert counted(Scenario({"a": Sink}), crashes=3) == (7, 6)


def test_a_crash_while_starting_is_paid_for():
    class Noting(Sink):
        def on_start(self):
            if "n" not in self.disk:
                self.disk["n"] = 1
                self.disk["n"] = 2

    # Started whole: up n=2 with a crash left. Crashed between the writes: down n=1. Then no crash is left:
    # down n=2, up n=2, up n=1. Steps: crash; three restarts less one shared: down1 -> up1, down2 -> up2.
    assert counted(Scenario({"a": Noting}), crashes=1) == (5, 3)


def test_a_partition_of_two_and_of_three():
    assert counted(Scenario({"a": Sink, "b": Sink}), partitions=1) == (3, 2)  # whole, cut, healed
    # three nodes are cut in three ways; each heals
    assert counted(Scenario(dict.fromkeys("abc", Sink)), partitions=1) == (5, 6)


def test_a_message_meets_a_partition():
    # m on its way or not, times whole, cut, healed: 6. Steps: whole m: arrive, cut; whole: cut; cut m: lose, heal;
    # cut: heal; healed m: arrive.
    assert counted(source(1), partitions=1) == (6, 7)


def test_a_message_sent_into_a_cut_is_lost():
    class Late(Alarm):
        def on_timer(self, name):
            self.send("b", Msg(0))

    # timer set or not and m or not: (set, -), (gone, m), (gone, -) in whole and healed; cut: (set, -), (gone, m) from
    # before, (gone, -): 9 states. Steps: whole: fire, cut | arrive, cut | cut = 5; cut: fire, heal | lose, heal | heal
    # = 5; healed: fire | arrive = 2.
    assert counted(Scenario({"a": Late, "b": Sink}), partitions=1) == (9, 12)


def test_the_order_in_which_attributes_are_set_is_no_part_of_the_state():
    class Lazy(Sink):
        def on_start(self):
            self.set_timer("x", 1)
            self.set_timer("y", 1)

        def on_timer(self, name):
            setattr(self, name, True)

    assert counted(Scenario({"a": Lazy})) == (4, 4)
