"""The settings of an installation: one frozen, typed object, read once from the environment.

Each setting has a name, a default and a sentence; docs/settings.md lists them and a test holds the
two together. A secret NAME may come from a file named by NAME_FILE; a path that cannot be read
stops the start with a clear error.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from qingting.outbox.server import Mail, NotAnAddress, mail_of
from qingting.privacy.key_provider import NotKeys, parse_keys
from qingting.site import settings_file

DEEPSEEK_URL: Final = "https://api.deepseek.com/v1"
DEEPSEEK_MODEL: Final = "deepseek-chat"
_DATA_DIR: Final = "~/.local/share/qingting"
_DATABASES: Final = ("sqlite", "postgres", "postgresql")


class ConfigError(Exception):
    """A setting is wrong; the message says which one and what to do."""


def _setting(default: Any, says: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"says": says, "secret": secret})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Environment variable QINGTING_<NAME IN CAPITALS> sets each field."""

    data_dir: Path = _setting(
        Path(_DATA_DIR),
        "Folder for the databases and generated secrets; made with mode 0700.",
    )
    database_url: str = _setting(
        "",
        "Address of the main database; empty means SQLite in the data folder. "
        "PostgreSQL: postgresql://user@host/name. SQLite elsewhere: sqlite:////path/to/file; "
        "?mode=ro opens it read-only, ?max_page_count=N lets it grow to N pages and no further "
        "(for tests and small disks).",
        secret=True,
    )
    keys_database_url: str = _setting(
        "",
        "Address of the key database, backed up apart; empty means SQLite in the data folder, "
        "or with PostgreSQL a database of its own that you name here.",
        secret=True,
    )
    master_key: str = _setting(
        "",
        "The installation's key, 32 bytes in base64; empty means the key file. While it is being "
        "rotated: the new key, a space, the old one (docs/keys.md).",
        secret=True,
    )
    master_key_path: str = _setting(
        "",
        "Where the installation's key file is; empty means secrets/master.key in the data "
        "folder. Keep it on another disk: qingting doctor warns when it lies beside the data.",
    )
    key_provider: str = _setting(
        "",
        "Who wraps people's keys, as package.module:callable; empty means the installation's key "
        "above. For a key management service; docs/keys.md says what it must do.",
    )
    secret_key: str = _setting(
        "", "Signs cookies; empty means one generated into the data folder.", secret=True
    )
    public_url: str = _setting(
        "",
        "Address people use, e.g. https://qingting.example.edu; turns on secure cookies and "
        "limits the host names answered.",
    )
    contact: str = _setting(
        "",
        "How people reach whoever runs this: an address, a number or a room, shown on the privacy "
        "page and under the terms.",
    )
    security_contact: str = _setting(
        "",
        "Where a fault of security is reported: mailto:... or https://...; published at "
        "/.well-known/security.txt, which is not there without it.",
    )
    trusted_proxy: str = _setting(
        "", "Address of the reverse proxy whose forwarded headers are believed; empty means none."
    )
    place: str = _setting(
        "",
        "Country code where most people are (CN, US, ...), for emergency numbers when a "
        "person's own place is unknown.",
    )
    policy: str = _setting(
        "",
        "Whose rules are obeyed: ids of policy packs with commas between (CN, US-CA, school, ...); "
        "empty means the pack of the place, or the strictest in common where there is none "
        "(docs/policy.md).",
    )
    policy_file: str = _setting(
        "", "File of the operator's own policy pack, joined to those named (docs/policy.md)."
    )
    policy_confirmed: str = _setting(
        "",
        "Statements of the packs that counsel confirmed, with commas between, as qingting policy "
        "show names them; only these are relied on where a source is unsure.",
    )
    complaint_days: int = _setting(
        15, "Days within which a complaint is answered, as the page of complaints says."
    )
    institution: str = _setting(
        "",
        "File of the institution's own help (counselling centre, night duty, security office, "
        "hospital), named before the country's lines; see docs/institution.md.",
    )
    instruments: str = _setting(
        "",
        "Folder of texts for questionnaires that this installation has the right to, and of its "
        "word that a shipped text was compared with the original (docs/instruments.md).",
    )
    signup: str = _setting(
        "open",
        "Who may make an account: open (anybody), invited (with an invitation code) or closed. "
        "Talking as a guest needs none.",
    )
    break_glass_needs_two: str = _setting(
        "yes",
        "yes or no: whether a supervisor other than who asked must agree before break-glass opens "
        "anything (docs/roles.md).",
    )
    guest_months: int = _setting(
        24,
        "Months after which a guest who has written nothing is erased with all they wrote; 0 "
        "means never. Somebody with an account is kept until they close it.",
    )
    campus_name: str = _setting(
        "", "Name of the campus on the button that signs in through it, e.g. 某某大学."
    )
    campus_url: str = _setting(
        "", "Address of the campus's OpenID Connect provider; empty means no campus sign-in."
    )
    campus_client: str = _setting("", "Client id that the campus gave this installation.")
    campus_secret: str = _setting("", "Client secret for it.", secret=True)
    campus_saml: str = _setting(
        "",
        "File with the SAML metadata of the campus, for a campus without OpenID Connect; needs the "
        "extra saml (docs/accounts.md). Empty means no SAML.",
    )
    campus_identity: str = _setting(
        "sealed",
        "What the campus says of somebody (name, number): sealed (kept for an emergency, opened "
        "by break-glass alone) or nothing (not kept).",
    )
    smtp_url: str = _setting(
        "",
        "The mail server that letters go out by: smtp://name:...@host:587?tls=starttls (or "
        "ssl, or none for one on this machine). Empty means that nobody is ever told and no "
        "reminder is sent (docs/telling.md).",
        secret=True,
    )
    mail_from: str = _setting(
        "",
        "Address that letters come from. It shows on locked screens: choose one that says nothing, "
        "e.g. notes@example.edu. Needed with the mail server, and so is the public address.",
    )
    worker: str = _setting(
        "beside",
        "beside or apart: whether `qingting serve` runs the worker that sends letters beside "
        "itself, or `qingting worker` is run on its own (several machines: one of them).",
    )
    model_url: str = _setting(
        "",
        "Base address of an OpenAI-compatible endpoint that words replies; empty means the "
        "guided companion alone, unless a DeepSeek key is given.",
    )
    model_name: str = _setting("", "Name of the model at that endpoint.")
    model_key: str = _setting("", "Key for that endpoint.", secret=True)
    deepseek_key: str = _setting(
        "", "A DeepSeek key is enough: address and model are filled in.", secret=True
    )
    model_hosted: str = _setting(
        "",
        "yes or no: whether the endpoint is on somebody else's machine, so that names and "
        "places are masked. Empty: yes unless the address is this machine's own.",
    )
    hosted_models: str = _setting(
        "",
        "ask or forbid: whether people may be asked to let a model on somebody else's machine word "
        "their replies; without their yes nothing is sent. Empty: ask, but forbid where the place "
        "is CN and the endpoint's host is not on the mainland (docs/consent.md).",
    )
    model_calls_per_day: int = _setting(
        200,
        "Replies a model may word for one person in a day; past it the guided companion answers.",
    )
    model_first_words: float = _setting(8.0, "Seconds to wait for a model's first words.")
    model_remembers: int = _setting(
        0, "1: the model is also asked what is worth remembering, one more call a message."
    )
    rehearse: str = _setting(
        "yes",
        "yes or no: whether a start answers a few invented messages first, so that nobody's first "
        "message waits for what replies need. A start without it is some seconds shorter.",
    )
    model_between: float = _setting(8.0, "Seconds to wait between a model's sentences.")

    @property
    def main_database(self) -> str:
        """Address of the main database."""
        return self.database_url or _sqlite(self.data_dir / "qingting.sqlite3")

    @property
    def keys_database(self) -> str:
        """Address of the key database."""
        return self.keys_database_url or _sqlite(self.data_dir / "keys" / "keys.sqlite3")

    @property
    def work_database(self) -> str:
        """Address of the worker's own database: ids and times, nothing that must be backed up."""
        if self.uses_sqlite:
            return _sqlite(self.data_dir / "work.sqlite3")
        return "postgresql://" + self.main_database.partition("://")[2]

    @property
    def master_key_file(self) -> Path:
        """The file that holds the installation's key when it is not given itself."""
        return Path(self.master_key_path or self.data_dir / "secrets" / "master.key").expanduser()

    @property
    def secret_key_file(self) -> Path:
        """The file that holds the generated signing key."""
        return self.data_dir / "secrets" / "signing.key"

    @property
    def uses_sqlite(self) -> bool:
        """Whether the main database is the embedded one: one serving process, one machine."""
        return self.main_database.startswith("sqlite")

    @property
    def endpoint(self) -> tuple[str, str, str] | None:
        """(address, model, key) of the model that words replies, or None for guided alone."""
        if self.model_url:
            return self.model_url, self.model_name or DEEPSEEK_MODEL, self.model_key
        if self.deepseek_key:
            return DEEPSEEK_URL, self.model_name or DEEPSEEK_MODEL, self.deepseek_key
        return None

    @property
    def mail(self) -> Mail | None:
        """The mail server; None unless it, the sender and the public address are all set."""
        if not (self.smtp_url and self.mail_from and self.public_url):
            return None
        return mail_of(self.smtp_url, self.mail_from)

    @property
    def endpoint_is_hosted(self) -> bool:
        """Whether text that goes to the model leaves this machine."""
        if self.model_hosted:
            return self.model_hosted.lower() in ("yes", "true", "1")
        endpoint = self.endpoint
        host = urlsplit(endpoint[0]).hostname if endpoint else None
        return endpoint is not None and host not in ("127.0.0.1", "localhost", "::1")

    @property
    def model_host(self) -> str:
        """Host of the model that text leaves this machine for; "" when none does."""
        if self.endpoint is None or not self.endpoint_is_hosted:
            return ""
        return urlsplit(self.endpoint[0]).hostname or ""


