"""The clients' view: what is read from a run, and that all of it is drawn."""

import re
from xml.etree import ElementTree

import pytest

from course_lib.pictures import service_picture
from course_lib.pictures.service import LEFT, RIGHT, WIDE, Canvas, counted, latency
from course_lib.replication import supervising
from course_lib.replication.service import Service, from_trace
from course_lib.sim import Client, Node, Reply, Scenario, calls

ANSWERS = ((0.1, 0.01), (0.2, 0.02), (1.5, 1.2), (1.6, 0.01))
MOMENTS = ((0.25, "s1 dies"), (0.9, "s2 leads"), (0.91, "s1 is back"), (1.59, "s1 has caught up"))
SERVICE = Service("sync", ANSWERS, (0.4, 0.7), MOMENTS)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def trace():
    return supervising.systems()["sync"].run(supervising.THE_FIRST_DIES)


def drawn(*services, **options):
    return ElementTree.fromstring(service_picture(*services, **options).svg)


def elements(tree, attribute):
    return [one for one in tree.iter() if attribute in one.attrib]


def words(tree):
    return ["".join(one.itertext()) for one in tree.iter(f"{SVG}text")]


# What is read


def test_the_gap_is_the_longest_time_between_two_answers():
    assert SERVICE.gap == (0.2, 1.5) and SERVICE.without_service == pytest.approx(1.3)
    assert Service("one", ANSWERS[:1]).gap is None
    assert Service("one", ANSWERS[:1]).without_service == float("inf")


def test_a_rate_counts_the_answers_before_a_time():
    assert SERVICE.rate(0.2, over=0.1) == pytest.approx(10)
    assert SERVICE.rate(1.0) == 2


def test_a_trace_tells_answers_failed_tries_and_what_happened(trace):
    found = from_trace("sync", trace)
    assert len(found.answers) == sum(call.answered for call in calls(trace))
    assert round(found.without_service, 3) == supervising.without_service(trace)
    assert len(found.failures) == sum(event.id == "timeout" for event in trace.events)
    assert [what for _, what in found.moments] == ["s1 dies", "s2 leads", "s1 is back", "s1 has caught up"]
    after = supervising.recovery(trace)
    assert [round(time - 1, 3) for time, _ in found.moments] == [0, after.decided, after.back, after.healed]


def test_one_client_may_be_looked_at(trace):
    each = [from_trace(name, trace, (name,)) for name in ("ann", "bob", "cem")]
    assert sorted(answer for one in each for answer in one.answers) == list(from_trace("all", trace).answers)
    with pytest.raises(
        ValueError, match="the clients of this run are ann, bob, cem; 'dan' is not one of them"
    ):
        from_trace("dan", trace, ("dan",))


class Server(Node):
    def on_message(self, sender, message):
        self.send(sender, Reply(message.id, None))


def test_a_run_without_a_crash_has_no_moments():
    trace = Scenario({"ann": lambda: Client([("read", "x")], "s"), "s": Server}).run()
    found = from_trace("quiet", trace)
    assert (found.moments, found.failures, len(found.answers)) == ((), (), 1)


# What is drawn


def test_each_answer_and_each_failed_try_is_drawn():
    tree = drawn(SERVICE)
    [dots], [crosses] = elements(tree, "data-answers"), elements(tree, "data-failures")
    assert dots.get("d").count("M") == 4 and crosses.get("d").count("l6 6") == 2
    assert (dots.get("data-answers"), crosses.get("data-failures")) == ("4", "2")


def test_answers_in_the_same_place_are_drawn_once():
    tree = drawn(Service("many", ((1.0, 0.01),) * 500 + ((2.0, 0.01),)))
    [dots] = elements(tree, "data-answers")
    assert dots.get("d").count("M") == 2 and dots.get("data-answers") == "501"


def test_longer_is_higher_and_later_is_further_right():
    [dots] = elements(drawn(SERVICE), "data-answers")
    places = [tuple(map(float, place)) for place in re.findall(r"M([\d.]+) ([\d.]+)h0", dots.get("d"))]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    (_, short), (_, twice), (_, longest), (_, again) = places
    assert longest < twice < short == again


