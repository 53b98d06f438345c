"""A reading view of a text: normalised for matching, with every character's place in the text as given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

# One character for one character, so that offsets stay as they are.
_SAME_LENGTH = {
    **dict.fromkeys(
        map(
            ord,
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u000b\u000c\u0085",
        ),
        " ",
    ),
    **dict.fromkeys(map(ord, "\u2028\u2029\r"), "\n"),
    **dict.fromkeys(map(ord, "‐‑‒−"), "-"),
    **dict.fromkeys(map(ord, "“”„‟″"), '"'),
    **dict.fromkeys(map(ord, "‘’‛′`"), "'"),
    ord("Ð"): "Đ",
    ord("ð"): "đ",
    ord("％"): "%",
    ord("："): ":",
}
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_HAS_INVISIBLE = re.compile("[" + "".join(sorted(_INVISIBLE)) + "]")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""what is shown to nobody as it is: controls, and what changes how a text looks without being seen"""
_REPLACED = re.compile("[" + re.escape("".join(map(chr, sorted(_SAME_LENGTH)))) + "]")


def unaccented(name: str) -> str:
    """Return a name as search boxes, sites and picture files have it: in small letters, without marks.

    >>> unaccented("Đắk Lắk")
    'dak lak'
    """
    plain = unicodedata.normalize("NFD", name.casefold()).replace("đ", "d")
    return "".join(c for c in plain if not unicodedata.combining(c))


_ALPHABET = " -'.,()/0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"


@cache
def alphabetical(name: str) -> str:
    """Return the key by which names come in the order of the Vietnamese alphabet, with tones told apart last.

    >>> sorted(["Yên Bái", "Đà Nẵng", "Điện Biên", "Cà Mau", "Đắk Lắk", "Cần Thơ", "Hậu Giang", "Hà Nội"], key=alphabetical)
    ['Cà Mau', 'Cần Thơ', 'Đà Nẵng', 'Đắk Lắk', 'Điện Biên', 'Hà Nội', 'Hậu Giang', 'Yên Bái']
    """
    parted = unicodedata.normalize("NFD", name.casefold())
    letters = unicodedata.normalize("NFC", "".join(c for c in parted if c not in _TONES))
    tones = "".join(str(_TONES.find(c) + 1) for c in parted if c in _TONES or not unicodedata.combining(c))
    ranks = (_ALPHABET.find(c) + 1 or 0x100 + ord(c) for c in letters)
    return "\0".join(("".join(map(chr, ranks)), tones, name))


