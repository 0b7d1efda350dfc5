"""What results of tests say of themselves: the version of the repository that was tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _pytest.junitxml import xml_key

if TYPE_CHECKING:
    import pytest


def pytest_sessionstart(session: pytest.Session) -> None:
    """Without it, `ascent readiness --tests` would take the results of any version for evidence."""
    results = session.config.stash.get(xml_key, None)
    if results is not None:
        from ascent.readiness.content.repository import Repository
        from ascent.readiness.content.version import version_of
        from ascent.readiness.outcomes import PROPERTY

        results.add_global_property(PROPERTY, version_of(Repository.read(session.config.rootpath, ())))
