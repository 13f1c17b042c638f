"""The balancer lab without a browser: what each act does to both runs, what the picture shows, what it refuses."""

from __future__ import annotations

import json
import math
import random
import re
from typing import Any

import numpy as np
import pytest

from course_lib.balancing import (
    Backend,
    LeastRequest,
    PowerOfTwoChoices,
    RandomChoice,
    RoundRobin,
    exponential,
    simulate,
)
from course_lib.balancing import theory as T
from course_lib.labs import BalancerLab
from course_lib.labs.balancer_model import BalancerModel
from course_lib.labs.balancer_policies import COURSE
from course_lib.labs.balancer_setting import TROUBLES, WORKS
from course_lib.labs.guard import Refused
from course_lib.pictures.balancer import BASE, CAP, CELL, balancer_picture
from course_lib.pictures.balancer_reading import CHECKS, SAMPLES, Side, check

SHORT: dict[str, Any] = {"requests": 1000}


def model(**setting: Any) -> BalancerModel:
    return BalancerLab(**{**SHORT, **setting}).model


def p99s(lab: BalancerLab) -> tuple[float, float]:
    left, right = lab.reports
    return left.latency(0.99), right.latency(0.99)


# Both runs


def test_both_policies_get_the_same_requests_and_the_numbers_are_those_of_simulate() -> None:
    lab = BalancerLab("random", "two choices", servers=5, load=0.7, seed=3, requests=4000)
    left, right = lab.reports
    assert (left.times == right.times).all()
    for report, policy in ((left, RandomChoice()), (right, PowerOfTwoChoices())):
        direct = simulate(policy, servers=5, rate=3.5, requests=4000, service=exponential(), seed=3)
        assert (report.times == direct.times).all() and (report.chosen == direct.chosen).all()
        assert report.latencies == pytest.approx(direct.latencies)


def test_a_slow_server_ruins_round_robin_and_not_least_request() -> None:
    lab = BalancerLab("round robin", "least request", load=0.7)
    before = p99s(lab)
    lab.act("toggle", server="C")
    after = p99s(lab)
    assert after[0] > 20 * before[0] and after[1] < 2 * before[1]
    assert lab.model.status.startswith("C: half speed. p99: round robin ")
    lab.act("toggle", server="C")
    assert p99s(lab) == before and lab.model.status.startswith("No server in trouble. ")


def test_old_load_information_ruins_least_request_and_not_two_choices() -> None:
    lab = BalancerLab("least request", "two choices", load=0.9, servers=16)
    lab.act("set_refresh", to=10)
    left, right = p99s(lab)
    assert left > 3 * right
    assert lab.model.status.startswith("Load information every 10. ")


def test_a_server_that_fails_at_once_attracts_requests() -> None:
    lab = BalancerLab("least request", "random", troubled="B", trouble="fails at once")
    left, right = (report.errors for report in lab.reports)
    assert left > 1.5 * right and right == pytest.approx(1 / 8, abs=0.01)
    assert f"Failed: least request {left:.0%}, random {right:.0%}.".replace("%", " %") in lab.model.status


def test_more_than_the_servers_can_do_is_said() -> None:
    lab = model(load=0.95, troubled=["A", "B"], trouble="a tenth of the speed")
    assert lab.status.startswith("7.6 requests come in a unit of time, and the servers can do 6.2. ")
    assert "can do" not in model(load=0.95).status
    assert "the servers can do 8" in model(load=1.0).status


@pytest.mark.parametrize("work", WORKS)
def test_all_laws_of_work_have_mean_one_so_that_the_load_is_what_it_says(work: str) -> None:
    lab = BalancerLab("random", "least request", work=work, load=0.6, requests=40_000, servers=4)
    assert WORKS[work][0].mean == pytest.approx(1)
    assert lab.reports[1].utilisation == pytest.approx(0.6, rel=0.08)


# Theory


