"""The same policies over real HTTP, on loopback: servers and clients are processes, and a proxy stands between them.

| module | what it has |
|---|---|
| `proxy` | a small proxy, which lets a policy choose |
| `backend`, `fleet` | the servers behind it, each a process: what it does, and how they are started |
| `client`, `load` | who sends the requests, a process too: in an open or a closed loop; what to send, what came of it |
| `wire` | as much of HTTP as all of them need |
"""
