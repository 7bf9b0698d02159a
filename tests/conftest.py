"""Before anything of Django is imported: an installation of its own, on SQLite or PostgreSQL.

QINGTING_TEST_DATABASE=postgres runs the same tests on a real PostgreSQL from a wheel.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# How fast is for the bench to say: a busy machine is no failure.
settings.register_profile("qingting", deadline=None)
settings.load_profile("qingting")

_folder = Path(tempfile.mkdtemp(prefix="qingting-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

# What the tests themselves are told: which database, and what tests/browser does.
_KEPT = (
    "QINGTING_TEST_DATABASE",
    "QINGTING_TEST_EVERY_LINE",
    "QINGTING_REQUIRE_BROWSER",
    "QINGTING_WRITE_SCREENSHOTS",
)
for _name in [name for name in os.environ if name.startswith(("QINGTING_", "DEEPSEEK_"))]:
    if _name not in _KEPT:
        del os.environ[_name]
os.environ["QINGTING_DATA_DIR"] = str(_folder / "data")
ON_POSTGRES = os.environ.get("QINGTING_TEST_DATABASE") == "postgres"

if ON_POSTGRES:
    from tests.servers.postgres import Postgres

    _postgres = Postgres(_folder / "postgres")
    os.environ["QINGTING_DATABASE_URL"] = _postgres.database("qingting")
    os.environ["QINGTING_KEYS_DATABASE_URL"] = _postgres.database("keys")

from qingting.site.config import read_config  # noqa: E402
from qingting.site.secrets_on_disk import prepare  # noqa: E402

prepare(read_config())

# Not in pyproject.toml: pytest-django would read the settings before the lines above.
os.environ["DJANGO_SETTINGS_MODULE"] = "qingting.site.settings"
import django  # noqa: E402

django.setup()

from tests.content_elsewhere import ReadFrom, content_elsewhere  # noqa: E402

# What waits for servers and browsers goes first: begun last it would be waited for alone, with the
# other processors idle. With `--no-loadscope-reorder` files are handed out in this order.
_SLOW = ("browser", "talk", "people", "site", "privacy", "cli", "memory", "skills", "policy")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow folders first, else as they stand."""

    def when(item: pytest.Item) -> int:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        return _SLOW.index(folder) if folder in _SLOW else len(_SLOW)

    items.sort(key=when)


@pytest.fixture
def fresh_databases(tmp_path: Path) -> dict[str, str]:
    """Addresses of empty databases for one test: files of its own, or new PostgreSQL databases."""
    if not ON_POSTGRES:
        return {}
    return {
        "QINGTING_DATABASE_URL": _postgres.fresh_database(),
        "QINGTING_KEYS_DATABASE_URL": _postgres.fresh_database(),
    }


@pytest.fixture
def read_content_from() -> Iterator[ReadFrom]:
    """Call it with the folder that content is read from until the test ends."""
    with content_elsewhere() as read_from:
        yield read_from


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied() -> None:
    """The audit log refuses to be emptied, which Django does after tests with transactions."""
    from tests.privacy.unlocking import let_tests_empty_tables

    let_tests_empty_tables()
