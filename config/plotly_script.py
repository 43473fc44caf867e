"""Serves the script that draws charts from the installed `plotly` package, as `plotly/plotly.min.js`."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SCRIPT = "plotly.min.js"


class PackageStorage(FileSystemStorage):
    """The data folder of the package."""

    prefix = "plotly"
    """The folder under which `collectstatic` puts what this storage holds."""


class PlotlyScriptFinder(BaseFinder):
    """Finds one file of the package; its sample data sets and notebook parts stay unpublished."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        spec = find_spec("plotly")
        assert spec is not None  # a dependency of the site
        assert spec.origin is not None
        self.storage = PackageStorage(location=Path(spec.origin).parent / "package_data")

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The script's path on disk, or nothing for any other."""
        found = [self.storage.path(SCRIPT)] if path == f"plotly/{SCRIPT}" else []
        if find_all:
            return found
        return found[0] if found else []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """The one file."""
        yield SCRIPT, self.storage
