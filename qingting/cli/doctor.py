"""qingting doctor: what is configured, what works, what to do next. Never prints a secret."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from qingting.companion.instruments.instrument import Instrument
from qingting.site.config import Config, ConfigError, load_master_key, read_config

Verdict = Literal["ok", "note", "fix"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. next_step: what to do, for a note or a fix."""

    what: str
    verdict: Verdict
    says: str
    next_step: str = ""


def examine() -> int:
    """Print every finding; returns 1 when something must be fixed."""
    try:
        config = read_config()
    except ConfigError as error:
        click.echo(f"fix   settings: {error}")
        return 1
    worst = 0
    for finding in _findings(config):
        click.echo(f"{finding.verdict:<5} {finding.what}: {finding.says}")
        if finding.next_step:
            click.echo(f"      next: {finding.next_step}")
        worst = max(worst, int(finding.verdict == "fix"))
    return worst


def _findings(config: Config) -> Iterator[Finding]:
    yield from _data_folder(config)
    yield _master_key(config)
    if config.secret_key or config.secret_key_file.exists():
        import django

        django.setup(set_prefix=False)
        yield from _databases()
    yield from _real_identity(config)
    yield from _content()
    yield from _questionnaires(config)
    yield from _rules(config)
    yield from _model(config)
    yield _mail(config)
    if not config.public_url:
        yield Finding(
            "public address",
            "note",
            "none set; only this machine is answered",
            "set QINGTING_PUBLIC_URL=https://… and put a TLS proxy in front",
        )


def _data_folder(config: Config) -> Iterator[Finding]:
    folder = config.data_dir
    if not folder.exists():
        yield Finding(
            "data folder", "note", f"{folder} does not exist yet", "qingting serve makes it"
        )
        return
    open_to_others = folder.stat().st_mode & 0o077
    yield Finding(
        "data folder",
        "fix" if open_to_others else "ok",
        str(folder),
        f"chmod 700 {folder}" if open_to_others else "",
    )


def _master_key(config: Config) -> Finding:
    if config.key_provider:
        return Finding("installation key", "ok", f"kept by {config.key_provider}")
    try:
        key = load_master_key(config)
    except ConfigError as error:
        return Finding("installation key", "fix", str(error), "restore the key from its backup")
    if key is None:
        if (config.data_dir / "keys" / "keys.sqlite3").exists():
            return Finding(
                "installation key",
                "fix",
                "missing; nothing stored can be opened",
                f"restore it to {config.master_key_file}",
            )
        return Finding("installation key", "note", "not made yet", "qingting serve makes it")
    if config.master_key:
        return Finding("installation key", "ok", "given by the environment")
    if config.master_key_file.is_relative_to(config.data_dir):
        return Finding(
            "installation key",
            "note",
            "lies beside the data it locks",
            "move it to another disk and set QINGTING_MASTER_KEY_PATH",
        )
    return Finding("installation key", "ok", "kept apart from the data")


def _databases() -> Iterator[Finding]:
    from django.db import Error, connections
    from django.db.migrations.executor import MigrationExecutor

    for name, title in (("default", "main database"), ("keys", "key database")):
        connection = connections[name]
        try:
            executor = MigrationExecutor(connection)
            behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except Error as error:
            yield Finding(
                title,
                "fix",
                f"cannot be used ({type(error).__name__})",
                "check its address, its disk and its permissions",
            )
            continue
        finally:
            connection.close()
        yield Finding(
            title,
            "note" if behind else "ok",
            f"{connection.vendor}, {len(behind)} migrations to run"
            if behind
            else f"{connection.vendor}, up to date",
            "qingting serve runs them" if behind else "",
        )


def _real_identity(config: Config) -> Iterator[Finding]:
    """Who can tie an account to a real identity, where the law of the chosen packs asks for it."""
    from qingting.policy.packs.reading import PackError
    from qingting.policy.packs.resolve import duties_of
    from qingting.policy.profile import chosen_by

    try:
        chosen = chosen_by(config.policy, config.place, config.policy_file, config.policy_confirmed)
    except PackError as error:
        yield Finding("policy", "fix", str(error), "correct QINGTING_POLICY or its file")
        return
    if not duties_of(chosen, datetime.now(UTC).date()).real_identity:
        return
    if config.campus_url or config.campus_saml:
        yield Finding(
            "real identity",
            "ok",
            "accounts are made through the campus alone, and only the campus knows who they are",
        )
        return
    yield Finding(
        "real identity",
        "note",
        "the chosen packs tie accounts to a real identity, and a made-up name is tied to nobody",
        "set QINGTING_CAMPUS_URL or QINGTING_CAMPUS_SAML, or QINGTING_SIGNUP=closed: then there "
        "are guests alone (docs/accounts.md)",
    )


