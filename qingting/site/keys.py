"""Who wraps people's keys in this installation: the settings say."""

from __future__ import annotations

import importlib

from qingting.privacy.key_provider import FileKeys, GivenKeys, KeyProvider, NotKeys, parse_keys
from qingting.site.config import Config, ConfigError, load_master_key


def provider_of(config: Config) -> KeyProvider:
    """The installation's key provider. With no key at all it is one that raises KeyMissing.

    Raises ConfigError for a key that is none, or a provider that cannot be loaded.
    """
    if config.key_provider:
        return _named(config.key_provider)
    if config.master_key:
        try:
            return GivenKeys(parse_keys(config.master_key))
        except NotKeys as error:
            raise ConfigError(str(error)) from None
    load_master_key(config)
    return FileKeys(config.master_key_file)


def _named(path: str) -> KeyProvider:
    """What QINGTING_KEY_PROVIDER names, called once without arguments."""
    module, _, name = path.partition(":")
    try:
        made: KeyProvider = getattr(importlib.import_module(module), name)()
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        raise ConfigError(
            f"QINGTING_KEY_PROVIDER: {path} cannot be loaded ({type(error).__name__}); "
            "it must be package.module:callable"
        ) from error
    return made
