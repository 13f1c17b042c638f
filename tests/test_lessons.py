"""The lessons keep to the course's form and words; and the rules that say so are tried on lessons that do not.

    python tests/test_lessons.py

prints which cells test which claim.
"""

import re
from pathlib import Path

import lesson_rules as rules
import pytest
from lesson_rules import Lesson, Term

from course_lib.paths import ROOT, chapters

LESSONS = [Lesson(ROOT / "book" / chapter.name / "lesson.md") for chapter in chapters()]
CHAPTERS = [lesson for lesson in LESSONS if lesson.number != "00"]  # 00 is a page, not a chapter
GLOSSARY = ROOT / "book" / "glossary.md"

every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.number)
every_chapter = pytest.mark.parametrize("lesson", CHAPTERS, ids=lambda lesson: lesson.number)


def said(sentences) -> str:
    return "\n".join(sentences)


@every_chapter
@pytest.mark.parametrize("rule", rules.FORM, ids=lambda rule: rule.__name__)
def test_a_chapter_keeps_the_form(lesson, rule):
    assert said(rule(lesson)) == ""


@every_chapter
def test_a_chapter_explains_its_terms_in_the_glossary(lesson):
    assert said(rules.explains_its_terms(lesson, rules.glossary(GLOSSARY))) == ""


@every_lesson
def test_a_lesson_uses_the_courses_words(lesson):
    assert said(rules.uses_the_courses_words(lesson, rules.glossary(GLOSSARY))) == ""


def test_the_glossary_holds_what_the_chapters_use():
    assert said(rules.glossary_is_used(rules.glossary(GLOSSARY), LESSONS)) == ""


@every_lesson
def test_a_lesson_has_no_filler_and_no_emoji(lesson):
    assert said(rules.has_no_filler(lesson)) == ""


@every_lesson
def test_links_between_notebooks_lead_somewhere(lesson):
    files = {f"{chapter.name}.ipynb" for chapter in chapters()} | {"glossary.ipynb"}
    files |= {f"{chapter.number}_exercises.ipynb" for chapter in chapters()}
    assert said(rules.links_lead_somewhere(lesson, files)) == ""


def test_no_phrase_is_said_in_two_chapters():
    assert said(rules.repeats(CHAPTERS)) == ""


GOOD = """# 03 · Toy

1. compute a thing
2. see a thing
3. name a thing

## What the article claims

- **A7** Things move.

A **ring** is round.

```{code-cell} python
:tags: [claim-A7]

moved = 1
```

## In real systems

**Product** says vnode.

## What it costs

```{code-cell} python
price("ring", messages=1)
```

## What you can do now

- You computed a thing.
- You saw a thing.
- You named a thing.

**Sources**
"""
TERMS = [Term("ring", "03", ("circle",), 3), Term("virtual node", "03", ("vnode",), 4)]


def lesson(folder: Path, text: str, chapter: str = "03_toy") -> Lesson:
    path = folder / chapter / "lesson.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return Lesson(path)