def test_theory_stands_beside_what_it_speaks_of() -> None:
    setting = model(load=0.9).setting
    random_, robin, two = (setting.theory(name) for name in ("random", "round robin", "two choices"))
    assert (
        random_
        and random_.quantile(0.99) == pytest.approx(46.05, abs=0.01)
        and random_.mean == pytest.approx(10)
    )
    assert robin and robin.mean == T.round_robin_mean(0.9, 8) and robin.quantile(0.5) < random_.quantile(0.5)
    assert two and two.mean == pytest.approx(2.61, abs=0.01)
    assert setting.theory("least request") is None and setting.theory("peak EWMA") is None
    assert setting.bound() == T.one_queue_mean(0.9, 8)


@pytest.mark.parametrize(
    "setting",
    [{"troubled": "A"}, {"work": "constant"}, {"load": 1.0}, {"load": 1.1}],
)
def test_theory_is_silent_where_it_does_not_apply(setting: dict[str, Any]) -> None:
    lab = model(**setting)
    assert lab.setting.theory("random") is None and lab.setting.bound() is None
    assert "theory M" not in lab.picture().svg and "at best" not in lab.picture().svg


def test_old_information_is_nothing_to_policies_that_do_not_ask() -> None:
    setting = model(refresh=5).setting
    assert (
        setting.theory("random") and setting.theory("round robin") and setting.theory("two choices") is None
    )


@pytest.mark.parametrize("left, load", [("random", 0.6), ("round robin", 0.8), ("two choices", 0.8)])
def test_a_long_run_comes_near_to_its_theory(left: str, load: float) -> None:
    lab = BalancerLab(left, "least request", servers=16, load=load, requests=100_000)
    law = lab.model.sides[0].theory
    assert law and lab.reports[0].mean == pytest.approx(law.mean, rel=0.06)
    assert lab.reports[0].latency(0.99) == pytest.approx(law.quantile(0.99), rel=0.1)
    bound = lab.model.setting.bound()
    assert bound and lab.reports[1].mean > bound


# What the picture shows


def queues(svg: str, place: int) -> list[int]:
    """The numbers above the columns of a side."""
    panel = svg.split(f'data-side="{place}"')[1].split("data-side")[0]
    return [int(number or 0) for number in re.findall(r'data-count="\d+"(?:>(\d+)<|/)', panel)]


@pytest.mark.parametrize("sample", [0, 1, 777, SAMPLES - 1])
def test_the_queues_are_those_of_the_moment(sample: int) -> None:
    lab = model(load=0.95, troubled="B", trouble="a quarter of the speed")
    svg = lab.picture(sample).svg
    for place, side in enumerate(lab.sides):
        whole, time = side.whole, side.moments[sample]
        here = (whole.times <= time) & (whole.times + whole.latencies > time)
        expected = [int((here & (whole.chosen == index)).sum()) for index in range(8)]
        assert queues(svg, place) == expected == side.queues[:, sample].tolist()
    assert sample == 0 or max(queues(svg, 0)) > CAP or sample == 1


def test_a_queue_is_drawn_up_to_where_there_is_room() -> None:
    lab = model(load=1.2, troubled="A", trouble="a tenth of the speed")
    svg = lab.picture().svg
    heights = [float(found) for found in re.findall(r'class="waiting"[^>]*? height="([\d.]+)"', svg)]
    tops = [float(found) for found in re.findall(r'class="waiting" y="([\d.]+)"', svg)]
    assert max(heights) == (CAP - 1) * CELL and min(tops) == BASE - CAP * CELL


def test_what_the_browser_gets_is_what_the_queues_are() -> None:
    lab = BalancerLab(load=1.2, troubled="A", trouble="a tenth of the speed", **SHORT)
    for side, sent in zip(lab.model.sides, lab.frame["sides"], strict=True):
        read = np.array([[ord(letter) - ord("0") for letter in text] for text in sent["queues"]])
        assert (read == side.queues).all() and read.shape == (8, SAMPLES)
        assert len(sent["so_far"]) == CHECKS + 1


