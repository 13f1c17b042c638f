"""Failure detectors: a timeout and phi, where the fitted law fails, the trade, and nodes that use them."""

from decimal import Decimal, getcontext
from fractions import Fraction
from itertools import pairwise
from math import inf, isfinite, log10

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.replication import ExponentialPhiDetector, HeartbeatDetector, PhiAccrualDetector, watching
from course_lib.replication.detector_trade import (
    LAWS,
    arrivals,
    chance_if_exponential,
    exponential,
    steady,
    suspicion,
    trade,
    watch,
    with_gaps,
)
from course_lib.replication.detectors import exponential_phi, normal_phi, standard_deviations
from course_lib.replication.watching import Suspects, Trusts
from course_lib.sim import ClockSkew, Crash, Delay, Network, Partition, Pause

KINDS = {
    "timeout": lambda: HeartbeatDetector(3.0),
    "phi": lambda: PhiAccrualDetector(8.0),
    "exponential": lambda: ExponentialPhiDetector(3.0),
}
each_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)


# What all of them do


@each_kind
def test_who_falls_silent_is_suspected_and_a_heartbeat_clears_it(make):
    detector = make()
    for second in range(1, 20):
        assert detector.heartbeat(second)
        assert not detector.suspects(second + 0.9)
    assert detector.suspects(100)
    assert detector.heartbeat(100)
    assert not detector.suspects(100.5)


@each_kind
def test_who_never_says_anything_is_suspected_too(make):
    assert not make().suspects(0.5)
    assert make().suspects(100)


@each_kind
def test_a_late_old_heartbeat_revives_nobody(make):
    detector = make()
    for number in range(1, 10):
        detector.heartbeat(number, number)
    before = dict(vars(detector))
    assert not detector.heartbeat(50, 8)
    assert not detector.heartbeat(50, 9)  # the same one again
    assert vars(detector) == before
    assert detector.suspects(50)
    assert detector.heartbeat(50, 10)


@each_kind
def test_a_sender_that_starts_again_counts_its_lives(make):
    detector = make()
    detector.heartbeat(1, (1, 7))
    assert detector.heartbeat(2, (2, 1))
    assert not detector.heartbeat(3, (1, 8))


@each_kind
def test_a_clock_that_goes_back_is_refused(make):
    detector = make()
    detector.heartbeat(5)
    with pytest.raises(ValueError, match=r"at 4, .* at 5\.0.*monotonic"):
        detector.heartbeat(4)
    for time in (float("nan"), "6"):
        for asked in (detector.heartbeat, detector.suspects, getattr(detector, "phi", detector.suspects)):
            with pytest.raises(ValueError, match=f"seconds, not {time!r}"):
                asked(time)


@each_kind
def test_numbers_of_two_kinds_are_refused(make):
    detector = make()
    detector.heartbeat(1, (0, 1))
    with pytest.raises(TypeError, match=r"the number 2, and one before it \(0, 1\)"):
        detector.heartbeat(2, 2)


def test_any_real_number_is_a_time_or_a_threshold():
    assert HeartbeatDetector(Fraction(3, 2)).suspects(np.float64(1.5))
    detector = PhiAccrualDetector(np.int64(8))
    detector.heartbeat(np.float64(1))
    detector.heartbeat(Fraction(2))
    kinds = {type(value) for value in (*vars(detector).values(), detector.suspects(np.float64(3)))}
    assert kinds <= {float, int, bool, list, type(None)}
    assert type(detector.phi(np.float64(3))) is float


@each_kind
def test_before_the_last_heartbeat_nobody_is_suspected(make):
    detector = make()
    detector.heartbeat(5)
    assert not detector.suspects(-1)
    assert getattr(detector, "phi", detector.suspects)(-1) == pytest.approx(0, abs=0.1)


def test_heartbeats_that_all_come_at_once_leave_a_phi():
    detector = ExponentialPhiDetector(window=2)
    for now in (0, 1, 2, 2, 2):
        detector.heartbeat(now)
    assert detector.phi(2.5) > 1000
    assert detector.suspects(2.5)


GAPS = st.lists(st.floats(0.01, 20), max_size=30)


@each_kind
@given(gaps=GAPS)
def test_it_suspects_from_the_deadline_on(make, gaps):
    detector, now = make(), 0.0
    for gap in gaps:
        now += gap
        detector.heartbeat(now)
    deadline = detector.deadline()
    assert detector.suspects(deadline)
    assert not detector.suspects(deadline - 1e-6)


@each_kind
@given(gaps=GAPS)
def test_its_state_is_plain_values_and_makes_it_again(make, gaps):
    detector, now = make(), 0.0
    for gap in gaps:
        now += gap
        detector.heartbeat(now)
    again = make()
    vars(again).update(vars(detector))
    assert again.deadline() == detector.deadline()


