"""pyproject.toml, environment.yml, the lock and the installed packages agree."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec, Version, VersionSpec

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())
RUN = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEVELOP = [
    Requirement(line)
    for line in PROJECT["project"]["optional-dependencies"]["test"] + PROJECT["dependency-groups"]["build"]
]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # without its Qt window, which no notebook opens


def locked(path: Path) -> list[tuple[Requirement, Marker | None, str]]:
    """Each pin of a lock: the requirement, where it holds, and its hashes."""
    pins = []
    for entry in re.split(r"\n(?=\S)", path.read_text().strip()):
        pin, *hashes = entry.split("\\\n")
        requirement = Requirement(pin.strip())
        pins.append((requirement, requirement.marker, " ".join(hashes)))
    return pins


def environment_specs() -> dict[str, str]:
    """Name and range of each package in environment.yml, by its name on PyPI."""
    specs = {}
    for line in ENVIRONMENT["dependencies"]:
        if isinstance(line, dict):
            packages = [Requirement(each) for each in line["pip"] if not each.startswith("-")]
            specs |= {each.name: str(each.specifier) for each in packages}
        else:
            match = MatchSpec(line, strict=True)
            name = match.name.normalized
            specs[CONDA_NAMES.get(name, name)] = str(match.version or "")
    return specs


def test_environment_yml_has_the_ranges_of_pyproject():
    expected = {each.name: str(each.specifier) for each in RUN}
    expected |= {"python": PROJECT["project"]["requires-python"], "pip": ""}
    assert environment_specs() == expected


def test_environment_yml_installs_procman_itself():
    pip = next(line["pip"] for line in ENVIRONMENT["dependencies"] if isinstance(line, dict))
    assert "-e ." in pip


def test_building_asks_for_what_the_lock_has():
    assert PROJECT["build-system"]["requires"] == PROJECT["dependency-groups"]["build"]


@pytest.mark.parametrize("name", ["environment.txt", "uv.txt"])
def test_lock_has_hashes_and_names_no_host(name):
    for requirement, _, hashes in locked(ROOT / "locks" / name):
        assert re.fullmatch(r"==[\w.+!]+", str(requirement.specifier)), requirement
        assert requirement.url is None
        assert re.fullmatch(r"( *--hash=sha256:[0-9a-f]{64} *)+", hashes), requirement


def test_lock_holds_each_requirement_in_its_range():
    pins = locked(ROOT / "locks" / "environment.txt")
    for wanted in RUN + DEVELOP:
        name = canonicalize_name(wanted.name)
        found = [pin for pin, _, _ in pins if canonicalize_name(pin.name) == name]
        assert found, f"{wanted} is not in the lock: run make lock"
        for pin in found:
            assert wanted.specifier.contains(str(pin.specifier).removeprefix("==")), (
                f"{wanted} but {pin}: run make lock"
            )


@pytest.mark.parametrize("wanted", RUN + DEVELOP, ids=lambda wanted: wanted.name)
def test_installed_package_is_in_its_range(wanted):
    installed = version(wanted.name)
    assert wanted.specifier.contains(installed)
    assert VersionSpec(str(wanted.specifier)).matches(Version(installed))  # and as conda would judge


def test_the_citation_names_this_version_and_licence():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == PROJECT["project"]["version"]
    assert citation["license"] == PROJECT["project"]["license"]
