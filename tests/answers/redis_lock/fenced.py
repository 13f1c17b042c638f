# %% right: a list of all tokens, and max
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value = value
        self.seen = [0]

    def read(self, token):
        if token < max(self.seen):
            raise StaleToken
        self.seen.append(token)
        return self.value

    def write(self, token, value):
        self.read(token)
        self.value = value


# %% right: None before the first
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self._value, self._highest = value, None

    def _check(self, token):
        if self._highest is not None and self._highest > token:
            raise StaleToken(token, self._highest)
        self._highest = token if self._highest is None else max(token, self._highest)

    def read(self, token):
        self._check(token)
        return self._value

    def write(self, token, value):
        self._check(token)
        self._value = value
        return True


# %% wrong: refuses-the-holder
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def admit(self, token):
        if not token > self.highest:
            raise StaleToken
        self.highest = token

    def read(self, token):
        self.admit(token)
        return self.value

    def write(self, token, value):
        self.admit(token)
        self.value = value


# %% wrong: reads-do-not-register
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def read(self, token):
        if token < self.highest:
            raise StaleToken
        return self.value

    def write(self, token, value):
        if token < self.highest:
            raise StaleToken
        self.highest = token
        self.value = value


# %% wrong: reads-do-not-register (they are not looked at)
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def read(self, token):
        return self.value

    def write(self, token, value):
        if token < self.highest:
            raise StaleToken
        self.highest, self.value = token, value


# %% wrong: reads-do-not-register (two marks)
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.read_by, self.written_by = value, 0, 0

    def read(self, token):
        if token < self.read_by:
            raise StaleToken
        self.read_by = token
        return self.value

    def write(self, token, value):
        if token < self.written_by:
            raise StaleToken
        self.written_by = token
        self.value = value


# %% wrong: late-reads-are-served
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def read(self, token):
        self.highest = max(self.highest, token)
        return self.value

    def write(self, token, value):
        if token < self.highest:
            raise StaleToken
        self.highest = token
        self.value = value


# %% wrong: late-reads-are-served (and lower the mark)
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def read(self, token):
        self.highest = token
        return self.value

    def write(self, token, value):
        if token < self.highest:
            raise StaleToken
        self.highest = token
        self.value = value


# %% wrong: writes-do-not-register
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def read(self, token):
        if token < self.highest:
            raise StaleToken
        self.highest = token
        return self.value

    def write(self, token, value):
        if token < self.highest:
            raise StaleToken
        self.value = value


# %% wrong: compares-as-text
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, ""

    def admit(self, token):
        token = str(token)
        if token < self.highest:
            raise StaleToken
        self.highest = token

    def read(self, token):
        self.admit(token)
        return self.value

    def write(self, token, value):
        self.admit(token)
        self.value = value


# %% wrong: refuses-nobody (the mark is moved first)
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def read(self, token):
        self.highest = token
        if token < self.highest:
            raise StaleToken
        return self.value

    def write(self, token, value):
        self.highest = token
        if token < self.highest:
            raise StaleToken
        self.value = value


# %% wrong: only-the-next
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.holder = value, 0

    def admit(self, token):
        if token == self.holder + 1:
            self.holder = token
        if token != self.holder:
            raise StaleToken

    def read(self, token):
        self.admit(token)
        return self.value

    def write(self, token, value):
        self.admit(token)
        self.value = value


# %% wrong: keeps-the-first
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, None

    def admit(self, token):
        if self.highest is None:
            self.highest = token
        if token < self.highest:
            raise StaleToken

    def read(self, token):
        self.admit(token)
        return self.value

    def write(self, token, value):
        self.admit(token)
        self.value = value


# %% wrong: refused-and-done
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def admit(self, token):
        if token < self.highest:
            raise StaleToken
        self.highest = token

    def read(self, token):
        self.admit(token)
        return self.value

    def write(self, token, value):
        self.value = value
        self.admit(token)


# %% wrong: returns-where-it-had-to-raise (None)
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def read(self, token):
        if token >= self.highest:
            self.highest = token
            return self.value

    def write(self, token, value):
        if token >= self.highest:
            self.highest = token
            self.value = value


# %% wrong: returns-where-it-had-to-raise (False)
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def read(self, token):
        if token < self.highest:
            return False
        self.highest = token
        return self.value

    def write(self, token, value):
        if token < self.highest:
            return False
        self.highest = token
        self.value = value
        return True


# %% wrong: one-for-all
class StaleToken(Exception):
    pass


class FencedResource:
    seen = {"highest": 0}

    def __init__(self, value):
        self.value = value

    def admit(self, token):
        if token < self.seen["highest"]:
            raise StaleToken
        self.seen["highest"] = token

    def read(self, token):
        self.admit(token)
        return self.value

    def write(self, token, value):
        self.admit(token)
        self.value = value


# %% wrong: another-rule (late by more than one is late)
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def admit(self, token):
        if token < self.highest - 1:
            raise StaleToken
        self.highest = max(token, self.highest)

    def read(self, token):
        self.admit(token)
        return self.value

    def write(self, token, value):
        self.admit(token)
        self.value = value


# %% wrong: another-exception
class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def admit(self, token):
        if token < self.highest:
            raise ValueError("stale")
        self.highest = token

    def read(self, token):
        self.admit(token)
        return self.value

    def write(self, token, value):
        self.admit(token)
        self.value = value


# %% wrong: another-exception (an assertion)
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def admit(self, token):
        assert token >= self.highest, "stale"
        self.highest = token

    def read(self, token):
        self.admit(token)
        return self.value

    def write(self, token, value):
        self.admit(token)
        self.value = value


# %% error: raised (StaleToken is returned)
class StaleToken(Exception):
    pass


class FencedResource:
    def __init__(self, value):
        self.value, self.highest = value, 0

    def read(self, token):
        if token < self.highest:
            return StaleToken
        self.highest = token
        return self.value

    def write(self, token, value):
        if token < self.highest:
            return StaleToken
        self.highest = token
        self.value = value