def test_percentiles_so_far_are_of_what_has_been_answered() -> None:
    side = model(requests=5000).sides[0]
    report = side.report
    ends = report.times + report.latencies
    assert side.so_far[0] == side.so_far[9] == "warming up"
    for at in (15, 50, CHECKS):
        answered = np.sort(report.latencies[ends <= side.end * at / CHECKS])
        p50, p99 = (answered[math.ceil(q * len(answered)) - 1] for q in (0.5, 0.99))
        assert side.so_far[at] == f"answered so far: p50 {p50:.1f}, p99 {p99:.1f}"
    assert check(0) == 0 and check(SAMPLES - 1) == CHECKS and check(SAMPLES - 2) == CHECKS - 1


def test_the_warm_up_is_left_out_of_numbers_and_shown_so() -> None:
    lab = model()
    side = lab.sides[0]
    assert len(side.whole.times) == 1000 and len(side.report.times) == 900
    assert side.began == side.whole.times[100] and "left out" in lab.picture().svg


def test_servers_in_trouble_are_marked_and_others_not() -> None:
    svg = model(troubled="BD", trouble="half speed").picture().svg
    assert svg.count("<title>server B: ½</title>") == svg.count("<title>server D: ½</title>") == 2
    assert svg.count("<title>server A</title>") == 2


def test_the_still_picture_says_what_was_set_and_what_came_of_it() -> None:
    lab = BalancerLab(load=0.55, refresh=2, troubled="A", **SHORT)
    assert (
        "1,000 requests of exponential work, load 55 %; load information every 2; A: half speed"
        in lab.picture.svg
    )
    left, right = lab.reports
    assert lab.picture.text == (
        f"1,000 requests to 8 servers. random: mean latency {left.mean:.1f}, p50 {left.latency(0.5):.1f}, "
        f"p99 {left.latency(0.99):.1f}. two choices: mean latency {right.mean:.1f}, "
        f"p50 {right.latency(0.5):.1f}, p99 {right.latency(0.99):.1f}."
    )
    assert 'role="img"' in lab.picture.svg


def test_the_same_lab_is_the_same_picture() -> None:
    assert BalancerLab(**SHORT).frame == BalancerLab(**SHORT).frame
    assert BalancerLab(seed=2, **SHORT).picture.svg != BalancerLab(**SHORT).picture.svg


def test_where_all_requests_fail_there_is_a_picture_all_the_same() -> None:
    lab = BalancerLab(servers=2, troubled="AB", trouble="fails at once", **SHORT)
    assert "mean latency –, p50 –, p99 –, 100 % failed" in lab.picture.text
    assert "the servers can do 0" in lab.model.status
    json.dumps(lab.frame, allow_nan=False)


def test_a_picture_of_runs_that_cannot_be_compared_is_refused() -> None:
    def side(**more: Any) -> Side:
        given = {"servers": 2, "rate": 1.0, "requests": 500, "warmup": 0, **more}
        return Side("robin", simulate(RoundRobin(), **given))

    assert balancer_picture([side()]).text.startswith("500 requests to 2 servers. robin: ")
    with pytest.raises(ValueError, match="one policy or two beside each other, not 3"):
        balancer_picture([side()] * 3)
    with pytest.raises(ValueError, match="robin got other requests than robin: simulate both with one seed"):
        balancer_picture([side(), side(seed=1)])
    with pytest.raises(ValueError, match="robin has 3 servers, robin 2"):
        balancer_picture([side(), side(servers=3)])
    with pytest.raises(ValueError, match="up to 16 servers can be told apart; here are 17"):
        balancer_picture([side(servers=17)])
    with pytest.raises(ValueError, match="sample is a moment from 0 to 1999, not 2000"):
        balancer_picture([side()], sample=2000)


@pytest.mark.parametrize("left", COURSE)
@pytest.mark.parametrize("right", COURSE)
def test_names_at_the_curves_stand_apart_and_within_the_picture(left: str, right: str) -> None:
    svg = model(left=left, right=right).picture().svg
    curves = svg.split('class="curves"')[0].rsplit("<g", 1)[0] + svg.split('class="curves"')[1]
    places = [float(y) for y in re.findall(r'<text x="494" y="([\d.]+)"', curves)]
    assert len(places) == 2 and abs(places[0] - places[1]) >= 14.9
    assert all(362 < y < 545 for y in places)


