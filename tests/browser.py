"""Headless Chromium for tests: what a page says to its console, and what is in it once its scripts have run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).parents[1] / ".tools" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --enable-logging=stderr --log-level=0"
).split()


def open_page(page: Path, width: int = 1200, milliseconds: int = 4000) -> tuple[str, list[str]]:
    """Return a page's document after its scripts, and what it said to the console."""
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", f"--window-size={width},900",
             f"--virtual-time-budget={milliseconds}", "--dump-dom", page.as_uri()],
            capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip
    said = re.findall(r'CONSOLE[^"]*"(.*)", source', done.stderr)
    return done.stdout, said


def with_script(page: Path, script: str, copy: Path) -> Path:
    """Write a copy of a page without its policy and with a script at its end that fills `#told`."""
    html = page.read_text(encoding="utf-8")
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    told = '<script type="application/json" id="told"></script>'
    copy.write_text(html.replace("</body>", f"{told}<script>{script}</script></body>"), encoding="utf-8")
    return copy


def told(document: str) -> object:
    """Return what a script of `with_script` left in `#told`."""
    found = re.search(r'id="told">(.*?)</script>', document, re.S)
    assert found and found[1], "the script told nothing"
    return json.loads(unescape(found[1]))


def violations(page: Path, scratch: Path, width: int = 1200) -> list[dict]:
    """Return what axe-core finds on a page: rule, help and the elements."""
    run = (
        AXE.read_text(encoding="utf-8").replace("</script", "<\\/script")
        + "\ndocument.querySelectorAll('details').forEach(function (d) { d.open = true; });"
        + "\naxe.run(document, {resultTypes: ['violations']}).then(function (found) {"
        + "document.getElementById('told').textContent = JSON.stringify(found.violations.map(function (v) {"
        + "return {id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(function (n) { return n.html; })}; }));"
        + "});"
    )
    document, _ = open_page(with_script(page, run, scratch / f"axe-{page.name}"), width, 20000)
    return told(document)  # type: ignore[return-value]
