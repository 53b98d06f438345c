"""List the licences of everything that is installed with the package, and refuse the GPL.

    python tools/licences.py            # writes docs/licences.md
    python tools/licences.py --check    # exit code 1 if a licence is not allowed or not known

The list is taken from the packages' own meta data in the environment that `uv.lock` describes, extras included.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "licences.md"
OURS = "ntp-analysis"

# Packages under several licences at the user's choice, and which one is ours.
CHOSEN = {"pyphen": "MPL-1.1 (offered: GPL-2.0+, LGPL-2.1+ or MPL-1.1)"}
# Meta data without a licence; read in the package's own files.
READ_IN_FILES: dict[str, str] = {}

COPYLEFT = re.compile(r"(?<![LA])GPL|AGPL|(?<!Lesser )General Public License", re.I)

HEAD = """# Licences of what is installed

ntp_analysis itself is under the MIT licence. This list is made by `tools/licences.py` from the packages' own meta
data; a test refuses the GPL and licences that are not known. Data: see `ntp_analysis/data/SOURCES.md`.

| package | licence |
|---|---|
"""


def main() -> int:
    found = licences()
    refused = [f"{name}: {licence or 'no licence stated'}" for name, licence in found.items() if not allowed(licence)]
    for line in refused:
        print(f"not allowed: {line}", file=sys.stderr)
    if "--check" not in sys.argv:
        rows = "".join(f"| {name} | {licence} |\n" for name, licence in found.items())
        PAGE.write_text(HEAD + rows, encoding="utf-8")
    print(f"{len(found)} packages, {len(refused)} not allowed")
    return 1 if refused else 0


def licences() -> dict[str, str]:
    """Return package -> licence of everything installed but ourselves, in the order of names."""
    found = {}
    for distribution in distributions():
        name = distribution.metadata["Name"].lower().replace("_", "-")
        if name != OURS:
            found[name] = CHOSEN.get(name) or READ_IN_FILES.get(name) or licence(distribution)
    return dict(sorted(found.items()))


def licence(distribution: Distribution) -> str:
    """Return a package's licence as its meta data states it: SPDX, else classifiers, else a short free text."""
    metadata = distribution.metadata
    if metadata.get("License-Expression"):
        return str(metadata["License-Expression"])
    classifiers = [value for key, value in metadata.items() if key == "Classifier" and value.startswith("License :: ")]
    names = [value.split(" :: ")[-1] for value in classifiers if value != "License :: OSI Approved"]
    free = (metadata.get("License") or "").strip().split("\n")[0]
    return "; ".join(sorted(set(names))) or (free if len(free) < 80 else "")


def allowed(licence: str) -> bool:
    """Whether a licence is stated and is not the GPL."""
    return bool(licence) and (licence in CHOSEN.values() or not COPYLEFT.search(licence))


if __name__ == "__main__":
    sys.exit(main())
