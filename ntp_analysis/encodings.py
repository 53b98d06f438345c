"""Bytes to text: Unicode first, what the page declares next, a guess last; never a silent repair."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (  # first bytes of files that are no text, and what to do with them
    (b"%PDF", "a PDF file", "save its text as .txt"),
    (b"PK\x03\x04", "a zip archive or an Office document", "save its text as .txt, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save its text as .txt"),
    (b"\x89PNG", "a picture", "leave it out"),
    (b"\xff\xd8\xff", "a picture", "leave it out"),
    (b"GIF8", "a picture", "leave it out"),
    (b"\x1f\x8b", "a gzip file", "unpack it, or name it .gz after its kind (.jsonl.gz, .warc.gz)"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
# "Hà" read as Windows-1252: a lead byte's letter, then what Vietnamese never has after it
_MOJIBAKE = re.compile("á[»º]|Æ[°¡]|Ä‘|Ã[¡-¬®-¿]")
_MANY = 3
"""so often, since once may be a quotation mark after a letter"""
_FEW = 0.01
"""share of undecodable bytes up to which a text is kept, each shown as U+FFFD"""


class NotText(ValueError):
    """Bytes that are no text; `remedy` says what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of some bytes; `problem` and `remedy` are empty unless something is not as it should be."""

    text: str
    encoding: str
    problem: str = ""
    remedy: str = ""


def decode(data: bytes, declared: str = "", html: bool = False) -> Decoded:
    """Return the text of `data`, without a byte order mark.

    The order of evidence: byte order mark, UTF-8, the `declared` encoding or the page's own `<meta charset>`,
    UTF-8 with a few broken bytes, a guess. Raises NotText for what is no text.

    >>> decode("vốn 2.449 tỷ".encode("utf-16")).text
    'vốn 2.449 tỷ'
    >>> decode(b'<meta charset="windows-1258">' + "đồng".encode("cp1258", "ignore"), html=True).encoding
    'windows-1258'
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _after_bom(data, encoding)
    _refuse_binary(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, declared or (_declared(data) if html else ""))
    if _MOJIBAKE.search(text) and len(_MOJIBAKE.findall(text)) >= _MANY:
        return _mended(text)
    return Decoded(text, "utf-8")


def _after_bom(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding if encoding != "utf-8" else "utf-8-sig", errors="replace")
    if encoding != "utf-8" and _is_strange(text):
        raise NotText(
            f"begins like {encoding.upper()}, but what follows is no Vietnamese text",
            "leave it out, or convert it to UTF-8 text",
        )
    if "\ufffd" not in text:
        return Decoded(text, encoding)
    return Decoded(text, encoding, f"broken {encoding.upper()}: unreadable bytes became U+FFFD", "save it again")


def _is_strange(text: str) -> bool:
    """Other bytes read as UTF-16 give signs of all scripts; what Vietnamese is written with stands below U+2200."""
    sample = text[:4000]
    return len(sample) >= 20 and sum(1 for c in sample if ord(c) < 0x2200) < len(sample) / 2


def _refuse_binary(data: bytes) -> None:
    for magic, kind, remedy in _KINDS:
        if data.startswith(magic):
            raise NotText(f"{kind}, not text", remedy)
    if data.find(b"\0", 0, 4096) >= 0:
        raise NotText("binary, not text", "leave it out, or convert it to UTF-8 text")


def _declared(data: bytes) -> str:
    found = _META_CHARSET.search(data, 0, 4096)
    return found[1].decode("ascii") if found else ""


def _not_utf8(data: bytes, declared: str) -> Decoded:
    if declared and declared.lower().replace("-", "") != "utf8":
        try:
            return Decoded(data.decode(declared), declared)
        except (UnicodeDecodeError, LookupError):
            pass
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if bad <= max(1, _FEW * len(text)):
        return Decoded(
            text,
            "utf-8",
            f"not UTF-8: {bad} unreadable bytes became U+FFFD",
            "save it as UTF-8; check the quotes",
        )
    return _guessed(data)


def _guessed(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise NotText("not UTF-8, and no other encoding fits", "save it as UTF-8, or leave it out if it is no text")
    text = data.decode(best.encoding, errors="replace")
    return Decoded(text, best.encoding, f"not UTF-8: read as {best.encoding}, a guess", "save it as UTF-8")


def _mended(text: str) -> Decoded:
    """Undo UTF-8 that was read as Windows-1252, where that gives back every character; else only say it."""
    remedy = "save the original again as UTF-8"
    try:
        mended = b"".join(map(_byte, text)).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return Decoded(text, "utf-8", "garbled: parts are UTF-8 read as Windows-1252", remedy)
    return Decoded(mended, "utf-8", "garbled: UTF-8 read as Windows-1252, put right", remedy)


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
