"""Chapter 05, a lock on ZooKeeper: one module a question, and the worlds that functions of requests run in."""

from course_lib.checks.zookeeper_lock import break_it, create, fence, predecessor, recipe, session

QUESTIONS = [module.QUESTION for module in (predecessor, create, recipe, session, fence, break_it)]
