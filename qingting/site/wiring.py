"""The one place where parts are put together: settings to companion, keys, talk, plans and
exercises."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from qingting.companion.instruments.shelf import use_operator_texts
from qingting.companion.parts import ModelLimits, Parts
from qingting.companion.ports import ChatModel
from qingting.companion.protect.institution import use_institution
from qingting.complaints import service as complaints
from qingting.memory import service as memory
from qingting.memory.check_ins import CheckIns
from qingting.privacy import audit
from qingting.privacy.installation import Installation
from qingting.privacy.keyring import Keyring
from qingting.progress import service as progress
from qingting.progress.courses import Courses
from qingting.progress.felt import KeptFeelings
from qingting.progress.talk_answers import AnswersOfTalks
from qingting.safety import plans
from qingting.site import letters
from qingting.site.accounts import wire_accounts
from qingting.site.config import Config
from qingting.site.consents import age_band_of, may_ask, terms_of, wire_consents
from qingting.site.episodes import StoredEpisodes
from qingting.site.exercises import DoneExercises
from qingting.site.keys import provider_of
from qingting.site.persons_data import wire_data
from qingting.site.staff import wire_staff
from qingting.site.surroundings import Surroundings
from qingting.site.talks import StoredTalks
from qingting.site.telling import wire_telling
from qingting.site.ties import wire_balances
from qingting.skills import service as skills
from qingting.skills.talk_runs import RunsOfTalks
from qingting.talk.service import Talk, use
from qingting.voices import service as voices


def model_of(config: Config) -> ChatModel | None:
    """The model that words replies, or None for the guided companion alone."""
    if config.endpoint is None:
        return None
    from qingting.companion.reply.model.endpoint import EndpointSettings, OpenAICompatible

    address, name, key = config.endpoint
    return OpenAICompatible(EndpointSettings(address, name, key, hosted=config.endpoint_is_hosted))


def parts_of(config: Config, model: ChatModel | None) -> Parts:
    """The companion's parts for one turn."""
    limits = ModelLimits(first_words=config.model_first_words, between=config.model_between)
    return Parts(
        model=model,
        limits=limits,
        model_remembers=config.model_remembers == 1,
        tells=config.mail is not None,
    )


def wire(config: Config) -> Talk:
    """Put the parts together and make them this process's."""
    model = model_of(config)
    if config.institution:
        use_institution(Path(config.institution))
    use_operator_texts(Path(config.instruments) if config.instruments else None)
    provider = provider_of(config)
    installation = Installation(provider)
    audit.use(lambda: installation.key("audit"))
    keyring = Keyring(provider)
    remembered = memory.Memories(keyring, StoredTalks(), lambda: datetime.now(UTC))
    memory.use(remembered)
    check_ins = CheckIns(remembered, Courses(), may_ask)
    chosen = voices.Voices(keyring, lambda: datetime.now(UTC))
    voices.use(chosen)
    talk = Talk(
        keyring,
        lambda: parts_of(config, model),
        lambda: datetime.now(UTC),
        RunsOfTalks(),
        terms_of,
        remembered,
        check_ins,
        KeptFeelings(),
        AnswersOfTalks(),
        chosen,
    )
    use(talk)
    wire_accounts(talk.keyring, installation, talk.clock)
    wire_consents(config, talk.keyring, talk.clock)
    wire_staff(config, talk.keyring, installation, talk.clock)
    wire_balances(talk.keyring, talk.clock)
    wire_telling(config, talk.keyring, talk.clock)
    episodes = StoredEpisodes()
    plans.use(plans.Plans(talk.keyring, episodes, talk.clock))
    complaints.use(
        complaints.Complaints(
            talk.keyring, installation, episodes, talk.clock, config.complaint_days
        )
    )
    skills.use(skills.Skills(talk.keyring, episodes, StoredTalks(), talk.clock, check_ins))
    doing = progress.Progress(
        talk.keyring, episodes, talk.clock, age_band_of, DoneExercises(), Surroundings()
    )
    progress.use(doing)
    letters.use(doing, lambda: parts_of(config, model), terms_of)
    wire_data(config, talk.keyring, (talk,), talk.clock)
    return talk
