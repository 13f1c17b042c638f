# %% right: read before it is written
history = [("bob", "read", 1, 0, 1), ("ann", "write", 1, 2.5, 3)]


# %% right: as a tuple of lists
history = (["b", "read", 0, 10, 11], ["a", "write", "tea", 3, 9])


# %% wrong: one-process
history = [("ann", "write", 1, 0, 2), ("ann", "read", 0, 4, 6)]


# %% wrong: they-overlap
history = [("ann", "write", 1, 0, 5), ("bob", "read", 0, 4, 6)]


# %% wrong: times-touch
history = [("ann", "write", 1, 0, 4), ("bob", "read", 0, 4, 6)]


# %% wrong: nobody-wrote-it
history = [("ann", "write", 1, 0, 2), ("bob", "read", 2, 4, 6)]


# %% wrong: more-than-needed
history = [("ann", "write", 1, 0, 2), ("bob", "read", 0, 4, 6), ("bob", "read", 1, 8, 9)]


# %% wrong: nothing-stale
history = [("ann", "write", 1, 0, 2), ("bob", "read", 1, 4, 6)]


# %% wrong: unknown-outcome
history = [("ann", "write", 1, 0, None), ("bob", "read", 0, 4, 6)]


# %% wrong: not-sequential
history = [("ann", "write", 1, 0, 2), ("bob", "read", 1, 4, 6), ("bob", "read", 0, 8, 9)]


# %% wrong: not-a-history (empty)
history = []


# %% wrong: not-a-history (no times)
history = [("ann", "write", 1), ("bob", "read", 0)]


# %% wrong: not-a-history (one tuple)
history = ("ann", "write", 1, 0, 2)


# %% wrong: not-a-history (another kind)
history = [("ann", "put", 1, 0, 2), ("bob", "get", 0, 4, 6)]


# %% wrong: not-a-history (it ends before it starts)
history = [("ann", "write", 1, 2, 0), ("bob", "read", 0, 4, 6)]


# %% wrong: not-a-history (two at a time)
history = [("ann", "write", 1, 0, 4), ("ann", "read", 0, 2, 6)]


# %% wrong: not-a-history (times as text)
history = [("ann", "write", 1, "0", "2"), ("bob", "read", 0, "4", "6")]
