"""The fenced resource of 04.fenced as it should be, and as learners write it by mistake: one thing differs each time."""

from __future__ import annotations

from typing import Any


class StaleToken(Exception):
    """As the notebook has it."""


class Model:
    """A token is admitted unless a higher one was here, by a read or by a write."""

    def __init__(self, value: Any) -> None:
        self.value, self.highest = value, 0

    def read(self, token: int) -> Any:
        self.admit(token)
        return self.value

    def write(self, token: int, value: Any) -> Any:
        self.admit(token)
        self.value = value

    def admit(self, token: int) -> None:
        self.refuse_below(token)
        self.highest = token

    def refuse_below(self, token: int) -> None:
        if token < self.highest:
            raise StaleToken


class RefusesTheHolder(Model):
    def refuse_below(self, token: int) -> None:
        if token <= self.highest:
            raise StaleToken


class ReadsDoNotRegister(Model):
    def read(self, token: int) -> Any:
        self.refuse_below(token)
        return self.value


class ReadsAreFree(Model):
    def read(self, token: int) -> Any:
        return self.value


class ReadsAreNotRefused(Model):
    def read(self, token: int) -> Any:
        self.highest = max(token, self.highest)
        return self.value


class LateReadsRegister(Model):
    """A late read is served, and lowers the mark."""

    def read(self, token: int) -> Any:
        self.highest = token
        return self.value


class CountsApart(Model):
    """Reads are compared with reads, writes with writes."""

    def __init__(self, value: Any) -> None:
        super().__init__(value)
        self.read_by = 0

    def read(self, token: int) -> Any:
        if token < self.read_by:
            raise StaleToken
        self.read_by = token
        return self.value


class WritesDoNotRegister(Model):
    def write(self, token: int, value: Any) -> Any:
        self.refuse_below(token)
        self.value = value


class AsText(Model):
    def refuse_below(self, token: int) -> None:
        if self.highest and str(token) < str(self.highest):
            raise StaleToken


class RefusesNobody(Model):
    def refuse_below(self, token: int) -> None:
        pass


class OnlyTheNext(Model):
    def refuse_below(self, token: int) -> None:
        if token not in (self.highest, self.highest + 1):
            raise StaleToken


class BeginsAtOne(Model):
    """The first token is taken for the only one."""

    def admit(self, token: int) -> None:
        self.refuse_below(token)
        self.highest = self.highest or token


class WritesAndRefuses(Model):
    def write(self, token: int, value: Any) -> Any:
        self.value = value
        self.admit(token)


class RaisesValueError(Model):
    kind: type[Exception] = ValueError

    def refuse_below(self, token: int) -> None:
        if token < self.highest:
            raise self.kind


class RaisesRuntimeError(RaisesValueError):
    kind = RuntimeError


class RaisesAssertionError(RaisesValueError):
    kind = AssertionError


class RaisesOSError(RaisesValueError):
    kind = OSError


class SaysNo(Model):
    """Returns something where it had to raise."""

    no: Any = None

    def read(self, token: int) -> Any:
        try:
            return super().read(token)
        except StaleToken:
            return self.no

    def write(self, token: int, value: Any) -> Any:
        try:
            super().write(token, value)
        except StaleToken:
            return self.no


class SaysFalse(SaysNo):
    no = False


class Registers(Model):
    """The mark is moved before the look, so nothing is ever below it."""

    def admit(self, token: int) -> None:
        self.highest = token
        self.refuse_below(token)


MISTAKES = [
    ("refuses-the-holder", RefusesTheHolder),
    ("reads-do-not-register", ReadsDoNotRegister),
    ("reads-do-not-register", ReadsAreFree),
    ("reads-do-not-register", CountsApart),
    ("late-reads-are-served", ReadsAreNotRefused),
    ("late-reads-are-served", LateReadsRegister),
    ("writes-do-not-register", WritesDoNotRegister),
    ("compares-as-text", AsText),
    ("refuses-nobody", RefusesNobody),
    ("refuses-nobody", Registers),
    ("only-the-next", OnlyTheNext),
    ("keeps-the-first", BeginsAtOne),
    ("refused-and-done", WritesAndRefuses),
    ("another-exception", RaisesValueError),
    ("another-exception", RaisesRuntimeError),
    ("another-exception", RaisesAssertionError),
    ("another-exception", RaisesOSError),
    ("returns-where-it-had-to-raise", SaysNo),
    ("returns-where-it-had-to-raise", SaysFalse),
]
