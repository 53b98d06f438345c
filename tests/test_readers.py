"""Articles read by several processes: the same readings in the same order, bounded, and a loss is said."""

import multiprocessing
import os
import signal

import pytest

from ntp_analysis import readers
from ntp_analysis.corpus import from_readings, read
from ntp_analysis.model import Article
from ntp_analysis.sources import read_sources

LINE = "Đến 31/8/2023, tỉnh Hà Giang đã giải ngân {} tỷ đồng vốn 3 chương trình mục tiêu quốc gia."


def articles(count):
    return [Article(f"a{n}", LINE.format(100 + n)) for n in range(count)]


def test_two_processes_read_what_one_reads_in_the_same_order():
    given = [*read_sources("seeds"), *articles(250)]
    one = from_readings(readers.read_articles(given))
    two = from_readings(readers.read_articles(given, workers=2, alone=3))
    assert len(one.figures) > 250
    for table in ("articles", "figures", "obstacles"):
        assert getattr(one, table).equals(getattr(two, table)), table


def test_no_process_is_started_for_a_few_articles(monkeypatch):
    monkeypatch.setattr(readers, "_in_processes", lambda *_: pytest.fail("started"))
    assert len(list(readers.read_articles(articles(3), workers=2, alone=3))) == 3
    assert len(read("seeds", workers=2)) == 5


def test_articles_are_taken_as_they_are_needed():
    taken = []

    def stream():
        for article in articles(2000):
            taken.append(article.id)
            yield article

    reading = readers.read_articles(stream(), workers=2, alone=0)
    assert next(reading).article.id == "a0"
    assert len(taken) <= 6 * readers.CHUNK
    reading.close()


def test_long_articles_travel_in_small_chunks():
    long = [Article("a", "x" * (readers.CHUNK_CHARACTERS // 2))] * 5
    assert [len(chunk) for chunk in readers._chunks(iter(long))] == [2, 2, 1]


def test_a_lost_process_is_said_with_the_way_out():
    def stream():
        yield from articles(300)
        for process in multiprocessing.active_children():
            os.kill(process.pid, signal.SIGKILL)
        yield from articles(2000)

    with pytest.raises(readers.LostReader, match="workers=1"):
        list(readers.read_articles(stream(), workers=2, alone=0))
