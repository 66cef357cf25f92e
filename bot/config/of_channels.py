"""The settings that channels bring with them: `settings.yml` in the package of a channel says what each of its own may be."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from bot.channel_files import CHANNELS, of_channels
from handoff.data_files import DataFaults, Fault, Strict, read_yaml, validated


class Setting(Strict):
    """What one may be. It is read as it is written; a channel finds it in `Settings.of_channels`."""

    default: str = ""
    secret: bool = False
    """It may also be given as NAME_FILE."""
    begins: str = ""
    """How a token of this kind begins."""
    shortest: int = 0
    """Of a secret: with fewer characters anybody could guess it, which production refuses."""
    schemes: tuple[str, ...] = ()
    """Of an address: what it may begin with."""
    password_in_clear: str = ""
    """The scheme by which a password would go as it is."""
    goes_there: str = ""
    """Of an address: what would be read on the way if it were not https://."""
    needs: dict[str, str] = Field(default_factory=dict)
    """Other settings without which it does nothing, and what would not happen then."""


class SettingsFile(Strict):
    """The whole file."""

    settings: dict[str, Setting]


@cache
def channel_settings(channels: Path = CHANNELS) -> Mapping[str, Setting]:
    """Every setting of every channel, by its name; raises DataFaults with file and line, also for a name of two channels."""
    found: dict[str, Setting] = {}
    for path in of_channels("settings.yml", channels):
        document = read_yaml(path.resolve(), channels.resolve().parents[1])
        file = validated(SettingsFile, document)
        for name in file.settings:
            if name in found:
                told = f"{name} is a setting of another channel too: give it a name of its own"
                raise DataFaults([document.fault(told, "settings", name)])
        found |= file.settings
    if faults := list(_together(channels, found)):
        raise DataFaults(faults)
    return found


def _together(channels: Path, found: Mapping[str, Setting]) -> Iterator[Fault]:
    """What would do nothing: a name under `needs` that is no setting, and a rule about something that it is not."""
    for path in of_channels("settings.yml", channels):
        document = read_yaml(path.resolve(), channels.resolve().parents[1])
        for name, setting in validated(SettingsFile, document).settings.items():
            for other in sorted(setting.needs.keys() - found.keys()):
                told = f"{name} needs {other}, which is no setting of a channel: write the name of one"
                yield document.fault(told, "settings", name, "needs", other)
            if setting.shortest and not setting.secret:
                yield document.fault(f"{name}: `shortest` is for a secret: add `secret: true`", "settings", name)
            if setting.goes_there and not setting.schemes:
                yield document.fault(f"{name}: `goes_there` is for an address: add `schemes`", "settings", name)


def secrets() -> Iterator[str]:
    """The names of those that are secrets."""
    return (name for name, setting in channel_settings().items() if setting.secret)


def prefixes() -> tuple[str, ...]:
    """How the names of channels' settings begin."""
    return tuple({f"{name.partition('_')[0]}_": None for name in channel_settings()})
