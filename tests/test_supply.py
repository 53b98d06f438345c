"""What is installed is what was locked: hashes for everything, no index but PyPI's, every import declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OURS = PROJECT["project"]["name"].replace("_", "-")


def name_of(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


def test_every_file_of_every_locked_package_has_a_hash() -> None:
    packages = [package for package in LOCK["package"] if package["name"].replace("_", "-") != OURS]
    assert len(packages) > 50
    files = {p["name"]: [*p.get("wheels", []), *([p["sdist"]] if "sdist" in p else [])] for p in packages}
    assert [name for name, found in files.items() if not found] == []
    assert [name for name, found in files.items() for file in found if len(file["hash"]) != len("sha256:") + 64] == []


def test_no_package_comes_from_anywhere_but_a_package_index() -> None:
    packages = [package for package in LOCK["package"] if package["name"].replace("_", "-") != OURS]
    assert [package["name"] for package in packages if "registry" not in package["source"]] == []


def test_every_direct_dependency_is_locked() -> None:
    project = PROJECT["project"]
    wanted = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    locked = {package["name"].replace("_", "-") for package in LOCK["package"]}
    assert [requirement for requirement in wanted if name_of(requirement) not in locked] == []


BROUGHT = {  # imported, and there with a dependency that cannot do without it
    "IPython": "jupyterlab", "ipykernel": "jupyterlab", "jupyter-client": "papermill", "nbclient": "papermill",
    "nbformat": "papermill", "numpy": "pandas", "traitlets": "papermill", "markupsafe": "jinja2", "tqdm": "papermill",
}  # fmt: skip


def test_nothing_is_imported_that_is_not_declared() -> None:
    project = PROJECT["project"]
    declared = {name_of(requirement) for requirement in project["dependencies"]}
    declared |= {name_of(r) for extra in project["optional-dependencies"].values() for r in extra}
    declared |= {name.lower() for name, by in BROUGHT.items() if by in declared}
    distributions = packages_distributions()
    undeclared = set()
    for path in (ROOT / "ntp_analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            for top in {name.partition(".")[0] for name in names} - {"ntp_analysis"} - set(sys.stdlib_module_names):
                owners = {name_of(owner) for owner in distributions.get(top, [top])}
                if not owners & declared:
                    undeclared.add(f"{path.name}: {top}")
    assert undeclared == set()


def test_the_library_opens_no_connection() -> None:
    """Nothing is fetched at run time: no module imports what fetches."""
    fetching = re.compile(r"^\s*(?:import|from) (?:urllib\.request|http\.client|requests|httpx|aiohttp|ftplib)\b", re.M)
    code = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "ntp_analysis").rglob("*.py")}
    assert [name for name, text in code.items() if fetching.search(text)] == []


def test_data_never_becomes_code() -> None:
    """No eval, exec, pickle, yaml or shell in the library: what is read stays data."""
    found = []
    for path in (ROOT / "ntp_analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in ("eval", "exec", "compile", "__import__"):
                found.append(f"{path.name}:{node.lineno} {called.id}")
            if isinstance(node, ast.Import) and {a.name for a in node.names} & {"pickle", "marshal", "shelve", "yaml"}:
                found.append(f"{path.name}:{node.lineno} import")
            if isinstance(node, ast.keyword) and node.arg == "shell":
                found.append(f"{path.name}:{node.lineno} shell")
    assert found == []


def test_every_claim_about_security_names_a_test_that_is_there() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    file, missing, count = "", [], 0
    for named, test in re.findall(r"`(test_\w+\.py)?(?:::)?(test_\w+)?`", page):
        file = named or file
        code = (ROOT / "tests" / file).read_text(encoding="utf-8") if file else ""
        count += bool(test)
        missing += [f"{file}::{test}"] if test and f"def {test}(" not in code else []
    assert missing == [] and count > 20
