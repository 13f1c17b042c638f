"""Copies, checkpoints and bulkheads: the runs beside what the formulas say."""

from itertools import product
from math import inf, prod
from statistics import mean

import pytest

from course_lib.replication.checkpoints import time_taken, young
from course_lib.replication.redundancy import share_up
from course_lib.resilience.bulkheads import PATIENCE, TIMEOUT, WORK, answered


def by_hand(machines, needed, shared=1.0):
    """Over all states of the machines."""
    states = product((True, False), repeat=len(machines))
    return shared * sum(
        prod(one if up else 1 - one for one, up in zip(machines, state, strict=True))
        for state in states
        if sum(state) >= needed
    )


@pytest.mark.parametrize(
    ("machines", "needed", "shared"),
    [
        ([0.99], 1, 1.0),
        ([0.9, 0.8], 1, 1.0),
        ([0.9, 0.8], 2, 1.0),
        ([0.9, 0.8, 0.7], 2, 1.0),
        ([0.9] * 5, 3, 1.0),
        ([0.9, 0.9], 1, 0.8),
        ([0.9, 0.9], 0, 0.8),
        ([1.0, 1.0], 2, 1.0),
        ([], 0, 0.9),
    ],
)
def test_enough_are_up_as_often_as_the_sum_over_all_states_says(machines, needed, shared):
    share = share_up(machines, needed, shared=shared)
    assert share == pytest.approx(by_hand(machines, needed, shared), abs=0.006)


def test_a_common_cause_is_felt_however_many_copies_there_are():
    assert share_up([0.99] * 9, 1, shared=0.99) == pytest.approx(0.99, abs=0.002)


def test_the_same_seed_gives_the_same_years():
    assert share_up([0.9], 1, seed=3) == share_up([0.9], 1, seed=3) != share_up([0.9], 1, seed=4)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: share_up([0.9], 2), "of 1 machines 0 to 1 can be needed, not 2"),
        (lambda: share_up([1.5], 1), "an availability is above 0 and up to 1, not 1.5"),
        (lambda: share_up([0.9], 1, shared=0), "not 0"),
        (lambda: share_up([0.9], 1, repair=-1), "above 0, not -1"),
        (lambda: share_up([0.9], 1, repair=float("nan")), "not nan"),
        (lambda: share_up([0.9], 1, time=inf), "and inf"),
        (lambda: time_taken(inf), "not inf"),
        (
            lambda: time_taken(10, mtbf=0.01),
            "10.1 from one checkpoint .* a crash every 0.01 .* smaller `every`",
        ),
        (lambda: share_up([0.9, 0.9], 1.5), "of 2 machines 0 to 2 can be needed, not 1.5"),
        (lambda: time_taken(10, every=1e-9), "10,000,000,000 checkpoints .* larger `every`"),
        (lambda: young(-1, 24), "above 0, not -1 and 24"),
        (lambda: answered({"orders+ads": 20}, rate=-1), "not -1"),
        (lambda: answered({"orders+ads": 20}, seconds=inf), "and inf"),
        (lambda: answered({"orders+ads": 20}, hangs="asd"), "'asd' is none of them"),
        (lambda: answered({"orders": 5, "orders+ads": 20}), "each name is in one pool"),
        (lambda: answered({"orders+": 5}, hangs=""), "needs names"),
        (lambda: time_taken(0), "work is a time above 0, not 0"),
        (lambda: time_taken(1, every=-1), "every is a time above 0, or inf for never, not -1"),
        (lambda: answered({"orders": 0}), "1 worker or more, not 0 for 'orders'"),
    ],
)
def test_what_makes_no_sense_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()


# Checkpoints


def test_without_crashes_a_job_takes_its_work_and_its_checkpoints():
    assert time_taken(10, every=2, cost=0.5, mtbf=1e12) == pytest.approx(10 + 4 * 0.5)
    assert time_taken(10, mtbf=1e12) == pytest.approx(10)


def test_without_checkpoints_a_job_takes_what_the_exponential_law_says():
    """Work w needs (e^(w/m) - 1) (m + restart) on average, where it begins again after each crash."""
    took = mean(time_taken(24, every=inf, mtbf=24, restart=0.1, seed=seed) for seed in range(3000))
    assert took == pytest.approx((2.71828 - 1) * 24.1, rel=0.05)


def test_youngs_interval_is_near_the_bottom():
    def took(every):
        return mean(time_taken(100, every=every, seed=seed) for seed in range(200))

    best = young(0.1, 24)
    assert took(best) < 1.01 * min(took(best * factor) for factor in (0.25, 0.5, 0.8, 1.25, 2, 4))


# Bulkheads


def test_while_nothing_hangs_one_pool_serves_everybody():
    assert answered({"orders+ads": 20}, hangs="") == {"orders": 1.0, "ads": 1.0}


def test_what_hangs_takes_the_whole_of_a_common_pool_and_only_its_own_part_of_a_divided_one():
    assert answered({"orders+ads": 20})["orders"] < 0.1
    assert answered({"orders": 10, "ads": 10}) == {"orders": 1.0, "ads": 0.0}
    assert answered({"orders + ads": 20}) == answered({"orders+ads": 20})


def test_a_pool_that_is_drained_by_what_hangs_serves_about_its_share_of_the_workers():
    """Each worker is free again after TIMEOUT, and then takes whoever comes first: half of them are orders."""
    shares = answered({"orders+ads": 20}, rate=50.0, seconds=600.0)
    per_worker = TIMEOUT + WORK  # for one request of each kind, on average
    assert shares["orders"] == pytest.approx(20 / per_worker / 50, rel=0.2)
    assert PATIENCE < TIMEOUT