def test_the_gap_is_shaded_and_says_how_long_it_is():
    tree = drawn(SERVICE)
    [gap] = elements(tree, "data-gap")
    assert gap.get("data-gap") == "1.300"
    canvas = Canvas([SERVICE], WIDE)
    assert float(gap.get("x")) == pytest.approx(canvas.x(0.2), abs=0.1)
    assert float(gap.get("width")) == pytest.approx(canvas.x(1.5) - canvas.x(0.2), abs=0.1)
    assert "1.30 s without service" in words(tree)


def test_a_line_for_each_moment_and_no_words_over_others():
    tree = drawn(SERVICE)
    assert [one.get("data-time") for one in elements(tree, "data-time")] == [
        "0.250",
        "0.900",
        "0.910",
        "1.590",
    ]
    assert {what for _, what in MOMENTS} <= set(words(tree))
    placed = Canvas([SERVICE], WIDE).placed(SERVICE)
    assert [row for *_, row in placed] == [0, 0, 1, 0]
    assert placed[-1][2] == "end"  # there is no room to the right of it


def test_services_have_one_axis_of_time_and_a_panel_each():
    other = Service("async", ((0.5, 0.001), (3.0, 0.001)))
    tree = drawn(SERVICE, other)
    assert [one.get("data-service") for one in elements(tree, "data-service")] == ["sync", "async"]
    canvas = Canvas([SERVICE, other], WIDE)
    assert LEFT < canvas.x(3.0) < WIDE - RIGHT
    assert canvas.decades == (-3, 1)
    assert {"1 ms", "10 ms", "100 ms", "1 s", "10 s", "seconds"} <= set(words(tree))
    tall = [Canvas(services, WIDE).height for services in ([SERVICE], [other], [SERVICE, other])]
    assert tall[2] > max(tall[0], tall[1])


def test_a_service_that_never_answers_is_drawn_too():
    tree = drawn(Service("none", (), (1.0,), ((0.5, "all die"),)))
    assert elements(tree, "data-gap") == []
    assert "0 answers, 1 try without one" in words(tree)


def test_an_answer_that_took_no_time_stands_at_the_bottom():
    assert Canvas([Service("quick", ((1.0, 0.0), (2.0, 1.0)))], WIDE).decades == (-6, 0)
    drawn(Service("quick", ((1.0, 0.0), (2.0, 0.0))))


def test_words_say_what_the_picture_shows():
    picture = service_picture(SERVICE, Service("<b>", ()))
    assert picture.text == (
        "sync: 4 answers, 2 tries without one. The longest time without one is from 0.20 s to 1.50 s. "
        "At 0.25 s s1 dies, at 0.90 s s2 leads, at 0.91 s s1 is back, at 1.59 s s1 has caught up. "
        "<b>: 0 answers, 0 tries without one."
    )
    assert "<b>" not in picture.svg
    assert next(drawn(SERVICE).iter(f"{SVG}svg")).get("aria-label") in picture.text
    assert SERVICE.named("x").name == "x" and SERVICE.named("x").answers == ANSWERS


def test_the_same_run_is_the_same_text(trace):
    first, second = (service_picture(from_trace("sync", trace)).svg for _ in range(2))
    assert first == second and "url(" not in first


def test_all_colours_are_the_theme_s_or_the_palette_s():
    """Dark or light: ink, lines and paper follow the notebook."""
    found = set(re.findall(r'(?:fill|stroke)="([^"]+)"', service_picture(SERVICE).svg))
    fixed = {colour for colour in found if not colour.startswith("var(--jp-")}
    assert fixed == {"none", "#0072b2", "#d55e00"}


def test_nothing_is_no_picture():
    with pytest.raises(ValueError, match="there is no service to draw"):
        service_picture()


@pytest.mark.parametrize(
    ("power", "words"),
    [(1, "10 s"), (0, "1 s"), (-1, "100 ms"), (-3, "1 ms"), (-4, "100 µs"), (-9, "1e-9 s")],
)
def test_a_latency_has_its_unit(power, words):
    assert latency(power) == words


def test_one_is_not_many():
    assert counted(Service("x", ((1.0, 0.1),), (1.0, 2.0))) == "1 answer, 2 tries without one"