@dataclass(frozen=True, slots=True)
class View:
    """`text` to read, `low` its lower case in one spelling and of the same length, and where each character was given."""

    text: str
    low: str
    starts: Sequence[int] | None
    """starts[i] is the offset as given of text[i]; None where both are the same"""

    def given(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text as given of a span of the view."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end]

    def begins_line(self, at: int) -> bool:
        """Tell whether a line begins at an offset."""
        return at == 0 or self.text[at - 1] == "\n"

    def line_start(self, at: int) -> int:
        """Return where the line of an offset begins."""
        return self.text.rfind("\n", 0, at) + 1


def view(text: str) -> View:
    r"""Return the reading view of a text as given.

    Unicode is composed (NFC), all spaces are plain, `Ð` (U+00D0) is `Đ`, quotes and dashes have one form, characters
    that nobody sees are left out, and units behind a number are written one way: `45%` for `45 phần trăm`, `640 triệu
    đồng` for `640trđ`, `12 tỷ đồng của` for `12 tỷ của`. What is matched is in lower case and one spelling: `hòa` for `hoà`.

    >>> v = view("vốn 2\u00a0449 tỷ")
    >>> v.text
    'vốn 2 449 tỷ'
    >>> v = view(unicodedata.normalize("NFD", "tỷ đồng: 40,7%"))
    >>> start = v.text.index("40,7")
    >>> v.given(start, start + 4)
    (12, 16)
    """
    starts: list[int] | None = None
    if not unicodedata.is_normalized("NFC", text) or _HAS_INVISIBLE.search(text):
        text, starts = _compose(text)
    elif "\r\n" in text:
        text, starts = _end_lines(text)
    text = _REPLACED.sub(lambda m: _SAME_LENGTH[ord(m[0])], text)
    if _UNIT.search(text):
        text, starts = _write_units(text, starts)
    return View(text, lowered(text), starts)


def lowered(text: str) -> str:
    """Return a text in lower case and one spelling, of the same length.

    >>> lowered("UBND TỈNH HOÀ BÌNH: 5 tỉ đồng")
    'ubnd tỉnh hòa bình: 5 tỷ đồng'
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return one_spelling(low)


def _end_lines(text: str) -> tuple[str, list[int]]:
    """End lines with one character: two would be a blank line between."""
    lines = text.split("\r\n")
    starts: list[int] = []
    position = 0
    for line in lines:
        starts.extend(range(position, position + len(line) + 1))
        position += len(line) + 2
    return "\n".join(lines), [*starts[:-1], len(text)]


def _compose(text: str) -> tuple[str, list[int]]:
    """Compose cluster by cluster (a base with its marks), so that each character keeps its origin."""
    pieces: list[str] = []
    starts: list[int] = []
    edges = [i for i, c in enumerate(text) if not unicodedata.combining(c)] or [0]
    if edges[0] != 0:
        edges.insert(0, 0)
    for start, end in pairwise([*edges, len(text)]):
        cluster = "".join(c for c in text[start:end] if c not in _INVISIBLE)
        if cluster == "\r" and text.startswith("\n", end):
            continue
        composed = unicodedata.normalize("NFC", cluster)
        pieces.append(composed)
        starts.extend([start] * len(composed))
    starts.append(len(text))
    return "".join(pieces), starts


_UNIT = re.compile(
    r"(?<=\d)(?:(?P<percent> (?:%|pct\b)| ?phần trăm\b)(?! ubnd| hđnd)"
    r"|(?P<million> ?tr ?\.? ?đ(?:ồng)?\b)(?! bào)"
    r"|(?P<bare> (?:(?:nghìn|ngàn|triệu) )?t[ỷỉ])(?= (?:giao|của|từ|vốn|để|cho|thực|mà|do|năm|kéo|chuyển|chưa|còn|đã|được|thuộc|trong|so|và|là|ngân|trung|tại|trên)\b|[,.;:)]))",
    re.IGNORECASE,
)


def _write_units(text: str, starts: Sequence[int] | None) -> tuple[str, list[int]]:
    """Write the units behind numbers one way; each of their characters keeps the unit's origin."""
    given = range(len(text) + 1) if starts is None else starts
    pieces: list[str] = []
    origins: list[int] = []
    position = 0
    for m in _UNIT.finditer(text):
        unit = "%" if m["percent"] else " triệu đồng" if m["million"] else f"{m['bare']} đồng"
        pieces += text[position : m.start()], unit
        origins.extend(given[position : m.start()])
        origins.extend([given[m.start()]] * len(unit))
        position = m.end()
    return "".join([*pieces, text[position:]]), [*origins, *given[position:]]


UPPER = (
    "[A-Z"
    + "".join(sorted(c.upper() for c in "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"))
    + "]"
)
"""a capital letter, as an expression"""
OTHER_SPELLINGS = dict(
    [
        *zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True),
        *zip(("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe"), strict=True),
        *zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True),
        *zip(("tỉ", "kì", "kí", "lí", "quí"), ("tỷ", "kỳ", "ký", "lý", "quý"), strict=True),
        *((f"qu{y}", f"qu{y}") for y in "ỳýỷỹỵ"),  # u belongs to the consonant: the mark has one place,
        *zip(("qùy", "qúy", "qủy", "qũy", "qụy"), ("quỳ", "quý", "quỷ", "quỹ", "quỵ"), strict=True),  # and is put there
    ]
)
"""as some write the end of a syllable -> as it is read: the tone mark on the other vowel, i for y"""
_OTHER_SPELLING = re.compile(rf"(?:{'|'.join(sorted(OTHER_SPELLINGS, key=len, reverse=True))})(?:\b|(?=đồng))")


def one_spelling(low: str) -> str:
    """Return a lower-case text with every syllable spelt one way, of the same length.

    >>> one_spelling("uỷ ban tỉnh hoà bình, cùng kì, 5 tỉ đồng, quí iii")
    'ủy ban tỉnh hòa bình, cùng kỳ, 5 tỷ đồng, quý iii'
    """
    return _OTHER_SPELLING.sub(lambda m: OTHER_SPELLINGS[m[0]], low)


