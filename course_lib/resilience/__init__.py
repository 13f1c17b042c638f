"""Keeping a failure small.

| module | what it has |
|---|---|
| `bulkheads` | one pool of workers for everything, or one for each thing that can hang |
"""
