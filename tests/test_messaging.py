"""Chapter 01's protocols: each keeps what it promises in every schedule, and each safeguard is needed."""

import pytest

from course_lib.messaging import delivery, generals, ordering
from course_lib.sim import Drop, Network


def test_the_whole_protocol_pays_once_in_every_schedule_with_a_loss_and_a_crash():
    found = delivery.scenario().explore(losses=1, crashes=1, always_possible=delivery.all_answered)
    assert found.ok
    assert found.states == 258
    assert found.coverage.missed == ()


def test_two_callers_are_told_apart_in_every_schedule():
    found = delivery.scenario(callers=2).explore(losses=1, always_possible=delivery.all_answered)
    assert found.ok


def test_copies_of_messages_are_harmless_too():
    assert delivery.scenario().explore(duplicates=1, timeouts=1).ok


SHORTEST = {
    "retry": 1,
    "one id for all tries": 3,
    "reply matched by its id": 5,
    "requests remembered": 3,
    "reply given again": 1,
    "callers told apart": 3,
    "older requests refused": 5,
    "record on disk": 4,
    "one write": 4,
}


@pytest.mark.parametrize("name", delivery.SAFEGUARDS)
def test_each_safeguard_is_needed(name):
    assert f"({SHORTEST[name]} step" in delivery.without(name)


def test_two_safeguards_off_at_once_are_refused_with_their_names():
    with pytest.raises(ValueError, match="switch off one safeguard at most"):
        delivery.scenario(delivery.ALL - {"retry", "one write"})
    with pytest.raises(ValueError, match="requests remembered"):
        delivery.scenario(frozenset({"belt", "braces"}))


def test_items_are_handed_over_in_order_in_every_schedule():
    assert ordering.scenario().explore(duplicates=1).ok
    assert ordering.scenario(ordering.AsTheyCome).explore().violated == "in_order"


def test_nothing_is_kept_that_was_handed_over():
    trace = ordering.scenario(network=Network(jitter=0.5, duplicate=0.3), seed=4).run()
    assert trace.nodes["desk"].early == {"ann": {}, "bob": {}}


@pytest.mark.parametrize("messages", range(1, 7))
def test_the_last_messenger_caught_leaves_one_general_alone(messages):
    found = generals.scenario(messages).explore(losses=1, always_possible=generals.together)
    assert found.stuck.length == messages
    link = "east>west" if messages % 2 else "west>east"
    trace = generals.scenario(messages).run([Drop(f"{link}#{(messages + 1) // 2}")])
    assert trace.nodes["east"].attacks != trace.nodes["west"].attacks


def test_without_loss_both_generals_attack():
    trace = generals.scenario(4).run()
    assert trace.nodes["east"].attacks
    assert trace.nodes["west"].attacks
