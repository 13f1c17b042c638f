"""The holder of 05.session as it should be, and as learners write it by mistake: one method differs each time."""

from typing import Any


class Model:
    """The rule."""

    def __init__(self) -> None:
        self.session: int | None = None  # in which the lock was taken; None: it is gone
        self.connected = self.sure = False

    def taken(self, session: int) -> None:
        self.session, self.connected, self.sure = session, True, True

    def hears(self, state: str, session: int | None) -> None:
        match state:
            case "SUSPENDED":
                self.suspended()
            case "LOST":
                self.lost()
            case "CONNECTED":
                self.connected_again(session)

    def suspended(self) -> None:
        self.connected = self.sure = False

    def lost(self) -> None:
        self.session = None

    def connected_again(self, session: int | None) -> None:
        self.connected = True
        if session != self.session:
            self.session = None

    def looked(self, found: bool) -> None:
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self) -> Any:
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


class WorksOn(Model):
    def suspended(self) -> None:
        self.connected = False


class GivesItUp(Model):
    def suspended(self) -> None:
        self.session = None


class TrustsTheOldWord(Model):
    def connected_again(self, session: int | None) -> None:
        super().connected_again(session)
        self.sure = True


class TrustsAnyConnection(Model):
    def connected_again(self, session: int | None) -> None:
        self.connected = self.sure = True


class LostIsSuspended(Model):
    def lost(self) -> None:
        self.suspended()


class LostIsNothing(Model):
    def lost(self) -> None:
        pass


class AnySession(Model):
    def connected_again(self, session: int | None) -> None:
        self.connected = True


class ComesBack(Model):
    """Each call sets the word, whatever it was before."""

    def connected_again(self, session: int | None) -> None:
        self.session, self.connected = session, True


class LateAnswer(Model):
    def looked(self, found: bool) -> None:
        super().looked(found)
        if found and self.connected:
            self.session = -1 if self.session is None else self.session


class FoundNothing(Model):
    def looked(self, found: bool) -> None:
        self.sure = self.connected and found


class OnlyGoodNews(Model):
    def looked(self, found: bool) -> None:
        if found:
            super().looked(found)


class DeafToALateNo(Model):
    def looked(self, found: bool) -> None:
        if self.connected:
            super().looked(found)


class AnyAnswer(Model):
    def looked(self, found: bool) -> None:
        if not found:
            self.session = None
        self.sure = found


class OneLookForAll(Model):
    seen = False

    def looked(self, found: bool) -> None:
        super().looked(found)
        self.seen = self.seen or found

    def connected_again(self, session: int | None) -> None:
        super().connected_again(session)
        self.sure = self.seen


class OneLookAfterABreak(OneLookForAll):
    def looked(self, found: bool) -> None:
        Model.looked(self, found)
        self.seen = self.seen or (found and self.connected)


class NeverGoesOn(Model):
    def looked(self, found: bool) -> None:
        if not found:
            super().looked(found)


class ForgetsTheNewOne(Model):
    was_lost = False

    def lost(self) -> None:
        super().lost()
        self.was_lost = True

    def status(self) -> str:
        return "gone" if self.was_lost else str(super().status())


MISTAKES: list[tuple[str, type[Model]]] = [
    ("works-on", WorksOn),
    ("gives-it-up-too-soon", GivesItUp),
    ("trusts-the-old-word", TrustsTheOldWord),
    ("trusts-the-old-word", TrustsAnyConnection),
    ("survives-lost", LostIsSuspended),
    ("survives-lost", LostIsNothing),
    ("another-session", AnySession),
    ("comes-back", ComesBack),
    ("comes-back", LateAnswer),
    ("found-nothing", FoundNothing),
    ("found-nothing", OnlyGoodNews),
    ("deaf-to-a-late-no", DeafToALateNo),
    ("looks-while-suspended", AnyAnswer),
    ("one-look-for-all", OneLookForAll),
    ("one-look-for-all", OneLookAfterABreak),
    ("never-goes-on", NeverGoesOn),
    ("forgets-the-new-one", ForgetsTheNewOne),
]
