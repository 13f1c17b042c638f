"""The ring of 03.build_ring as it should be, and as learners build it by mistake: one method differs each time."""

from bisect import bisect_left

from course_lib.hashing import HashRing, position

Point = tuple[int, str]


class Model:
    """One sorted list of (place, node)."""

    def __init__(self, nodes: list[str], vnodes: int, size: int) -> None:
        self.vnodes, self.size = vnodes, size
        self.points = self.arranged([point for node in nodes for point in self.own(node)])

    def place(self, name: str) -> int:
        return position(name) % self.size

    def name(self, node: str, i: int) -> str:
        return f"{node}#{i}"

    def own(self, node: str) -> list[Point]:
        return [(self.place(self.name(node, i)), node) for i in range(self.vnodes)]

    def arranged(self, points: list[Point]) -> list[Point]:
        return sorted(points)

    def find(self, place: int) -> int:
        return bisect_left(self.points, (place,)) % len(self.points)

    def lookup(self, key: str) -> str | None:
        return self.points[self.find(self.place(key))][1]

    def add(self, node: str) -> None:
        self.points = self.arranged(self.points + self.own(node))

    def remove(self, node: str) -> None:
        self.points = [point for point in self.points if point[1] != node]


class Salted(Model):
    def place(self, name: str) -> int:
        return hash(name) % self.size


class SortsNodes(Model):
    def arranged(self, points: list[Point]) -> list[Point]:
        return list(
            zip(sorted(place for place, _ in points), sorted(node for _, node in points), strict=True)
        )


class OnePoint(Model):
    def own(self, node: str) -> list[Point]:
        return super().own(node)[:1]


class BareName(Model):
    def own(self, node: str) -> list[Point]:
        return [(self.place(node), node)]


class NoSeparator(Model):
    def name(self, node: str, i: int) -> str:
        return f"{node}{i}"


class CountsFromOne(Model):
    def name(self, node: str, i: int) -> str:
        return f"{node}#{i + 1}"


class StrictlyAfter(Model):
    def find(self, place: int) -> int:
        return super().find(place + 1)


class CounterClockwise(Model):
    def find(self, place: int) -> int:
        return super().find(place + 1) - 1


class NoWrap(Model):
    def find(self, place: int) -> int:
        return bisect_left(self.points, (place,))


class NoWrapNone(NoWrap):
    def lookup(self, key: str) -> str | None:
        found = self.points[self.find(self.place(key)) :]
        return found[0][1] if found else None


class LastOwnsTheRest(Model):
    def find(self, place: int) -> int:
        return min(bisect_left(self.points, (place,)), len(self.points) - 1)


class NeverSorted(Model):
    def arranged(self, points: list[Point]) -> list[Point]:
        return points


class NotSortedAfterAdd(Model):
    def add(self, node: str) -> None:
        self.points = self.points + self.own(node)


class OffTheCircle(Model):
    def lookup(self, key: str) -> str | None:
        return self.points[self.find(position(key))][1]


class AddDoesNothing(Model):
    def add(self, node: str) -> None:
        pass


class RemoveDoesNothing(Model):
    def remove(self, node: str) -> None:
        pass


class RemovesOnePoint(Model):
    def remove(self, node: str) -> None:
        self.points.remove(next(point for point in self.points if point[1] == node))


class FirstCameFirst(Model):
    def arranged(self, points: list[Point]) -> list[Point]:
        return sorted(points, key=lambda point: point[0])


class NewestFirst(FirstCameFirst):
    def __init__(self, nodes: list[str], vnodes: int, size: int) -> None:
        super().__init__([], vnodes, size)
        for node in nodes:
            self.add(node)

    def add(self, node: str) -> None:
        self.points = self.arranged(self.own(node) + self.points)


class LargerName(Model):
    def arranged(self, points: list[Point]) -> list[Point]:
        return sorted(sorted(points, reverse=True), key=lambda point: point[0])


class OneNodeAPlace(Model):
    def arranged(self, points: list[Point]) -> list[Point]:
        return sorted(dict(sorted(points, reverse=True)).items())


class LastNodeAPlace(Model):
    def arranged(self, points: list[Point]) -> list[Point]:
        return sorted(dict(points).items())


def library(nodes: list[str], vnodes: int, size: int) -> HashRing:
    """The course's own ring, whose circle has another size."""
    return HashRing(nodes, vnodes)


MISTAKES = [
    ("salted-hash", Salted),
    ("sorts-nodes-not-points", SortsNodes),
    ("forgets-virtual-nodes", OnePoint),
    ("forgets-virtual-nodes", BareName),
    ("name-clash", NoSeparator),
    ("counts-from-one", CountsFromOne),
    ("strictly-after", StrictlyAfter),
    ("counter-clockwise", CounterClockwise),
    ("no-wrap-around", NoWrap),
    ("no-wrap-around", NoWrapNone),
    ("no-wrap-around", LastOwnsTheRest),
    ("not-sorted", NeverSorted),
    ("not-sorted", NotSortedAfterAdd),
    ("off-the-circle", OffTheCircle),
    ("another-circle", library),
    ("newcomer-gets-nothing", AddDoesNothing),
    ("gone-node-still-owns", RemoveDoesNothing),
    ("gone-node-still-owns", RemovesOnePoint),
    ("larger-name-wins", LargerName),
    ("larger-name-wins", FirstCameFirst),
    ("larger-name-wins", NewestFirst),
    ("loses-a-shared-place", OneNodeAPlace),
    ("loses-a-shared-place", LastNodeAPlace),
]