@pytest.mark.parametrize("timeout", [0, -1, inf, "3", True, None])
def test_a_timeout_is_above_zero(timeout):
    with pytest.raises(ValueError, match="timeout"):
        HeartbeatDetector(timeout)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"threshold": 0}, "threshold"),
        ({"threshold": 301}, "300, not 301"),
        ({"threshold": 1e-9}, "0.01"),
        ({"window": 1}, "window"),
        ({"window": 2.5}, "window"),
        ({"interval": 0}, "interval"),
        ({"interval": 1e-7}, "interval is in seconds, from 1e-05 .* not 1e-07"),
        ({"interval": 1e200}, "interval"),
        ({"least_deviation": 0}, "least_deviation"),
        ({"since": float("nan")}, "not nan"),
    ],
)
def test_bad_arguments_of_phi_are_named(options, says):
    with pytest.raises(ValueError, match=says):
        PhiAccrualDetector(**options)


# Phi


def learnt(gaps, detector=None, **options):
    detector, now = detector or PhiAccrualDetector(**options), 0.0
    for gap in [1.0, *gaps]:
        now += gap
        detector.heartbeat(now)
    return detector


def test_it_learns_mean_and_deviation():
    detector = learnt([0.8, 1.2] * 500, window=1000)
    assert detector.mean == pytest.approx(1.0)
    assert detector.deviation == pytest.approx(0.2)


def test_only_the_window_counts_and_its_sums_stay_exact():
    detector = learnt([0.001, 1.8] * 5_000 + [0.8, 1.2] * 5, window=10, least_deviation=1e-9)
    assert len(detector.gaps) == 10
    assert detector.mean == pytest.approx(1.0)
    assert detector.deviation == pytest.approx(0.2, rel=1e-9)


def test_the_wait_for_the_first_heartbeat_is_no_gap():
    assert learnt([]).gaps == PhiAccrualDetector().gaps


def test_gaps_that_are_all_alike_have_the_least_deviation():
    detector = learnt([1.0] * 20, window=10, least_deviation=0.1)
    assert detector.deviation == 0.1
    assert detector.phi(detector.last + 1.0) == pytest.approx(log10(2))  # half of all gaps are longer
    assert isfinite(detector.phi(detector.last + 1e6))


def test_the_outage_itself_is_not_learnt():
    detector = learnt([1.0] * 20)
    before = list(detector.gaps)
    detector.heartbeat(detector.last + 3600)
    assert detector.gaps == before
    assert detector.deadline() - detector.last < 2


def test_phi_rises_while_nothing_comes():
    detector = learnt([0.9, 1.1] * 20)
    phis = [detector.phi(detector.last + wait / 10) for wait in range(100)]
    assert phis[0] == 0
    assert all(one <= other for one, other in pairwise(phis))


def test_phi_is_the_logarithm_of_the_tail_as_far_as_it_goes():
    # 1 - Q(z) of the normal law, from tables: 5.612 deviations leave 1e-8, 6.361 leave 1e-10.
    assert normal_phi(1 + 5.612001, 1, 1) == pytest.approx(8, abs=1e-5)
    assert normal_phi(1 + 6.361341, 1, 1) == pytest.approx(10, abs=1e-5)
    assert standard_deviations(8) == pytest.approx(5.612001, abs=1e-6)
    assert standard_deviations(300) == pytest.approx(37.0471, abs=1e-4)


def tail_by_fraction(z):
    """-log10 of the normal tail, by the continued fraction of Mills' ratio, with 50 digits."""
    getcontext().prec = 50
    z = below = Decimal(z)
    for n in range(400, 0, -1):
        below = z + n / below
    root = (2 * Decimal("3.14159265358979323846264338327950288")).sqrt()
    return float((z * z / 2 + (root * below).ln()) / Decimal(10).ln())


@pytest.mark.parametrize("z", [3, 8.3, 20, 35, 35.4, 50, 1000])
def test_far_out_phi_is_right_where_one_minus_the_distribution_is_zero(z):
    assert normal_phi(z, 0, 1) == pytest.approx(tail_by_fraction(z), rel=1e-6)


def test_cassandras_eight_is_18_heartbeats():
    detector = learnt([1.0] * 2000, ExponentialPhiDetector(8.0))
    assert detector.deadline() - detector.last == pytest.approx(18.42, abs=0.01)
    assert exponential_phi(18.42068, 1.0) == pytest.approx(8, abs=1e-5)


# Where the law fails


