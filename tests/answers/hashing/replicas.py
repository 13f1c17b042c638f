# %% right: the ring twice over, in a dict
def replicas(points, place, n):
    after = [node for spot, node in points if spot >= place]
    before = [node for spot, node in points if spot < place]
    found = list(dict.fromkeys(after + before))
    if len(found) < n:
        raise ValueError("not enough nodes")
    return found[:n]


# %% right: a while loop, and a tuple turned into a list
def replicas(points, place, n):
    i = sum(spot < place for spot, node in points)
    found = ()
    while len(found) < n:
        if len(found) == len({node for spot, node in points}):
            raise ValueError
        node = points[i % len(points)][1]
        found += () if node in found else (node,)
        i += 1
    return list(found)


# %% wrong: same-node-twice
from bisect import bisect_left


def replicas(points, place, n):
    start = bisect_left([spot for spot, node in points], place)
    return [points[(start + i) % len(points)][1] for i in range(n)]


# %% wrong: dedups-after-cutting
from bisect import bisect_left


def replicas(points, place, n):
    start = bisect_left([spot for spot, node in points], place)
    return list(dict.fromkeys(points[(start + i) % len(points)][1] for i in range(n)))


# %% wrong: skips-only-neighbours
from bisect import bisect_left


def replicas(points, place, n):
    if n > len({node for spot, node in points}):
        raise ValueError
    i = bisect_left([spot for spot, node in points], place)
    found = []
    while len(found) < n:
        node = points[i % len(points)][1]
        if not found or found[-1] != node:
            found.append(node)
        i += 1
    return found


# %% wrong: order-lost
from bisect import bisect_left


def replicas(points, place, n):
    if n > len({node for spot, node in points}):
        raise ValueError
    start = bisect_left([spot for spot, node in points], place)
    found, i = set(), start
    while len(found) < n:
        found.add(points[i % len(points)][1])
        i += 1
    return sorted(found)


# %% wrong: no-wrap-around
def replicas(points, place, n):
    if n > len({node for spot, node in points}):
        raise ValueError
    return list(dict.fromkeys(node for spot, node in points if spot >= place))[:n]


# %% wrong: no-wrap-around (and an error of its own)
def replicas(points, place, n):
    found = []
    for spot, node in points:
        if spot >= place and node not in found:
            found.append(node)
    if len(found) < n:
        raise ValueError("not enough nodes")
    return found[:n]


# %% wrong: points-not-nodes
def replicas(points, place, n):
    after = [point for point in points if point[0] >= place]
    before = [point for point in points if point[0] < place]
    found = []
    for point in after + before:
        if point[1] not in [node for spot, node in found]:
            found.append(point)
    if len(found) < n:
        raise ValueError
    return found[:n]


# %% right: a tuple, from a generator
def replicas(points, place, n):
    def walk():
        seen = set()
        for spot, node in sorted(points, key=lambda point: (point[0] < place, point[0])):
            if node not in seen:
                seen.add(node)
                yield node

    found = tuple(walk())
    if len(found) < n:
        raise ValueError
    return found[:n]


# %% wrong: too-many-replicas (returned, not raised)
def replicas(points, place, n):
    after = [node for spot, node in points if spot >= place]
    before = [node for spot, node in points if spot < place]
    found = list(dict.fromkeys(after + before))
    return found[:n] if len(found) >= n else ValueError("not enough nodes")


# %% wrong: strictly-after
def replicas(points, place, n):
    after = [node for spot, node in points if spot > place]
    before = [node for spot, node in points if spot <= place]
    found = list(dict.fromkeys(after + before))
    if len(found) < n:
        raise ValueError("not enough nodes")
    return found[:n]


# %% wrong: too-many-replicas
def replicas(points, place, n):
    after = [node for spot, node in points if spot >= place]
    before = [node for spot, node in points if spot < place]
    return list(dict.fromkeys(after + before))[:n]


# %% wrong: never-ends
from bisect import bisect_left


def replicas(points, place, n):
    i = bisect_left([spot for spot, node in points], place)
    found = []
    while len(found) < n:
        node = points[i % len(points)][1]
        if node not in found:
            found.append(node)
        i += 1
    return found


# %% wrong: another-list (the owner is left out)
def replicas(points, place, n):
    after = [node for spot, node in points if spot >= place]
    before = [node for spot, node in points if spot < place]
    found = list(dict.fromkeys(after + before))
    if len(found) < n:
        raise ValueError("not enough nodes")
    return found[1 : n + 1]


# %% wrong: no-wrap-around (IndexError)
from bisect import bisect_left


def replicas(points, place, n):
    i = bisect_left([spot for spot, node in points], place)
    found = []
    while len(found) < n:
        node = points[i][1]
        if node not in found:
            found.append(node)
        i += 1
    return found


# %% error: raised (a point is no mapping)
def replicas(points, place, n):
    return [point["node"] for point in points if point["place"] >= place][:n]


# %% wrong: too-many-replicas (four at most)
def replicas(points, place, n):
    if n > 4:
        raise ValueError
    after = [node for spot, node in points if spot >= place]
    before = [node for spot, node in points if spot < place]
    return list(dict.fromkeys(after + before))[:n]


# %% right: an exception of its own
class TooFewNodes(ValueError):
    pass


def replicas(points, place, n):
    after = [node for spot, node in points if spot >= place]
    before = [node for spot, node in points if spot < place]
    found = list(dict.fromkeys(after + before))
    if len(found) < n:
        raise TooFewNodes(f"{len(found)} nodes for {n} replicas")
    return found[:n]


# %% wrong: points-not-nodes (lists in a list)
def replicas(points, place, n):
    if n > len({node for spot, node in points}):
        raise ValueError
    return [[node for spot, node in points if spot >= place][:n]]


# %% wrong: wrong-type
def replicas(points, place, n):
    if n > len({node for spot, node in points}):
        raise ValueError
    after = [node for spot, node in points if spot >= place]
    before = [node for spot, node in points if spot < place]
    return set(list(dict.fromkeys(after + before))[:n])
