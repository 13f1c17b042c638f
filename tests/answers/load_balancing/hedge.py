# %% right: in integers, and an if for each case
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% right: counting up, and comprehensions
def percentile(servers, percent):
    times = sorted(sum(servers, []))
    for count, time in enumerate(times, 1):
        if 100 * count >= percent * len(times):
            return time


def hedge(requests, after):
    late = [first > after and safe for first, second, safe in requests]
    took = [min(r[0], after + r[1]) if is_late else r[0] for r, is_late in zip(requests, late)]
    return [took, sum(late), sum(took) + sum(time - after for time, is_late in zip(took, late) if is_late)]


# %% right: tuples, and the work of each copy apart
from math import ceil


def percentile(servers, percent):
    times = []
    for server in servers:
        times.extend(server)
    times.sort()
    return times[ceil(percent * len(times) / 100) - 1]


def hedge(requests, after):
    took = ()
    copies = 0
    work = 0
    for first, second, safe in requests:
        if first <= after or not safe:
            took += (first,)
            work += first
            continue
        copies += 1
        if after + second < first:
            took += (after + second,)
            work += after + 2 * second
        else:
            took += (first,)
            work += first + (first - after)
    return took, copies, work


# %% wrong: mean-of-percentiles
from math import ceil
from statistics import mean


def percentile(servers, percent):
    each = [sorted(server)[ceil(len(server) * percent / 100) - 1] for server in servers if server]
    return mean(each)


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: mean-of-percentiles (and a server without requests)
from math import ceil


def percentile(servers, percent):
    each = [sorted(server)[ceil(len(server) * percent / 100) - 1] for server in servers]
    return sum(each) / len(each)


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: worst-of-percentiles
from math import ceil


def percentile(servers, percent):
    return max(sorted(server)[ceil(len(server) * percent / 100) - 1] for server in servers if server)


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: not-sorted
from math import ceil


def percentile(servers, percent):
    times = [time for server in servers for time in server]
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: rank-too-high
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[int(len(times) * percent / 100)]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: rank-too-high (the last at most)
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[min(len(times) * percent // 100, len(times) - 1)]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: rank-too-low
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[int(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: rank-too-low (rounded)
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[max(round(len(times) * percent / 100) - 1, 0)]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: share-in-floats
from math import ceil


def percentile(servers, percent):
    times = []
    for server in servers:
        times.extend(server)
    times.sort()
    return times[ceil(percent / 100 * len(times)) - 1]


def hedge(requests, after):
    took = ()
    copies = 0
    work = 0
    for first, second, safe in requests:
        if first <= after or not safe:
            took += (first,)
            work += first
            continue
        copies += 1
        if after + second < first:
            took += (after + second,)
            work += after + 2 * second
        else:
            took += (first,)
            work += first + (first - after)
    return took, copies, work


# %% wrong: interpolates
import numpy as np


def percentile(servers, percent):
    return float(np.percentile([time for server in servers for time in server], percent))


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: takes-a-share
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: a-mean
def percentile(servers, percent):
    times = [time for server in servers for time in server]
    return sum(times) / len(times)


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: another-percentile (without the largest)
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)[:-1] or servers[0]
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: hedges-at-once
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe:
            copies += 1
            end = min(first, second)
            times.append(end)
            work += 2 * end
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: hedges-the-quick
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first >= after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: hedges-the-quick (all)
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: copy-starts-at-zero
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: waits-for-the-copy
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = after + second
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: waits-for-both
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = max(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: counts-both
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(first)
            times.append(after + second)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: no-cancel
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += first + second
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: no-cancel (the second one works on)
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + second
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: forgets-the-copy
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: copy-works-from-zero
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += 2 * end
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: hedges-unsafe
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: counts-all
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, len(requests) + copies, work


# %% wrong: a-share-of-copies
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies / max(1, len(requests)), work


# %% wrong: not-three
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times


# %% wrong: not-three (the work is missing)
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
    return times, copies


# %% wrong: another-outcome (a copy is free)
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end - after
        else:
            times.append(first)
            work += first
    return times, copies, work


# %% wrong: another-outcome (late by less than 1 is not late)
from math import ceil


def percentile(servers, percent):
    times = []
    for server in servers:
        times.extend(server)
    times.sort()
    return times[ceil(percent * len(times) / 100) - 1]


def hedge(requests, after):
    took = ()
    copies = 0
    work = 0
    for first, second, safe in requests:
        if first <= after + 0.9 or not safe:
            took += (first,)
            work += first
            continue
        copies += 1
        if after + second < first:
            took += (after + second,)
            work += after + 2 * second
        else:
            took += (first,)
            work += first + (first - after)
    return took, copies, work


# %% wrong: no-return
from math import ceil


def percentile(servers, percent):
    times = sorted(time for server in servers for time in server)
    return times[ceil(len(times) * percent / 100) - 1]


def hedge(requests, after):
    times, copies, work = [], 0, 0
    for first, second, safe in requests:
        if safe and first > after:
            copies += 1
            end = min(first, after + second)
            times.append(end)
            work += end + (end - after)
        else:
            times.append(first)
            work += first
