# %% right: three servers and a waltz, and very old news
for_round_robin = {"speeds": (1, 1, 1), "rate": 2.4, "work": [2.5, 0.1, 0.1]}
for_two_choices = {"speeds": [1] * 10, "rate": 9, "refresh": 150}


# %% right: one dear request for each round, and a few servers in another unit
for_round_robin = {"speeds": [1] * 7, "rate": 5.6, "work": [6.3] + [0.1] * 6, "refresh": 0}
for_two_choices = {"speeds": [100] * 3, "rate": 240, "work": 1, "refresh": 0.6}


# %% right: three servers, one of them at another speed
for_round_robin = {"speeds": [1, 2, 2], "rate": 2.8, "work": [1.6, 0.1, 0.1]}
for_two_choices = {"speeds": [1, 2], "rate": 1.6, "refresh": 100}


# %% wrong: only-more-load
for_round_robin = {"speeds": [1] * 9, "rate": 8}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: only-more-load (for two choices)
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1] * 10, "rate": 9}


# %% wrong: only-more-load (as good as none: the servers are a million times faster)
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1e6] * 4, "rate": 1e3}


# %% wrong: only-more-load (the same, for round robin)
for_round_robin = {"speeds": [1e6] * 5, "rate": 1e3}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: too-much
for_round_robin = {"speeds": [1] * 9, "rate": 12}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: too-much (a heavy work)
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1] * 10, "rate": 9, "work": 1.3, "refresh": 100}


# %% wrong: even-number (that of the lesson)
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: slow-server
for_round_robin = {"speeds": [0.5] + [1] * 8, "rate": 4}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: slow-server (that has too much)
for_round_robin = {"speeds": [0.5] + [1] * 8, "rate": 6}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: sees-the-slow-one
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [0.5] + [1] * 9, "rate": 4}


# %% wrong: out-of-step
for_round_robin = {"speeds": [1] * 9, "rate": 7.5, "work": [0.1, 1.9]}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: mild-rhythm
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [1.1, 0.9, 1]}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: sees-the-dear
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}


# %% wrong: does-not-look
for_round_robin = {"speeds": [1] * 9, "rate": 8, "refresh": 50}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: too-fresh
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: too-fresh (that of the lesson)
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1] * 50, "rate": 45, "refresh": 50}


# %% wrong: too-fresh (two servers that are hardly busy)
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1, 1], "rate": 0.4, "refresh": 10}


# %% wrong: never-told
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1] * 10, "rate": 9, "refresh": 2000}


# %% wrong: never-told (once, near the end)
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1] * 50, "rate": 45, "refresh": 200}


# %% wrong: fails-alike
for_round_robin = {"speeds": [1] * 9, "rate": 7, "fails": [0]}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: in-few-pairs
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1] * 10, "rate": 8.9, "fails": [0]}


# %% wrong: by-luck
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [1.27, 0.865, 0.865]}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: by-luck (for two choices)
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1] * 10, "rate": 9, "refresh": 70}


# %% wrong: not-a-load
for_round_robin = {"speeds": [1] * 9, "load": 0.9}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: not-a-load (a list)
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = [1, 1, 1]


# %% wrong: not-a-load (no rate)
for_round_robin = {"speeds": [1] * 9, "rate": 7.2, "work": [2.4, 0.3, 0.3]}
for_two_choices = {"speeds": [1] * 10, "refresh": 20}


# %% wrong: not-a-load (a server without speed)
for_round_robin = {"speeds": [0, 1, 1], "rate": 2}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}


# %% wrong: not-a-load (all fail)
for_round_robin = {"speeds": [1, 1, 1], "rate": 1, "fails": [0, 1, 2]}
for_two_choices = {"speeds": [1, 1], "rate": 1.5, "refresh": 40}
