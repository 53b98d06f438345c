"""Runs killed or starved for real: whole files only, nothing left over, the same rows after the next run."""

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
import pytest
from click.testing import CliRunner

from ntp_analysis import dataset, export, partial
from ntp_analysis.cli import main
from ntp_analysis.errors import TableError

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "004_c72aa745ff9f9bf4.txt"
posix = pytest.mark.skipif(os.name == "nt", reason="kills processes and locks folders as POSIX does")
EXTRACT = (
    "import sys\nfrom ntp_analysis import dataset\n"
    "if __name__ == '__main__':\n    dataset.extract(sys.argv[1], sys.argv[2], workers=2, size=2000)\n"
)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    text = SEED.read_text(encoding="utf-8")
    lines = [json.dumps({"id": f"a{n}", "text": f"{text}\n{n}"}, ensure_ascii=False) for n in range(12)]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def start(source: Path, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", EXTRACT, str(source), str(out)], start_new_session=True)


def files(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def wait_for(ready: object, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while process.poll() is None and not ready() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.002)


@posix
@pytest.mark.parametrize("seed", range(2))
def test_a_run_killed_twice_ends_as_an_undisturbed_one(seed: int, articles: Path, tmp_path: Path) -> None:
    dataset.extract(articles, tmp_path / "clean", workers=1, size=2000)
    out, chance = tmp_path / "out", random.Random(seed)
    for round in (1, 2):
        process = start(articles, out)
        wanted = chance.randrange(round, 5 * round)
        wait_for(lambda wanted=wanted: len(list(out.glob(".work/part-*"))) >= wanted, process)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert not [path for path in out.glob("*") if not path.name.startswith(".")] or process.returncode == 0
    dataset.extract(articles, out, workers=1, size=2000)
    assert files(out) == files(tmp_path / "clean")


@posix
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the workers in /proc")
def test_workers_end_with_a_run_that_is_killed_alone(articles: Path, tmp_path: Path) -> None:
    process = start(articles, tmp_path / "out")
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    wait_for(lambda: list((tmp_path / "out").glob(".work/part-*")), process)
    workers = [
        int(pid) for pid in listed.read_text().split() if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    process.kill()
    process.wait()
    end = time.monotonic() + 30
    while time.monotonic() < end and any(alive(pid) for pid in workers):
        time.sleep(0.05)
    assert workers and not any(alive(pid) for pid in workers)


def alive(pid: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@posix
def test_a_second_run_into_the_same_folder_is_refused(articles: Path, tmp_path: Path) -> None:
    (tmp_path / ".work").mkdir()
    with partial.only_one(tmp_path / ".work" / "lock") as alone:
        assert alone
        with pytest.raises(dataset.DatasetError, match="another run is writing"):
            dataset.extract(articles, tmp_path, workers=1)
    assert dataset.extract(articles, tmp_path, workers=1).rows["articles"] > 0


@posix
def test_what_a_killed_run_left_goes_and_what_another_is_making_stays(tmp_path: Path) -> None:
    begin = "import os, sys\nfrom pathlib import Path\nfrom ntp_analysis import partial\n"
    killed = f"{begin}with partial.folder(Path(sys.argv[1])): os._exit(9)"
    subprocess.run([sys.executable, "-c", killed, str(tmp_path)])
    (left,) = tmp_path.iterdir()
    with partial.folder(tmp_path) as mine:
        assert not left.exists()
        with partial.folder(tmp_path) as other:
            assert mine.is_dir() and other.is_dir() and mine != other
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [".partial-thesis", ".moving-house", ".ntp-partial-mine", ".ntp-moving-mine"])
@pytest.mark.parametrize("command", [("show", "-o", "look.html"), ("extract", "-o", ".")], ids=["show", "extract"])
def test_a_folder_of_the_users_stays_whatever_it_is_called(name: str, command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "ch1.txt").write_text("mine")
    words = [command[0], str(SEED), command[1], str(tmp_path / command[2])]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert (tmp_path / name / "ch1.txt").read_text() == "mine"


def test_one_table_does_not_pass_for_all_of_a_run_that_broke_off(tmp_path: Path) -> None:
    for name in ("articles", "figures"):
        (tmp_path / f"{name}.csv").touch()
    with partial.folder(tmp_path) as made:
        (made / partial.MARK).write_text("articles.csv\nfigures.csv\nodd\n")
        made.rename(tmp_path / f"{partial.MOVING}x")  # as a run leaves it that was killed half way
    export.write_table(pd.DataFrame({"a": [1]}), tmp_path / "a.csv")
    assert partial.broke_off(tmp_path)
    assert CliRunner().invoke(main, ["show", str(SEED), "--html", "-o", str(tmp_path / "a.html")]).exit_code == 0
    assert partial.broke_off(tmp_path)


@posix
def test_runs_into_one_folder_leave_the_files_of_one_of_them(tmp_path: Path) -> None:
    each = (
        "import sys\nfrom pathlib import Path\nfrom ntp_analysis import partial\n"
        "for n in range(40):\n"
        "    with partial.folder(Path(sys.argv[1])) as made:\n"
        "        for name in 'abcdef': (made / name).write_text(f'{sys.argv[2]} {n}')\n"
        "        partial.publish(made, Path(sys.argv[1]))\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", each, str(tmp_path), str(n)]) for n in range(3)]
    assert [run.wait() for run in runs] == [0, 0, 0]
    assert sorted(path.name for path in tmp_path.iterdir()) == list("abcdef")
    assert len({path.read_text() for path in tmp_path.iterdir()}) == 1


def test_tables_of_two_runs_are_not_taken_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = export.load(extracted(tmp_path / "first"))
    replaced, replace = [], os.replace

    def killed_at_the_third(source: Path, target: Path) -> None:
        replaced.append(target)
        if len(replaced) == 3:
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr("ntp_analysis.partial.os.replace", killed_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        export.write(seeds, tmp_path / "first")
    monkeypatch.undo()
    with pytest.raises(TableError, match="run it again"):
        export.load(tmp_path / "first")
    export.write(seeds, tmp_path / "first")
    assert export.load(tmp_path / "first").figures.equals(seeds.figures)
    assert not [path for path in (tmp_path / "first").iterdir() if path.name.startswith(".")]


def extracted(out: Path) -> Path:
    import ntp_analysis as ntp

    export.write(ntp.read(SEED), out)
    return out


def test_the_end_of_a_run_is_caught_up_with(articles: Path, tmp_path: Path) -> None:
    dataset.extract(articles, tmp_path, workers=1)
    (tmp_path / ".work" / "part-000000").mkdir(parents=True)  # killed between the last file and the tidying
    dataset.extract(articles, tmp_path, workers=1)
    assert not (tmp_path / ".work").exists()


def test_a_damaged_mark_of_the_end_is_refused(articles: Path, tmp_path: Path) -> None:
    dataset.extract(articles, tmp_path, workers=1)
    (tmp_path / "extraction.json").write_text("{}")
    with pytest.raises(dataset.DatasetError, match="is damaged"):
        dataset.extract(articles, tmp_path, workers=1)


@posix
@pytest.mark.parametrize("how", [(), ("--partitioned", "--workers", "1")], ids=["tables", "parts"])
def test_a_full_disk_is_said_and_leaves_no_half_file(how: tuple[str, ...], articles: Path, tmp_path: Path) -> None:
    import resource

    out = tmp_path / "out"
    command = [sys.executable, "-m", "ntp_analysis.cli", "extract", str(articles), "-q", "-o", str(out), *how]
    limit = (8000, 8000)  # no file may be larger: what a full disk does, without the right to mount one
    starved = subprocess.run(
        command, capture_output=True, text=True, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    )
    assert starved.returncode == 2 and "Traceback" not in starved.stderr, starved.stderr
    assert len(starved.stderr.splitlines()) == 1
    left = [path for path in out.rglob("*") if path.is_file() and not path.relative_to(out).parts[0].startswith(".")]
    assert left == []
    assert subprocess.run(command, capture_output=True).returncode == 0
    subprocess.run([*command[:6], "-o", str(tmp_path / "clean"), *how], check=True, capture_output=True)
    assert files(out) == files(tmp_path / "clean")
