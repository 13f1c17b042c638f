"""What every lesson keeps to. A rule yields a sentence, with file and line, for each place that breaks it."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

from course_lib.paths import ROOT

sys.path.insert(0, str(ROOT / "book"))
from sources import read_cells

CODE_CELLS = range(25, 46)
MEDIAN_LINES = (3, 6)
WORDS = range(1_500, 3_001)
OBJECTIVES = range(3, 6)
PHRASE = 8  # words
CLAIMS, REAL, PRICE, DONE = (
    "What the article claims",
    "In real systems",
    "What it costs",
    "What you can do now",
)
IRREGULAR_PAST = {
    "found",
    "saw",
    "chose",
    "met",
    "built",
    "broke",
    "wrote",
    "read",
    "ran",
    "kept",
    "made",
    "put",
    "told",
    "took",
    "drew",
    "held",
    "knew",
}
FILLER = (
    "in this section we will",
    "it is important to note",
    "needless to say",
    "it should be noted",
    "as we all know",
)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")


@dataclass(frozen=True)
class Cell:
    """A cell of a lesson, the section it stands in, and its line in the text."""

    kind: str
    source: str
    tags: tuple[str, ...]
    section: str
    line: int

    @cached_property
    def prose(self) -> str:
        """Markdown without code and addresses, line by line as written."""
        if self.kind != "markdown":
            return ""
        text = re.sub(
            r"^```.*?^```",
            lambda fence: "\n" * fence[0].count("\n"),
            self.source,
            flags=re.MULTILINE | re.DOTALL,
        )
        return re.sub(r"`[^`\n]*`|\]\([^)]*\)", " ", text)


class Lesson:
    """The text of one chapter."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = path.parent.name[:2]
        self.file = f"book/{path.parent.name}/{path.name}"
        self.cells = list(_sections(path))

    @property
    def code(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.kind == "code"]

    def section(self, title: str) -> list[Cell]:
        return [cell for cell in self.cells if cell.section == title]

    def at(self, cell: Cell, before: str = "") -> str:
        """The place in the text, after what stands `before` it in the cell."""
        return f"{self.file}:{cell.line + before.count(chr(10))}"


def _sections(path: Path) -> Iterator[Cell]:
    """The cells, with a markdown cell cut where a section begins in its middle."""
    section = ""
    for cell in read_cells(path).cells:
        line = cell.metadata["line"]
        for part in (
            re.split(r"^(?=## )", cell.source, flags=re.MULTILINE)
            if cell.cell_type == "markdown"
            else [cell.source]
        ):
            if heading := re.match(r"## (.*)", part) if cell.cell_type == "markdown" else None:
                section = heading[1].strip()
            if part:
                yield Cell(cell.cell_type, part, tuple(cell.metadata.get("tags", ())), section, line)
            line += part.count("\n")


# The form


def has_a_chapters_length(lesson: Lesson) -> Iterator[str]:
    cells, words = len(lesson.code), sum(len(words_of(cell.prose)) for cell in lesson.cells)
    lines = median(len([line for line in cell.source.splitlines() if line.strip()]) for cell in lesson.code)
    if cells not in CODE_CELLS:
        yield f"{lesson.file}: {cells} code cells, not {CODE_CELLS[0]} to {CODE_CELLS[-1]}"
    if not MEDIAN_LINES[0] <= lines <= MEDIAN_LINES[1]:
        yield f"{lesson.file}: a median of {lines} lines a code cell, not {MEDIAN_LINES[0]} to {MEDIAN_LINES[1]}"
    if words not in WORDS:
        yield f"{lesson.file}: {words:,} words of prose, not {WORDS[0]:,} to {WORDS[-1]:,}"


def has_the_sections(lesson: Lesson) -> Iterator[str]:
    for title in (CLAIMS, REAL, PRICE, DONE):
        if not lesson.section(title):
            yield f'{lesson.file}: no section "## {title}"'
    if not any("price(" in cell.source for cell in lesson.section(PRICE) if cell.kind == "code"):
        yield f'{lesson.file}: "## {PRICE}" shows no lesson.price'
    if not any("**Sources**" in cell.source for cell in lesson.cells):
        yield f"{lesson.file}: no line **Sources**"


def keeps_its_objectives(lesson: Lesson) -> Iterator[str]:
    """Promised at the start, told in the past tense at the end."""
    promised = re.findall(r"^\d\. ", lesson.cells[0].prose, flags=re.MULTILINE)
    told = [
        (cell, line)
        for cell in lesson.section(DONE)
        for line in re.finditer(r"^- You (\S+).*", cell.prose, re.MULTILINE)
    ]
    if len(promised) not in OBJECTIVES:
        yield f"{lesson.file}: {len(promised)} numbered objectives at the start, not 3 to 5"
    if len(promised) != len(told):
        yield f'{lesson.file}: {len(promised)} objectives at the start, {len(told)} lines "- You ..." at the end'
    for cell, line in told:
        if not line[1].endswith("ed") and line[1] not in IRREGULAR_PAST:
            place = lesson.at(cell, cell.prose[: line.start()])
            yield f'{place}: "{line[0][:40]}" is not in the past tense'


