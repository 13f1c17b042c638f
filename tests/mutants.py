"""Small faults put into a model answer, one at a time, to see whether its check notices.

    python tests/mutants.py        runs them for every question that changed and writes answers/survivors.json

A survivor is a fault that the check calls right: a hole in the check, or a change that changes nothing
(`h % n` counted from 0 or from a multiple of n). The list is read by people; a new survivor fails a test.
"""

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

from answers import Written, built

from course_lib.checks import CHAPTERS, questions
from course_lib.checks.question import Question
from course_lib.paths import ROOT

SURVIVORS = Path(__file__).parent / "answers" / "survivors.json"
LIMIT = 1.0  # seconds for all rungs of a mutant; many never end

SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult, ast.Mod: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
MESSAGE = r"([^>#]+)>([^>#]+)#(\d+)"  # the name of one, in a fault script
NAMES = {"bisect_left": "bisect_right", "sorted": "list", "min": "max", "max": "min", "ceil": "int"}


@dataclass(frozen=True)
class Mutant:
    """A model answer with one fault, and what the fault is."""

    fault: str
    code: str


def mutants(code: str) -> Iterator[Mutant]:
    """Every mutant of `code`."""
    tree = ast.parse(code)
    for index, node in enumerate(ast.walk(tree)):
        for number in range(6):  # no kind of node has more faults
            changed = deepcopy(tree)
            copy = next(other for i, other in enumerate(ast.walk(changed)) if i == index)
            fault = _break(copy, number)
            if fault is None:
                break
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text != ast.unparse(tree):
                yield Mutant(f"line {getattr(node, 'lineno', 0)}: {fault}", text)


def _break(node: ast.AST, number: int) -> str | None:
    """Puts fault `number` into `node` and names it; None when there are no more."""
    match node:
        case ast.Compare(ops=[operator]) if number == 0 and type(operator) in SWAPS:
            node.ops = [SWAPS[type(operator)]()]
            return f"{type(operator).__name__} for {type(node.ops[0]).__name__}"
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator) | ast.AugAssign(op=operator) if (
            number == 0 and type(operator) in SWAPS
        ):
            node.op = SWAPS[type(operator)]()
            return f"{type(node.op).__name__} in place of {type(operator).__name__}"
        case ast.Constant(value=int(value) | float(value)) if number < 2 and not isinstance(value, bool):
            node.value = value + (1, -1)[number]
            return f"{node.value} in place of {value}"
        case ast.Constant(value=str(text)) if number < 2 and (name := re.fullmatch(MESSAGE, text)):
            node.value = (
                f"{name[1]}>{name[2]}#{int(name[3]) + 1}" if number else f"{name[2]}>{name[1]}#{name[3]}"
            )
            return f"{node.value} in place of {text}"
        case ast.Call(keywords=keywords) if number < len(keywords):
            return f"without {ast.unparse(keywords.pop(number))}"
        case ast.Dict(keys=keys, values=values) if number < len(keys):
            values.pop(number)
            gone = keys.pop(number)
            return f"without the entry of {ast.unparse(gone) if gone else 'another dict'}"
        case ast.Name(id=name) if number == 0 and name in NAMES:
            node.id = NAMES[name]
            return f"{node.id} in place of {name}"
        case ast.If(test=test) | ast.IfExp(test=test) if number == 0:
            node.test = ast.UnaryOp(ast.Not(), test)
            return "condition turned round"
        case ast.FunctionDef(body=body) | ast.For(body=body) | ast.While(body=body) if (
            number == 0 and len(body) > 1
        ):
            last = body.pop()
            return f"without its last statement, {ast.unparse(last).splitlines()[0]!r}"
    return None


def survivors(question: Question) -> tuple[int, list[str]]:
    """How many mutants the model answer has, and the faults that its check does not notice."""
    model = built(question, "solutions")
    hasty = replace(question, seconds=LIMIT)
    found = list(mutants(model.code))
    return len(found), [mutant.fault for mutant in found if _passes(hasty, model, mutant)]


def _passes(question: Question, model: Written, mutant: Mutant) -> bool:
    try:
        names = replace(model, code=mutant.code, label=mutant.fault).names(question)
    except Exception:
        return False  # it does not even run as a cell
    return question.judge(names).outcome == "right"


def digest(question: Question) -> str:
    """Changes with the model answer, with the checks of the chapter and with what all checks share."""
    checks = ROOT / "course_lib" / "checks"
    files = [*checks.glob("*.py"), *(checks / CHAPTERS[question.id[:2]]).glob("*.py")]
    texts = [built(question, "solutions").code, *(path.read_text() for path in sorted(files))]
    return hashlib.sha256("".join(texts).encode()).hexdigest()[:16]


def recorded() -> dict[str, dict]:
    """The list as it was last written."""
    return json.loads(SURVIVORS.read_text()) if SURVIVORS.exists() else {}


def main() -> None:
    found, before = {}, recorded()
    for question in (question for chapter in CHAPTERS for question in questions(chapter)):
        if before.get(question.id, {}).get("digest") == digest(question):
            found[question.id] = before[question.id]
            continue
        count, alive = survivors(question)
        found[question.id] = {"digest": digest(question), "mutants": count, "survivors": alive}
        print(f"{question.id}: {len(alive)} of {count} survive", *alive, sep="\n    ")
    SURVIVORS.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
