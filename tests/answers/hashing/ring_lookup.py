# %% right: a plain walk
def owner(points, place):
    for spot, node in points:
        if spot >= place:
            return node
    return points[0][1]


# %% right: one sort key, points behind the place last
def owner(points, place):
    return min(points, key=lambda point: (point[0] < place, point[0]))[1]


# %% right: recursion, a numpy string, and much printing
import numpy as np


def owner(points, place, i=0):
    print("looking at", i)
    if i == len(points):
        return np.str_(points[0][1])
    return points[i][1] if points[i][0] >= place else owner(points, place, i + 1)


# %% wrong: fixed-circle
import numpy as np


def owner(points, place):
    places = np.array([spot for spot, node in points])
    return points[int(np.argmin((places - place) % 360))][1]


# %% wrong: no-return
def owner(points, place):
    print(next((node for spot, node in points if spot >= place), points[0][1]))


# %% wrong: strictly-after (and no wrap-around)
def owner(points, place):
    return next(node for spot, node in points if spot > place)


# %% wrong: no-wrap-around (None)
def owner(points, place):
    for spot, node in points:
        if spot >= place:
            return node


# %% wrong: no-wrap-around (IndexError)
from bisect import bisect_left


def owner(points, place):
    return points[bisect_left([spot for spot, node in points], place)][1]


# %% wrong: last-point-owns-the-rest
def owner(points, place):
    at_or_after = [node for spot, node in points if spot >= place]
    return at_or_after[0] if at_or_after else points[-1][1]


# %% wrong: strictly-after
from bisect import bisect_right


def owner(points, place):
    return points[bisect_right([spot for spot, node in points], place) % len(points)][1]


# %% wrong: counter-clockwise
from bisect import bisect_right


def owner(points, place):
    return points[bisect_right([spot for spot, node in points], place) - 1][1]


# %% wrong: nearest-point
def owner(points, place):
    return min(points, key=lambda point: abs(point[0] - place))[1]


# %% wrong: modulo-again
def owner(points, place):
    return points[place % len(points)][1]


# %% wrong: first-node-by-name
def owner(points, place):
    return sorted(node for spot, node in points)[0]


# %% wrong: not-a-node (the place)
def owner(points, place):
    for point in points:
        if point[0] >= place:
            return point[0]
    return points[0][0]


# %% wrong: another-node (one node, one point: the dict keeps the last)
def owner(points, place):
    place_of = {node: spot for spot, node in points}
    nodes = sorted(place_of, key=place_of.get)
    for node in nodes:
        if place_of[node] >= place:
            return node
    return nodes[0]


# %% wrong: never-ends
def owner(points, place):
    i = 0
    while points[i % len(points)][0] < place:
        i += 1
    return points[i % len(points)][1]


# %% wrong: bisects-the-pairs
from bisect import bisect_left


def owner(points, place):
    return points[bisect_left(points, place) % len(points)][1]


# %% error: raised (a point is no mapping)
def owner(points, place):
    return next(point["node"] for point in points if point["place"] >= place)
