"""The browser somebody uses."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way

FACTS: Mapping[str, Fact] = {
    "browser": Fact(
        (
            Way(
                r"((?:<browsers>|<word_browsers>),? (?:<and>|and) (?:<browsers>|<word_browsers>))",
                needs="browsers",
                rank=-1,
                unless=r"<deny> (?:[^ .!?]{1,8} ){0,2}‹",
            ),
            Way(
                r"(<browsers>(?:(?: (?:browser|<version>|v\.?))? ?\d{1,3}(?:\.\d{1,5}){0,3}(?![\w.]|,?\d| (?:times|"
                r"<units>)))?)",
                needs="browsers",
                unless=r"› (?:park|holiday|trip|tour)|› (?:os|extension)|<version> <prep> ‹",
            ),
            Way(
                r"(?:(?:<prep>|<and>|nor|<put_right>) |, ?|^)(<word_browsers>(?: \d{2,3}(?:\.\d{1,4}){0,3})?)<e>(?! "
                r"of| house)",
                needs="edge|opera|brave",
                unless=r"‹of|‹is ",
            ),
        ),
        denied="near",
        imaginable=True,
    ),
}
