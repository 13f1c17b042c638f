"""A crash may strike between any two writes to the disk, however they are written down."""

import pytest

from course_lib.sim import Node, Scenario


class Writer(Node):
    """Changes two things on its disk, which belong together."""

    def on_start(self):
        if "book" not in self.disk:
            self.disk["book"] = {"x": 0, "y": 0, "log": []}
            self.send("b", "go")

    def on_message(self, sender, message):
        self.write()

    def write(self):
        raise NotImplementedError


class ByAlias(Writer):
    def write(self):
        book = self.disk["book"]
        book["x"] += 1
        book["y"] += 1


class ByHelper(Writer):
    def write(self):
        bump(self.disk["book"])


class InALoop(Writer):
    def write(self):
        book = self.disk["book"]
        for key in ("x", "y"):
            book[key] += 1


class OnOneLine(Writer):
    """A case on one line, of which coverage looks at each instruction."""

    def on_message(self, sender, message):
        # fmt: off
        match message:
            case "go": book = self.disk["book"]; book["x"] += 1; book["y"] += 1  # noqa: E701, E702
        # fmt: on


class AtOnce(Writer):
    def write(self):
        book = self.disk["book"]
        self.disk["book"] = {**book, "x": book["x"] + 1, "y": book["y"] + 1}


class InOneCall(Writer):
    def write(self):
        self.disk["book"].update(x=1, y=1)


def bump(book):
    book["x"] += 1
    book["y"] += 1


def together(world):
    book = world.nodes["b"].disk.get("book", {"x": 0, "y": 0})
    return book["x"] == book["y"] or f"half written: {book['x']}, {book['y']}"


def scenario(kind):
    return Scenario({"a": kind, "b": kind}, invariants=[together])


@pytest.mark.parametrize("kind", [ByAlias, ByHelper, InALoop])
def test_a_crash_strikes_between_two_lines_that_change_the_disk(kind):
    found = scenario(kind).explore(crashes=1)
    assert found.violated == "together"
    assert found.counterexample.reason == "half written: 1, 0"
    assert scenario(kind).replay(found.counterexample).trace == found.counterexample


@pytest.mark.parametrize("kind", [AtOnce, InOneCall, OnOneLine])
def test_one_write_is_never_half_done(kind):
    assert scenario(kind).explore(crashes=1).ok


def test_the_trace_says_what_was_on_the_disk_when_it_crashed():
    trace = scenario(ByAlias).explore(crashes=1).counterexample
    (crash,) = [event for event in trace.events if event.kind == "crash"]
    assert "in the middle of a handler; on its disk: {'book': {'x': 1, 'y': 0, 'log': []}}" in crash.note
