# %% right: in another order, with one letter more
verdicts = dict(
    F="neither", E="linearizable", D="linearizable", C="linearizable", B="sequential", A="sequential", G="?"
)


# %% wrong: real-time-forgotten (any order will do)
verdicts = {
    "A": "linearizable",
    "B": "linearizable",
    "C": "linearizable",
    "D": "linearizable",
    "E": "linearizable",
    "F": "neither",
}


# %% wrong: real-time-in-sequential (stale is stale)
verdicts = {
    "A": "neither",
    "B": "neither",
    "C": "linearizable",
    "D": "linearizable",
    "E": "linearizable",
    "F": "neither",
}


# %% wrong: reads-one-by-one
verdicts = {
    "A": "sequential",
    "B": "linearizable",
    "C": "linearizable",
    "D": "linearizable",
    "E": "linearizable",
    "F": "neither",
}


# %% wrong: order-of-returns
verdicts = {
    "A": "sequential",
    "B": "sequential",
    "C": "sequential",
    "D": "linearizable",
    "E": "linearizable",
    "F": "neither",
}


# %% wrong: unknown-ignored
verdicts = {
    "A": "sequential",
    "B": "sequential",
    "C": "linearizable",
    "D": "neither",
    "E": "linearizable",
    "F": "neither",
}


# %% wrong: unknown-forced
verdicts = {
    "A": "sequential",
    "B": "sequential",
    "C": "linearizable",
    "D": "linearizable",
    "E": "sequential",
    "F": "neither",
}


# %% wrong: keys-one-by-one
verdicts = {
    "A": "sequential",
    "B": "sequential",
    "C": "linearizable",
    "D": "linearizable",
    "E": "linearizable",
    "F": "sequential",
}


# %% wrong: not-a-verdict (a list)
verdicts = ["sequential", "sequential", "linearizable", "linearizable", "linearizable", "neither"]


# %% wrong: not-a-verdict (yes and no)
verdicts = {"A": False, "B": False, "C": True, "D": True, "E": True, "F": False}


# %% wrong: not-a-verdict (one is missing)
verdicts = {
    "A": "sequential",
    "B": "sequential",
    "C": "linearizable",
    "D": "linearizable",
    "E": "linearizable",
}


# %% wrong: not-a-verdict (a list for a word)
verdicts = {"A": ["sequential"]}