def read_config(environment: Mapping[str, str] | None = None) -> Config:
    """The settings from an environment (default: the process's), and from qingting.env in the data
    folder where it says nothing. Raises ConfigError."""
    environment = _with_file(os.environ if environment is None else environment)
    given: dict[str, Any] = {}
    for one in fields(Config):
        name = f"QINGTING_{one.name.upper()}"
        value = _value(name, environment, secret=one.metadata["secret"])
        if value is None and one.name == "deepseek_key":
            value = _value("DEEPSEEK_API_KEY", environment, secret=True)
        if value is not None:
            given[one.name] = _typed(name, value, one.default)
    config = Config(**given)
    object.__setattr__(config, "data_dir", config.data_dir.expanduser().resolve())
    _check(config)
    return config


def _with_file(environment: Mapping[str, str]) -> Mapping[str, str]:
    folder = Path(environment.get("QINGTING_DATA_DIR") or _DATA_DIR).expanduser()
    try:
        return settings_file.joined(environment, settings_file.read(folder))
    except settings_file.BadFile as error:
        raise ConfigError(str(error)) from error


def _sqlite(path: Path) -> str:
    """The address of a file, whatever characters its folder's name has."""
    return f"sqlite:///{quote(str(path))}"


def _check(config: Config) -> None:
    """Addresses that would only fail later, and less clearly. Says no more of a database's address
    than its scheme: it may hold a password."""
    for name, address in (
        ("QINGTING_DATABASE_URL", config.main_database),
        ("QINGTING_KEYS_DATABASE_URL", config.keys_database),
    ):
        if address.partition("://")[0] not in _DATABASES:
            raise ConfigError(f"{name} must begin with sqlite:// or postgresql://")
    if config.smtp_url:
        try:
            mail_of(config.smtp_url, config.mail_from)
        except NotAnAddress as error:
            raise ConfigError(f"QINGTING_SMTP_URL: {error}") from None
    if config.break_glass_needs_two not in ("yes", "no"):
        raise ConfigError("QINGTING_BREAK_GLASS_NEEDS_TWO must be yes or no")
    for name, value, words in (
        ("QINGTING_SIGNUP", config.signup, ("open", "invited", "closed")),
        ("QINGTING_CAMPUS_IDENTITY", config.campus_identity, ("sealed", "nothing")),
        ("QINGTING_WORKER", config.worker, ("beside", "apart")),
    ):
        if value not in words:
            raise ConfigError(f"{name} must be one of {', '.join(words)}; it is {value!r}")
    if config.complaint_days < 1:
        raise ConfigError("QINGTING_COMPLAINT_DAYS must be one or more")
    if config.public_url and not config.public_url.startswith(("http://", "https://")):
        raise ConfigError(
            f"QINGTING_PUBLIC_URL must begin with https:// (or http://); it is {config.public_url}"
        )


def _value(name: str, environment: Mapping[str, str], *, secret: bool) -> str | None:
    path = environment.get(f"{name}_FILE") if secret else None
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError(f"{name}_FILE: cannot read {path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise ConfigError(f"{name}_FILE: {path} is not text") from error
    # Set to nothing is not set: compose files pass empty variables on.
    return environment.get(name) or None


def _typed(name: str, value: str, default: Any) -> Any:
    if isinstance(default, Path):
        return Path(value)
    if isinstance(default, str):
        return value
    try:
        return type(default)(value)
    except ValueError as error:
        raise ConfigError(f"{name} must be a number; it is {value!r}") from error


def load_master_key(config: Config) -> bytes | None:
    """The installation's current key, or None when its file is missing. Raises ConfigError when it
    is there but is not 32 bytes in base64."""
    text = config.master_key
    try:
        if not text:
            text = config.master_key_file.read_text(encoding="ascii")
        return parse_keys(text)[0]
    except FileNotFoundError:
        return None
    except NotKeys as error:
        raise ConfigError(str(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the master key file cannot be read: {error}") from error
