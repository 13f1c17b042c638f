# %% right: three servers and a waltz, and a server that fails fast
for_round_robin = {"speeds": (1, 1, 1), "rate": 2.4, "work": [2.5, 0.1, 0.1]}
for_least_request = {"speeds": [1] * 10, "rate": 8.9, "fails": [3]}


# %% right: two servers, one at each of two speeds
for_round_robin = {"speeds": [1, 2], "rate": 1.5, "work": [2, 0.1], "refresh": 0}
for_least_request = {"speeds": [1] * 50, "rate": 40, "work": 1, "refresh": 100}


# %% wrong: only-more-load
for_round_robin = {"speeds": [1] * 10, "rate": 9}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: only-more-load (for least request)
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_least_request = {"speeds": [1] * 10, "rate": 9}


# %% wrong: too-much
for_round_robin = {"speeds": [1] * 10, "rate": 12}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: too-much (a heavy work)
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_least_request = {"speeds": [1] * 10, "rate": 9, "work": 1.3, "refresh": 20}


# %% wrong: slow-server
for_round_robin = {"speeds": [0.5] + [1] * 9, "rate": 4}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: slow-server (that has too much)
for_round_robin = {"speeds": [0.5] + [1] * 9, "rate": 6}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: sees-the-slow-one
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_least_request = {"speeds": [0.5] + [1] * 9, "rate": 4}


# %% wrong: out-of-step
for_round_robin = {"speeds": [1] * 9, "rate": 7.5, "work": [0.1, 1.9]}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: mild-rhythm
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.9, 1.1]}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: sees-the-dear
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_least_request = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}


# %% wrong: does-not-look
for_round_robin = {"speeds": [1] * 10, "rate": 9, "refresh": 50}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: too-fresh
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 2}


# %% wrong: too-fresh (nobody is busy)
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_least_request = {"speeds": [1] * 10, "rate": 1, "refresh": 2}


# %% wrong: fails-alike
for_round_robin = {"speeds": [1] * 10, "rate": 8, "fails": [0]}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: too-idle
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_least_request = {"speeds": [1] * 10, "rate": 3, "fails": [0]}


# %% wrong: by-luck
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.74, 1.26]}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: by-luck (for least request)
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 7}


# %% wrong: not-a-load
for_round_robin = {"speeds": [1] * 10, "load": 0.9}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: not-a-load (a list)
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_least_request = [1, 1, 1]


# %% wrong: not-a-load (no rate)
for_round_robin = {"speeds": [1] * 10, "rate": 8, "work": [0.1, 1.9]}
for_least_request = {"speeds": [1] * 10, "refresh": 20}


# %% wrong: not-a-load (a server without speed)
for_round_robin = {"speeds": [0, 1, 1], "rate": 2}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}


# %% wrong: not-a-load (all fail)
for_round_robin = {"speeds": [1, 1], "rate": 1, "fails": [0, 1]}
for_least_request = {"speeds": [1] * 10, "rate": 9, "refresh": 20}
