"""The pages of the documentation as the tests read them: their blocks, links, headings and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

_BLOCK = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ (?P<words>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: "json response.json" has the kind "json" and says "response.json" of itself."""

    kind: str
    about: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    written = page.read_text(encoding="utf-8")
    found = []
    for match in _BLOCK.finditer(written):
        kind, _, about = match["info"].partition(" ")
        found.append(Block(kind, about, match["text"], written.count("\n", 0, match.start()) + 1))
    assert written.count("```") == 2 * len(found), f"{page.name} has a block that does not begin or end a line"
    return found


def prose(page: Path) -> str:
    """Return a page without its blocks."""
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    return [match["target"] for match in _LINK.finditer(prose(page))]


def anchors(page: Path) -> set[str]:
    """Return the names by which headings can be linked to, as GitHub and GitLab make them."""
    kept = [re.sub(r"[^\w\- ]", "", match["words"].lower()) for match in _HEADING.finditer(prose(page))]
    return {words.strip().replace(" ", "-") for words in kept}


def tables(page: Path) -> dict[str, dict[str, str]]:
    """Return the second column of each table by the first, by the heading of the first; code loses its backticks."""
    found: dict[str, dict[str, str]] = {}
    rows: list[list[str]] = []
    for line in [*prose(page).splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip().strip("`") for cell in line.strip("|").split(" | ")])
        elif rows:
            found[rows[0][0]] = {row[0]: row[1] for row in rows[2:]}
            rows = []
    return found


def pattern_of(shown: str) -> re.Pattern[str]:
    """Return what the shown output of a command matches: … stands for anything, alone on a line for any lines."""
    lines = [r"(?:.*\n)*?" if line.strip() == "…" else _line_pattern(line) for line in shown.splitlines()]
    return re.compile("".join(lines))


def _line_pattern(line: str) -> str:
    return ".*".join(map(re.escape, line.split("…"))) + r"\n"
