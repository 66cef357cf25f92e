"""Settings: read once from the environment by a composition root; every fault at once, each in plain words."""

from bot.config.faults import TEAM_CHANNELS, SettingsError
from bot.config.loading import load_settings
from bot.config.settings import Settings, derived_key
from bot.config.written import Written

__all__ = ["TEAM_CHANNELS", "Settings", "SettingsError", "Written", "derived_key", "load_settings"]