def test_a_normal_law_fitted_to_exponential_gaps_promises_too_much():
    assert chance_if_exponential(8) == pytest.approx(1.34e-3, abs=0.01e-3)


def test_so_it_is_measured_and_a_little_worse():
    beats = 100_000
    seen = watch(PhiAccrualDetector(8.0), with_gaps(exponential(1.0), beats)).mistakes / beats
    assert chance_if_exponential(8) < seen < 2 * chance_if_exponential(8)


def test_the_exponential_law_keeps_its_promise_there():
    beats = 100_000
    seen = watch(ExponentialPhiDetector(3.0), with_gaps(exponential(1.0), beats)).mistakes / beats
    assert seen == pytest.approx(1e-3, rel=0.3)


# The trade


def test_a_stream_is_watched():
    heard = [(1.0, 1), (2.0, 2), (7.0, 5), (7.5, 4), (8.0, 6)]  # 3 is lost, 4 is overtaken
    seen = watch(HeartbeatDetector(3.0), heard, crash=8.5)
    assert (seen.mistakes, seen.wrong, seen.detected) == (1, 2.0, 2.5)


def test_a_mistake_that_comes_true_is_a_mistake_until_the_crash():
    seen = watch(HeartbeatDetector(1.0), [(1.0, 1)], crash=5.0)
    assert (seen.mistakes, seen.wrong, seen.detected) == (1, 3.0, 0.0)


def test_what_was_sent_before_the_crash_arrives_after_it():
    seen = watch(HeartbeatDetector(1.0), [(1.0, 1), (4.0, 2)], crash=1.5)
    assert (seen.mistakes, seen.wrong, seen.detected) == (0, 0.0, 3.5)


def test_arrivals_are_in_order_and_the_same_for_a_seed():
    heard = arrivals(exponential(2.0), 500, loss=0.1, seed=3)
    assert heard == sorted(heard) == arrivals(exponential(2.0), 500, loss=0.1, seed=3)
    assert 420 < len(heard) < 480
    assert [number for _, number in heard] != sorted(number for _, number in heard)
    assert heard != arrivals(exponential(2.0), 500, loss=0.1, seed=4)


@pytest.mark.parametrize("law", LAWS)
def test_each_law_has_its_mean(law):
    drawn = [LAWS[law](0.2)(n / 100_000) for n in range(100_000)]
    assert min(drawn) >= 0
    assert sum(drawn) / len(drawn) == pytest.approx(0.2, rel=0.03)


def test_patience_costs_time_and_spares_alarms():
    points = trade(HeartbeatDetector, exponential(0.3), [1.2, 1.6, 2.0, 3.0], runs=20)
    assert all(one.alarms > other.alarms for one, other in pairwise(points))
    assert all(one.detects < other.detects for one, other in pairwise(points))
    assert all(0 <= one.wrong <= 1 and one.detects <= one.worst for one in points)


def test_a_timeout_detects_after_itself_and_the_delay_less_half_an_interval():
    (point,) = trade(HeartbeatDetector, steady(0.2), [3.0], runs=100)
    assert point.alarms == 0
    assert point.detects == pytest.approx(3.0 + 0.2 - 0.5, abs=0.1)
    assert point.worst <= 3.2


@pytest.mark.parametrize("loss", [0.0, 0.1, 0.3, 0.5, 0.8])
def test_a_steady_network_that_loses_some_is_mistaken_for_the_share_that_is_due(loss):
    """From one arrival to the next are k seconds with a chance of (1 - loss) loss^(k - 1); above 1.2 s are mistakes."""
    (point,) = trade(HeartbeatDetector, steady(0.1), [1.2], loss=loss, beats=2000, runs=20)
    chances = [(k, (1 - loss) * loss ** (k - 1)) for k in range(1, 200)]
    too_long = sum(max(0, k - 1.2) * chance for k, chance in chances)
    assert point.wrong == pytest.approx(too_long * (1 - loss), rel=0.03)
    assert point.alarms == pytest.approx(1000 * loss, rel=0.05)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"loss": 1.0}, "loss .* not 1.0"),
        ({"loss": -0.1}, "not -0.1"),
        ({"beats": 0}, "beats .* not 0"),
        ({"runs": 0}, "runs"),
        ({"warm_up": -1}, "warm_up"),
        ({"interval": 0}, "interval"),
        ({"loss": 0.99, "beats": 1, "runs": 1}, "of 1 heartbeats none arrives with loss=0.99"),
    ],
)
def test_bad_arguments_of_the_trade_are_named(options, says):
    with pytest.raises(ValueError, match=says):
        trade(HeartbeatDetector, steady(0.1), [1.2], **options)


