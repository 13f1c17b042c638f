# %% right: one limit after the other
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% right: moments in place of durations
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.end = now + self.longest
        self.next = now + self.ttl / 3
        self.stuck = now + self.stall

    def progress(self, now):
        self.stuck = now + self.stall

    def due(self, now):
        return self.next <= now < min(self.end, self.stuck)

    def extended(self, now, ok):
        self.next = now + self.ttl / 3
        if not ok:
            self.end = now


# %% wrong: too-late
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: another-share (half of it)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 2

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: at-the-limit (of the time)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed > self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: at-the-limit (of the stall)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed > self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: at-the-limit (of the life)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started > self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: all-the-time
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return True

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: forgets-extensions
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if not ok:
            self.lost = True


# %% wrong: progress-extends
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = self.renewed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: ignores-the-stall
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: ignores-the-stall (counts from the extension)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.renewed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: stuck-for-ever
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall:
            self.lost = True
            return False
        if now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: start-is-progress
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = now
        self.progressed = -1e9
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: lives-for-ever
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: lives-for-ever (progress begins a new life)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.progressed >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: lives-for-ever (an extension begins a new life)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.renewed >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: counts-the-last-one
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now + self.ttl > self.started + self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: goes-on-without-the-lock (tries again)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now


# %% wrong: goes-on-without-the-lock (does not look at ok)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        self.renewed = now


# %% wrong: goes-on-without-the-lock (progress brings it back)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now
        self.lost = False

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: from-the-creation
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall
        self.started = self.renewed = self.progressed = 0
        self.lost = False

    def start(self, now):
        pass

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: from-the-creation (its life only)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall
        self.started = 0

    def start(self, now):
        self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: not-anew (once lost, always lost)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall
        self.lost = False

    def start(self, now):
        self.started = self.renewed = self.progressed = now

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: not-anew (the life of the first)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall
        self.started = None

    def start(self, now):
        self.started = self.started if self.started is not None else now
        self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: asking-extends
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        if now - self.renewed >= self.ttl / 3:
            self.renewed = now
            return True
        return False

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: another-renewal (a third of the stall)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.stall / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% error: raised (a clock of its own)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return self.clock() - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: another-share (whole seconds)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl // 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: another-share (0.33)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl * 0.33

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: gives-up-by-its-clock
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return self.ttl / 3 <= now - self.renewed < self.ttl

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: gives-up-by-its-clock (and for good)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        if now - self.renewed > self.ttl:
            self.lost = True
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        if ok:
            self.renewed = now
        else:
            self.lost = True


# %% wrong: goes-on-without-the-lock (a later success brings it back)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        self.lost = not ok
        if ok:
            self.renewed = now


# %% wrong: goes-on-without-the-lock (the last extension only)
class Renewal:
    def __init__(self, ttl, longest, stall):
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now):
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now):
        self.progressed = now

    def due(self, now):
        if self.lost:
            return False
        if now - self.progressed >= self.stall or now - self.started >= self.longest:
            return False
        return now - self.renewed >= self.ttl / 3

    def extended(self, now, ok):
        self.lost, self.renewed = not ok, now
