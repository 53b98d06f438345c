"""From the parts of an extraction to its tables: copies taken out, ids settled, part after part.

What is kept in memory of an article is its id, its numbers' digest and its signature, 400 bytes; texts and tables
pass through one part at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntp_analysis import duplicates, partial, schema

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("articles", "figures", "obstacles", "texts")
COPIES = ("article", "copy", "url", "origin", "published", "agreement")
LEAVES = (*TABLES, "problems.csv", "copies.csv")
"""what a finished extraction holds, besides `extraction.json`"""


@dataclass(frozen=True, slots=True)
class Key:
    """An article among all: its part, its number in it, and what tells copies."""

    part: int
    number: str
    id: str
    signature: bytes
    numbers: str


def gather(parts: Sequence[Path], out: Path, format: str) -> dict[str, int]:
    """Write the tables of all `parts` into `out`; return the number of rows by table.

    Every table is a folder of parts; the first part is there even if it is empty. `copies.csv` names the articles
    that are copies of a kept one, with their addresses, `problems.csv` what could not be read.
    """
    keys = list(_keys(parts))
    first = duplicates.groups([key.signature for key in keys], [key.numbers for key in keys])
    names = _names(keys, first)
    with partial.folder(out) as made:
        rows = _write_tables(parts, keys, names, made, format)
        rows["copies"] = _write_copies(parts, keys, first, names, made)
        rows["problems"] = _write_problems(parts, made)
        partial.publish(made, out)
    return rows


def _keys(parts: Sequence[Path]) -> Iterator[Key]:
    import pyarrow.parquet as pq

    for i, part in enumerate(parts):
        if (part / "texts.parquet").is_file():
            table = pq.read_table(part / "texts.parquet", columns=["article", "id", "signature", "numbers"])
            for row in table.to_pylist():
                yield Key(i, row["article"], row["id"], row["signature"], row["numbers"])


def _names(keys: Sequence[Key], first: Sequence[int]) -> list[str]:
    """Final ids in the order of the input; "" for a copy. A second article of one id is id~2."""
    taken: set[str] = set()
    names = []
    for i, key in enumerate(keys):
        name = ""
        if first[i] == i:
            name, n = key.id, 1
            while name in taken:
                n += 1
                name = f"{key.id}~{n}"
            taken.add(name)
        names.append(name)
    return names


def _write_tables(
    parts: Sequence[Path], keys: Sequence[Key], names: Sequence[str], folder: Path, format: str
) -> dict[str, int]:
    from ntp_analysis import export

    by_part: dict[int, dict[str, str]] = {}
    for key, name in zip(keys, names, strict=True):
        if name:
            by_part.setdefault(key.part, {})[key.number] = name
    rows = dict.fromkeys(TABLES, 0)
    for i, part in enumerate(parts):
        if i and i not in by_part:
            continue
        for table in TABLES:
            frame = _renamed(table, part / f"{table}.parquet", by_part.get(i, {}))
            rows[table] += len(frame)
            export.write_table(frame, folder / table / f"{part.name}.{format}")
    return rows


def _renamed(table: str, path: Path, names: dict[str, str]) -> pd.DataFrame:
    """Return the rows of kept articles, with the final ids."""
    import pandas as pd

    if not path.is_file():
        return pd.DataFrame({"article": [], "text": []}, dtype="str") if table == "texts" else schema.empty(table)
    frame = pd.read_parquet(path)
    frame = frame[frame["article"].isin(list(names))].reset_index(drop=True)
    if table == "texts":
        frame = frame[["article", "text"]]
    if table == "figures":
        number = frame["figure"].str.rpartition("#")[2]
        frame["figure"] = frame["article"].map(names).astype("str") + "#" + number
    frame["article"] = frame["article"].map(names).astype("str")
    return frame if table == "texts" else schema.conform(table, frame, str(path))


def _write_copies(
    parts: Sequence[Path], keys: Sequence[Key], first: Sequence[int], names: Sequence[str], folder: Path
) -> int:
    import pandas as pd

    from ntp_analysis.export import csv_lines, escape

    copies = [i for i in range(len(keys)) if first[i] != i]

    def rows() -> Iterator[Sequence[str]]:
        about: dict[int, Any] = {}
        yield COPIES
        for i in copies:
            key = keys[i]
            if key.part not in about:
                about = {key.part: pd.read_parquet(parts[key.part] / "articles.parquet").set_index("article")}
            row = about[key.part].loc[key.number]
            published = "" if pd.isna(row["published"]) else f"{row['published']:%Y-%m-%d}"
            agreed = duplicates.agreement(key.signature, keys[first[i]].signature) / duplicates.SIZE
            cells = (names[first[i]], key.id, row["url"], row["origin"], published)
            yield [*map(escape, cells), f"{agreed:.2f}"]

    with (folder / "copies.csv").open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(rows()))
    return len(copies)


def _write_problems(parts: Sequence[Path], folder: Path) -> int:
    import pandas as pd

    from ntp_analysis import export

    count = 0
    with (folder / "problems.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(schema.columns("problems")) + "\n")
        for part in parts:
            if (part / "problems.parquet").is_file():
                table = schema.conform("problems", pd.read_parquet(part / "problems.parquet"), str(part))
                file.write(export.csv_text(table).partition("\n")[2])
                count += len(table)
    return count
