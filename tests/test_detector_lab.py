"""The detector lab without a browser: what it measures, what the picture shows, what each act does, what it refuses."""

from __future__ import annotations

import json
import math
import random
import re
from dataclasses import astuple
from itertools import pairwise
from typing import Any

import pytest

from course_lib.labs import DetectorLab
from course_lib.labs.detector_handles import PARTS
from course_lib.labs.detector_model import DetectorModel
from course_lib.labs.detector_setting import KINDS, Setting
from course_lib.labs.detector_streams import BEATS, RUNS, WARM_UP, Streams
from course_lib.labs.guard import Refused
from course_lib.pictures.detector import HIGH, WIDE
from course_lib.pictures.detector_curve import BOTTOM, LEAST, NONE, rate
from course_lib.pictures.detector_reading import read
from course_lib.replication.detector_trade import LAWS, Point, end_of_warm_up, trade, watch


def model(*detector: Any, **setting: Any) -> DetectorModel:
    return DetectorLab(*detector, **setting).model


# What is measured


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("detector", KINDS)
def test_the_points_are_those_of_trade(detector: str, law: str) -> None:
    setting = Setting(law=law, loss=0.05, mean=0.6, interval=0.5, seed=7).checked()
    thresholds = [0.6, 3.0, 9.0]
    fast = Streams(setting).points(detector, thresholds)
    slow = trade(setting.make(detector), LAWS[law](0.6), thresholds, interval=0.5, loss=0.05, seed=7)
    for one, other in zip(fast, slow, strict=True):
        assert astuple(one) == pytest.approx(astuple(other), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("detector", KINDS)
def test_the_code_measures_the_point_that_is_shown(detector: str) -> None:
    lab = DetectorLab(detector, 1.5, law="heavy-tailed", mean=0.4, loss=0.3, interval=2, seed=3)
    names: dict[str, Any] = {}
    exec(lab.code(), names)
    assert astuple(names["point"]) == pytest.approx(astuple(lab.point))
    assert lab.point.alarms > 0 and lab.point.threshold == 1.5


def test_one_point_of_a_curve_is_the_same_as_the_point_at_that_threshold() -> None:
    lab = DetectorLab()
    middle = lab.points()[9]
    lab.act("set_threshold", to=round(middle.threshold, 2))
    assert lab.point.detects == pytest.approx(middle.detects, abs=0.01)
    assert [point.threshold for point in lab.points()] == sorted(point.threshold for point in lab.points())
    assert lab.points("timeout")[0].alarms > lab.points("timeout")[-1].alarms


def test_a_higher_threshold_buys_fewer_alarms_with_time() -> None:
    lab = DetectorLab(threshold=2)
    before = lab.point
    lab.act("set_threshold", to=4)
    assert lab.point.alarms < before.alarms / 10 and lab.point.detects > before.detects + 0.5


def test_phi_promises_too_much_where_delays_are_not_normal() -> None:
    assert DetectorLab("phi normal", 3, law="exponential").point.alarms > 5
    assert DetectorLab("phi normal", 8, law="heavy-tailed").point.alarms > 1
    assert DetectorLab("phi normal", 3, law="normal").point.alarms == pytest.approx(1, abs=0.5)


def test_a_lost_heartbeat_is_never_learnt_by_a_phi_that_took_it_for_an_outage() -> None:
    lab = DetectorLab("phi normal", 3, law="steady", loss=0.05)
    assert lab.point.alarms == pytest.approx(50, rel=0.1)
    lab.act("set_detector", to="timeout")
    assert lab.point.alarms < 0.3


def test_the_exponential_law_is_patient() -> None:
    point = DetectorLab("phi exponential", 8, law="steady").point
    assert point.detects == pytest.approx(8 * math.log(10) - 0.5 + 0.3, abs=0.1) and point.alarms == 0


# A run as it is read


@pytest.mark.parametrize("detector", KINDS)
@pytest.mark.parametrize("threshold", [0.7, 1.2])
def test_a_reading_has_the_mistakes_that_the_measure_counts(detector: str, threshold: float) -> None:
    setting = Setting(detector, law="heavy-tailed", loss=0.1, mean=0.5).checked()
    seen = 0
    for heard, crash in Streams(setting).runs[:8]:
        one = setting.make(detector)(threshold)
        for time, number in heard[: end_of_warm_up(heard, WARM_UP)]:
            one.heartbeat(time, number)
        counted = watch(one, heard[end_of_warm_up(heard, WARM_UP) :], crash)
        reading = read(
            setting.make(detector)(threshold), heard, sent=250, interval=1.0, crash=crash, warm_up=WARM_UP
        )
        seen += counted.mistakes
        assert len(reading.alarms) == counted.mistakes
        assert sum(end - start for start, end in reading.alarms) == pytest.approx(counted.wrong)
        assert reading.detected - crash == pytest.approx(counted.detected)
        assert all(start >= crash for start, _ in reading.right) and reading.right[-1][1] == math.inf
    assert seen > 0


def test_a_reading_tells_lost_heartbeats_from_overtaken_ones() -> None:
    heard = [(0.5, 0), (2.2, 2), (2.6, 1), (4.1, 4)]
    reading = read(Setting().make("timeout")(1.5), heard, sent=5, interval=1.0, crash=4.7, warm_up=0)
    assert reading.lost == [3] and reading.overtaken == {1}
    assert [wait.end for wait in reading.waits] == [0.5, 2.2, 4.1, math.inf]
    assert reading.alarms == [(2.0, 2.2), (3.7, 4.1)] and reading.detected == 5.6
    assert reading.waits[1].level(2.0) == 1.5


def test_the_suspicion_is_at_its_threshold_where_the_deadline_is() -> None:
    for detector in KINDS:
        lab = model(detector, 3, law="uniform", mean=0.8)
        for wait in lab.strip.reading.waits[60:]:
            assert wait.level(wait.deadline) == pytest.approx(3, abs=1e-6)


# What the picture shows


def test_the_crash_and_its_detection_are_in_the_window() -> None:
    for detector in KINDS:
        for threshold in (0.5, 3, 12):
            lab = model(detector, threshold)
            start, end = lab.strip.window
            assert start < lab.strip.reading.crash <= lab.strip.reading.detected < end
            assert lab.picture().svg.count('class="crash"') == 1


def test_false_alarms_are_marked_and_counted_in_words() -> None:
    lab = model("phi normal", 1, law="exponential")
    lab.act("next_alarm")
    start, end = lab.strip.window
    shown = [alarm for alarm in lab.strip.reading.alarms if lab.strip.shows(*alarm)]
    assert len(shown) > 3 and start < lab.strip.reading.alarms[0][0] < end
    picture = lab.picture()
    assert picture.svg.count('class="mistake"') == len(shown)
    assert f"from {start:g} s to {end:g} s: {len(shown)} false alarms." in picture.text


def test_lost_heartbeats_are_crossed_out() -> None:
    lab = model(loss=0.3)
    start, end = lab.strip.window
    lost = [number for number in lab.strip.reading.lost if start <= number <= end]
    assert lab.picture().svg.count('class="lost"') == len(lost) > 3
    assert "30 % lost" in lab.picture().svg


def test_what_phi_promises_stands_beside_what_was_measured() -> None:
    lab = model("phi normal", 3)
    svg = lab.picture().svg
    row = svg.split('class="row" data-detector="phi normal"')[1].split("</g>")[0]
    assert re.findall(r">([^<]+)</text>", row) == [
        "phi normal",
        "phi 3",
        rate(lab.point.alarms),
        "1.0",
        f"{lab.point.detects:.2f} s",
        f"{lab.point.worst:.2f} s",
    ]
    assert svg.count('class="promise"') == 1
    assert 'class="promise"' not in model("timeout").picture().svg
    assert (
        f"{rate(lab.point.alarms)} false alarms per 1,000 heartbeats, where phi promises 1.0"
        in lab.picture().text
    )


def test_the_promise_is_a_tenth_for_each_phi_and_ends_at_the_axis() -> None:
    lab = model("phi normal", 2)
    curve = lab.chart.curve
    assert curve.promised(Point(2.0, 0, 0, 0, 0)) == pytest.approx(10)
    drawn = lab.chart.promise(curve)
    places = [tuple(map(float, place.split(" "))) for place in re.findall(r"[ML]([\d.]+ [\d.]+)", drawn)]
    assert places[-1][1] == pytest.approx(BOTTOM, abs=0.1)
    assert all(low <= high for (_, low), (_, high) in pairwise(places))
    last = max(point.detects for point in curve.points if curve.promised(point) >= LEAST)
    assert lab.chart.x(last) <= places[-1][0] < lab.chart.x(curve.points[-1].detects)


def test_alarms_are_read_off_a_logarithmic_axis() -> None:
    chart = model().chart
    ys = [chart.y(alarms) for alarms in (0, LEAST, 1, 10, 100)]
    assert ys[0] == NONE and ys[1] == BOTTOM
    assert ys[2] - ys[3] == pytest.approx(ys[3] - ys[4])


@pytest.mark.parametrize(
    "alarms, words",
    [(0, "none"), (0.1, "0.1"), (12.34, "12.3"), (1000.0, "1,000"), (1e-5, "1e-5"), (3.2e-4, "3e-4")],
)
def test_rates_are_in_few_digits(alarms: float, words: str) -> None:
    assert rate(alarms) == words


def test_all_that_is_drawn_stands_in_the_picture() -> None:
    for setting in (
        {"detector": "timeout", "threshold": 100},
        {"detector": "timeout", "threshold": 0.05, "law": "heavy-tailed", "mean": 5},
        {"detector": "phi exponential", "threshold": 12, "loss": 0.5, "interval": 0.1},
        {"detector": "phi normal", "threshold": 0.5, "interval": 10, "mean": 5},
    ):
        lab = DetectorLab(**setting)  # type: ignore[arg-type]
        svg = lab.frame["svg"]
        xs = [float(x) for x in re.findall(r' c?x="(-?[\d.]+)"', svg)]
        ys = [float(y) for y in re.findall(r' c?y="(-?[\d.]+)"', svg)]
        assert min(xs) >= 0 and max(xs) <= WIDE and min(ys) >= 0 and max(ys) <= HIGH
        assert "nan" not in svg and "inf" not in svg.replace("infinite", "")
        json.dumps(lab.frame, allow_nan=False)


def test_the_twin_is_an_image_and_the_live_picture_has_handles() -> None:
    lab = DetectorLab()
    assert "data-handle" not in lab.picture.svg and 'role="img"' in lab.picture.svg
    live = lab.frame["svg"]
    assert [live.count(f'data-handle="{part}"') for part in PARTS] == [1, 1]
    assert 'aria-valuetext="phi 8"' in live and 'role="img"' not in live


def test_the_same_lab_is_the_same_picture() -> None:
    assert DetectorLab().frame == DetectorLab().frame
    assert DetectorLab(seed=2).picture.svg != DetectorLab().picture.svg


# Acts


def test_acts_change_the_setting_and_say_what_is_other() -> None:
    lab = model()
    for do, to, words in (
        ("set_threshold", 3, "Phi normal at phi 3. "),
        ("set_detector", "timeout", "Timeout at 3 s. "),
        ("set_threshold", 2.5, "Timeout at 2.5 s. "),
        ("set_law", "normal", "Normal delays of 0.3 s. "),
        ("set_mean", 0.5, "Normal delays of 0.5 s. "),
        ("set_loss", 0.02, "2 % lost. "),
        ("set_interval", 0.5, "A heartbeat every 0.5 s. "),
        ("set_seed", 9, "Seed 9. "),
    ):
        lab.act(do, to=to)
        assert lab.status.startswith(words), lab.status
        assert lab.status.endswith(f"a crash is detected in {lab.point.detects:.2f} s.")
    assert lab.setting == Setting("timeout", (2.5, 3.0, 8.0), "normal", 0.5, 0.02, 0.5, 9)


def test_each_detector_keeps_its_threshold() -> None:
    lab = model(threshold=3)
    lab.act("set_detector", to="timeout")
    lab.act("set_threshold", to=4)
    lab.act("set_detector", to="phi normal")
    assert lab.setting.threshold == 3
    lab.act("set_detector", to="timeout")
    assert lab.setting.threshold == 4


def test_other_heartbeats_are_measured_anew_and_another_threshold_is_not() -> None:
    lab = model()
    streams = lab.streams
    lab.act("set_threshold", to=3)
    lab.act("set_detector", to="timeout")
    assert lab.streams is streams
    lab.act("set_mean", to=0.5)
    assert lab.streams is not streams and lab.curves["timeout"] == lab.streams.points(
        "timeout", lab.setting.curve("timeout")
    )


def test_the_line_is_dragged_to_a_suspicion_and_the_picture_keeps_still() -> None:
    lab = model("phi exponential", 8)
    window = lab.strip.window
    lab.act("drag", part="line", to=2.345)
    assert lab.setting.threshold == 2.35 or lab.setting.threshold == 2.34
    assert lab.strip.window == window
    lab.act("drop")
    assert lab.strip.window != window
    for to, threshold in ((-7, 0.5), (99, 12)):
        lab.act("drag", part="line", to=to)
        assert lab.setting.threshold == threshold


@pytest.mark.parametrize("detector", KINDS)
def test_the_point_is_dragged_to_a_time_to_detect(detector: str) -> None:
    lab = model(detector)
    points = lab.chart.curve.points
    for point in (points[4], points[9], points[13]):
        lab.act("drag", part="point", to=point.detects)
        assert lab.point.detects == pytest.approx(point.detects, rel=0.05, abs=0.02)
    lab.act("drag", part="point", to=1e9)
    assert lab.setting.threshold == pytest.approx(points[-1].threshold)


def test_a_timeout_beyond_the_curve_is_dragged_from_where_it_is() -> None:
    lab = model("timeout", 40)
    lab.act("drag", part="point", to=lab.point.detects - 1)
    assert lab.setting.threshold == pytest.approx(39, abs=0.5)


def test_all_drags_and_slides_until_the_next_act_are_one_change_to_undo() -> None:
    lab = model()
    for to in (7, 6, 5):
        lab.act("drag", part="line", to=to)
    lab.act("drop")
    lab.act("drag", part="line", to=4)
    for to in (0.4, 0.5):
        lab.act("set_mean", to=to)
    for to in (0.1, 0.2):
        lab.act("set_loss", to=to)
    assert [(s.threshold, s.mean, s.loss) for s in lab.past] == [
        (8, 0.3, 0),
        (5, 0.3, 0),
        (4, 0.3, 0),
        (4, 0.5, 0),
    ]
    for _ in range(4):
        lab.act("undo")
    assert lab.setting == lab.given and not lab.past


def test_keys_move_the_threshold_as_far_as_it_goes() -> None:
    lab = model(threshold=11.5)
    lab.act("nudge", by=0.1)
    assert lab.setting.threshold == 11.6
    lab.act("nudge", by=1)
    assert lab.setting.threshold == 12
    with pytest.raises(Refused, match="cannot go further"):
        lab.act("nudge", by=0.1)


def test_false_alarms_are_visited_one_after_the_other_through_all_runs() -> None:
    lab = model(threshold=4)
    seen = []
    expected = round(lab.point.alarms * lab.streams.beats / 1000)
    for _ in range(expected + 1):
        lab.act("next_alarm")
        seen.append((lab.run, lab.at))
    assert len(set(seen)) == expected > 5 and seen[-1] == seen[0]
    assert seen[:-1] == sorted(seen[:-1], key=lambda it: it[0])
    assert lab.status == f"Run {lab.run + 1}: suspected at {lab.at:.2f} s, though it lives."


def test_where_there_is_no_false_alarm_that_is_said() -> None:
    lab = model("timeout", 20)
    with pytest.raises(Refused, match=f"no false alarm in {RUNS * BEATS:,} heartbeats"):
        lab.act("next_alarm")


def test_crashes_are_visited_run_by_run() -> None:
    lab = model(threshold=2)
    lab.act("next_alarm")
    lab.act("show_crash")
    assert (lab.run, lab.at) == (0, None)
    lab.act("show_crash")
    assert lab.run == 1 and lab.status.startswith("Run 2: detected ")
    assert not lab.past


def test_a_reader_who_looks_at_a_run_goes_on_looking_at_it() -> None:
    lab = model(threshold=2)
    lab.act("next_alarm")
    at = lab.at
    lab.act("set_threshold", to=9)
    assert lab.at == at and lab.strip.window[0] < at < lab.strip.window[1]  # type: ignore[operator]


def test_reset_goes_back_to_the_first_setting_and_can_be_undone() -> None:
    lab = model("timeout", 5)
    lab.act("set_law", to="steady")
    lab.act("reset")
    assert lab.setting == lab.given
    lab.act("undo")
    assert lab.setting.law == "steady"
    assert lab.status.startswith("Undone: steady delays of 0.3 s. ")


# What it refuses


@pytest.mark.parametrize(
    "setting, words",
    [
        ({"detector": "oracle"}, "The detector is 'timeout', 'phi normal', 'phi exponential', not 'oracle'"),
        ({"detector": []}, r"not \[\]"),
        ({"threshold": 0}, "The threshold of phi normal is a number of phi from 0.5 to 12, not 0"),
        ({"threshold": "8"}, "not '8'"),
        ({"threshold": math.nan}, "not nan"),
        (
            {"detector": "timeout", "threshold": 101},
            "The threshold of timeout is a number of seconds from 0.05 to 100",
        ),
        ({"law": "murphy"}, "The law of delays is 'steady', .* not 'murphy'"),
        ({"mean": 0}, "The mean delay is a number of seconds from 0.01 to 5, not 0"),
        ({"mean": True}, "not True"),
        ({"loss": 0.6}, "The share that is lost is a number from 0 to 0.5, not 0.6"),
        ({"interval": -1}, "The interval is a number of seconds from 0.1 to 10, not -1"),
        ({"seed": 1.5}, "The seed: a whole number from 0"),
    ],
)
def test_what_the_lab_cannot_play_is_refused_with_its_reason(setting: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        DetectorLab(**setting)


@pytest.mark.parametrize(
    "do, arguments, words",
    [
        ("set_detector", {"to": "oracle"}, "not 'oracle'"),
        ("set_threshold", {"to": None}, "not None"),
        ("set_threshold", {"to": 13}, "not 13"),
        ("set_law", {"to": 3}, "not 3"),
        ("set_mean", {"to": "far"}, "not 'far'"),
        ("drag", {"part": "curve", "to": 3}, "One can move 'line' and 'point', not 'curve'"),
        ("drag", {"part": "line", "to": None}, "It moves to a number, not None"),
        ("drag", {"part": "point", "to": math.inf}, "not inf"),
        ("nudge", {"by": "up"}, "not by 'up'"),
        ("undo", {}, "nothing to undo"),
        ("reset", {}, "as it was first"),
        ("fly", {}, "'fly' is nothing that one can do here"),
        ("drag", {}, "missing 2 required positional arguments"),
    ],
)
def test_an_act_that_cannot_be_done_is_refused_and_nothing_changes(
    do: str, arguments: dict[str, Any], words: str
) -> None:
    lab = model()
    before = lab.setting, lab.picture().svg, lab.status
    with pytest.raises(Refused, match=words):
        lab.act(do, **arguments)
    assert (lab.setting, lab.picture().svg, lab.status) == before and not lab.past


def test_points_of_an_unknown_detector_are_refused() -> None:
    with pytest.raises(ValueError, match="not 'oracle'"):
        DetectorLab().points("oracle")


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_reader_does_the_lab_answers_in_json_and_can_go_back(seed: int) -> None:
    rng = random.Random(seed)
    lab = DetectorLab()
    for number in range(60):
        place = round(rng.uniform(-1, 14), 2)
        do, arguments = rng.choice(
            [
                ("set_detector", {"to": rng.choice([*KINDS, "none"])}),
                ("set_threshold", {"to": rng.choice([place, None, "x"])}),
                ("set_law", {"to": rng.choice([*LAWS])}),
                ("set_mean", {"to": place / 3}),
                ("set_loss", {"to": place / 20}),
                ("set_interval", {"to": rng.choice([0.1, 1, 10, place])}),
                ("drag", {"part": rng.choice(PARTS), "to": place}),
                ("drop", {}),
                ("nudge", {"by": rng.choice([-1, -0.1, 0.1, 1])}),
                ("next_alarm", {}),
                ("show_crash", {}),
                ("undo", {}),
                ("reset", {}),
            ]
        )
        lab._on_act(lab, {"number": number, "do": do, "with": arguments}, [])
        assert lab.frame["number"] == number
        assert "Error" not in lab.frame["status"]
        json.dumps(lab.frame, allow_nan=False)
    while lab.model.past:
        lab.act("undo")
    assert lab.model.setting == Setting().checked()


def test_a_lab_says_what_it_shows() -> None:
    lab = DetectorLab("timeout", 3)
    assert repr(lab) == f"<DetectorLab: No false alarm; a crash is detected in {lab.point.detects:.2f} s.>"
    assert lab.picture.text.startswith("timeout at 3 s: no false alarm; a crash is detected in ")