def test_phi_learns_how_regular_a_network_is():
    (calm,), (wild,) = (trade(PhiAccrualDetector, LAWS["exponential"](mean), [8.0]) for mean in (0.05, 0.5))
    assert calm.detects + 1 < wild.detects


def test_a_saw_rises_until_a_heartbeat_comes():
    phis = suspicion(PhiAccrualDetector(), [(1.0, 1), (2.0, 2)], [0.9, 1.9, 2.1, 3.5, 9.0])
    assert phis[1] > phis[2] < phis[3] < phis[4]


# Nodes


def opinions(trace, kind=Suspects | Trusts):
    reports = [event for event in trace.events if event.kind == "report" and isinstance(event.message, kind)]
    return [(event.time, event.node, type(event.message).__name__, event.message.member) for event in reports]


@pytest.mark.parametrize("phi", [None, 8.0])
def test_where_nothing_fails_nobody_is_suspected(phi):
    assert opinions(watching.scenario(3, phi=phi).run()) == []


def test_a_crash_is_seen_by_all_and_the_return_too():
    trace = watching.scenario(3, timeout=3.0).run([Crash("n1", at=5.5, until=12)])
    assert opinions(trace) == [
        (8.01, "n2", "Suspects", "n1"),
        (8.01, "n3", "Suspects", "n1"),
        (12.01, "n2", "Trusts", "n1"),
        (12.01, "n3", "Trusts", "n1"),
    ]


def test_phi_is_faster_where_heartbeats_are_regular():
    faults = [Crash("n1", at=30.5)]
    by_timeout, by_phi = (opinions(watching.scenario(2, phi=phi).run(faults))[0][0] for phi in (None, 8.0))
    assert 31.0 < by_phi < by_timeout


def test_a_link_that_is_cut_one_way_splits_opinions():
    trace = watching.scenario(2).run([Partition({"n1"}, {"n2"}, at=5.5, oneway=True)])
    assert [(node, member) for _, node, _, member in opinions(trace)] == [("n2", "n1")]


def test_a_node_that_slept_is_suspected_and_suspects_nobody_for_long():
    trace = watching.scenario(2).run([Pause("n1", at=5.5, until=20)])
    assert trace.nodes["n2"].suspected == trace.nodes["n1"].suspected == set()
    assert ("n2", "Suspects", "n1") in [opinion[1:] for opinion in opinions(trace)]


def test_heartbeats_of_an_earlier_life_count_for_nothing():
    # The sixth is on its way while n1 crashes and starts again, and then crashes for good.
    faults = [Delay("n1>n2#6", by=14.5), Crash("n1", at=5.5, until=7), Crash("n1", at=8.5)]
    told = opinions(watching.scenario(2).run(faults))
    assert told == [(11.01, "n2", "Suspects", "n1")]


def test_lost_heartbeats_raise_false_alarms_and_more_patience_fewer():
    network = Network(loss=0.3)
    few, many = (
        len(opinions(watching.scenario(3, timeout=timeout, network=network, until=300).run(), Suspects))
        for timeout in (5.0, 2.0)
    )
    assert few < many / 5


def test_a_clock_that_was_set_back_stops_no_watcher():
    trace = watching.scenario(2).run([ClockSkew("n1", offset=100.0, at=5, until=10), Crash("n2", at=30.5)])
    assert opinions(trace)[-1][1:] == ("n1", "Suspects", "n2")


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), crash=st.floats(5, 40))
def test_whoever_crashes_is_suspected_by_all_in_the_end(seed, crash):
    network = Network(latency=exponential(0.2), loss=0.2)
    trace = watching.scenario(3, phi=6.0, network=network, seed=seed, until=120).run([Crash("n2", at=crash)])
    assert all("n2" in trace.nodes[name].suspected for name in ("n1", "n3"))


def test_phi_never_learns_the_gaps_again_after_its_watcher_slept():
    # What was held back comes at once. From then on each heartbeat ends an outage, and an outage is not learnt.
    trace = watching.scenario(2, phi=8.0, until=1500).run([Pause("n1", at=10, until=600)])
    mine = [said for time, name, said, _ in opinions(trace) if name == "n1" and time > 601]
    assert len(mine) == pytest.approx(2 * 899, abs=4)
    assert not trace.nodes["n2"].suspected


def test_bad_arguments_of_a_group_are_named():
    with pytest.raises(ValueError, match="not 1"):
        watching.scenario(1)
    with pytest.raises(ValueError, match="timeout"):
        watching.scenario(timeout=0)
    with pytest.raises(ValueError, match="threshold"):
        watching.scenario(phi=0)
    with pytest.raises(ValueError, match="interval"):
        watching.scenario(interval=0)
