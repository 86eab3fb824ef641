"""The shim between a program and its disk: compiled when first needed, loaded before everything else of a child."""

import ctypes
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@cache
def library() -> Path:
    """Compile the shim and return where it is."""
    made = Path(tempfile.mkdtemp(prefix="quytrinh-shim-")) / "shim.so"
    flags = ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
    subprocess.run(["gcc", *flags, "-o", made, HERE / "shim.c", "-ldl", "-lpthread"], check=True)
    return made


def under_the_shim(module: str, *arguments: object, root: Path, journal: Path | None = None) -> str:
    """Run one of our modules as a program under the shim; returns what it printed."""
    told = {"LD_PRELOAD": str(library()), "SHIM_ROOT": str(root), "SHIM_LIBRARY": str(library())}
    if journal is not None:
        told["SHIM_JOURNAL"] = str(journal)
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **told}, check=False, capture_output=True, text=True, timeout=1800
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def loaded() -> ctypes.CDLL:
    """Return the shim that this program already runs under."""
    return ctypes.CDLL(os.environ["SHIM_LIBRARY"])
