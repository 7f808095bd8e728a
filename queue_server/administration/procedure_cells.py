"""Cells of a table of procedures: how terms, papers, days and yes or no are written and read.

What is written reads back as the same; besides, what people and official lists write is understood.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from queue_server.administration.tree import Tree

Reading = Callable[[str, Any], Any]
"""The value in a cell, given the one that the procedure has; raises `Unreadable`."""

PAPER_KINDS: Final[Mapping[str, str]] = {
    "original": "bản chính",
    "copy": "bản sao",
    "certified_copy": "bản sao chứng thực",
    "form": "tờ khai",
    "shown": "xuất trình",
}
TERM_UNITS: Final[Mapping[str, str]] = {
    "same_day": "trong ngày",
    "hours": "giờ làm việc",
    "working_days": "ngày làm việc",
    "days": "ngày",
    "months": "tháng",
}
NOT_REQUIRED: Final = "không bắt buộc"
_KINDS: Final = {
    **{name: kind for kind, name in PAPER_KINDS.items()},
    **{kind.replace("_", " "): kind for kind in PAPER_KINDS},
    "bản gốc": "original",
    "bản sao có chứng thực": "certified_copy",
    "mẫu": "form",
    "biểu mẫu": "form",
}
_OPTIONAL: Final = {NOT_REQUIRED, "nếu có", "optional", "if any"}
_COPIES: Final = re.compile(r"[×x](\d{1,2})")
_PAPER: Final = re.compile(r"(.*?)\s*\[([^\[\]]*)\]", re.DOTALL)
_TERM: Final = re.compile(r"(\d+)\s*(giờ|ngày|tháng|hour|day|month|working|w)[^–(]*", re.IGNORECASE)
_CASE: Final = re.compile(r"(?:–|-{1,2}|\()\s*([^)]*)\)?\s*$")
_YES: Final = {"có", "x", "yes", "true", "1", "đúng", "✓", "v"}
_NO: Final = {"không", "no", "false", "0", "sai", ""}
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


_TERMS: Final = "3 ngày làm việc; trong ngày; 5 ngày; 2 tháng; 4 giờ làm việc"


class Unreadable(ValueError):
    """A cell that cannot be read; the message is what was expected."""


def written_papers(papers: Sequence[Tree]) -> str:
    """One paper on each line: ``Tờ khai [tờ khai, ×2, không bắt buộc]``."""
    return "\n".join(_written_paper(each) for each in papers)


def _written_paper(paper: Tree) -> str:
    kind, copies = paper.get("kind", "original"), paper.get("copies", 1)
    about = [
        PAPER_KINDS[kind] if kind != "original" else "",
        f"×{copies}" if copies != 1 else "",
        "" if paper.get("is_required", True) else NOT_REQUIRED,
    ]
    said = ", ".join(each for each in about if each)
    name = str(paper["name"].get("vi", ""))
    return f"{name} [{said}]" if said else name


def read_papers(cell: str, known: Sequence[Tree]) -> list[Tree]:
    """Papers of a cell; those that were there keep their other languages."""
    if cell == written_papers(known):
        return list(known)
    by_name = {paper["name"].get("vi"): paper for paper in known}
    return [_read_paper(line.strip(" -•\t"), by_name) for line in cell.split("\n") if line.strip()]


def _read_paper(line: str, known: Mapping[str, Tree]) -> Tree:
    match = _PAPER.fullmatch(line)
    name, about = (match[1], match[2]) if match else (line, "")
    paper: Tree = {"name": known.get(name, {}).get("name", {"vi": name})}
    for each in filter(None, (part.strip().lower() for part in about.split(","))):
        if each in _KINDS:
            paper["kind"] = _KINDS[each]
        elif each in _OPTIONAL:
            paper["is_required"] = False
        elif copies := _COPIES.fullmatch(each):
            paper["copies"] = int(copies[1])
        else:
            expected = f"[{', '.join((*PAPER_KINDS.values(), '×2', NOT_REQUIRED))}]"
            raise Unreadable(expected)
    return {"kind": "original", "copies": 1, "is_required": True, **paper}


def written_terms(terms: Sequence[Tree]) -> str:
    """One case on each line: ``3 ngày làm việc – Trường hợp phải xác minh``."""
    return "\n".join(_written_term(each) for each in terms)


def _written_term(term: Tree) -> str:
    unit = TERM_UNITS[term["unit"]]
    time = unit if term["unit"] == "same_day" else f"{term['amount']} {unit}"
    case = term.get("case", {}).get("vi", "")
    return f"{time} – {case}" if case else time


def read_terms(cell: str, known: Sequence[Tree]) -> list[Tree]:
    """Cases of a cell, on lines of their own or with ``;`` between; others are kept as known."""
    if cell == written_terms(known):
        return list(known)
    by_text = {_written_term(term): term for term in known}
    lines = [line.strip() for line in re.split(r"[\n;]", cell) if line.strip()]
    return [dict(by_text.get(line) or _read_term(line)) for line in lines]


def _read_term(line: str) -> Tree:
    text = line.lower()
    found = _CASE.search(line)
    case = {"vi": found[1].strip()} if found and found[1].strip() else {}
    rest = {"case": case, "is_certain": False}
    if match := _TERM.match(text):
        if _TERM.search(text.partition("(")[0], match.end(2)):
            raise Unreadable(_TERMS)  # two times on one line: which holds when?
        return {"unit": _unit_in(match[0]), "amount": int(match[1]), **rest}
    if text.startswith(
        ("trong ngày", "ngay trong ngày", "same day", "trong buổi", "giải quyết ngay")
    ):
        return {"unit": "same_day", "amount": 0, **rest}
    raise Unreadable(_TERMS)


def _unit_in(text: str) -> str:
    if "giờ" in text or "hour" in text:
        return "hours"
    if "tháng" in text or "month" in text:
        return "months"
    return "working_days" if "làm việc" in text or "working" in text else "days"


def read_day(cell: str, _: object) -> str | None:
    """A day as ``2026-11-24``; None for an empty cell."""
    if not cell:
        return None
    match = _DAY.fullmatch(cell)
    try:
        day = (
            date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(cell)
        )
    except ValueError:
        raise Unreadable("24/11/2026") from None
    return day.isoformat()


def written_day(value: str | None) -> str:
    """``24/11/2026``."""
    return f"{date.fromisoformat(value):%d/%m/%Y}" if value else ""


def read_truth(cell: str, _: object) -> bool:
    """Yes or no, in words or as a mark."""
    word = cell.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable("có, không")


def read_time(cell: str, known: int | None) -> int | None:
    """Minutes as seconds; an empty cell leaves what is known."""
    return read_minutes(cell, known) if cell else known


def read_minutes(cell: str, _: object) -> int | None:
    """Minutes as seconds; None for an empty cell."""
    if not cell:
        return None
    try:
        return round(float(cell.replace(",", ".")) * 60)
    except ValueError:
        raise Unreadable("8; 7,5") from None


def written_minutes(seconds: int | None) -> str:
    """``8`` or ``7,5``."""
    return "" if seconds is None else f"{seconds / 60:g}".replace(".", ",")


def read_lines(cell: str, known: Sequence[str]) -> list[str]:
    """Words on lines of their own or with ``;`` between."""
    if cell == "; ".join(known):
        return list(known)
    return [word.strip() for word in re.split(r"[\n;]", cell) if word.strip()]
