#!/usr/bin/env python3
"""What must not change what is read: every annotated article is changed in looks or wording only, and read again.

    metamorphic.py [--kinds spaces,nfd,...] [--sets seeds,dev] [--seed 1] [--show]

The figures of the changed text must be those of the text as given (all columns but quote and offsets), and every
number must stand at its offsets in the changed text. Prints the share of articles that held, kind by kind; the last
line is the share over all.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import gold  # noqa: E402

from ntp_analysis.engine import read_article  # noqa: E402
from ntp_analysis.layout import layout  # noqa: E402
from ntp_analysis.lines import unwrap  # noqa: E402
from ntp_analysis.model import Article, Figure  # noqa: E402
from ntp_analysis.text import OTHER_SPELLINGS, view  # noqa: E402

LEFT_OUT = {"article", "quote", "start", "end", "evidence", "confidence"}
STRAYS = (
    "Trong khuôn khổ ngày hội, các đội văn nghệ quần chúng biểu diễn nhiều tiết mục đặc sắc, thu hút đông đảo khán giả.",
    "Những ngày này, thời tiết khô ráo, se lạnh về đêm và sáng sớm, thuận lợi cho bà con thu hoạch mùa màng.",
    "Các em học sinh hào hứng tham gia giải bóng đá thiếu niên, mang lại nhiều pha bóng đẹp mắt cho người hâm mộ.",
)
STRAY = "Đoàn viên, thanh niên trong xã tổ chức buổi giao lưu văn nghệ, thể thao, tạo không khí vui tươi, phấn khởi cho bà con trong dịp lễ, tết hằng năm."
"""Paragraphs about nothing of ours."""


def spaces(text: str, rng: random.Random) -> str:
    """Double some spaces between words."""
    return re.sub(r"(?<=[^\W\d_]) (?=[^\W\d_])", lambda m: "  " if rng.random() < 0.1 else m.group(), text)


def no_break(text: str, rng: random.Random) -> str:
    """Make some spaces no-break spaces."""
    return re.sub(r"(?<=\S) (?=\S)", lambda m: "\u00a0" if rng.random() < 0.3 else m.group(), text)


def nfd(text: str, rng: random.Random) -> str:
    """Decompose all letters."""
    return unicodedata.normalize("NFD", text)


OTHER_WAY = {read: written for written, read in OTHER_SPELLINGS.items() if read != written}


def tones(text: str, rng: random.Random) -> str:
    """Spell syllables the other way: hoà for hòa, tỉ for tỷ."""
    return re.sub(rf"(?:{'|'.join(OTHER_WAY)})\b", lambda m: OTHER_WAY[m.group()], text)


def eth(text: str, rng: random.Random) -> str:
    """Type U+00D0 for Đ."""
    return text.replace("Đ", "Ð")


def zero_width(text: str, rng: random.Random) -> str:
    """Strew characters that nobody sees."""
    return re.sub(r" ", lambda m: " \u200b" if rng.random() < 0.2 else " ", text)


def crlf(text: str, rng: random.Random) -> str:
    """End lines the way Windows does."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def title_case(text: str, rng: random.Random) -> str:
    """Put the titles in capitals."""
    v = unwrap(view(text))
    for line in layout(v).titles:
        start, end = v.given(line.start, line.end)
        upper = text[start:end].upper()
        if len(upper) == end - start:
            text = text[:start] + upper + text[end:]
    return text


def _paragraphs(text: str) -> tuple[str, list[str]]:
    line_end = "\n\n" if text.count("\n\n") > 2 else "\n"
    return line_end, text.split(line_end)


def _joints(parts: list[str]) -> list[int]:
    """Return where a paragraph may be put in: between two long ones that end a sentence and begin one."""
    return [
        i
        for i in range(1, len(parts))
        if len(parts[i - 1]) > 150
        and len(parts[i]) > 150
        and parts[i - 1].rstrip().endswith(".")
        and "\t" not in parts[i]
    ]


def stray_inserted(text: str, rng: random.Random) -> str:
    """Put a paragraph about nothing of ours between two long paragraphs."""
    joint, parts = _paragraphs(text)
    places = _joints(parts)
    if places:
        parts.insert(rng.choice(places), STRAY)
    return joint.join(parts)


def stray_last(text: str, rng: random.Random) -> str:
    """Put a paragraph about nothing of ours behind the last long paragraph."""
    joint, parts = _paragraphs(text)
    long = [i for i, part in enumerate(parts) if len(part) > 150 and part.rstrip().endswith(".")]
    if long:
        parts.insert(long[-1] + 1, STRAY)
    return joint.join(parts)


def reordered(text: str, rng: random.Random) -> str:
    """Strew three paragraphs about nothing of ours, in any order: the annotated articles have none of their own."""
    joint, parts = _paragraphs(text)
    places = _joints(parts)
    for stray, i in zip(rng.sample(STRAYS, 3), rng.sample(places, len(places)), strict=False):
        parts[i] = f"{stray}{joint}{parts[i]}"
    return joint.join(parts)


