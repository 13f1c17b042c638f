"""10.primary: a replica that serves its clients, and is fenced off when another one leads."""

from course_lib.checks.fault_tolerance import answering, counting, following, keeping, repeating, silent
from course_lib.checks.fault_tolerance.schedules import RUNGS
from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question

QUESTION = Question(
    "10.primary",
    title="A primary that fences off the one before it",
    names=("Replica",),
    signature="class Replica(Node): __init__(first: View); on_start(); on_message(sender, message)",
    points=4,
    minutes=30,
    hints=(
        "On the disk: the newest view that it knows, and the log. In memory: how much each backup has said that it has in this view, and who waits for an answer. Write down what each of the four messages changes.",
        "A Copy counts if its view is newer than yours, and then that is your view from now on, on the disk; or if it is the very view that you are in. Write the log, then say Have. A Request counts if you lead: a read goes into the log like a write, and when all backups have its entry it is answered.",
        "Request: if the entry is not in the log, write (*log, entry); then send Copy(view, log) to view.members[1:], in any case, and look who can be answered. To look: everywhere = min([self.have.get(name, 0) for name in view.members[1:]], default=len(log)); answer those who wait among log[:everywhere]. Have: remember it, and look again.",
    ),
    misconceptions={
        "answers-first": "The client had its answer, and the backups did not have the entry yet. The primary died, or was replaced, and nobody knows of it. Answer when all backups of the view have said Have.",
        "one-is-enough": "It answered before all backups had the entry, and the one that had not leads now. The view service may promote any of them: so wait for all, whatever was asked.",
        "counts-haves": "Two Haves of one backup are not two backups: each Copy that comes to it is answered. Count names: of each backup remember how much it has.",
        "any-have": "A Have that came before was about a shorter log. Of each backup, compare the length that it has told with the place of the entry.",
        "known-is-done": "The client asked again, and the entry was in the log already; but not at all backups. In the log is not the same as everywhere: it is answered when the backups have it, like all others.",
        "reads-alone": "It answered a read out of its own copy. Another one leads, and has written since: the old value is stale, and the one who tells it cannot know. A read, too, has to wait until the backups have heard of it in this view: put it into the log like a write.",
        "changes-nothing": "It answered out of its own copy what would change nothing there: a cas that fails, or a write of the value that it has. But another one leads, and has written since: there it would change something. Whatever it does, it goes into the log, and waits until the backups have it.",
        "any-have-for-a-read": "It answered a read when the next Have came, and that one had been sent before the read was asked. So it says nothing of who leads now. Put the read into the log like a write: then a Have that counts it came after it.",
        "dirty-results": "What it answered comes from later in the log: from an entry that a backup may never get, or that somebody else asked for. An entry's result is that at its own place: result_of(log, position).",
        "any-replica": "It answered, or wrote, and did not lead. Only the leader of the newest view that it knows does that: view.leader.",
        "answers-after-all": "It learnt that it had been replaced, and answered those who still waited: it had nobody to wait for any more. But it does not lead. They go empty-handed, and ask the new one.",
        "older-view": "It took a Copy of an older view. The one who sent it was replaced, and now believes that it got through. A number protects nothing unless the one who is written to compares it: the backup.",
        "answers-the-older": "It said Have to a Copy of an older view, and had not taken it. A Have says: a log of yours, of so many entries, is on my disk. Who was replaced gets none.",
        "equal-view": "There were two views of one number, and it followed the leader of both. Equal is not newer: after the first it takes nothing of the second, neither a Copy nor the View.",
        "goes-back": "An older View came late, and it entered that. Another number is not a higher one: it takes part in the newest that it has heard of, and in no older one any more.",
        "stays-in-the-older": "It took a Copy of a newer view, and stayed in the older one: then it took one of the older view as well. Who takes part in a view is in no older one any more.",
        "waits-for-the-news": "It took no Copy of a view that it had not heard of from the view service. That news may never come; the leader's Copy brings it.",
        "ignores-views": "A member is down, and the next view leaves it out. Did the leader take that View?",
        "left-out": "It was told of a view that leaves it out, did not enter that, and took a Copy of an older one later. A view without it is a view too: the newest that it knows is that, and it takes nothing of those before.",
        "one-by-one": "A View was lost, and it did not take the next but one: it waited for the number after its own. Any higher number is newer.",
        "torn-view": "A crash came between two writes, and after it the view on the disk had the number of one and the members of another. Such a view was never made. One assignment to a key is one write: put number and members under one key.",
        "view-in-memory": "A crash took the view, and it believed the old primary again. The newest view that it knows has to be on the disk, as soon as it knows it, and on_start reads it from there.",
        "copied-view-in-memory": "It learnt of a view by a Copy, and kept that in memory: a crash took it, and it believed the old primary again. However it hears of a view, the view has to be on the disk.",
        "says-before-the-view": "Have was out, and the view was not on the disk. After the crash it took part in the older view again, and what it had said that it has was replaced. Write first, then tell.",
        "log-in-memory": "A client was told that it is written, and the disk does not have it. The log has to be on the disk, and on_start leaves there what it finds.",
        "says-first": "Have was out, and the log was not on the disk: the primary counted on it. Write first, then tell.",
        "shares-first": "The primary sent an entry that was not on its own disk. After the crash it gave its place to another one, and a Have of before seemed to be about that. Write first, then tell.",
        "keeps-its-own": "Its log had entries that the new primary does not have. Nobody had been told that they are done. Its log is that of the leader, from its beginning to its end: take the whole, also if it is shorter.",
        "gives-up-its-log": "It gave up its log, or the end of it, when it entered a view. It may lead that view, or the next one before a Copy has come, and then what was answered is gone. A log stays until another one takes its place.",
        "twice": "The client asked again, with the same id, and it was done twice: after others had written. What is in the log already, wherever it stands, is not added again.",
        "seen-in-memory": "It remembers in memory what it was asked for. A crash took that, the client asked again, and it was done twice. The log is on the disk, and knows: what is in it already is not added again.",
        "seen-by-itself": "It remembers what it was asked for itself. But this request had come to it in a Copy, when another one led: the client asked again, and it was done twice. The log knows, however it came: what is in it already is not added again.",
        "id-alone": "Each client counts its own requests: ann's request 1 and bob's request 1 are two. Compare client *and* id, in the log and where you remember who waits.",
        "by-operation": "The same operation with another id is another request: who reads twice wants two answers. It is the client and the id that tell a request which comes again.",
        "knows-it-already": "The client asks again because a message was lost: the answer, or the Copy, or the Have. So send the log again, and answer.",
        "not-alone": "In its view there is no backup left, so no Have will come. It has to answer at once.",
        "takes-it-for-granted": "It took for granted that its backups have what it has itself. But an entry may have come to it alone, or have gone out to nobody before it crashed. A backup has what it has said in this view, and no more.",
        "waits-for-the-dead": "It waits for a replica that is not a member of the view any more. Those who count are view.members[1:].",
        "never-leads": "It was a backup, and leads now: view.leader says so, whoever led at first.",
        "silent": "The members of the newest view are up and hear each other, and a client has waited to the end. A Copy from the leader is answered with Have(view.number, len(log)), a Request with Reply(id, result).",
        "not-a-log": "self.disk['log'] has to be a tuple of Entry(client, id, operation).",
        "another-failure": "Follow the picture: who led in which view, and what was on whose disk when the answer went out?",
    },
    right=(
        "What was answered is everywhere, and who was replaced gets no answer from the others, and so has none to give, not even to a read. Two may believe that they lead, and it does no harm: exploration went through every schedule of this size. "
        "Think of next: a replica that was left out comes back, with an old log. When may it be counted again, and when may it lead?"
    ),
    seconds=10.0,
)

protocol = Protocol(
    QUESTION,
    [
        *following.MISTAKES,
        *keeping.MISTAKES,
        *repeating.MISTAKES,
        *counting.MISTAKES,
        *answering.MISTAKES,
        *silent.MISTAKES,
    ],
    {
        "readable": "not-a-log",
        "kept": "another-failure",
        "one_copy": "another-failure",
        "of_the_service": "another-failure",
        "answered": "silent",
        "takes_nothing_older": "older-view",
        "follows_one": "equal-view",
    },
)
for name, trials in RUNGS.items():
    protocol.rung(name, *trials)