def tests_its_claims(lesson: Lesson) -> Iterator[str]:
    named = {claim for cell in lesson.section(CLAIMS) for claim in re.findall(r"\*\*(A\d+)\*\*", cell.source)}
    tagged = claims_of(lesson)
    for claim in sorted(named - set(tagged)):
        yield f"{lesson.file}: claim {claim} is named but no code cell is tagged claim-{claim}"
    for claim in sorted(set(tagged) - named):
        yield f'{lesson.at(tagged[claim][0])}: claim-{claim} is tagged but not named in "## {CLAIMS}"'


def claims_of(lesson: Lesson) -> dict[str, list[Cell]]:
    """Which code cells test which claim."""
    found = defaultdict(list)
    for cell in lesson.code:
        for tag in cell.tags:
            if tag.startswith("claim-"):
                found[tag.removeprefix("claim-")].append(cell)
    return dict(found)


# The words


@dataclass(frozen=True)
class Term:
    """A line of the glossary."""

    name: str
    chapter: str
    instead_of: tuple[str, ...]
    line: int


def glossary(path: Path) -> list[Term]:
    rows = [
        (line, [cell.strip() for cell in text.strip().strip("|").split("|")])
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if text.startswith("|")
    ]
    assert [cells for _, cells in rows[:1]] == [["term", "meaning", "chapter", "not"]], (
        f"{path}: no such table"
    )
    return [
        Term(term, chapter, tuple(word.strip() for word in others.split(",") if word.strip()), line)
        for line, (term, _, chapter, others) in rows[2:]
    ]


def explains_its_terms(lesson: Lesson, terms: list[Term]) -> Iterator[str]:
    """A bold word introduces a term; labels end with a stop or stand alone, and products have their section."""
    known = {_singular(term.name) for term in terms}
    for cell in _own_words(lesson):
        for bold in re.finditer(r"(?<![*\w])\*\*([^*\n]+)\*\*(?!\*)", cell.prose):
            text = bold[1]
            alone = cell.prose[bold.start() :].split("\n")[0] == bold[0]
            if text[-1] in ".:?!" or alone or re.fullmatch(r"A\d+", text):
                continue
            if _singular(text) not in known:
                yield f"{lesson.at(cell, cell.prose[: bold.start()])}: **{text}** is not in book/glossary.md"


def uses_the_courses_words(lesson: Lesson, terms: list[Term]) -> Iterator[str]:
    for cell in _own_words(lesson):
        for term in terms:
            for other in term.instead_of:
                if found := _pattern(other).search(cell.prose):
                    yield f'{lesson.at(cell, cell.prose[: found.start()])}: "{found[0]}"; the course says "{term.name}"'


def glossary_is_used(terms: list[Term], lessons: list[Lesson]) -> Iterator[str]:
    written = {lesson.number: "\n".join(cell.prose for cell in lesson.cells) for lesson in lessons}
    names = Counter(_singular(term.name) for term in terms)
    for term in terms:
        place = f"book/glossary.md:{term.line}"
        if term.chapter not in written:
            yield f"{place}: {term.name} belongs to chapter {term.chapter}, which does not exist"
        elif not _pattern(term.name).search(written[term.chapter]):
            yield f"{place}: chapter {term.chapter} does not use {term.name}"
        if names[_singular(term.name)] > 1:
            yield f"{place}: {term.name} is there twice"


def has_no_filler(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        flat = " ".join(cell.prose.lower().split())
        for phrase in FILLER:
            if phrase in flat:
                yield f'{lesson.at(cell)}: "{phrase}" says nothing'
        if emoji := EMOJI.search(cell.source):
            yield f"{lesson.at(cell, cell.source[: emoji.start()])}: an emoji ({emoji[0]!a})"


def repeats(lessons: list[Lesson]) -> Iterator[str]:
    """Phrases that two chapters share; each stretch is told once. The head of a chapter is a form, alike in all."""
    first: dict[tuple[str, ...], tuple[Lesson, Cell]] = {}
    for lesson in lessons:
        told = -PHRASE
        for cell in lesson.cells[1:]:
            words = words_of(cell.prose.lower())
            for start in range(len(words) - PHRASE + 1):
                phrase = tuple(words[start : start + PHRASE])
                other, where = first.setdefault(phrase, (lesson, cell))
                if other is not lesson and start - told >= PHRASE:
                    told = start
                    yield f'{lesson.at(cell)}: "{" ".join(phrase)}" stands in {other.at(where)} too'
            told = -PHRASE


def links_lead_somewhere(lesson: Lesson, files: set[str]) -> Iterator[str]:
    for cell in lesson.cells:
        for link in re.finditer(r"\]\(([^)#]+)[^)]*\)", cell.source if cell.kind == "markdown" else ""):
            if "://" not in link[1] and link[1] not in files:
                yield f"{lesson.at(cell, cell.source[: link.start()])}: {link[1]} is not in the learner's folder"


def words_of(prose: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", prose)


def _own_words(lesson: Lesson) -> list[Cell]:
    """Cells in which the course speaks; products are told in their own words, under their own section."""
    return [cell for cell in lesson.cells if cell.kind == "markdown" and cell.section != REAL]


def _singular(term: str) -> str:
    return re.sub(r"(?<=\w\w)(?<!s)s$", "", term.lower().strip())


def _pattern(term: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, _singular(term).split()))
    return re.compile(rf"\b{words}(?:s|es)?\b", re.IGNORECASE)


FORM: tuple[Callable[[Lesson], Iterator[str]], ...] = (
    has_a_chapters_length,
    has_the_sections,
    keeps_its_objectives,
    tests_its_claims,
)