class TestTheRules:
    @pytest.mark.parametrize("rule", rules.FORM[1:], ids=lambda rule: rule.__name__)
    def test_a_good_lesson_passes(self, tmp_path, rule):
        assert said(rule(lesson(tmp_path, GOOD))) == ""

    def test_a_good_lesson_has_good_words(self, tmp_path):
        good = lesson(tmp_path, GOOD)
        assert said(rules.explains_its_terms(good, TERMS)) == ""
        assert said(rules.uses_the_courses_words(good, TERMS)) == ""

    @pytest.mark.parametrize(
        ("rule", "old", "new", "sentence"),
        [
            (rules.has_the_sections, "## In real systems", "## Elsewhere", 'no section "## In real systems"'),
            (rules.has_the_sections, "price(", "print(", '"## What it costs" shows no lesson.price'),
            (rules.has_the_sections, "**Sources**", "**Books**", r"no line \*\*Sources"),
            (rules.keeps_its_objectives, "3. name a thing\n", "", "2 numbered objectives at the start"),
            (
                rules.keeps_its_objectives,
                "- You named a thing.\n",
                "",
                '3 objectives at the start, 2 lines "- You',
            ),
            (
                rules.keeps_its_objectives,
                "You named",
                "You name",
                r'lesson.md:33: "- You name a thing." is not in',
            ),
            (
                rules.tests_its_claims,
                "[claim-A7]",
                "[claim-A8]",
                "claim A7 is named but no code cell is tagged",
            ),
            (
                rules.tests_its_claims,
                "[claim-A7]",
                "[claim-A8]",
                r"lesson.md:1\d: claim-A8 is tagged but not named",
            ),
            (
                rules.has_no_filler,
                "Things move",
                "It is important\nto note",
                '"it is important to note" says nothing',
            ),
            (rules.has_no_filler, "Things move", "\U0001f680", r"lesson.md:9: an emoji"),
        ],
    )
    def test_a_slip_of_form_is_told_with_its_place(self, tmp_path, rule, old, new, sentence):
        assert re.search(sentence, said(rule(lesson(tmp_path, GOOD.replace(old, new)))))

    def test_too_short_a_chapter_is_told_by_cells_lines_and_words(self, tmp_path):
        told = said(rules.has_a_chapters_length(lesson(tmp_path, GOOD)))
        assert "2 code cells" in told
        assert "a median of 1" in told
        assert "words of prose" in told

    def test_a_term_that_the_glossary_lacks_is_told(self, tmp_path):
        other = lesson(tmp_path, GOOD.replace("**ring**", "**wheel**"))
        assert re.search(
            r"lesson.md:11: \*\*wheel\*\* is not in", said(rules.explains_its_terms(other, TERMS))
        )

    def test_labels_and_plurals_are_no_new_terms(self, tmp_path):
        labels = (
            "**Time:** an hour. **Rings** are round. **Claim A7 is right.** **virtual nodes** are points.\n"
        )
        assert said(rules.explains_its_terms(lesson(tmp_path, GOOD + labels), TERMS)) == ""

    def test_a_word_that_the_course_does_not_use_is_told(self, tmp_path):
        other = lesson(tmp_path, GOOD.replace("Things move", "Circles move"))
        assert re.search(
            r'lesson.md:9: "Circles"; the course says "ring"',
            said(rules.uses_the_courses_words(other, TERMS)),
        )

    def test_code_is_not_prose(self, tmp_path):
        other = lesson(
            tmp_path,
            GOOD.replace("Things move", "`vnode` and [it](circle.html) move"),
        )
        assert said(rules.uses_the_courses_words(other, TERMS)) == ""

    def test_a_glossary_entry_that_nobody_uses_is_told(self, tmp_path):
        terms = [*TERMS, Term("Rings", "03", (), 5), Term("lease", "04", (), 6)]
        told = said(rules.glossary_is_used(terms, [lesson(tmp_path, GOOD)]))
        assert "glossary.md:4: chapter 03 does not use virtual node" in told
        assert "glossary.md:5: Rings is there twice" in told
        assert "glossary.md:6: lease belongs to chapter 04, which does not exist" in told

    def test_a_phrase_of_eight_words_in_two_chapters_is_told_once(self, tmp_path):
        line = "every client must give the same answer without asking anybody else"
        first, second = (lesson(tmp_path, f"# A\n\n+++\n\n{line}", chapter) for chapter in ("03_a", "04_b"))
        assert len(said(rules.repeats([first, second])).splitlines()) == 1
        shorter = lesson(tmp_path, "# B\n\n+++\n\n" + " ".join(line.split()[:7]), "05_c")
        assert said(rules.repeats([first, shorter])) == ""

    def test_a_dead_link_is_told(self, tmp_path):
        other = lesson(
            tmp_path, GOOD.replace("Things move", "[here](99_gone.ipynb) [web](https://example.org/x)")
        )
        assert re.search(
            "lesson.md:9: 99_gone.ipynb", said(rules.links_lead_somewhere(other, {"glossary.ipynb"}))
        )


if __name__ == "__main__":
    for each in LESSONS:
        for claim, cells in sorted(rules.claims_of(each).items(), key=lambda item: int(item[0][1:])):
            print(f"{claim:4} {', '.join(each.at(cell) for cell in cells)}")
