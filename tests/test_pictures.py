"""Pictures: the same text on every run, labels that do not touch, and words for those who cannot see."""

import io
import itertools
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.hashing import HashRing, position
from course_lib.pictures import Key, Picture, Walk, charts, palette, ring_picture, small_ring, svg
from course_lib.pictures.load import Load


def drawn(ring: HashRing, probe: str = "user:17", moved: bool = False) -> Picture:
    keys = [Key(position(f"user:{i}"), ring.lookup(f"user:{i}"), moved and i < 50) for i in range(200)]
    walk = Walk(probe, position(probe), tuple(ring.preference_list(probe, min(3, len(ring.nodes)))))
    loads = [Load(node, sum(key.node == node for key in keys), 200 / len(ring.nodes)) for node in ring.nodes]
    return ring_picture(
        ring.points(), keys=keys, walk=walk, loads=loads, movement=(0.25, 0.2) if moved else None
    )


def elements(picture: Picture, **wanted: str) -> list[ElementTree.Element]:
    """The elements of a picture that have these data attributes; it must be well-formed for that."""
    tree = ElementTree.fromstring(picture.svg)
    return [e for e in tree.iter() if all(e.get("data-" + name) == value for name, value in wanted.items())]


SIZES = [("A", 1), ("AB", 1), ("ABCDE", 4), ("ABCDE", 100), ("ABCDEFGHIJKLMNOPQ", 30)]


@pytest.mark.parametrize("nodes, vnodes", SIZES)
def test_a_ring_of_any_size_is_well_formed_and_has_each_node(nodes: str, vnodes: int) -> None:
    picture = drawn(HashRing(nodes, vnodes=vnodes), moved=True)
    for node in nodes:
        assert elements(picture, node=node), f"{node} is nowhere in the picture"
    assert elements(picture, key="user:17")
    assert "nan" not in picture.svg


def test_moved_keys_are_marked() -> None:
    ring = HashRing("ABC", vnodes=10)
    dots = "".join(str(path.get("d")) for path in elements(drawn(ring, moved=True), moved="yes"))
    assert dots.count("M") == 50
    assert not elements(drawn(ring), moved="yes")


def test_a_picture_is_the_same_text_under_every_hash_seed() -> None:
    program = (
        "from course_lib.hashing import HashRing, position\n"
        "from course_lib.pictures import Walk, ring_picture\n"
        "ring = HashRing('ABCDE', vnodes=20)\n"
        "walk = Walk('k', position('k'), tuple(ring.preference_list('k', 3)))\n"
        "print(ring_picture(ring.points(), walk=walk).svg)"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(texts) == 1 and b"<svg" in texts.pop()


def test_names_from_outside_cannot_break_out_of_the_picture() -> None:
    ring = HashRing(['<script>alert("A")</script>', "B&C"], vnodes=3)
    picture = drawn(ring, probe="<img onerror='x'>")
    assert "<script" not in picture.svg and "<img" not in picture.svg
    ElementTree.fromstring(picture.svg)


def test_a_picture_says_in_words_what_is_seen() -> None:
    picture = drawn(HashRing("ABC", vnodes=10), moved=True)
    owner = HashRing("ABC", vnodes=10).lookup("user:17")
    assert f"user:17 goes to {owner}" in picture.text
    assert "25.0% of the keys moved; ideal 20.0%" in picture.text
    assert ElementTree.fromstring(picture.svg).get("aria-label") == picture.text
    assert picture._repr_mimebundle_() == {"text/html": picture.svg, "text/plain": picture.text}


def test_the_walk_counts_its_stops_and_passes_by_points_of_the_same_node() -> None:
    points = [(100, "A"), (200, "A"), (300, "B"), (400, "A"), (500, "C")]
    picture = ring_picture(points, walk=Walk("k", 50, ("A", "B", "C")))
    texts = [e.text for e in ElementTree.fromstring(picture.svg).iter() if e.text]
    assert [text for text in texts if text.isdigit()] == ["1", "2", "3"]


def test_a_wrong_answer_is_crossed_in_the_small_ring() -> None:
    points = [(2**62, "A"), (2**63, "B"), (3 * 2**62, "C")]
    wrong, right = small_ring(points, "k", 2**62 + 5, "B", "A"), small_ring(points, "k", 2**62 + 5, "B", "B")
    assert "✗" in wrong.svg and "answered: A" in wrong.svg
    assert "✗" not in right.svg and "answered" not in right.svg
    assert "belongs on B" in small_ring(points, "k", 2**62 + 5, "B", None).svg


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=24))
def test_spread_labels_never_touch_and_keep_their_order(turns: list[float]) -> None:
    gap = 0.02
    placed = svg.spread(sorted(turns), gap)
    assert len(placed) == len(turns)
    for a, b in itertools.pairwise(placed):
        assert b - a > gap - 1e-9
    if len(placed) > 1:
        assert placed[0] + 1 - placed[-1] > gap - 1e-9


def test_labels_with_room_stay_where_they_are() -> None:
    assert svg.spread([0.1, 0.4, 0.8], 0.05) == pytest.approx([0.1, 0.4, 0.8])


def test_too_many_labels_are_an_error() -> None:
    with pytest.raises(ValueError, match="30 labels of"):
        svg.spread([i / 30 for i in range(30)], 0.05)


# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (2009): severity 1.0.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_the_first_colours_stay_apart_for_the_colour_blind(blindness: str) -> None:
    def seen(colour: str) -> tuple[float, ...]:
        rgb = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
        return oklab([sum(m * c for m, c in zip(row, linear, strict=True)) for row in BLINDNESS[blindness]])

    for one, other in itertools.combinations(palette.HUES, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5
        assert distance > 0.05, f"{one} and {other} are {distance:.3f} apart"


def oklab(linear: list[float]) -> tuple[float, ...]:
    """Ottosson, "A perceptual color space for image processing" (2020)."""
    r, g, b = (max(0.0, c) for c in linear)
    long, medium, short = (
        (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3),
        (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3),
        (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3),
    )
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def test_a_node_keeps_its_colour_when_another_leaves() -> None:
    slots = {"A": 0, "B": 1, "C": 2}
    assert palette.looks(["A", "C"], slots)["C"] == palette.looks(["A", "B", "C"], slots)["C"]


def test_forty_nodes_have_forty_looks() -> None:
    looks = palette.looks([f"cache-{i}" for i in range(40)])
    assert len({(look.colour, look.letter) for look in looks.values()}) == 40


def test_a_chart_is_small_and_leaves_the_learners_own_style_alone() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    figure, axes = charts.figure(title="Twice the points, a quarter of the variance")
    axes.plot([1, 10, 100], [0.9, 0.3, 0.1], marker="o")
    charts.label(axes, "measured", 100, 0.1, palette.HUES[0])
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=192)
    matplotlib.pyplot.close(figure)
    assert file.getbuffer().nbytes < 60_000
    assert dict(matplotlib.rcParams) == before
