"""The course library: reference implementations, labs and checks."""