# Acts


def test_acts_change_the_setting_and_say_what_is_other() -> None:
    lab = model()
    for do, to, words in (
        ("set_left", "round robin", "Round robin beside two choices. "),
        ("set_right", "peak EWMA", "Round robin beside peak EWMA. "),
        ("set_servers", 3, "3 servers. "),
        ("set_load", 0.5, "Load 50 %. "),
        ("set_work", "bimodal", "Bimodal work. "),
        ("set_requests", 2000, "2,000 requests. "),
        ("set_seed", 9, "Seed 9. "),
        ("set_refresh", 2.5, "Load information every 2.5. "),
        ("set_refresh", 0, "Fresh load information. "),
    ):
        lab.act(do, to=to)
        assert lab.status.startswith(words + "p99: "), lab.status
    s = lab.setting
    assert (s.left, s.right, s.servers, s.load, s.work, s.requests, s.seed) == (
        "round robin", "peak EWMA", 3, 0.5, "bimodal", 2000, 9,
    )  # fmt: skip


def test_what_is_wrong_with_servers_in_trouble_can_change() -> None:
    lab = model(left="random", troubled="A")
    for trouble in TROUBLES:
        lab.act("set_trouble", to=trouble)
        assert lab.setting.backends()[0] != Backend() and lab.setting.backends()[1:] == [Backend()] * 7
    assert lab.sides[0].report.errors > 0


def test_with_fewer_servers_those_in_trouble_who_stay_stay_in_trouble() -> None:
    lab = model(troubled="BH")
    lab.act("set_servers", to=4)
    assert lab.setting.troubled == ("B",)
    lab.act("undo")
    assert lab.setting.troubled == ("B", "H")


def test_a_run_that_is_on_show_is_not_run_again() -> None:
    lab = model()
    left, right = lab.sides
    lab.act("set_left", to="two choices")
    assert lab.sides[0] is right and lab.sides[1] is right
    lab.act("undo")
    assert lab.sides[1] is right and lab.sides[0].whole.latencies.tolist() == left.whole.latencies.tolist()


def test_all_slides_of_the_load_are_one_change_to_undo() -> None:
    lab = model()
    for to in (0.6, 0.65, 0.7):
        lab.act("set_load", to=to)
    lab.act("set_seed", to=2)
    lab.act("set_load", to=0.9)
    assert [setting.load for setting in lab.past] == [0.8, 0.7, 0.7]
    lab.act("undo")
    lab.act("undo")
    lab.act("undo")
    assert lab.setting == lab.given and not lab.past


def test_a_slide_that_moves_nothing_is_no_change() -> None:
    lab = model()
    lab.act("set_load", to=0.8)
    assert not lab.past
    lab.act("set_load", to=0.7)
    assert len(lab.past) == 1


def test_reset_goes_back_to_the_first_setting_and_can_be_undone() -> None:
    lab = model(load=0.5)
    lab.act("set_load", to=0.6)
    lab.act("toggle", server="D")
    lab.act("reset")
    assert lab.setting == lab.given
    lab.act("undo")
    assert lab.setting.load == 0.6 and lab.setting.troubled == ("D",)
    assert lab.status.startswith("Undone: load 60 %, D: half speed. p99: ")


