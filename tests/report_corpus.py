"""A small corpus for the tests of reports: three provinces and the country, two quarters, our own sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ntp_analysis import schema
from ntp_analysis.corpus import Corpus

BASE: dict[str, Any] = {
    "level": "province", "programme": "ntp", "capital": "total", "measure": "rate", "basis": "actual",
    "unit": "percent", "bound": "exact", "period": "2023", "confidence": "high",
}  # fmt: skip

ARTICLES: list[dict[str, Any]] = [
    {
        "article": "hagiang-1",
        "published": "2023-06-05",
        "province": "Hà Giang",
        "text": "Tỉnh Hà Giang được giao 2.000 tỷ đồng. Đến 31/5, giải ngân 400 tỷ đồng, đạt 20%.",
        "figures": [
            ("2.000 tỷ đồng", {"measure": "allocated", "value": 2e12, "unit": "VND"}),
            ("400 tỷ đồng", {"measure": "disbursed", "value": 4e11, "unit": "VND", "as_of": "2023-05-31"}),
            ("20%", {"value": 20.0, "as_of": "2023-05-31"}),
        ],
    },
    {
        "article": "hagiang-2",
        "published": "2023-09-08",
        "province": "Hà Giang",
        "text": "Đến 31/8, Hà Giang giải ngân 40,7% vốn.\nHuyện Mèo Vạc đạt 35%.\nVướng mắc do thiếu văn bản hướng dẫn.",
        "figures": [
            ("40,7%", {"value": 40.7, "as_of": "2023-08-31"}),
            ("35%", {"value": 35.0, "as_of": "2023-08-31", "place": "Mèo Vạc", "level": "district"}),
        ],
        "obstacle": ("guidance", "thiếu văn bản hướng dẫn", "Vướng mắc do thiếu văn bản hướng dẫn."),
    },
    {
        "article": "laichau",
        "published": "2023-09-20",
        "province": "Lai Châu",
        "text": "Lai Châu được giao 92.711 triệu đồng, đã giải ngân 38.111 triệu đồng, đạt 39,7%.",
        "figures": [
            ("92.711 triệu đồng", {"measure": "allocated", "value": 92_711e6, "unit": "VND"}),
            ("38.111 triệu đồng", {"measure": "disbursed", "value": 38_111e6, "unit": "VND", "as_of": "2023-09-20"}),
            ("39,7%", {"value": 39.7, "as_of": "2023-09-20"}),
        ],
    },
    {
        "article": "canuoc",
        "published": "2023-09-30",
        "province": "",
        "text": "Cả nước giải ngân 36%. Bắc Kạn đạt trên 33,6%.",
        "figures": [
            ("36%", {"value": 36.0, "as_of": "2023-09-30", "place": "Việt Nam", "level": "country", "province": ""}),
            (
                "33,6%",
                {"value": 33.6, "as_of": "2023-09-30", "place": "Bắc Kạn", "province": "Bắc Kạn", "bound": "over"},
            ),
        ],
    },
]


def article(id: str, province: str, text: str, number: str, value: float, **cells: Any) -> dict[str, Any]:
    """One more article with one rate in it."""
    own = {name: cells.pop(name) for name in ("url", "title", "origin", "published") if name in cells}
    figure = {"value": value, "as_of": "2023-09-15", **cells}
    return {"article": id, "published": "2023-09-16", "province": province, "text": text,
            "figures": [(number, figure)], **own}  # fmt: skip


def corpus(*more: Mapping[str, Any]) -> Corpus:
    """Return the corpus, with `more` articles."""
    figures: list[dict[str, Any]] = []
    obstacles: list[dict[str, Any]] = []
    given = [*ARTICLES, *more]
    for one in given:
        for n, (number, cells) in enumerate(one["figures"], 1):
            start = one["text"].index(number)
            quote = one["text"][max(0, start - 40) : start + len(number) + 40].replace("\n", " ")
            figures.append(
                {**BASE, "place": one["province"], "province": one["province"], **cells, "article": one["article"],
                 "quote": quote, "start": start, "end": start + len(number), "figure": f"{one['article']}#{n}"}
            )  # fmt: skip
        if "obstacle" in one:
            code, phrase, quote = one["obstacle"]
            start = one["text"].index(phrase)
            obstacles.append({"article": one["article"], "obstacle": code, "phrase": phrase, "quote": quote,
                              "start": start, "end": start + len(phrase)})  # fmt: skip
    articles = [
        {"place": one["province"], "level": "province", "relevant": True, "characters": len(one["text"]),
         **{name: one.get(name, "") for name in ("article", "published", "province", "url", "title", "origin")}}
        for one in given
    ]  # fmt: skip
    texts = {one["article"]: one["text"] for one in given}
    return Corpus(_frame("articles", articles), _frame("figures", figures), _frame("obstacles", obstacles), texts=texts)


def _frame(table: str, rows: list[dict[str, Any]]):
    return schema.frame(table, {name: [row.get(name, "") for row in rows] for name in schema.columns(table)})
