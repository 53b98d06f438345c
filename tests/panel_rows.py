"""A small panel written by hand, for the tests of charts and narratives: one row is one line below."""

from __future__ import annotations

import pandas as pd

from ntp_analysis import schema

BILLION = 10**9


def panel(rows: list[dict], quarter: str = "2023Q3") -> pd.DataFrame:
    """Return the rows as a panel: what is not given is empty; the computed rate follows from the amounts."""
    full = [_row(n, **row) for n, row in enumerate(rows, 1)]
    cells = {name: [row.get(name, _blank(column)) for row in full] for name, column in schema.columns("panel").items()}
    table = schema.frame("panel", cells)
    table.attrs["quarter"] = quarter
    return table


def _blank(column: schema.Column) -> object:
    return {"number": None, "integer": 0, "flag": False, "day": "NaT"}.get(column.kind, "")


def _row(n: int, **given) -> dict:
    row = {
        "level": "province",
        "programme": "ntp",
        "capital": "total",
        "period": "2023",
        "as_of": "2023-08-31",
        "basis": "actual",
        "article": f"a{n:02d}",
        "dated": "as_of",
        **given,
    }
    row.setdefault("province", row["place"] if row["level"] == "province" else "")
    row.setdefault("published", min(row["as_of"], "2023-09-30"))
    for i, measure in enumerate(("allocated", "disbursed", "rate_stated", "distributed", "undisbursed"), 1):
        name = measure.removesuffix("_stated")
        if row.get(measure) is not None:
            row.setdefault(f"{name}_bound", "exact")
            row.setdefault(f"{name}_figure", f"{row['article']}#{i}")
    if row.get("allocated") and row.get("disbursed") is not None:
        row["rate_computed"] = row["disbursed"] / row["allocated"] * 100
    used = "stated" if row.get("rate_stated") is not None else "computed" if "rate_computed" in row else ""
    row["rate"] = row.get(f"rate_{used}") if used else None
    row["rate_used"] = used
    return row


PROVINCES = [  # place, rate stated, day, what else
    ("Bắc Kạn", 52.8, "2023-09-30", {}),
    ("Cao Bằng", 31.2, "2023-08-15", {}),
    ("Lai Châu", 61.5, "2023-09-20", {"rate_bound": "over"}),
    ("Điện Biên", 47.9, "2023-09-30", {}),
    ("Sơn La", 44.0, "2023-08-31", {"rate_bound": "about"}),
    ("Yên Bái", 78.3, "2023-09-30", {}),
    ("Lào Cai", 66.1, "2023-09-15", {"capital": "investment"}),
    ("Quảng Nam", 24.9, "2023-05-31", {}),
    ("Kon Tum", 18.4, "2023-07-31", {"rate_bound": "under"}),
    ("Đắk Nông", 40.0, "2023-08-31", {}),
    ("Thừa Thiên Huế", 55.2, "2023-09-30", {}),
    ("Bà Rịa - Vũng Tàu", 71.0, "2023-06-30", {}),
]

HA_GIANG = [
    {"allocated": 2_449_836_000_000, "disbursed": 996_936_000_000, "rate_stated": 40.7, "carryover": "included"},
    {"capital": "investment", "allocated": 1_700 * BILLION, "disbursed": 850 * BILLION},
    {"capital": "recurrent", "rate_stated": 19.6},
    {"programme": "nrd", "allocated": 310 * BILLION, "disbursed": 201_500_000_000},
    {"programme": "spr", "capital": "investment", "rate_stated": 30.3},
    {"programme": "spr", "allocated": 640 * BILLION, "allocated_bound": "over", "as_of": "2023-01-01"},
    {"programme": "sedema", "allocated": 1_500 * BILLION, "disbursed": 512 * BILLION, "disbursed_bound": "over"},
    {"rate_stated": 21.3, "as_of": "2023-05-31", "carryover": "included"},
    {"rate_stated": 8.0, "as_of": "2023-03-31", "carryover": "included"},
    {"rate_stated": 61.2, "as_of": "2022-12-31", "period": "2022"},
    {"rate_stated": 34.1, "as_of": "2022-08-31", "period": "2022"},
    {"rate_stated": 95, "rate_bound": "over", "as_of": "2023-12-31", "basis": "target"},
    {"rate_stated": 60, "as_of": "2023-09-30", "basis": "forecast", "programme": "nrd"},
]


def country() -> pd.DataFrame:
    """Return a quarter of fourteen provinces with their rates, Hà Giang in detail, and the country."""
    rows = [{"place": place, "rate_stated": rate, "as_of": day, **more} for place, rate, day, more in PROVINCES]
    rows += [{"place": "Hà Giang", **row} for row in HA_GIANG]
    rows += [
        {"place": "Việt Nam", "level": "country", "rate_stated": 45.3, "as_of": "2023-08-31"},
        {"place": "Yên Bái", "programme": "nrd", "rate_stated": 88.0, "as_of": "2023-09-30"},
        {"place": "Yên Bái", "programme": "sedema", "rate_stated": 69.5, "as_of": "2023-09-30"},
        {"place": "Bắc Kạn", "programme": "spr", "rate_stated": 47.1, "as_of": "2023-09-30"},
        {"place": "Kon Tum", "programme": "sedema", "rate_stated": 9.7, "as_of": "2023-05-31"},
        {"place": "Điện Biên", "allocated": 1_345 * BILLION, "disbursed": 644 * BILLION, "as_of": "2023-09-30"},
        {"place": "Sơn La", "allocated": 1_800 * BILLION, "as_of": "2023-01-01"},
        {"place": "Nậm Nhùn", "level": "district", "province": "Lai Châu", "programme": "nrd",
         "capital": "investment", "allocated": 2_487_000_000, "disbursed": 780_000_000, "rate_stated": 31.4},
    ]  # fmt: skip
    return panel(rows)


def obstacles() -> pd.DataFrame:
    """Return obstacles with the province and programme of their articles."""
    named = [
        ("a13", "Hà Giang", "ntp", "land guidance procedures"),
        ("a20", "Hà Giang", "spr", "guidance norms"),
        ("a01", "Bắc Kạn", "ntp", "guidance procedures"),
        ("a03", "Lai Châu", "sedema", "land terrain materials"),
        ("a04", "Điện Biên", "sedema", "land norms contractors"),
        ("a09", "Kon Tum", "sedema", "fragmentation norms procedures allocation"),
        ("a08", "Quảng Nam", "ntp", "counterpart guidance"),
    ]
    return pd.DataFrame(
        [
            {"article": article, "obstacle": code, "phrase": code, "quote": code, "start": 0, "end": 4,
             "province": province, "place": province, "programme": programme, "published": pd.Timestamp("2023-09-01")}
            for article, province, programme, codes in named
            for code in codes.split()
        ]
    )  # fmt: skip
