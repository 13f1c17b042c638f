"""Chapter 02, consistency models: one module a question, and the world that the causal replicas live in."""

from course_lib.checks.consistency import break_it, causal_store, compare, judge, linearizable, register

QUESTIONS = [module.QUESTION for module in (judge, register, compare, linearizable, causal_store, break_it)]