_END = re.compile(  # all begins with one set of signs: what cannot end a sentence is passed over fast
    r"[\n.!?…](?:(?<=\n)\n*|(?<![.!?…][.!?…])[.!?…]*+[\"')\]»]*(?=[ \t])|(?<=[^\W\d_A-Z][.])(?=[^\W\d_])|(?<=[%)][.])(?=[^\W\d_])|(?<=[A-Z]{4}[.])(?=[A-ZĐ][^\W\d_A-Z]))"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:tp|tx|tt|ths|ts|pgs|gs|bs|ks|đ/c|tr|st|ttg|nđ|cp|qđ|hđnd|ubnd|bql|[a-zđ])|\bnxb|\bno|^\W*(?:(?:tiểu )?dự án |nội dung )?\d{1,2}|^\W*[ivx]{1,4})$"
)

_RATE_BEHIND = re.compile(r"\([^\W\d]{0,9} ?\d[\d.,]* ?%\)")


def sentences(v: View, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences between two offsets of a view; a line's end always ends one.

    >>> v = view("Đạt 40,7%. TP. Hà Giang đạt 35%; còn lại chậm.Trong đó, Bắc Mê 9.8%")
    >>> [v.text[a:b] for a, b in sentences(v)]
    ['Đạt 40,7%.', 'TP. Hà Giang đạt 35%; còn lại chậm.', 'Trong đó, Bắc Mê 9.8%']
    """
    end = len(v.text) if end is None else end
    spans = []
    begin = start
    for m in _END.finditer(v.text, start, end):
        if m.group()[0] != "\n" and not _ends_sentence(v, begin, m):
            continue
        spans.append((begin, m.end()))
        begin = m.end()
    spans.append((begin, end))
    if any(b - a > LONGEST for a, b in spans):
        spans = [part for a, b in spans for part in _cut(v.text, a, b)]
    return [s for a, b in spans if (s := _strip(v.text, a, b))[0] < s[1]]


LONGEST = 4000
"""characters: no sentence of an article is so long; what is, is cut, so that reading takes time in proportion"""


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        stop = text.rfind(" ", start, start + LONGEST)
        stop = stop if stop > start else start + LONGEST
        yield start, stop
        start = stop
    yield start, end


def _ends_sentence(v: View, begin: int, m: re.Match[str]) -> bool:
    after = m.end()
    text = v.text
    while after < len(text) and text[after] in " \t":
        after += 1
    if after >= len(text) or text[after] == "\n":
        return True
    if len(m.group()) > 3 and text[after].isdigit():
        return False  # "Nghệ An ........ 35,2%", of a list with dots
    if _RATE_BEHIND.match(text, after):
        return False  # "vốn sự nghiệp 571 triệu đồng. (39,7%)"
    opener = text[after] if text[after] not in "\"'(" or after + 1 >= len(text) else text[after + 1]
    if not (opener.isupper() or opener.isdigit() or opener in "-–+•*"):
        return False
    return not (m.group()[0] == "." and _ABBREVIATED.search(v.low[max(begin, m.start() - 20) : m.start()]))


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_SHORT, _QUOTE = 20, 200
"""characters of a quote"""


def quoted(text: str, start: int, end: int) -> str:
    """Return an article's own words around a number: its line, cut at words where it is long.

    >>> quoted("Đến 31/8, tỉnh Hà Giang giải ngân 40,7%.", 34, 39)
    'Đến 31/8, tỉnh Hà Giang giải ngân 40,7%.'
    """
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    words = _whole_words(text, max(line, start - 110), min(len(text) if stop < 0 else stop, end + 80), start, end)
    if len(words) < _SHORT:
        words = _whole_words(text, max(0, start - 60), min(len(text), end + 60), start, end)
    return words if len(words) >= _SHORT else text[max(0, start - 60) : end + 60].strip()[:_QUOTE]


def _whole_words(text: str, left: int, right: int, start: int, end: int) -> str:
    """Return what stands between two offsets, drawn in to whole words but not into the number."""
    while 0 < left < start and not text[left - 1].isspace():
        left += 1
    right = min(right, left + _QUOTE)
    while end < right < len(text) and not text[right].isspace():
        right -= 1
    return text[left:right].strip()
