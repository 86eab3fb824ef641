"""Our top-level names are ours alone, and every list of them agrees."""

import configparser
import importlib.metadata
import importlib.util
import tomllib
from pathlib import Path

from procedures.words import SPEAKING
from tests.house.tree import PACKAGES, ROOT, said


def declared() -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_no_other_distribution_ships_a_package_with_one_of_our_names() -> None:
    shippers = importlib.metadata.packages_distributions()
    foreign = {name: set(shippers.get(name, ())) - {"quytrinh"} for name in PACKAGES}
    said(f"{name} comes with {', '.join(who)}" for name, who in foreign.items() if who)


def test_each_of_our_names_is_found_in_this_checkout() -> None:
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        assert spec, name
        assert spec.origin, f"{name} has no __init__.py"
        assert Path(spec.origin).resolve().parent == ROOT / name


def test_every_list_of_our_packages_says_the_same() -> None:
    tools = declared()["tool"]
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", "utf-8")
    assert set(contracts["importlinter"]["root_packages"].split()) == set(PACKAGES)
    assert set(contracts["importlinter:contract:floors"]["layers"].replace("|", " ").split()) == set(PACKAGES)
    assert set(tools["mypy"]["packages"]) == set(PACKAGES)  # type: ignore[call-overload]
    assert set(tools["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(PACKAGES)  # type: ignore[index]
    assert set(SPEAKING) == set(PACKAGES)


def test_a_folder_with_code_at_the_root_is_a_package_we_know_or_no_package() -> None:
    unknown = {path.parent.name for path in ROOT.glob("*/__init__.py")} - set(PACKAGES)
    said(unknown)


def test_the_distribution_cannot_be_uploaded_by_mistake_and_carries_the_sample_data() -> None:
    project = declared()["project"]
    assert "Private :: Do Not Upload" in project["classifiers"]
    wheel = declared()["tool"]["hatch"]["build"]["targets"]["wheel"]  # type: ignore[index]
    assert {"procedures.d", "organisation.d", "calendar.d"} <= set(wheel["force-include"])
    assert all((ROOT / folder).is_dir() for folder in wheel["force-include"])
