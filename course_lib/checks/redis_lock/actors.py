"""Who acts in a scene: calls of the learner's function, and others who come between their commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Wrong
from course_lib.checks.redis_lock.scenes import HOP, Move, Scene
from course_lib.checks.redis_lock.server import READS, WAITING, Connection, name_of, text, words

LONGEST = 12  # commands of one call; who sends more waits for something


class Caller:
    """A call of the learner's function: which command is next, and what it returned."""

    def __init__(self, scene: Scene, name: str, answer: Answer, *args: Any) -> None:
        self.scene, self.name = scene, name
        self.args = args
        self.source = answer.call(args, repr)
        self.connection = Connection(scene.redis, scene.eye)
        self.sent: list[tuple[Any, ...]] = []
        self.over = self.crashed = False
        self.began = self.returned = scene.now
        self.result: Any = None
        self.left = scene.lock()
        """The lock when the call returned."""
        self.meanwhile: dict[int, list[str]] = {}
        """What others did after so many commands, as source text."""
        with scene.at_the_caller():
            self.steps = answer.steps(*args)
        self._go_on(lambda: self.steps.send(None))

    def ways(self) -> list[Callable[[], None]]:
        """What it may do next."""
        return [] if self.over else [self.step]

    def step(self) -> None:
        """Redis carries out the next command, and the learner's code goes on with the reply."""
        scene, command = self.scene, self._checked(self.next)
        if not self.sent:
            self.began = scene.now
        self.sent.append(command)
        scene.message(self.name, "redis", words(command))
        reply, error = self._carried_out(command)
        said = f"error: {sentence(error)}" if error else short(reply, 60)
        scene.story.append(f"{self.name} {words(command)} -> {said}")
        scene.message("redis", self.name, said)
        self._go_on(lambda: self.steps.throw(error) if error else self.steps.send(reply), error)
        if len(self.sent) == 1:
            meanwhile(scene, self, self.source)

    def crash(self) -> None:
        """It never goes on."""
        self.over = self.crashed = True
        self.scene.story.append(f"{self.name} crashes")
        self.scene.note("crash", self.name)

    def _carried_out(self, command: tuple[Any, ...]) -> tuple[Any, Exception | None]:
        from redis.exceptions import RedisError

        before = self.scene.lock()
        try:
            reply, error = self.connection.execute(command), None
        except RedisError as raised:
            reply, error = None, raised
        if name_of(command) not in READS:
            self.scene.changed()
        self.scene.moves.append(Move(self.name, command, reply, before, self.scene.lock()))
        return reply, error

    def _go_on(self, act: Callable[[], tuple[bool, Any]], error: Exception | None = None) -> None:
        try:
            with self.scene.at_the_caller():
                self.over, value = act()
        except Failed as failure:
            if error is None or "RedisError" not in failure.kinds:
                raise
            said = f"{self.source} yielded {short(self.sent[-1])}, and the reply was an error: {sentence(error)}."
            raise Wrong(self._why_refused(str(error)), said) from failure
        if self.over:
            self.result, self.returned, self.left = value, self.scene.now, self.scene.lock()
        else:
            self.next = value

    def _why_refused(self, error: str) -> str:
        """The misconception's id: a script that Redis cannot run, or another command."""
        if "user_script" not in error and "Lua" not in error:
            return "redis-refuses"
        script = text(self.sent[-1][1])
        pasted = any(isinstance(arg, str) and arg in script for arg in self.args[1:])
        return "pasted-in" if pasted else "script-fails"

    def _checked(self, command: Any) -> tuple[Any, ...]:
        """The command, if it is one that may be sent."""
        if not isinstance(command, tuple | list) or not command or not isinstance(command[0], str | bytes):
            raise Wrong("not-a-command", f"{self.source} yielded {short(command)}.")
        if name_of(command) in WAITING:
            said = f"{self.source} yielded {short(tuple(command))}: {name_of(command)} waits, or changes the connection."
            raise Wrong("waits", said)
        if len(self.sent) == LONGEST:
            raise Wrong("waits", f"After {LONGEST} commands {self.source} had not returned, and was stopped.")
        return tuple(command)

    def replay(self) -> str:
        """With what came between its commands: of a second call, as if it had run at one go. Nothing after a crash."""
        if self.crashed:
            return ""
        between = ", ".join(f"{number}: [{', '.join(them)}]" for number, them in self.meanwhile.items())
        return f"run(client, {self.source}{f', {{{between}}}' if between else ''})"


class Others:
    """What comes from elsewhere, in this order: "ends", the lock's time is over; "takes", somebody takes the lock."""

    def __init__(self, scene: Scene, name: str, token: str, *events: str) -> None:
        self.scene, self.name, self.token = scene, name, token
        self.events = list(events)

    def ways(self) -> list[Callable[[], None]]:
        return [self.step] if self.events else []

    def step(self) -> None:
        command = self._ends() if self.events.pop(0) == "ends" else self._takes()
        meanwhile(self.scene, self, repr(command))

    def _ends(self) -> tuple[Any, ...]:
        """Time passes until the lock is over, whoever has it."""
        scene, end = self.scene, self.scene.lock().end
        if end is not None:
            scene.pass_time(end - scene.now + HOP)
        scene.story.append("the lock's time is over")
        scene.note("report", "redis", said="the lock's time is over")
        return ("PEXPIRE", scene.key, 0)

    def _takes(self) -> tuple[Any, ...]:
        scene, command = self.scene, ("SET", self.scene.key, self.token, "NX", "PX", 30_000)
        scene.message(self.name, "redis", words(command))
        got = scene.eye.execute_command(*command)
        scene.changed()
        scene.story.append(f"{self.name} {'takes the lock' if got else 'asks for the lock in vain'}")
        scene.message("redis", self.name, repr(got))
        return command


def sentence(error: Exception) -> str:
    """What it says; of a script that fails, only the line and the reason."""
    first = str(error).partition("\n")[0]
    return re.sub(r'^.*\[string "[^"]*"\]:(\d+)', r"line \1 of the script", first).rstrip(". :")


def meanwhile(scene: Scene, actor: Caller | Others, source: str) -> None:
    """Writes down for the first call's replay what another did between its commands."""
    first = scene.actors[0]
    if actor is not first:
        first.meanwhile.setdefault(len(first.sent), []).append(source)
