"""Installations to be backed up and restored, and what their files hold."""

from __future__ import annotations

import shutil
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.privacy.planting import Installed
from tests.servers.qingting import Server, Visitor
from tests.talk.installation import Installation, new_databases

PEOPLE = 40  # two hundred sentences


@dataclass(slots=True)
class Site:
    """An installation in a folder, with its key elsewhere."""

    folder: Path
    databases: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def key(self) -> Path:
        return self.folder / "key" / "master.key"

    @property
    def installed(self) -> Installed:
        return Installed(
            {
                "QINGTING_DATA_DIR": str(self.data),
                "QINGTING_MASTER_KEY_PATH": str(self.key),
                **self.databases,
            }
        )

    @property
    def inside(self) -> Installation:
        return Installation(self.data, self.databases)

    def server(self) -> Server:
        return Server(self.data, {**self.databases, "QINGTING_MASTER_KEY_PATH": str(self.key)})

    def another(self, folder: Path) -> Site:
        """An empty one with the same key: another machine, after a fire."""
        other = Site(folder, new_databases())
        other.key.parent.mkdir(parents=True)
        shutil.copy(self.key, other.key)
        return other

    def back_up(self, out: Path) -> tuple[Path, Path]:
        """The two files of a new backup."""
        before = set(out.rglob("*.backup"))
        done = self.installed.command("backup", str(out))
        assert done.returncode == 0, done.stderr
        main, keys = sorted(set(out.rglob("*.backup")) - before, key=lambda one: one.parent.name)[
            ::-1
        ]
        assert (main.parent.name, keys.parent.name) == ("main", "keys")
        return main, keys

    def restore(self, main: Path, keys: Path | None, *more: str) -> tuple[int, str]:
        named = [] if keys is None else ["--keys", str(keys)]
        ended = self.installed.command("restore", str(main), *named, *more)
        return ended.returncode, ended.stdout + ended.stderr


@dataclass(frozen=True, slots=True)
class Planted:
    """A site with people, a backup of it made while somebody wrote, and that somebody."""

    site: Site
    people: list[str]
    out: Path
    main: Path
    keys: Path
    writer: Visitor
    said: list[str]


def plant(folder: Path) -> Planted:
    """Two hundred sentences, and a writer who never stops while the backup is made."""
    site = Site(folder / "site", new_databases())
    people = site.installed.plant(PEOPLE)
    said: list[str] = []
    with site.server() as server:
        writer, over = Visitor(server.address), threading.Event()

        def write() -> None:
            while not over.is_set():
                text = f"写到第{len(said)}句的时候窗外有雨"
                assert writer.say(text).saved
                said.append(text)

        thread = threading.Thread(target=write)
        thread.start()
        while len(said) < 3:
            time.sleep(0.01)
        before = len(said)
        try:
            main, keys = site.back_up(folder / "out")
        finally:
            over.set()
            thread.join()
    assert len(said) > before, "nobody wrote while it was made"
    return Planted(site, people, folder / "out", main, keys, writer, said[:before])


def texts_of(site: Site) -> dict[str, list[str]]:
    """What opens, by person; all of it must."""
    read = site.installed.read()
    assert read["shut"] == 0
    return dict(read["texts"])


def has(texts: list[str], wanted: str) -> bool:
    return any(wanted in one for one in texts)


def files_in(*folders: Path) -> dict[Path, bytes]:
    return {
        path: path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