@pytest.mark.parametrize(
    "setting, words",
    [
        ({"left": "best"}, "A policy is 'random', 'round robin', .* not 'best'"),
        ({"right": 7}, r"or a class with choose\(servers, request\), not 7"),
        ({"right": RandomChoice()}, "or a class with choose"),
        ({"servers": 0}, "Servers: a whole number from 1 to 16, not 0"),
        ({"servers": 17}, "not 17"),
        ({"servers": 2.0}, "not 2.0"),
        ({"load": 0}, "The load is a number from 0.05 to 1.2, not 0"),
        ({"load": 90}, "not 90"),
        ({"load": math.nan}, "not nan"),
        ({"load": "high"}, "not 'high'"),
        ({"load": True}, "not True"),
        ({"troubled": "Z"}, "Servers in trouble are some of A, B, .* not .'Z'"),
        ({"troubled": 3}, "not 3"),
        ({"troubled": [["A"]]}, "some of A"),
        ({"trouble": "on fire"}, "The trouble is 'half speed', .* not 'on fire'"),
        ({"refresh": -1}, "The age of load information is a number from 0 to 100, not -1"),
        ({"work": "hard"}, "The work is 'exponential', .* not 'hard'"),
        ({"work": []}, r"not \[\]"),
        ({"requests": 10}, "Requests: a whole number from 1,000 to 200,000, not 10"),
        ({"seed": -1}, "The seed: a whole number from 0"),
    ],
)
def test_what_the_lab_cannot_play_is_refused_with_its_reason(setting: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        BalancerLab(**setting)


@pytest.mark.parametrize(
    "do, arguments, words",
    [
        ("set_left", {"to": "best"}, "not 'best'"),
        ("set_load", {"to": None}, "not None"),
        ("set_servers", {"to": None}, "Servers: a whole number from 1 to 16, not None"),
        ("set_servers", {"to": 99}, "not 99"),
        ("toggle", {"server": "Z"}, "some of A, B"),
        ("toggle", {"server": None}, "some of A, B"),
        ("set_seed", {"to": 1.5}, "not 1.5"),
        ("undo", {}, "nothing to undo"),
        ("reset", {}, "as it was first"),
        ("fly", {}, "'fly' is nothing that one can do here"),
        ("set_load", {}, "missing 1 required positional argument"),
    ],
)
def test_an_act_that_cannot_be_done_is_refused_and_nothing_changes(
    do: str, arguments: dict[str, Any], words: str
) -> None:
    lab = model()
    before = lab.setting, lab.sides, lab.status
    with pytest.raises(Refused, match=words):
        lab.act(do, **arguments)
    assert (lab.setting, lab.sides, lab.status) == before and not lab.past


# A learner's policy


class First:
    """Everything to the first server."""

    def choose(self, servers: Any, request: Any) -> int:
        return 0


class Wild:
    def choose(self, servers: Any, request: Any) -> int:
        return len(servers)


class Broken:
    def choose(self, servers: Any, request: Any) -> int:
        return servers[0].load  # type: ignore[no-any-return]


class Endless:
    def choose(self, servers: Any, request: Any) -> int:
        while True:
            pass


class Mute:
    pass


def two() -> Any:
    return PowerOfTwoChoices(seed=5)


def test_a_learners_class_or_function_plays() -> None:
    lab = BalancerLab(First, two, load=0.1, **SHORT)
    assert set(lab.reports[0].chosen) == {0} and len(set(lab.reports[1].chosen)) == 8
    assert lab.frame["policies"][-2:] == ["First", "two"]
    lab.act("set_left", to="random")
    lab.act("set_right", to="First")
    assert set(lab.reports[1].chosen) == {0}


def test_a_class_of_the_course_has_the_course_s_name() -> None:
    lab = BalancerLab(LeastRequest, RoundRobin, **SHORT)
    assert (lab.frame["left"], lab.frame["right"]) == ("least request", "round robin")
    assert lab.frame["policies"] == list(COURSE)


def test_policies_are_told_apart_by_their_names() -> None:
    assert BalancerLab(First, First, **SHORT).frame["policies"][-1] == "First"
    other = type("First", (First,), {})
    with pytest.raises(Refused, match="Two policies are called 'First': give one of them another name"):
        BalancerLab(First, other, **SHORT)
    with pytest.raises(Refused, match="Two policies are called 'random'"):
        BalancerLab("random", type("random", (First,), {}), **SHORT)
    with pytest.raises(Refused, match="A lambda has no name: write def my_policy"):
        BalancerLab("random", lambda: First(), **SHORT)


@pytest.mark.parametrize(
    "policy, words",
    [
        (
            Wild,
            r"A run with Wild\(\) raised IndexError: choose returned 8: it is a place in servers, from 0 to 7",
        ),
        (Broken, r"A run with Broken\(\) raised AttributeError: .*'load' \(line \d+\)"),
        (Mute, r"it has no method choose\(servers, request\)"),
    ],
)
def test_a_learners_policy_that_fails_is_told_in_a_sentence(policy: Any, words: str) -> None:
    with pytest.raises(Refused, match=words):
        BalancerLab("random", policy, **SHORT)


def test_a_learners_policy_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course_lib.labs.balancer_policies.SECONDS", 0.3)
    with pytest.raises(Refused, match="does not end, or is too slow for the lab"):
        BalancerLab(Endless, **SHORT)


def test_a_policy_that_fails_only_later_leaves_the_lab_as_it_was() -> None:
    class Picky(First):
        def choose(self, servers: Any, request: Any) -> int:
            return 0 if len(servers) == 8 else 99

    lab = BalancerLab(Picky, "random", load=0.1, **SHORT)
    lab._on_act(lab, {"number": 1, "do": "set_servers", "with": {"to": 3}}, [])
    assert lab.frame["problem"] and "choose returned 99" in lab.frame["status"]
    assert len(lab.frame["servers"]) == 8 and not lab.model.past


# Code, and everything at once


@pytest.mark.parametrize(
    "setting",
    [
        {},
        {
            "left": "round robin",
            "right": "peak EWMA",
            "troubled": "AC",
            "trouble": "fails at once",
            "seed": 4,
        },
        {"left": "least request", "right": "least request", "work": "bimodal", "refresh": 2.5, "load": 0.85},
        {"left": First, "work": "heavy-tailed", "troubled": "B", "load": 0.1},
        {"work": "constant", "servers": 1},
    ],
)
def test_the_code_makes_the_same_runs(setting: dict[str, Any]) -> None:
    lab = BalancerLab(**setting, **SHORT)
    names: dict[str, Any] = {"First": First}
    exec(lab.code(), names)
    for report, shown in zip(names["reports"], lab.reports, strict=True):
        assert (report.chosen == shown.chosen).all() and report.latencies == pytest.approx(shown.latencies)
        assert (report.failed == shown.failed).all()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_a_reader_does_the_lab_answers_in_json_and_can_go_back(seed: int) -> None:
    rng = random.Random(seed)
    lab = BalancerLab(**SHORT)
    for number in range(40):
        do, to = rng.choice(
            [
                ("set_left", rng.choice([*COURSE, "none"])),
                ("set_right", rng.choice([*COURSE])),
                ("set_servers", rng.choice([1, 2, 5, 16, 17, None])),
                ("set_load", round(rng.uniform(-0.2, 1.4), 2)),
                ("toggle", rng.choice("ABCHP")),
                ("set_trouble", rng.choice([*TROUBLES, ""])),
                ("set_refresh", rng.choice([0, 1, 20, "x"])),
                ("set_work", rng.choice([*WORKS])),
                ("set_requests", rng.choice([1000, 1500, 3.5])),
                ("set_seed", rng.randrange(-2, 9)),
                ("undo", None),
                ("reset", None),
            ]
        )
        arguments = (
            {} if to is None and do in ("undo", "reset") else {"server" if do == "toggle" else "to": to}
        )
        lab._on_act(lab, {"number": number, "do": do, "with": arguments}, [])
        assert lab.frame["number"] == number
        assert "Error" not in lab.frame["status"]
        json.dumps(lab.frame, allow_nan=False)
        assert "nan" not in lab.frame["svg"] and lab.frame["left"] == lab.model.sides[0].name
    while lab.model.past:
        lab.act("undo")
    assert lab.model.setting == lab.model.given


def test_a_lab_says_what_it_shows() -> None:
    lab = BalancerLab(**SHORT)
    left, right = p99s(lab)
    assert repr(lab) == f"<BalancerLab: p99: random {left:.1f} and two choices {right:.1f}.>"
