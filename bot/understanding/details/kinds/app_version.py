"""The version of the app."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way

_PROGRAMS = r"<systems>|<maker_systems>|<windows>|<browsers>|<word_browsers>"


FACTS: Mapping[str, Fact] = {
    "app_version": Fact(
        (
            Way(
                r"(?:<app>|<version>|<s>v)(?: <prep>(?: <det>)? ?'?<app>)?(?:[ -]?<version>)?(?: <is>|"
                r"[:,])?<_>v?(\d{1,3}(?:\.\d{1,4}){1,3})",
                needs="app|version| v",
                unless=(
                    rf"(?:{_PROGRAMS}|os|system)(?: <version>)? ‹|(?:{_PROGRAMS}) ‹<version>|"
                    r"› ?(?:<clock_units>|mg|ml|%|€|\$|stars?|gb|mb)"
                ),
            ),
            Way(
                r"(?:newest|latest|most recent)(?: one| <version>)?[,:]? ?\(?v?(\d{1,3}(?:\.\d{1,4}){1,3})",
                needs="newest|latest|recent",
                unless=rf"(?:{_PROGRAMS}|os|system)(?: <version>)? ‹|(?:{_PROGRAMS})",
            ),
        ),
        denied="near",
        imaginable=True,
    ),
}
