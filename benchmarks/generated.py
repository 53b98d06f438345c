"""A quarter of made-up articles about real provinces, in our own sentences, the same for the same seed.

`articles(63)` gives a table with the columns that `ntp.read` takes and, in `stated`, the figures that each text states:
(programme, capital, measure, value).
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from ntp_analysis.labels import DATA as PLACES

if TYPE_CHECKING:
    import pandas as pd

QUARTER = "2023Q3"
DAYS = ("31/7", "31/8", "15/9", "20/9")
PROGRAMMES = {
    "nrd": "Chương trình xây dựng nông thôn mới",
    "spr": "Chương trình giảm nghèo bền vững",
    "sedema": "Chương trình phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi",
}
OBSTACLES = (
    "một số văn bản hướng dẫn của bộ, ngành còn chậm",
    "công tác giải phóng mặt bằng gặp nhiều khó khăn",
    "năng lực của cán bộ cấp xã còn hạn chế",
    "giá vật liệu xây dựng tăng cao",
    "địa phương khó bố trí vốn đối ứng",
    "công tác phối hợp giữa các ngành chưa chặt chẽ",
)


def provinces(count: int) -> list[str]:
    """Return names of provinces as they were in 2023, in the order of their codes."""
    import csv

    with open(PLACES / "places.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == "province"]
    then = [row for row in rows if row["valid_from"] <= "2023-09-30" <= (row["valid_to"] or "9999")]
    return [row["name"] for row in then][:count]


def money(value: float) -> str:
    """Return an amount of billions as Vietnamese papers write it.

    >>> money(2449.8)
    '2.449,8 tỷ đồng'
    """
    whole, tenth = divmod(round(value * 10), 10)
    return f"{whole:,}".replace(",", ".") + (f",{tenth}" if tenth else "") + " tỷ đồng"


def percent(value: float) -> str:
    """Return a rate with one decimal, none if it is whole.

    >>> percent(40.7), percent(40.0)
    ('40,7%', '40%')
    """
    return f"{value:.1f}".replace(".", ",").removesuffix(",0") + "%"


def article(province: str, dice: random.Random) -> tuple[str, list[tuple[str, str, str, float]]]:
    """Return one article about a province and the figures that it states."""
    given = {code: round(dice.uniform(120, 900), 1) for code in PROGRAMMES}
    spent = {code: round(amount * dice.uniform(0.15, 0.75), 1) for code, amount in given.items()}
    total, used = round(sum(given.values()), 1), round(sum(spent.values()), 1)
    rate = round(used / total * 100, 1)
    day = dice.choice(DAYS)
    stated = [("ntp", "total", "allocated", total * 1e9), ("ntp", "total", "disbursed", used * 1e9)]
    stated.append(("ntp", "total", "rate", rate))
    lines = [
        f"{province} đẩy nhanh giải ngân vốn các chương trình mục tiêu quốc gia",
        f"Năm 2023, tỉnh {province} được giao {money(total)} để thực hiện 3 chương trình mục tiêu quốc gia. "
        f"Đến ngày {day}/2023, toàn tỉnh đã giải ngân {money(used)}, đạt {percent(rate)} kế hoạch.",
    ]
    for code, name in PROGRAMMES.items():
        share = round(spent[code] / given[code] * 100, 1)
        lines.append(f"{name} được giao {money(given[code])}, đã giải ngân {money(spent[code])}, đạt {percent(share)}.")
        stated += [(code, "total", "allocated", given[code] * 1e9), (code, "total", "disbursed", spent[code] * 1e9)]
        stated.append((code, "total", "rate", share))
    held = dice.sample(OBSTACLES, 2)
    lines.append(f"Theo UBND tỉnh {province}, nguyên nhân giải ngân chậm là do {held[0]}; {held[1]}.")
    return "\n".join(lines), stated


def articles(count: int = 63, seed: int = 2023) -> pd.DataFrame:
    """Return one article for each of the first `count` provinces."""
    import pandas as pd

    dice = random.Random(seed)
    rows = []
    for n, province in enumerate(provinces(count)):
        text, stated = article(province, dice)
        day = f"2023-09-{21 + n % 9}"
        rows.append({"id": f"g{n:02d}", "text": text, "published": day, "title": text.split("\n")[0], "stated": stated})
    return pd.DataFrame(rows)
