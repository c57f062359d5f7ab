"""Vendored files are what their README says: name, version, source and checksum of each."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = [ROOT / "carmanana/static/vendor", ROOT / "tests/browser/vendor"]
ROW = re.compile(r"^\| (?P<file>\S+) \|.*\| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE)

folders = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)


def listed(folder):
    return {row["file"]: row["sha256"] for row in ROW.finditer((folder / "README.md").read_text())}


def checksums(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "README.md"
    }


@folders
def test_every_file_has_the_checksum_its_readme_lists(folder):
    assert checksums(folder) == listed(folder)


@folders
def test_every_script_keeps_its_licence_beside_it(folder):
    scripts = list(folder.glob("*.min.js"))
    assert scripts
    for script in scripts:
        assert script.with_name(script.name.replace(".min.js", ".LICENSE.txt")).exists()
