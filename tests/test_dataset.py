"""Extraction in parts: the same rows however it is cut, read or broken off; copies once; nothing half."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ntp_analysis as ntp
from ntp_analysis import dataset, duplicates, relevance
from ntp_analysis.sources import read_sources

ROOT = Path(__file__).parent.parent
TABLES = ("articles", "figures", "obstacles")
OTHERS = ["Đội tuyển thắng trận tối qua.", "Giá vàng hôm nay tăng nhẹ.", "Miền Bắc có mưa rào và dông."]


def ours() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small crawl: articles of ours among others, in Parquet of many row groups, JSONL and files; one copy."""
    folder = tmp_path_factory.mktemp("crawl")
    texts = [text for article in ours() for text in (article, *OTHERS * 5)]
    table = {"text": texts, "url": [f"https://bao.vn/{i}" for i in range(len(texts))]}
    pq.write_table(pa.table(table), folder / "a.parquet", row_group_size=8)
    with (folder / "b.jsonl").open("w", encoding="utf-8") as file:
        for i, text in enumerate([*OTHERS, "Theo Báo X: " + ours()[0], *OTHERS, ours()[1].replace("5", "6")]):
            file.write(json.dumps({"text": text, "url": f"https://khac.vn/{i}"}, ensure_ascii=i % 2 == 0) + "\n")
        file.write('{"broken": \n')
    (folder / "c.txt").write_text(ours()[4], encoding="utf-8")
    (folder / "d.txt").write_text("", encoding="utf-8")
    return folder


def tables(out: Path) -> dict[str, pd.DataFrame]:
    corpus = ntp.read(out)
    return {name: getattr(corpus, name) for name in TABLES} | {"texts": pd.DataFrame(corpus.texts.items())}


def same(one: Path, other: Path) -> bool:
    first, second = tables(one), tables(other)
    files = all((one / name).read_bytes() == (other / name).read_bytes() for name in ("problems.csv", "copies.csv"))
    return files and all(first[name].equals(second[name]) for name in first)


def test_the_rows_are_the_same_however_it_is_cut_and_read(crawl: Path, tmp_path: Path) -> None:
    whole = dataset.extract(crawl, tmp_path / "one", workers=1)
    assert whole.parts == 3
    cut = dataset.extract(crawl, tmp_path / "many", workers=2, size=3000)
    assert cut.parts > 8 and cut.rows == whole.rows
    assert same(tmp_path / "one", tmp_path / "many")


def test_the_rows_are_those_of_plain_reading(crawl: Path, tmp_path: Path) -> None:
    dataset.extract(crawl, tmp_path / "out", workers=1)
    plain = ntp.read(crawl)
    copies = pd.read_csv(tmp_path / "out" / "copies.csv")["copy"].to_list()
    kept = plain.articles[plain.articles["relevant"] & ~plain.articles["article"].isin(copies)]["article"]
    expected = plain.figures[plain.figures["article"].isin(kept)].reset_index(drop=True)
    assert len(expected) > 20
    assert ntp.read(tmp_path / "out").figures.equals(expected)


def test_every_number_stands_where_its_offsets_say(crawl: Path, tmp_path: Path) -> None:
    dataset.extract(crawl, tmp_path / "out", workers=1)
    corpus = ntp.read(tmp_path / "out")
    for row in corpus.figures.itertuples():
        number = corpus.texts[row.article][row.start : row.end]
        assert number and number in corpus.texts[row.article]
        assert any(char.isdigit() for char in number) or row.value == 0


def test_copies_are_kept_once_with_all_their_addresses(crawl: Path, tmp_path: Path) -> None:
    dataset.extract(crawl, tmp_path / "out", workers=1)
    copies = pd.read_csv(tmp_path / "out" / "copies.csv", keep_default_na=False)
    assert copies[["article", "copy", "url"]].to_numpy().tolist() == [
        ["a-1", "b-4", "https://khac.vn/3"],
        ["a-65", "c", ""],
    ]
    assert "b-8" in set(ntp.read(tmp_path / "out").articles["article"])  # same words, other numbers: no copy


def test_problems_are_listed(crawl: Path, tmp_path: Path) -> None:
    dataset.extract(crawl, tmp_path / "out", workers=1)
    found = dataset.problems(tmp_path / "out")
    assert [Path(name).name for name in found["file"]] == ["b.jsonl", "d.txt"]
    assert found["record"].to_list() == ["line 9", ""]


def test_a_finished_extraction_is_not_done_again(crawl: Path, tmp_path: Path) -> None:
    dataset.extract(crawl, tmp_path / "out", workers=1)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    again = dataset.extract(crawl, tmp_path / "out", workers=1)
    assert again.ready == again.parts
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    with pytest.raises(dataset.DatasetError, match="other input or settings"):
        dataset.extract(crawl / "b.jsonl", tmp_path / "out", workers=1)


