"""A sum of money."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way

_A_WEIGHT = r"(?:lost|<lost>|gained|weigh\w{0,2}|lose) (?:<about> )?‹"
_OF_MONEY = (
    r"charg|\bpa(?:y|id)\b|\bpaying|payment|\bbill|refund|invoice|\bprice|\bcosts?\b|debit|deduct|\bt(?:ook|aken)\b|"
    r"\b(?:they|you|u|it) takes?\b|money|insurance"
)
"""What a sentence has of which a number with two places is a sum, though it names no currency."""

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
            Way(
                r"(?<![\w.,:/-])(\d{1,4}[.,]\d{2})(?![\w/%:-]|[.,]\d|<_><clock_units>|<_><half_days>|"
                r" (?:<units>|mg|mcg|µg|ug|g|iu|ml|kg)<e>| of [a-z])",
                needs="000",
                rank=1,
                only_if=_OF_MONEY,
                unless=r"(?:<version>|<app>|<at>|at|<since>|until|from) ‹",
            ),
        ),
        denied="next",
    ),
}
