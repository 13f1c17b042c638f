# %% right: a word, and what each call makes of it
class Holder:
    def __init__(self):
        self.word, self.mine, self.up = "gone", None, False

    def taken(self, session):
        self.word, self.mine, self.up = "work", session, True

    def hears(self, state, session):
        match state:
            case "SUSPENDED":
                self.up = False
                if self.word == "work":
                    self.word = "stop"
            case "LOST":
                self.up = False
                self.word = "gone"
            case "CONNECTED":
                self.up = True
                if session != self.mine:
                    self.word = "gone"

    def looked(self, found):
        if not found:
            self.word = "gone"
        elif self.up and self.word == "stop":
            self.word = "work"

    def status(self):
        return self.word


# %% wrong: works-on
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state != "SUSPENDED" and session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: gives-it-up-too-soon
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.session = None
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: gives-it-up-too-soon (one word for both)
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: trusts-the-old-word
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None
        else:
            self.sure = True

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: trusts-the-old-word (works while it is connected)
class Holder:
    def __init__(self):
        self.session, self.connected = None, False

    def taken(self, session):
        self.session, self.connected = session, True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "LOST" or (state == "CONNECTED" and session != self.session):
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.connected else "stop"


# %% wrong: survives-lost
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state in ("SUSPENDED", "LOST"):
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: survives-lost (does not know the word)
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif state == "CONNECTED" and session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: another-session
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif state == "LOST":
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: comes-back (at the next connection)
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif state == "CONNECTED" and self.session is not None and session != self.session:
            self.session = None
        elif session != self.session:
            self.session = session

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: comes-back (by a late answer)
class Holder:
    def __init__(self):
        self.word, self.mine, self.up = "gone", None, False

    def taken(self, session):
        self.word, self.mine, self.up = "work", session, True

    def hears(self, state, session):
        self.up = state == "CONNECTED"
        if state == "SUSPENDED" and self.word == "work":
            self.word = "stop"
        elif state == "LOST" or (state == "CONNECTED" and session != self.mine):
            self.word = "gone"

    def looked(self, found):
        if not found:
            self.word = "gone"
        elif self.up:
            self.word = "work"

    def status(self):
        return self.word


# %% wrong: found-nothing
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.sure = False
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: found-nothing (hears good news only)
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if found and self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: deaf-to-a-late-no
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not self.connected:
            return
        if found:
            self.sure = True
        else:
            self.session = None

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: looks-while-suspended
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        else:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: one-look-for-all
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False
        self.seen = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None
        else:
            self.sure = self.seen

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True
            self.seen = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: never-goes-on
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: forgets-the-new-one
class Holder:
    def __init__(self):
        self.session, self.connected, self.sure, self.lost = None, False, False, False

    def taken(self, session):
        self.session, self.connected, self.sure = session, True, True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif state == "LOST":
            self.lost = True
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None or self.lost:
            return "gone"
        return "work" if self.sure else "stop"


# %% wrong: not-a-word (True and False)
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        return self.session is not None and self.sure


# %% wrong: not-a-word (another language)
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "lost"
        return "work" if self.sure else "stop"


# %% wrong: no-return
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            print("gone")
        print("work" if self.sure else "stop")


# %% wrong: another-status (stops at the first look, too)
class Holder:
    def __init__(self):
        self.session = None
        self.connected = False
        self.sure = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = not self.sure

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"


# %% error: raised (status before all)
class Holder:
    def __init__(self):
        self.connected = False

    def taken(self, session):
        self.session = session
        self.connected = True
        self.sure = True

    def hears(self, state, session):
        self.connected = state == "CONNECTED"
        if state == "SUSPENDED":
            self.sure = False
        elif session != self.session:
            self.session = None

    def looked(self, found):
        if not found:
            self.session = None
        elif self.connected:
            self.sure = True

    def status(self):
        if self.session is None:
            return "gone"
        return "work" if self.sure else "stop"
