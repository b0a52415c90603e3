"""The two things about building that setup.cfg cannot say; all else stands there."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import find_packages, setup
from setuptools.command.build_py import build_py


class BuildWithCatalogue(build_py):
    """Compile every `locale/LANG/LC_MESSAGES/*.po` beside itself; only the .po files are in git."""

    def run(self) -> None:
        """Compile, then build as usual."""
        for source in Path("sheetcrm", "locale").glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text))
        super().run()


setup(
    packages=[*find_packages(include=["sheetcrm", "sheetcrm.*"]), "sheetcrm.templates"],
    cmdclass={"build_py": BuildWithCatalogue},
)
