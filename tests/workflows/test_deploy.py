"""What the guide tells to put on machines: units that systemd accepts, and programs that are there."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "many-machines.md"
UNIT = re.compile(r"```ini\n# /etc/systemd/system/(\S+?)(?: [^\n]*)?\n(.*?)```", re.DOTALL)

COMPOSE = re.compile(r"```yaml\n(# compose\.yaml.*?)```", re.DOTALL)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_accepts_the_units_of_the_guide(tmp_path: Path) -> None:
    units = UNIT.findall(GUIDE.read_text(encoding="utf-8"))
    assert [name for name, _ in units] == ["quytrinh@.service", "quytrinh-site.service"]
    files = []
    for name, text in units:
        file = tmp_path / name.replace("@.", "@worker.")
        # The program is not installed at its place on this machine; everything else is judged as it stands.
        file.write_text(re.sub(r"/opt/quytrinh/\.venv/bin/\S+", "/bin/true", text), encoding="utf-8")
        files.append(str(file))
    judged = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    assert (judged.returncode, judged.stderr) == (0, "")


def test_the_compose_file_of_the_guide_is_one(tmp_path: Path) -> None:
    told = COMPOSE.findall(GUIDE.read_text(encoding="utf-8"))
    assert len(told) == 1
    services = yaml.safe_load(told[0])["services"]
    assert set(services) == {"database", "server", "nudger", "worker", "site"}
    for name, one in services.items():
        assert one["image"] == ("postgres:15" if name == "database" else "quytrinh"), name
        assert one["restart"] == "always", name
    if shutil.which("docker-compose") is None:
        return
    (tmp_path / "compose.yaml").write_text(told[0], encoding="utf-8")
    words = dict.fromkeys(("PREFECT_API_AUTH_STRING", "POSTGRES_PASSWORD", "PREFECT_PASSWORD"), "word")
    line = ["docker-compose", "-f", str(tmp_path / "compose.yaml"), "config", "--quiet"]
    judged = subprocess.run(line, env={**os.environ, **words}, capture_output=True, text=True, check=False)
    assert (judged.returncode, judged.stderr) == (0, "")


def test_every_program_that_the_guide_starts_is_there() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    named = set(re.findall(r"python -m (workflows\.\w+)", text))
    assert {"workflows.server", "workflows.nudge", "workflows.worker"} <= named
    assert [name for name in sorted(named) if importlib.util.find_spec(name) is None] == []
