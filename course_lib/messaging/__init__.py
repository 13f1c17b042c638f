"""Chapter 01: messages over a network that loses, repeats, delays and reorders them.

| module | what it is about |
|---|---|
| `delivery` | request and reply, from "send and hope" to an effect exactly once |
| `ordering` | first in, first out, over links that reorder |
| `generals` | what no number of messages can bring about |
| `sockets` | what real TCP and UDP promise, on loopback |
"""
