"""Puts the parts together from the settings: what understands, what speaks, what stores, what sends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy import Engine

from bot import clock
from bot.actions import alert_words
from bot.actions.deps import Deps
from bot.actions.edit_alerts import MOST_TOLD, tell_refused, tell_waits
from bot.actions.message_limits import RateLimits
from bot.authoring.content_paths import ContentPaths
from bot.authoring.publishing import Publisher, VersionStore, gate_apart, gate_by_writing, guide_word
from bot.channels.base import OK, Channel
from bot.channels.registry import with_channels
from bot.config import Settings
from bot.config.folders import VERSIONS
from bot.hot_reload import ActiveVersion
from bot.mind import Mind, build_mind, open_the_encoder
from bot.storage import reviews
from bot.storage.columns import Keys
from bot.storage.database import Sessions, open_database, reading_sessions_of, sessions_of
from bot.understanding.encoding.encoder import Encoder, default_folder
from bot.web.change_stream import ChangeStream
from bot.web.language import load_language
from bot.web.ops import checks
from bot.web.probes import Probe, Probes
from bot.web.reader_word import ending
from bot.web.services import Services
from bot.web.words import load_console_words, load_words
from handoff import rendering
from handoff.data_files import cache_folder
from handoff.policy.model import Policy

log = structlog.get_logger()
HOME = Path(__file__).resolve().parents[1]


def utc_now() -> datetime:
    """The time, for composition roots: the core is given it. It never runs backwards."""
    return clock.HERE.now()


@dataclass(frozen=True)
class Runtime:
    """Everything that a process needs, made from the settings once."""

    settings: Settings
    policy: Policy
    engine: Engine
    deps: Deps
    current: ActiveVersion
    encoder_word: str
    encoder_folder: Path
    channels: Sequence[Channel]


def build_runtime(settings: Settings, policy: Policy, environ: Mapping[str, str], *, serving: bool = False) -> Runtime:
    """The runtime for these settings; raises DataFaults when a data file is wrong. `serving`: users read what it says, so that
    files are taken up through the gate alone, at the start and later."""
    alert_words.must_be_whole()
    Keys.use(settings.encryption_keys())
    encoder, word = open_the_encoder(environ)
    engine = open_database(settings.database_url)
    current = _current(settings, policy, environ, encoder, reading_sessions_of(engine), serving=serving)
    deps, channels = with_channels(settings, _deps(settings, policy, engine, current), utc_now)
    current.tell = lambda faults: tell_refused(deps, faults, utc_now())
    current.tell_waits = lambda: tell_waits(deps, utc_now())
    return Runtime(settings, policy, engine, deps, current, word, default_folder(environ), channels)


def _current(
    settings: Settings,
    policy: Policy,
    environ: Mapping[str, str],
    encoder: Encoder | None,
    reading: Sessions,
    *,
    serving: bool,
) -> ActiveVersion:
    """The mind of the settings' files: read as they are, or through the gate where users are served."""
    live, cache = ContentPaths(settings.intents, settings.articles), cache_folder(environ)

    def built(places: ContentPaths) -> Mind:
        folders, day = (places.intents, places.articles), utc_now().date()
        ways = {"rules": places.rules, "lines": places.lines, "languages": places.languages}
        mind = build_mind(policy, *folders, encoder, cache, settings.help_url, day, **ways)
        rendering.IN_FORCE.take_up(places.templates)
        return replace(mind, ending=ending(settings, policy)).on(day, {})

    def dated(mind: Mind) -> Mind:
        with reading.begin() as db:
            return mind.on(utc_now().date(), reviews.days(db))

    if not serving:
        return ActiveVersion(lambda: built(live), dated)
    publisher = _publisher(settings, live, environ, encoder)

    def last_good() -> Mind | None:
        kept = publisher.last_good()
        return built(kept) if kept else None

    return ActiveVersion(lambda: built(publisher.admitted()), dated, last_good)


def _publisher(
    settings: Settings, live: ContentPaths, environ: Mapping[str, str], encoder: Encoder | None
) -> Publisher:
    """What lets the files in: the gate's word on them, with the same encoder as here."""
    ask_gate = gate_apart(environ, encoder.name) if encoder else gate_by_writing
    return Publisher(live, VersionStore(settings.state_dir / VERSIONS), ask_gate, guide_word(live))


def _deps(settings: Settings, policy: Policy, engine: Engine, current: ActiveVersion) -> Deps:
    """What the actions work with, before the channels add their senders."""
    return Deps(
        sessions=sessions_of(engine),
        reading=reading_sessions_of(engine),
        policy=policy,
        assistant=current.assistant,
        base_url=settings.base_url,
        team_channels=settings.team_channels,
        withhold_words=settings.withhold_words,
        show_names=settings.show_names,
        chat_url=settings.chat_url,
    )


def build_services(runtime: Runtime, now: Callable[[], datetime] = utc_now) -> Services:
    """What the web process works with."""
    rate_limits = RateLimits(
        runtime.deps.sessions, runtime.settings.signing_key("allowances"), on=runtime.settings.limits
    )
    changes = ChangeStream(runtime.engine)
    asked = {**_probes(runtime, now), "changes": Probe(changes.heard, 1, needed=False)}
    return Services(
        deps=runtime.deps,
        settings=runtime.settings,
        changes=changes,
        rate_limits=rate_limits,
        words=load_words(),
        console_words=load_console_words(load_language(runtime.settings.console_language)),
        now=now,
        probes=Probes(asked, alert_words.of_part),
        refused=lambda: runtime.current.faults,
        waits=lambda: runtime.current.waits,
        channels=runtime.channels,
    )


def _of_channel(channel: Channel) -> dict[str, Probe]:
    """What a channel brings to be asked, and whether it can be done without."""
    return {
        name: Probe(ask, 60, needed=name not in channel.done_without, channel=channel.name)
        for name, ask in channel.probes().items()
    }


def _probes(runtime: Runtime, now: Callable[[], datetime]) -> dict[str, Probe]:
    """What /readyz asks, how long each answer counts, and what can be done without."""
    settings, deps = runtime.settings, runtime.deps

    def intents() -> dict[str, object]:
        told, version = runtime.current.fault.splitlines(), runtime.current.mind().catalog.version
        status = "refused" if told else OK
        facts = {"status": status, "version": version, "fault": told[:MOST_TOLD], "faults": len(told)}
        return {**facts, "waits_for_start": runtime.current.waits}

    return {
        "database": Probe(lambda: checks.database(deps, now), 15),
        "key": Probe(lambda: checks.key(deps), 60),
        "worker": Probe(checks.WorkerHeartbeat(deps, now), 5),
        "disk": Probe(lambda: checks.disk(runtime.engine, settings.state_dir), 15),
        **{name: probe for one in runtime.channels for name, probe in _of_channel(one).items()},
        "clock": Probe(lambda: checks.clock(clock.HERE), 1, needed=False),
        "encoder": Probe(lambda: checks.encoder(runtime.encoder_word, runtime.encoder_folder), 60, needed=False),
        "intents": Probe(intents, 1, needed=False),
        "watcher": Probe(runtime.current.watched, 1, needed=False),
        "outbox": Probe(lambda: checks.backlog(deps), 1, needed=False),
        "troubles": Probe(lambda: checks.standing_still(deps), 1, needed=False),
    }
