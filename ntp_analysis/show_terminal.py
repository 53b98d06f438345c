"""A shown article in a terminal: figures and obstacles highlighted, each paragraph's figures beneath it."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap

from ntp_analysis.labels import label
from ntp_analysis.show import Piece, Row, Shown, pieces, sentence, visible

COLORS = {
    "allocated": "1;30;104",
    "distributed": "1;30;105",
    "disbursed": "1;30;102",
    "undisbursed": "1;30;47",
    "rate": "1;30;103",
    "distribution_rate": "1;30;45",
}
OBSTACLE, DROPPED, BARE, DOUBT = "4;31", "2", "4", "31"
_ESCAPE = re.compile(r"(\x1b\[[\d;]*m)")


def draw(shown: Shown, width: int | None = None, color: bool | None = None) -> str:
    """Return the article as lines of at most `width` characters (the terminal's, if not given).

    Colours as `color` says; if it says nothing, in a terminal without NO_COLOR. Without colours figures stand in
    «», obstacles in ‹› and what was set aside in ~~.
    """
    width = max(20, width or shutil.get_terminal_size((100, 24)).columns)
    if color is None:
        color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    rows = shown.rows
    head = [shown.id, *(str(shown.head.get(k) or "") for k in ("title", "place", "province", "published"))]
    out = [*textwrap.wrap(visible(" · ".join(dict.fromkeys(filter(None, head)))), width), ""]
    for line, ended in _lines(shown, color):
        out.extend(_wrap(line, width))
        for n in sorted(set(ended)):
            out.extend(_beneath(sentence(shown, rows[n - 1]), rows[n - 1], width, color))
    out.extend(_summary(shown, width))
    return "\n".join(out) + "\n"


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color and text else text


def _lines(shown: Shown, color: bool) -> list[tuple[str, list[int]]]:
    """Return the text's lines, painted, each with the figures that end in it."""
    lines: list[tuple[str, list[int]]] = [("", [])]
    for piece in pieces(shown):
        parts = visible(shown.text[piece.start : piece.end]).split("\n")
        for i, part in enumerate(parts):
            if i:
                lines.append(("", []))
            last = i == len(parts) - 1
            line, ended = lines[-1]
            now = [n for n in piece.figures if last and shown.figures[n - 1]["end"] == piece.end]
            lines[-1] = (line + _part(shown, piece, part, now, last, color), [*ended, *now])
    return lines


def _part(shown: Shown, piece: Piece, text: str, ended: list[int], last: bool, color: bool) -> str:
    if piece.figures:
        first = shown.figures[piece.figures[0] - 1]
        text = text if color else f"«{text}»"
        text = _paint(text, COLORS.get(first["measure"], "1"), color)
        return text + (f"[{','.join(map(str, ended))}]" if ended else "")
    for n in piece.obstacles:
        row = shown.obstacles[n - 1]
        text = text if color else f"‹{text}›"
        tag = f"({label('obstacle', row['obstacle'], shown.lang)})" if last and row["end"] == piece.end else ""
        return _paint(text, OBSTACLE, color) + tag
    if piece.dropped and text.strip():
        return _paint(text if color else f"~~{text}~~", DROPPED, color)
    return _paint(text, BARE, color) if piece.bare else text


def _wrap(line: str, width: int) -> list[str]:
    """Wrap at spaces; colour codes take no room, and a colour goes on over a line's end."""
    out, current, room, active, gap = [], "", 0, "", ""
    for token in re.split(r"(\x1b\[[\d;]*m|\s+)", line):
        if not token:
            continue
        if _ESCAPE.fullmatch(token):
            current += gap + token
            gap, active = "", "" if token == "\x1b[0m" else token
        elif token.isspace():
            gap = " " if room else ""
            room += len(gap)
        else:
            if room and room + len(token) > width:
                out.append(current + ("\x1b[0m" if active else ""))
                current, room, gap = active, 0, ""
            while len(token) > width:
                out.append(current + token[:width] + ("\x1b[0m" if active else ""))
                current, token = active, token[width:]
            current += gap + token
            room, gap = room + len(token), ""
    return [*out, current]


def _beneath(text: str, row: Row, width: int, color: bool) -> list[str]:
    doubtful = row.figure.get("confidence") == "low"
    lines = textwrap.wrap(visible(text), width, initial_indent="    ", subsequent_indent="        ")
    return [_paint(line, DOUBT if doubtful else DROPPED, color) for line in lines]


def _summary(shown: Shown, width: int) -> list[str]:
    say = shown.words
    lines = ["", f"{say['figures']}: {len(shown.figures)}"]
    if shown.checks:
        lines.append(f"{say['checks']}:")
        for check in shown.checks:
            lines += textwrap.wrap("- " + visible(check[f"message_{shown.lang}"]), width, subsequent_indent="  ")
    names = dict.fromkeys(label("obstacle", row["obstacle"], shown.lang) for row in shown.obstacles)
    obstacles = f"{say['obstacles']}: {', '.join(names) or say['none']}"
    return [*lines, *textwrap.wrap(obstacles, width, subsequent_indent="  ")]
