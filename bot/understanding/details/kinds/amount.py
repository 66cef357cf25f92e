"""A sum of money."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way

_A_WEIGHT = r"(?:lost|<lost>|gained|weigh\w{0,2}|lose) (?:<about> )?‹"

FACTS: Mapping[str, Fact] = {
    "amount": Fact(
        (
            Way(
                r"((?:[$€£₹₱¥]|<s>(?:us|r)\$|<money>\.?) ?\d{1,3}(?:[.,' ]?\d{3}){0,3}(?:[.,]\d{1,2})?(?!\d)"
                r"(?: ?(?:usd|eur|gbp)<e>)?|<s>(?<![.,])\d{1,3}(?:[.,' ]?\d{3}){0,3}(?:[.,]\d{1,2})? ?(?:[€£₹₱¥$]|"
                r"<money>))",
                needs="money|$|€|£|₹|₱|¥",
                unless=_A_WEIGHT,
            ),
            Way(
                r"((?:(?:<numbers>|a) (?=hundred))?<tens>(?: and)?(?:[ -]<tens>)?(?:[ -]<numbers>)? <money>)",
                needs="tens",
                unless=_A_WEIGHT,
            ),
        ),
        denied="next",
    ),
}
