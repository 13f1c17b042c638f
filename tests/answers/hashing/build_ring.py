# %% right: two lists in step, kept sorted by bisect
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.places, self.owners = vnodes, size, [], []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        i = bisect_left(self.places, position(key) % self.size)
        return self.owners[i if i < len(self.places) else 0]

    def add(self, node):
        for i in range(self.vnodes):
            spot = position(f"{node}#{i}") % self.size
            at = bisect_left(self.places, spot)
            while at < len(self.places) and self.places[at] == spot and self.owners[at] < node:
                at += 1
            self.places.insert(at, spot)
            self.owners.insert(at, node)

    def remove(self, node):
        keep = [i for i, owner in enumerate(self.owners) if owner != node]
        self.places = [self.places[i] for i in keep]
        self.owners = [self.owners[i] for i in keep]


# %% right: no list at all, every lookup asks all points
from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.nodes, self.vnodes, self.size = set(nodes), vnodes, size

    def lookup(self, key):
        spot = position(key)
        points = ((position(f"{node}#{i}"), node) for node in self.nodes for i in range(self.vnodes))
        return min(((place - spot) % self.size, node) for place, node in points)[1]

    def add(self, node):
        self.nodes.add(node)

    def remove(self, node):
        self.nodes.discard(node)


# %% wrong: salted-hash
from bisect import bisect_left


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (hash(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(hash(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: sorts-nodes-not-points
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.places, self.owners = vnodes, size, [], []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.owners[bisect_left(self.places, position(key) % self.size) % len(self.places)]

    def add(self, node):
        self.places = sorted(self.places + [position(f"{node}#{i}") % self.size for i in range(self.vnodes)])
        self.owners = sorted(self.owners + [node] * self.vnodes)

    def remove(self, node):
        for i in range(self.vnodes):
            self.places.remove(position(f"{node}#{i}") % self.size)
            self.owners.remove(node)


# %% wrong: forgets-virtual-nodes
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.size = size
        self.points = sorted((position(f"{node}#0") % size, node) for node in nodes)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        self.points = sorted([*self.points, (position(f"{node}#0") % self.size, node)])

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: name-clash
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(position(f"{node}{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: counts-from-one
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        own = [(position(f"{node}#{i}") % self.size, node) for i in range(1, self.vnodes + 1)]
        self.points = sorted(self.points + own)

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: strictly-after
from bisect import bisect_right

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        places = [spot for spot, node in self.points]
        return self.points[bisect_right(places, position(key) % self.size) % len(self.points)][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: no-wrap-around
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,))][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: moves-keys-between-old-nodes (points depend on how many nodes there are)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.nodes, self.vnodes, self.size = list(nodes), vnodes, size
        self.points = sorted((position(f"{n}#{i}") % size, n) for n in nodes for i in range(vnodes))

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def rebuild(self):
        shift = len(self.nodes)
        self.points = sorted(
            (position(f"{n}#{i + shift}") % self.size, n) for n in self.nodes for i in range(self.vnodes)
        )

    def add(self, node):
        self.nodes.append(node)
        self.rebuild()

    def remove(self, node):
        self.nodes.remove(node)
        self.rebuild()


# %% wrong: moves-keys-of-others (the points are numbered anew when a node leaves)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        others = sorted({owner for place, owner in self.points} - {node})
        self.points = sorted(
            (position(f"{owner}#{i + len(others)}") % self.size, owner)
            for owner in others
            for i in range(self.vnodes)
        )


# %% wrong: counter-clockwise
from bisect import bisect_right

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        places = [place for place, node in self.points]
        return self.points[bisect_right(places, position(key) % self.size) - 1][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: moves-keys-of-others (names that begin alike)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        i = bisect_left(self.points, (position(key) % self.size,)) % len(self.points)
        return self.points[i][1].partition("#")[0]

    def add(self, node):
        names = [f"{node}#{i}" for i in range(self.vnodes)]
        self.points = sorted(self.points + [(position(name) % self.size, name) for name in names])

    def remove(self, node):
        self.points = [point for point in self.points if not point[1].startswith(node)]


# %% wrong: another-node (one point too far)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[(bisect_left(self.points, (position(key) % self.size,)) + 1) % len(self.points)][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: off-the-circle
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key),)) % len(self.points)][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: not-sorted (never)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        self.points = self.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: not-sorted (only when built)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size = vnodes, size
        self.points = sorted((position(f"{n}#{i}") % size, n) for n in nodes for i in range(vnodes))

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        self.points += [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: gone-node-still-owns (removed while the loop runs)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size = vnodes, size
        self.points = sorted((position(f"{n}#{i}") % size, n) for n in nodes for i in range(vnodes))

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        self.points += [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        self.points.sort()

    def remove(self, node):
        for point in self.points:
            if point[1] == node:
                self.points.remove(point)


# %% wrong: another-circle
from course_lib.hashing import HashRing


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.ring = HashRing(nodes, vnodes)

    def lookup(self, key):
        return self.ring.lookup(key)

    def add(self, node):
        self.ring.add(node)

    def remove(self, node):
        self.ring.remove(node)


# %% right: a dataclass that builds its points anew at each lookup
from dataclasses import dataclass

from course_lib.hashing import position


@dataclass
class Ring:
    nodes: list
    vnodes: int
    size: int

    def lookup(self, key):
        place = position(key) % self.size
        points = sorted((position(f"{n}#{i}") % self.size, n) for n in self.nodes for i in range(self.vnodes))
        return next((node for spot, node in points if spot >= place), points[0][1])

    def add(self, node):
        self.nodes.append(node)

    def remove(self, node):
        self.nodes.remove(node)


# %% wrong: newcomer-gets-nothing
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.nodes, self.vnodes, self.size = list(nodes), vnodes, size
        self.points = sorted((position(f"{n}#{i}") % size, n) for n in nodes for i in range(vnodes))

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        self.nodes.append(node)

    def remove(self, node):
        self.nodes.remove(node)
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: gone-node-still-owns
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        self.points.remove((position(f"{node}#0") % self.size, node))


# %% wrong: loses-a-shared-place (a dict from place to node)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.at = vnodes, size, {}
        for node in sorted(nodes, reverse=True):
            self.add(node)

    def lookup(self, key):
        places = sorted(self.at)
        return self.at[places[bisect_left(places, position(key) % self.size) % len(places)]]

    def add(self, node):
        for i in range(self.vnodes):
            spot = position(f"{node}#{i}") % self.size
            self.at[spot] = min(node, self.at.get(spot, node))

    def remove(self, node):
        self.at = {spot: owner for spot, owner in self.at.items() if owner != node}


# %% wrong: larger-name-wins (whoever came last)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        places = [spot for spot, node in self.points]
        return self.points[bisect_left(places, position(key) % self.size) % len(places)][1]

    def add(self, node):
        new = [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        self.points = sorted(new + self.points, key=lambda point: point[0])

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: gone-node-still-owns (the places leave, the owners stay)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.places, self.owners = vnodes, size, [], {}
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.owners[
            self.places[bisect_left(self.places, position(key) % self.size) % len(self.places)]
        ]

    def add(self, node):
        for i in range(self.vnodes):
            spot = position(f"{node}#{i}") % self.size
            self.places = sorted([*self.places, spot])
            self.owners[spot] = node

    def remove(self, node):
        for i in range(1, self.vnodes):
            self.places.remove(position(f"{node}#{i}") % self.size)


# %% wrong: lists-out-of-step (a node that comes back gets points with other numbers)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points, self.joined = vnodes, size, [], {}
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        first = self.joined.get(node, 0) * self.vnodes
        self.joined[node] = self.joined.get(node, 0) + 1
        new = [(position(f"{node}#{first + i}") % self.size, node) for i in range(self.vnodes)]
        self.points = sorted(self.points + new)

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% wrong: never-ends
from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        i = 0
        while self.points[i % len(self.points)][0] < position(key) % self.size:
            i += 1
        return self.points[i % len(self.points)][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]


# %% error: raised (no add)
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    def __init__(self, nodes, vnodes, size):
        self.size = size
        self.points = sorted((position(f"{n}#{i}") % size, n) for n in nodes for i in range(vnodes))

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]


# %% wrong: one-ring-for-all
from bisect import bisect_left

from course_lib.hashing import position


class Ring:
    points = []

    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size = vnodes, size
        Ring.points = []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return Ring.points[bisect_left(Ring.points, (position(key) % self.size,)) % len(Ring.points)][1]

    def add(self, node):
        Ring.points = sorted(
            Ring.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )

    def remove(self, node):
        Ring.points = [point for point in Ring.points if point[1] != node]


# %% right: inherited, with methods that return self
from bisect import bisect_left

from course_lib.hashing import position


class Circle:
    def __init__(self, nodes, vnodes, size):
        self.vnodes, self.size, self.points = vnodes, size, []
        for node in nodes:
            self.add(node)

    def lookup(self, key):
        return self.points[bisect_left(self.points, (position(key) % self.size,)) % len(self.points)][1]

    def add(self, node):
        self.points = sorted(
            self.points + [(position(f"{node}#{i}") % self.size, node) for i in range(self.vnodes)]
        )
        return self

    def remove(self, node):
        self.points = [point for point in self.points if point[1] != node]
        return True


class Ring(Circle):
    pass
