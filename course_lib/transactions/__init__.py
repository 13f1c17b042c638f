"""All or nothing, on several nodes: two-phase commit, and what comes after it."""