def test_a_folder_with_something_else_is_refused(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("precious")
    with pytest.raises(dataset.DatasetError, match=r"thesis\.docx"):
        dataset.extract(crawl, tmp_path, workers=1)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_an_article_that_cannot_be_read_costs_only_itself(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ntp_analysis import engine

    read = engine.read_article

    def fails_on_one(article: ntp.Article) -> ntp.Reading:
        if "Nậm Nhùn" in article.text:
            raise ZeroDivisionError("no")
        return read(article)

    monkeypatch.setattr(engine, "read_article", fails_on_one)
    summary = dataset.extract(crawl, tmp_path / "out", workers=1)
    assert summary.rows["articles"] > 3
    found = dataset.problems(tmp_path / "out")["problem"]
    assert found.str.contains("ZeroDivisionError: no").sum() == 2


def run(crawl: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    code = (
        "import sys\nfrom ntp_analysis import dataset\n"
        "if __name__ == '__main__':\n"
        f"    dataset.extract(sys.argv[1], sys.argv[2], workers={workers}, size=3000)\n"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(crawl), str(out)], start_new_session=True)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
@pytest.mark.parametrize("seed", range(3))
def test_a_killed_run_goes_on_where_it_stopped(seed: int, crawl: Path, tmp_path: Path) -> None:
    dataset.extract(crawl, tmp_path / "whole", workers=1)
    out = tmp_path / "out"
    chance = random.Random(seed)
    wanted = chance.randrange(1, 8)
    process = run(crawl, out, workers=1)
    while process.poll() is None and len(list(out.glob(".work/part-*"))) < wanted:
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    finished = {path.name: path.stat().st_mtime_ns for path in out.glob(".work/part-*")}
    assert finished and not (out / "extraction.json").exists() and not (out / "figures").exists()
    again = dataset.extract(crawl, out, workers=1, size=3000)
    assert again.ready == len(finished)
    assert same(tmp_path / "whole", out)
    assert sorted(path.name for path in out.iterdir() if path.name.startswith(".")) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the worker in /proc")
def test_a_lost_worker_is_replaced(crawl: Path, tmp_path: Path) -> None:
    dataset.extract(crawl, tmp_path / "whole", workers=1)
    out = tmp_path / "out"
    process = run(crawl, out, workers=2)
    killed = False
    while process.poll() is None and not killed:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if list(out.glob(".work/part-*")):
            for child in map(int, children):
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(child, signal.SIGKILL)
                    killed = True
                    break
        time.sleep(0.005)
    assert process.wait() == 0 and killed
    assert same(tmp_path / "whole", out)


def end_the_worker_of_part_two(job: dataset.Job) -> int:
    if job.number == 2:
        os._exit(9)
    time.sleep(0.5)  # its neighbours are still reading when the worker ends
    return dataset.run(job)


def test_a_part_that_always_loses_its_worker_becomes_a_problem_and_no_other_does(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder := tmp_path / "in").mkdir()
    for n, text in enumerate(ours()):
        (folder / f"{n}.jsonl").write_text(json.dumps({"text": text}), encoding="utf-8")
    monkeypatch.setattr(dataset, "run", end_the_worker_of_part_two)
    summary = dataset.extract(folder, tmp_path / "out", workers=3)
    assert summary.parts == 5 and summary.rows["articles"] == 4
    (problem,) = dataset.problems(tmp_path / "out").to_dict("records")
    assert problem["file"].endswith("2.jsonl") and "lost 3 times" in problem["problem"]


def test_a_cluster_gives_the_same_rows(crawl: Path, tmp_path: Path) -> None:
    from distributed import LocalCluster

    dataset.extract(crawl, tmp_path / "one", workers=1)
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address="") as cluster:
        dataset.extract(crawl, tmp_path / "out", scheduler=cluster.scheduler_address, size=3000)
    assert same(tmp_path / "one", tmp_path / "out")


def test_a_scheduler_that_does_not_answer_is_named(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import distributed

    def refused(*_: object, **__: object) -> None:
        raise OSError("timed out")

    monkeypatch.setattr(distributed, "Client", refused)
    with pytest.raises(dataset.DatasetError, match="no dask scheduler answers at tcp://127"):
        dataset.extract(crawl, tmp_path / "out", scheduler="tcp://127.0.0.1:1")


def test_every_annotated_relevant_article_passes_the_literal_test() -> None:
    missed, count = [], 0
    for gold in (ROOT / "tests" / "corpus").glob("*/articles*.csv"):
        rows = pd.read_csv(gold, dtype="str").set_index("article")["relevant"]
        folder = ROOT / "seeds" if gold.parent.name == "seeds" else gold.parent / "articles"
        for article in read_sources(folder):
            if str(rows.get(article.id, "")).startswith("true"):
                count += 1
                if not relevance.is_relevant(article.text):
                    missed.append(article.id)
    assert count > 30 and missed == []


PHRASES = [
    ("GIẢI NGÂN", True),
    ("Giảm Nghèo bền vững", True),
    ("giải\u0323 ngân", False),
    ("giá vàng", False),
    ("", False),
]


@pytest.mark.parametrize("text, expected", PHRASES)
def test_relevance(text: str, expected: bool) -> None:
    assert relevance.is_relevant(text) is expected
    assert list(relevance.relevant_rows(pa.array(["x", text, None]))) == ([1] if expected else [])


def test_a_phrase_across_two_texts_is_none() -> None:
    column = pa.array(["giải ", "ngân", "MTQG MTQG", "a"])
    assert list(relevance.relevant_rows(column)) == [2]
    assert list(relevance.relevant_rows(column.slice(1, 2))) == [1]


def test_copies_need_the_same_numbers_and_nearly_the_same_words() -> None:
    text = ours()[0]
    variants = [text, "Theo Báo X. " + text, text.replace("%", " %"), text.replace("2.449", "2.450"), ours()[1]]
    signs = [duplicates.signature(variant) for variant in variants]
    assert duplicates.groups(signs, [duplicates.numbers(variant) for variant in variants]) == [0, 0, 0, 3, 4]
