# %% right: exact arithmetic, walking over copies of the ring
from fractions import Fraction


def place_keys(points, places, epsilon):
    nodes = {node for spot, node in points}
    placed = []
    for m, place in enumerate(places, 1):
        capacity = -(-(1 + Fraction(epsilon)) * m // len(nodes))
        walk = [p for p in points if p[0] >= place] + [p for p in points if p[0] < place]
        placed.append(next(node for spot, node in walk if placed.count(node) < capacity))
    return placed


# %% right: a class inside, and a while loop
import math
from bisect import bisect_left
from collections import Counter


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    for place in places:
        limit = math.ceil((1 + epsilon) * (len(placed) + 1) / n)
        i = bisect_left(points, (place,))
        while held[points[i % len(points)][1]] + 1 > limit:
            i += 1
        node = points[i % len(points)][1]
        held[node] += 1
        placed += [node]
    return placed


# %% wrong: never-ends (rounds down)
from bisect import bisect_left
from collections import Counter


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    for place in places:
        limit = int((1 + epsilon) * (len(placed) + 1) / n)
        i = bisect_left(points, (place,))
        while held[points[i % len(points)][1]] >= limit:
            i += 1
        node = points[i % len(points)][1]
        held[node] += 1
        placed += [node]
    return placed


# %% wrong: rounds-down
from bisect import bisect_left
from collections import Counter


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    for place in places:
        limit = max(1, int((1 + epsilon) * (len(placed) + 1) / n))
        i = bisect_left(points, (place,))
        for _ in range(len(points)):
            if held[points[i % len(points)][1]] < limit:
                break
            i += 1
        else:
            raise StopIteration("no room")
        node = points[i % len(points)][1]
        held[node] += 1
        placed += [node]
    return placed


# %% wrong: counts-before-the-key
from bisect import bisect_left
from collections import Counter
from math import ceil


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    for place in places:
        limit = max(1, ceil((1 + epsilon) * len(placed) / n))
        i = bisect_left(points, (place,))
        while held[points[i % len(points)][1]] >= limit:
            i += 1
        node = points[i % len(points)][1]
        held[node] += 1
        placed += [node]
    return placed


# %% wrong: rounds-too-early
from bisect import bisect_left
from collections import Counter
from math import ceil


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    for m, place in enumerate(places, 1):
        limit = (1 + epsilon) * ceil(m / n)
        i = bisect_left(points, (place,))
        while held[points[i % len(points)][1]] >= limit:
            i += 1
        node = points[i % len(points)][1]
        held[node] += 1
        placed += [node]
    return placed


# %% wrong: counts-one-key-too-many
from bisect import bisect_left
from collections import Counter
from math import ceil


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    for m, place in enumerate(places, 1):
        limit = ceil((1 + epsilon) * (m + 1) / n)
        i = bisect_left(points, (place,))
        while held[points[i % len(points)][1]] >= limit:
            i += 1
        node = points[i % len(points)][1]
        held[node] += 1
        placed += [node]
    return placed


# %% wrong: no-wrap-around
from bisect import bisect_left
from collections import Counter
from math import ceil


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    for m, place in enumerate(places, 1):
        limit = ceil((1 + epsilon) * m / n)
        i = bisect_left(points, (place,))
        while held[points[i][1]] >= limit:
            i += 1
        node = points[i][1]
        held[node] += 1
        placed += [node]
    return placed


# %% wrong: one-neighbour-only
from bisect import bisect_left
from collections import Counter
from math import ceil


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    for m, place in enumerate(places, 1):
        i = bisect_left(points, (place,)) % len(points)
        if held[points[i][1]] >= ceil((1 + epsilon) * m / n):
            i = (i + 1) % len(points)
        held[points[i][1]] += 1
        placed.append(points[i][1])
    return placed


# %% wrong: knows-the-future
from bisect import bisect_left
from collections import Counter
from math import ceil


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    limit = ceil((1 + epsilon) * len(places) / n)
    for place in places:
        i = bisect_left(points, (place,))
        while held[points[i % len(points)][1]] >= limit:
            i += 1
        node = points[i % len(points)][1]
        held[node] += 1
        placed += [node]
    return placed


# %% wrong: to-the-least-loaded
from bisect import bisect_left
from math import ceil


def place_keys(points, places, epsilon):
    nodes = sorted({node for spot, node in points})
    held, placed = dict.fromkeys(nodes, 0), []
    for m, place in enumerate(places, 1):
        node = points[bisect_left(points, (place,)) % len(points)][1]
        if held[node] >= ceil((1 + epsilon) * m / len(nodes)):
            node = min(nodes, key=lambda other: held[other])
        held[node] += 1
        placed.append(node)
    return placed


# %% wrong: no-bound
from bisect import bisect_left


def place_keys(points, places, epsilon):
    return [points[bisect_left(points, (place,)) % len(points)][1] for place in places]


# %% wrong: forgets-epsilon
from bisect import bisect_left
from collections import Counter
from math import ceil


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    for m, place in enumerate(places, 1):
        i = bisect_left(points, (place,))
        while held[points[i % len(points)][1]] >= ceil(m / n):
            i += 1
        node = points[i % len(points)][1]
        held[node] += 1
        placed += [node]
    return placed


# %% wrong: one-too-many
from bisect import bisect_left
from collections import Counter
from math import ceil


def place_keys(points, places, epsilon):
    held, placed, n = Counter(), [], len(set(node for _, node in points))
    for m, place in enumerate(places, 1):
        i = bisect_left(points, (place,))
        while held[points[i % len(points)][1]] > ceil((1 + epsilon) * m / n):
            i += 1
        node = points[i % len(points)][1]
        held[node] += 1
        placed += [node]
    return placed


# %% wrong: counts-points
from bisect import bisect_left
from collections import Counter
from math import ceil


def place_keys(points, places, epsilon):
    held, placed = Counter(), []
    for m, place in enumerate(places, 1):
        limit = ceil((1 + epsilon) * m / len(points))
        i = bisect_left(points, (place,))
        walk = [points[(i + step) % len(points)][1] for step in range(len(points))]
        node = next(iter([n for n in walk if held[n] < limit]), None)
        if node is None:
            raise StopIteration("all nodes are full")
        held[node] += 1
        placed.append(node)
    return placed


# %% wrong: another-placement (a load limit, but the keys are not counted)
from bisect import bisect_left
from collections import Counter
from math import ceil


def place_keys(points, places, epsilon):
    held = Counter()
    nodes = sorted({node for spot, node in points})
    placed = []
    for m, place in enumerate(places, 1):
        node = points[bisect_left(points, (place,)) % len(points)][1]
        held[node] += 1
        if held[node] > ceil((1 + epsilon) * m / len(nodes)):
            node = nodes[(nodes.index(node) + 1) % len(nodes)]
        placed.append(node)
    return placed
