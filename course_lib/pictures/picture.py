"""A picture that shows itself: SVG in a notebook, a sentence everywhere else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """An inline SVG and the words that say what it shows."""

    svg: str
    text: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.svg, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text
