"""What setup.cfg asks for is what the code imports."""

import ast
import re
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = {"pydantic-core": "pydantic"}  # pydantic asks for exactly the core that it goes with
SHARED = {"google": "google-auth"}  # a folder that several distributions put modules into


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required() -> set[str]:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    lines = config["options"]["install_requires"].split()
    return {normal(re.split(r"[<>=]", line)[0]) for line in lines}


def imported() -> Iterator[str]:
    """The top-level modules that the package imports."""
    for path in (ROOT / "sheetcrm").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def test_every_library_that_is_imported_is_required_and_no_other() -> None:
    owners = packages_distributions()
    libraries = set(imported()) - sys.stdlib_module_names - {"sheetcrm"}
    distributions = {SHARED.get(library) or normal(owners[library][0]) for library in libraries}
    assert {PARTS.get(name, name) for name in distributions} == required()