def _content() -> Iterator[Finding]:
    from qingting.companion.protect.resources import Directory
    from qingting.companion.words.bank import ContentError, bank

    try:
        lines = {
            language: sum(len(bank(language).lines(*path)) for path in bank(language).paths())
            for language in ("zh", "en")
        }
        places = len(Directory.load().files)
    except ContentError as error:
        yield Finding("content", "fix", str(error), "reinstall the package")
        return
    yield Finding(
        "content",
        "ok",
        f"{lines['zh']} Chinese and {lines['en']} English lines, "
        f"crisis resources of {places} places",
    )


def _rules(config: Config) -> Iterator[Finding]:
    """Whose rules hold, whether they let it start, and where data may go by them."""
    from datetime import UTC, datetime

    from qingting.policy.operator_words import said
    from qingting.policy.packs.resolve import duties_of
    from qingting.policy.showing import pack_names
    from qingting.site.policy_setup import chosen_in, may_start

    try:
        chosen = chosen_in(config)
    except ConfigError:
        return  # said above
    try:
        line = may_start(config)
    except ConfigError as error:
        yield Finding("rules", "fix", str(error), "qingting policy check says more")
        return
    names = pack_names(chosen.packs, "en")
    yield Finding(
        "rules", "note" if line else "ok", f"{names}. {line}".strip(), "qingting policy check"
    )
    owed = duties_of(chosen, datetime.now(UTC).date())
    key = "localisation" if owed.only_mainland else "no_localisation"
    yield Finding("where data may go", "ok", said("en", "start", key))


def _questionnaires(config: Config) -> Iterator[Finding]:
    """Which can be asked, in which language, and whose word there is for their text."""
    from qingting.companion.instruments import shelf
    from qingting.companion.instruments.table import InstrumentError

    try:
        shelf.use_operator_texts(Path(config.instruments) if config.instruments else None)
        told, waiting = _texts_of(shelf.instruments().values())
    except InstrumentError as error:
        yield Finding("questionnaires", "fix", str(error), "correct QINGTING_INSTRUMENTS")
        return
    yield Finding(
        "questionnaires",
        "note" if waiting else "ok",
        "; ".join(told),
        f"compare with the owner's text: {', '.join(waiting)} (docs/instruments.md)"
        if waiting
        else "",
    )


def _texts_of(instruments: Iterable[Instrument]) -> tuple[list[str], list[str]]:
    """The standing of each text there is, last those that have none; and those nobody has compared
    yet."""
    told, waiting, bare = [], [], []
    for one in instruments:
        texts = {
            language: words.status
            for language, words in sorted(one.wordings.items())
            if words.status != "none"
        }
        if texts:
            told.append(f"{one.key} " + ", ".join(f"{lang} {how}" for lang, how in texts.items()))
        else:
            bare.append(one.key)
        waiting += [f"{one.key} {lang}" for lang, how in texts.items() if how == "unverified"]
    if bare:
        told.append(f"without a text {', '.join(bare)}")
    return told, waiting


def _mail(config: Config) -> Finding:
    """Whether somebody can be told of danger, and reminders sent (docs/telling.md)."""
    if config.mail is not None:
        return Finding("mail", "ok", f"letters go by {config.mail.host}, from {config.mail.sender}")
    if config.smtp_url or config.mail_from:
        return Finding(
            "mail",
            "fix",
            "set up in part, so nobody is told and nothing is sent",
            "set QINGTING_SMTP_URL, QINGTING_MAIL_FROM and QINGTING_PUBLIC_URL, all three",
        )
    return Finding(
        "mail", "note", "none: nobody is told of danger, no reminders", "see docs/telling.md"
    )


def _model(config: Config) -> Iterator[Finding]:
    if config.endpoint is None:
        yield Finding(
            "model",
            "ok",
            "none; the guided companion answers",
            "optional: set DEEPSEEK_API_KEY, or QINGTING_MODEL_URL and _NAME",
        )
        return
    address, name, _key = config.endpoint
    where = "hosted elsewhere, text is masked" if config.endpoint_is_hosted else "on this machine"
    answers = asyncio.run(_model_answers(config))
    yield Finding(
        "model",
        "ok" if answers else "fix",
        f"{name} at {address}, {where}, " + ("answers" if answers else "does not answer"),
        "" if answers else "check address, name and key; meanwhile the guided companion answers",
    )


async def _model_answers(config: Config) -> bool:
    from qingting.companion.ports import ChatMessage
    from qingting.companion.reply.model.errors import ModelError
    from qingting.site.wiring import model_of

    model = model_of(config)
    if model is None:
        return False
    try:
        async with asyncio.timeout(15):
            async for _ in model.stream([ChatMessage("user", "Say: here.")], max_tokens=8):
                return True
    except (ModelError, TimeoutError):
        return False
    finally:
        await model.close()
    return False