WORDINGS = {
    "percent_in_words": (r"(?<=\d)%", " phần trăm"),
    "million_short": (r"(?<=\d) triệu đồng", "trđ"),
    "rate_led_to": (r"\bđạt (?=\d[\d,]*%)", "đạt tỷ lệ "),
    "of_which": (r"\b([Tt])rong đó\b", r"\1rong số đó"),
    "until_now": (r"\b([Đđ])ến nay\b", r"\1ến thời điểm này"),
    "up_to": (r"\b([Tt])ính đến\b", r"\1ính tới"),
    "spent": (r"\bgiải ngân được (?=\d|hơn|trên|gần|khoảng)", "thanh toán được "),
    "given": (r"\bđược giao (?=\d|hơn|trên|gần)", "được phân bổ "),
    "day_in_words": (r"(?<=ngày )(\d{1,2})/(\d{1,2})/(20\d\d)", r"\1 tháng \2 năm \3"),
    "programmes_short": (r"\b[Cc]hương trình mục tiêu quốc gia", "CTMTQG"),
    "countryside_short": (r"\bxây dựng nông thôn mới", "xây dựng NTM"),
    "centre_short": (r"\bngân sách [Tt]rung ương", "NSTW"),
    "capital_short": (r"\b([Vv])ốn đầu tư phát triển", r"\1ốn ĐTPT"),
    "led_in": (
        r"(?<=[a-zà-ỹ%]\. )(?:Tính đến|Đến|Năm|Vốn|Tổng) ",
        lambda m: f"Có thể nói, {m[0][0].lower()}{m[0][1:]}",
    ),
}
"""one wording -> another that says the same"""


def _reworded(name: str) -> Callable[[str, random.Random], str]:
    pattern, other = WORDINGS[name]
    return lambda text, rng: re.sub(pattern, other, text)


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    f.__name__: f
    for f in (spaces, no_break, nfd, tones, eth, zero_width, crlf, title_case, stray_inserted, stray_last, reordered)
} | {name: _reworded(name) for name in WORDINGS}


def read(text: str, meta: dict[str, str]) -> list[Figure]:
    """Return the figures of a text with the day that the corpus knows of its article."""
    day = date.fromisoformat(meta["published"]) if meta.get("published") else None
    return read_article(Article("a", text, published=day)).figures


def essence(figures: list[Figure]) -> list[tuple]:
    """Return what must stay of figures, whatever their order."""
    rows = [asdict(f) for f in figures]
    return sorted(
        tuple(str(view(str(value)).low) for name, value in row.items() if name not in LEFT_OUT) for row in rows
    )


def misplaced(text: str, figures: list[Figure]) -> list[str]:
    """Return the numbers that do not stand at their offsets."""
    return [text[f.start : f.end] for f in figures if f.value and not re.match(r"\d", text[f.start : f.end])]


def articles(names: list[str]) -> list[tuple[str, str, dict[str, str]]]:
    """Return (id, text, row of articles.csv) of the annotated plain-text articles of some sets."""
    found = []
    for name in names:
        meta = {row["article"]: row for row in gold.rows(name, "articles")}
        found += [
            (id, text, meta.get(id, {})) for id, text in gold.texts(name).items() if "<html" not in text[:2000].lower()
        ]
    return found


def held(kind: str, text: str, meta: dict[str, str], seed: int) -> tuple[bool | None, str]:
    """Tell whether an article's figures held under a kind of change (None: nothing to change), and what differs."""
    changed = KINDS[kind](text, random.Random(f"{seed} {meta.get('article')} {kind}"))
    if changed == text:
        return None, ""
    figures = read(changed, meta)
    wrong = misplaced(changed, figures)
    if wrong:
        return False, f"not a number at its offsets: {wrong[:3]}"
    one, two = essence(read(text, meta)), essence(figures)
    lost, new = [r for r in one if r not in two], [r for r in two if r not in one]
    return one == two, f"lost {lost[:2]} new {new[:2]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--sets", default=",".join(gold.sets()))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what differs")
    args = parser.parse_args()
    total = [0, 0]
    for kind in args.kinds.split(","):
        ok = changed = 0
        for id, text, meta in articles(args.sets.split(",")):
            result, differs = held(kind, text, meta, args.seed)
            if result is None:
                continue
            changed += 1
            ok += result
            if args.show and not result:
                print(f"  {kind} {id}: {differs[:600]}")
        print(f"{kind:15} {ok} of {changed} articles held ({ok / changed if changed else 1:.4f})", flush=True)
        total = [total[0] + ok, total[1] + changed]
    print(f"all             {total[0]} of {total[1]} held ({total[0] / max(total[1], 1):.4f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
