"""The same story more than once: fetched twice, on several sites, or copied with small changes.

Method: each text is reduced to the set of its five-word sequences (lower case, punctuation left out) and that set to
a MinHash signature of 64 numbers. Two texts whose signatures agree in 51 places or more (an estimated Jaccard
similarity of 0.8) are copies, if they also state the same numbers: two months of one report that differ in nothing
but their figures are two articles. Candidates are found by 16 bands of 4 numbers, so the cost is linear.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

SIZE, BANDS = 64, 16
AGREE = 51
_WORDS = 5
_PRIME = (1 << 61) - 1
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def signature(text: str) -> bytes:
    """Return the MinHash signature of a text: 64 numbers of 4 bytes, the same on every machine.

    >>> a = signature("Đến 31/8 huyện giải ngân 40,7% kế hoạch vốn các chương trình của năm 2023")
    >>> a == signature("ĐẾN 31/8, huyện giải ngân 40,7% kế hoạch vốn các chương trình của năm 2023.")
    True
    """
    import numpy as np

    words = _WORD.findall(text.lower())
    shingles = {" ".join(words[i : i + _WORDS]) for i in range(max(1, len(words) - _WORDS + 1))}
    hashes = np.fromiter((_hash(shingle) for shingle in shingles), dtype=np.uint64, count=len(shingles))
    least = np.full(SIZE, np.uint32(0xFFFFFFFF))
    factors, offsets = _permutations()
    for begin in range(0, len(hashes), 4096):
        mixed = (hashes[begin : begin + 4096, None] * factors + offsets) >> np.uint64(32)
        least = np.minimum(least, mixed.min(axis=0).astype(np.uint32))
    return least.astype("<u4").tobytes()


def numbers(text: str) -> str:
    """Return a digest of the numbers that a text states, whatever their order."""
    return hashlib.blake2b(" ".join(sorted(set(_NUMBER.findall(text)))).encode(), digest_size=16).hexdigest()


def groups(signatures: Sequence[bytes], stated: Sequence[str]) -> list[int]:
    """Return for each text the place of the first text that it is a copy of, or its own.

    >>> one, other = signature("một hai ba bốn năm sáu"), signature("bảy tám chín mười")
    >>> groups([one, other, one, one], ["5", "5", "5", "7"])
    [0, 1, 0, 3]
    """
    first = list(range(len(signatures)))

    def root(i: int) -> int:
        while first[i] != i:
            first[i] = first[first[i]]
            i = first[i]
        return i

    for i, j in _candidates(signatures, stated):
        a, b = root(i), root(j)
        if a != b and agreement(signatures[i], signatures[j]) >= AGREE:
            first[max(a, b)] = min(a, b)
    return [root(i) for i in range(len(first))]


def agreement(one: bytes, other: bytes) -> int:
    """Return in how many of the 64 places two signatures agree."""
    import numpy as np

    return int((np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")).sum())


def _candidates(signatures: Sequence[bytes], stated: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Pairs of texts with the same numbers that agree in a whole band, each text with the first of its bucket."""
    width = 4 * SIZE // BANDS
    for band in range(BANDS):
        buckets: dict[tuple[bytes, str], int] = defaultdict(lambda: -1)
        for i, sign in enumerate(signatures):
            key = (sign[band * width : (band + 1) * width], stated[i])
            if buckets[key] < 0:
                buckets[key] = i
            else:
                yield buckets[key], i


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=8).digest(), "little")


def _permutations() -> Any:
    import numpy as np

    generator = np.random.Generator(np.random.PCG64(1719))
    factors = generator.integers(1, _PRIME, SIZE, dtype=np.uint64) | np.uint64(1)
    return factors, generator.integers(0, _PRIME, SIZE, dtype=np.uint64)
