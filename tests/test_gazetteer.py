"""Names of places, on their day."""

from datetime import date

import pytest

from ntp_analysis.gazetteer import LEVELS, MERGER, domains, gazetteer, initials, key, successor

OLD, NEW = date(2023, 9, 5), date(2025, 9, 5)

FOUND = [  # name, level, day, province asked for, provinces found
    ("Hà Giang", "province", OLD, "", ["Hà Giang"]),
    ("Hà Giang", "province", NEW, "", []),
    ("HOÀ BÌNH", "province", OLD, "", ["Hòa Bình"]),
    ("Bà Rịa – Vũng Tàu", "province", OLD, "", ["Bà Rịa - Vũng Tàu"]),
    ("Ðiện Biên", "province", OLD, "", ["Điện Biên"]),
    ("Kỳ Sơn", "district", OLD, "Nghệ An", ["Nghệ An"]),
    ("Kỳ Sơn", "district", NEW, "", []),
    ("Nậm Nhùn", "district", OLD, "", ["Lai Châu"]),
    ("Châu Thành", "district", OLD, "Trà Vinh", ["Trà Vinh"]),
    ("Mường Lát", "district", OLD, "", ["Thanh Hóa"]),
    ("Mường Lát", "commune", NEW, "Thanh Hóa", ["Thanh Hóa"]),
    ("Đác Lắc", "province", OLD, "", ["Đắk Lắk"]),
    ("Ðác Mil", "district", OLD, "", ["Đắk Nông"]),
    ("Đăk Ang", "commune", OLD, "", ["Kon Tum"]),
    ("Nowhere", "province", OLD, "", []),
]
SUCCESSORS = [("Hà Giang", "Tuyên Quang"), ("Yên Bái", "Lào Cai"), ("Bắc Kạn", "Thái Nguyên"), ("Quảng Nam", "Đà Nẵng"), ("Lai Châu", "Lai Châu"), ("Bình Phước", "Đồng Nai"), ("Kon Tum", "Quảng Ngãi")]  # fmt: skip


@pytest.mark.parametrize("name, level, day, province, provinces", FOUND)
def test_find(name, level, day, province, provinces):
    assert [u.province for u in gazetteer().find(name, level, day, province)] == provinces


def test_numbers_of_units_on_their_days():
    def provinces(day: date) -> set[str]:
        names = gazetteer().names("province")
        return {unit.name for name in names for unit in gazetteer().find(name, "province", day)}

    assert len(provinces(OLD)) == 63
    assert len(provinces(NEW)) == 34


def test_there_are_no_districts_after_the_merger():
    assert not any(gazetteer().find(name, "district", MERGER) for name in gazetteer().names("district"))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("day", [OLD, NEW])
def test_every_unit_finds_itself_in_its_own_province(level, day):
    g = gazetteer()
    lost = []
    for name in g.names(level):
        for unit in g.find(name, level, day):
            if unit not in g.find(unit.name, level, day, unit.province):
                lost.append((unit.name, unit.province))
            if level != "province" and g.province(unit.province, day) is None:
                lost.append((unit.name, "no province", unit.province))
    assert lost == []


@pytest.mark.parametrize("old, new", SUCCESSORS)
def test_successor(old, new):
    assert successor(old) == new


def test_domains_and_initials_are_of_provinces_of_before_the_merger():
    names = {u.name for k in gazetteer().names("province") for u in gazetteer().find_any_day(k, "province")}
    assert set(domains().values()) <= names
    assert set(initials().values()) <= names


@pytest.mark.parametrize(
    "one, other",
    [("Hoà Bình", "HÒA BÌNH"), ("Bà Rịa–Vũng Tàu", "bà rịa - vũng tàu"), ("Ðà Nẵng", "Đà Nẵng"), ("M’Đrắk", "M'Đrắk")],
)
def test_keys_of_one_name_are_equal(one, other):
    assert key(one) == key(other)
