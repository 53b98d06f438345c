"""What the project says of itself is true: README, licences, the set-up script, the light start."""

from __future__ import annotations

import importlib.util
import inspect
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path
from types import ModuleType

import click
import pytest

import ntp_analysis
from ntp_analysis import schema
from ntp_analysis.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def script(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_readme_names_every_command() -> None:
    missing = [name for name in main.commands if f"ntp {name}" not in README]
    assert missing == []


def test_readme_names_every_column_of_figures() -> None:
    table = README[README.index("## The columns of `figures`") :]
    assert [name for name in schema.columns("figures") if f"`{name}`" not in table] == []


def test_readme_names_every_kind_of_file() -> None:
    from ntp_analysis import sources

    assert [ending for ending in (*sources.PLAIN, *sources.PAGES[:2], ".jsonl") if f"`{ending}`" not in README] == []


def test_the_tour_of_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib

    matplotlib.use("Agg")
    monkeypatch.chdir(ROOT)
    built: list[inspect.BoundArguments] = []
    signature = inspect.signature(ntp_analysis.reports.build)
    record = lambda *given, **options: built.append(signature.bind(*given, **options))  # noqa: E731
    monkeypatch.setattr("ntp_analysis.reports.build", record, raising=False)
    tour = README[README.index("```python\n") + 10 :]
    names: dict[str, object] = {}
    exec(tour[: tour.index("```")], names)
    assert len(names["rates"]) > 3  # type: ignore[arg-type]
    assert [call.arguments["quarters"] for call in built] == [["2023Q3"]]


def test_links_in_the_documents_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []


def test_every_option_has_a_help() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help, f"{name} {option.name}"


def test_every_public_name_can_be_had_and_a_wrong_one_is_explained() -> None:
    assert [name for name in ntp_analysis.__all__ if getattr(ntp_analysis, name, None) is None] == []
    with pytest.raises(AttributeError, match="it has: Article"):
        ntp_analysis.no_such_name  # noqa: B018


def test_help_and_import_bring_no_tables_and_no_plotting() -> None:
    code = (
        "import sys, ntp_analysis, ntp_analysis.cli as cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        "print('loaded', [m for m in ('pandas', 'matplotlib', 'seaborn', 'papermill', 'pandera') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("loaded []")


def test_no_licence_is_the_gpl() -> None:
    licences = script("tools/licences.py")
    found = licences.licences()
    assert len(found) > 50
    assert {name: licence for name, licence in found.items() if not licences.allowed(licence)} == {}
    refused = ["GPL-3.0-or-later", "GNU General Public License v3 (GPLv3)", "", "AGPL-3.0"]
    assert not any(map(licences.allowed, refused)) and licences.allowed("LGPL-2.1")


def test_direct_dependencies_are_on_the_list_of_licences() -> None:
    import tomllib

    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = [re.match(r"[\w.-]+", name)[0] for name in wanted]  # type: ignore[index]
    assert [name for name in names if f"| {name} |" not in page] == []


IMPORTED_AS = {"ahocorasick-rs": "ahocorasick_rs", "charset-normalizer": "charset_normalizer", "jinja2": "jinja2"}
USED_OTHERWISE = {"jupyterlab": "bootstrap.py"}  # started, not imported


def test_every_dependency_is_used() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("ntp_analysis", "notebooks")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".ipynb")
    )
    unused = []
    for requirement in wanted:
        name = re.match(r"[\w.-]+", requirement)[0]  # type: ignore[index]
        if name in USED_OTHERWISE:
            used = name in (ROOT / USED_OTHERWISE[name]).read_text(encoding="utf-8")
        else:
            used = bool(re.search(rf"(?:import|from) {IMPORTED_AS.get(name, name)}\b|engine=.{name}", code))
        unused += [] if used else [name]
    assert unused == []


INDEX = """
<a href="../../f/uv-0.9.2-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl#sha256=aa">x</a>
<a href="../../f/uv-0.10.1-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl#sha256=bb">x</a>
<a href="../../f/uv-0.11.0-py3-none-musllinux_1_1_x86_64.whl#sha256=cc">x</a>
<a href="../../f/uv-0.12.0-py3-none-win_amd64.whl#sha256=dd">x</a>
<a href="../../f/uv-0.13.0-py3-none-macosx_11_0_arm64.whl#sha256=ee">x</a>
<a href="../../f/uv-0.14.0.tar.gz#sha256=ff">x</a>
<a href="../../f/uv-0.15.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl">no hash</a>
"""
GLIBC = "https://index/f/uv-0.10.1-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
MACHINES = [  # system, machine, libc, wheel
    ("linux", "x86_64", "glibc", (GLIBC, "bb")),
    ("linux", "x86_64", "", ("https://index/f/uv-0.11.0-py3-none-musllinux_1_1_x86_64.whl", "cc")),
    ("darwin", "arm64", "", ("https://index/f/uv-0.13.0-py3-none-macosx_11_0_arm64.whl", "ee")),
    ("linux", "riscv64", "glibc", None),
]  # fmt: skip


@pytest.mark.parametrize("system, machine, libc, wheel", MACHINES)
def test_the_newest_wheel_for_the_machine_is_chosen(
    system: str, machine: str, libc: str, wheel: tuple[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap = script("bootstrap.py")
    monkeypatch.setattr(bootstrap.sys, "platform", system)
    monkeypatch.setattr(bootstrap.platform, "machine", lambda: machine)
    monkeypatch.setattr(bootstrap.platform, "libc_ver", lambda: (libc, ""))
    if wheel is None:
        with pytest.raises(bootstrap.SetupError, match="no uv for"):
            bootstrap.newest_wheel(INDEX, "https://index/simple/uv/")
    else:
        assert bootstrap.newest_wheel(INDEX, "https://index/simple/uv/") == wheel


def test_a_download_with_another_hash_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap = script("bootstrap.py")
    monkeypatch.setattr(bootstrap, "TOOLS", tmp_path)
    monkeypatch.setattr(bootstrap, "fetch", lambda *_: INDEX.encode())
    monkeypatch.setattr(bootstrap, "newest_wheel", lambda *_: ("https://index/uv.whl", "00"))
    with pytest.raises(bootstrap.SetupError, match="hash"):
        bootstrap.uv_by_download()
    assert not any(tmp_path.iterdir())


def test_without_uv_pip_and_network_the_set_up_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap = script("bootstrap.py")

    def offline() -> None:
        raise bootstrap.SetupError("no network")

    monkeypatch.setattr(bootstrap, "TOOLS", tmp_path)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _: None)
    monkeypatch.setattr(bootstrap, "uv_by_pip", offline)
    monkeypatch.setattr(bootstrap, "uv_by_download", offline)
    with pytest.raises(bootstrap.SetupError, match=r"no network.*HTTPS_PROXY"):
        bootstrap.find_uv()


def test_the_environment_is_made_anew_only_when_the_lock_changes() -> None:
    bootstrap = script("bootstrap.py")
    assert bootstrap.fingerprint() == bootstrap.fingerprint()
    assert len(bootstrap.fingerprint()) == 64
