"""Code as it stands in the library, so that the text cannot lie about it."""

import ast
import inspect
from dataclasses import dataclass
from textwrap import dedent
from typing import Any


@dataclass(frozen=True)
class Listing:
    """Source code; a notebook colours it."""

    caption: str
    code: str

    def __repr__(self) -> str:
        return f"# {self.caption}\n{self.code}"

    def _repr_markdown_(self) -> str:
        fence = "````" if "```" in self.code else "```"
        return f"*{self.caption}*\n\n{fence}python\n{self.code}\n{fence}"


def show(subject: Any, *names: str, docstring: bool = True) -> Listing:
    """The source of a class, function or module; with `names`, only these of its members.

    Raises TypeError for what has no source of its own, AttributeError for a member that is not there.
    """
    code = _source(subject)
    tree = ast.parse(code)
    hidden = set() if docstring else _docstrings(tree)
    shown = _members(subject, tree, names) if names else set(range(1, code.count("\n") + 2))
    lines = [line for number, line in enumerate(code.split("\n"), 1) if number in shown - hidden]
    module = subject.__name__ if inspect.ismodule(subject) else subject.__module__
    return Listing(f"From {module}", "\n".join(lines).strip("\n"))


def _source(subject: Any) -> str:
    try:
        return dedent(inspect.getsource(subject)).rstrip("\n")
    except TypeError:
        kind = type(subject).__name__
        raise TypeError(
            f"{kind} objects have no source; pass a class, function or module: show({kind})"
        ) from None
    except OSError:
        raise TypeError(
            f"the source of {subject!r} is in no file; show() is for the library's code"
        ) from None


def _members(subject: Any, tree: ast.Module, names: tuple[str, ...]) -> set[int]:
    """Lines of the named members, each with an empty line before it, under the line that opens the class."""
    opening = tree.body[0]
    shown: set[int] = set()
    body = tree.body
    if inspect.isclass(subject) and isinstance(opening, ast.ClassDef):
        body = opening.body
        shown.update(range(_first(opening), _first(body[0])))
    members = {name: statement for statement in body for name in _names(statement)}
    for name in names:
        if name not in members:
            raise AttributeError(f"{subject.__name__} defines no {name!r}; it defines {', '.join(members)}")
        shown.update(range(_first(members[name]) - (name != names[0]), _last(members[name]) + 1))
    return shown


def _names(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _docstrings(tree: ast.Module) -> set[int]:
    """Lines of all docstrings, and the empty line that may follow one."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    documented = (
        node for node in ast.walk(tree) if isinstance(node, kinds) and ast.get_docstring(node) is not None
    )
    return {line for node in documented for line in range(_first(node.body[0]), _last(node.body[0]) + 1)}


def _first(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _last(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno
