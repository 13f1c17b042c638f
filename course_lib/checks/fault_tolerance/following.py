"""The replica of 10.primary, mistaken in whom it follows: which views it takes, whose Copy, and what a crash leaves."""

from __future__ import annotations

from course_lib.checks.fault_tolerance.primaries import Log, Model
from course_lib.replication.views import View


class OlderView(Model):
    """Takes a Copy of any view."""

    def follows(self, view: View) -> bool:
        return True


class OnlyFromPeers(Model):
    """Takes a Copy unless it leads itself."""

    def follows(self, view: View) -> bool:
        return not self.leads() or view.number > self.view.number


class AnswersTheOlder(Model):
    """Says Have to a Copy of an older view, which it does not take; and of which view?"""

    def copy(self, sender: str, view: View, log: Log) -> None:
        if view.number < self.view.number:
            self.acknowledge(sender, self.said(view))
        super().copy(sender, view, log)

    def said(self, view: View) -> View:
        return self.view


class AnswersTheOlderByItsNumber(AnswersTheOlder):
    def said(self, view: View) -> View:
        return view


class EqualView(Model):
    """Of two views of one number it follows the second, too."""

    def follows(self, view: View) -> bool:
        return view.number >= self.view.number


class EqualViewTold(Model):
    """The same, where the view service tells it."""

    def learn(self, view: View) -> None:
        if view.number >= self.view.number:
            self.enter(view)


class EqualViewBoth(EqualView, EqualViewTold):
    pass


class TakesTheLogOfBoth(Model):
    """The same, and answers only the first."""

    def copy(self, sender: str, view: View, log: Log) -> None:
        if view.number > self.view.number:
            self.enter(view)
        if view.number == self.view.number:
            self.take(log)
        if view == self.view:
            self.acknowledge(sender, view)


class GoesBack(Model):
    """A View that comes late is another one, and it enters that."""

    def learn(self, view: View) -> None:
        if view.number != self.view.number:
            self.enter(view)


class StaysInTheOlder(Model):
    """Takes a Copy of a newer view, and enters it only when the view service tells it."""

    def copy(self, sender: str, view: View, log: Log) -> None:
        if self.follows(view):
            self.take(log)
            self.acknowledge(sender, view)


class WaitsForTheNews(Model):
    """Enters a view when the view service tells it, and no sooner: a Copy of any other view is refused."""

    def follows(self, view: View) -> bool:
        return view == self.view


class WaitsForTheNewsOfANumber(Model):
    """The same, where two views of one number are one."""

    def follows(self, view: View) -> bool:
        return view.number == self.view.number


class IgnoresViews(Model):
    """Hears of views by a Copy alone."""

    def learn(self, view: View) -> None:
        pass


class IgnoresViewsWithoutIt(Model):
    """A view that leaves it out does not concern it, it thinks."""

    def learn(self, view: View) -> None:
        if self.name in view.members:
            super().learn(view)


class OneByOne(Model):
    """Waits for the next number, of which it may never be told."""

    def learn(self, view: View) -> None:
        if view.number == self.view.number + 1:
            self.enter(view)


class TornView(Model):
    """Writes the number of its view, and then the members."""

    def on_start(self) -> None:
        self.disk.setdefault("number", self.first.number)
        self.disk.setdefault("members", self.first.members)
        self.disk.setdefault("log", ())
        self.begin()

    @property
    def view(self) -> View:
        return View(self.disk["number"], self.disk["members"])

    def enter(self, view: View) -> None:
        self.disk["number"] = view.number
        self.disk["members"] = view.members
        self.begin()


class TornViewOfMembers(TornView):
    """The same, the other way round."""

    def enter(self, view: View) -> None:
        self.disk["members"] = view.members
        self.disk["number"] = view.number
        self.begin()


class ViewInMemory(Model):
    """After a crash it believes what it believed at the beginning."""

    def on_start(self) -> None:
        self.known = self.first
        super().on_start()

    @property
    def view(self) -> View:
        return self.known

    def enter(self, view: View) -> None:
        self.known = view
        self.begin()


class CopiedViewInMemory(Model):
    """Of a view of which the view service tells it writes a note, and of one of which it learns by a Copy none."""

    def on_start(self) -> None:
        self.copied: View | None = None
        super().on_start()

    @property
    def view(self) -> View:
        known: View = self.copied or self.disk["view"]
        return known

    def learn(self, view: View) -> None:
        if view.number > self.view.number:
            self.copied, self.disk["view"] = None, view
            self.begin()

    def enter(self, view: View) -> None:
        self.copied = view
        self.begin()


class SaysBeforeTheView(Model):
    """Writes the log, says that it has it, and then writes the view."""

    def copy(self, sender: str, view: View, log: Log) -> None:
        if self.follows(view):
            self.take(log)
            self.acknowledge(sender, view)
            if view.number > self.view.number:
                self.enter(view)


class ForgetsTheView(Model):
    """It writes its view down, and at each start begins anew."""

    def on_start(self) -> None:
        self.disk["view"] = self.first
        super().on_start()


MISTAKES = [
    ("older-view", OlderView),
    ("older-view", OnlyFromPeers),
    ("answers-the-older", AnswersTheOlder),
    ("answers-the-older", AnswersTheOlderByItsNumber),
    ("equal-view", EqualView),
    ("equal-view", EqualViewTold),
    ("equal-view", EqualViewBoth),
    ("equal-view", TakesTheLogOfBoth),
    ("goes-back", GoesBack),
    ("stays-in-the-older", StaysInTheOlder),
    ("waits-for-the-news", WaitsForTheNews),
    ("waits-for-the-news", WaitsForTheNewsOfANumber),
    ("ignores-views", IgnoresViews),
    ("left-out", IgnoresViewsWithoutIt),
    ("one-by-one", OneByOne),
    ("torn-view", TornView),
    ("torn-view", TornViewOfMembers),
    ("view-in-memory", ViewInMemory),
    ("view-in-memory", ForgetsTheView),
    ("copied-view-in-memory", CopiedViewInMemory),
    ("says-before-the-view", SaysBeforeTheView),
]
