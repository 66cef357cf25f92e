"""Until when an answer is needed."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way

FACTS: Mapping[str, Fact] = {
    "deadline": Fact(
        (
            Way(
                r"(<before>[ -]?(?:<until>))(?![\w:/])",
                needs="before",
                only_if=(
                    r"need|have to|must|want|please|pls|asap|urgent|fix|sort|call|reply|we have|i have|help|can you|"
                    r"could you|deadline|due|latest|necesito|necesit|preciso|il me|besoin|brauche|أحتاج|kailangan|"
                    r"bitte|por favor|s'il|tengo|tenho|tiene|muss|falta|faut|habe|j'ai"
                ),
                unless=(
                    r"(?:<deny>|n't|locked|blocked|closed|<visits>|<bookings>|leave|away|free|available|worked|work|"
                    r"opened|used to|waited|booked|was|open|cancel\w{0,3}|move|<call>|prescription|valid|bloquead[ao]|"
                    r"gesperrt|geschlossen|bloqué\w{0,2}|fermé\w{0,2}|مغلق) (?:[^ .]{1,9} ){0,2}‹|"
                    r"‹<before> (?:the )?(?:today|now)›"
                ),
            ),
            Way(
                r"(within (?:the next )?<span>|in the next <span>)",
                needs="within|in the next",
                only_if=r"need|must|please|fix|answer|reply|help|call",
            ),
            Way(
                r"((?:(?:[a-z]{3,12}|<visits>|<events>|<people>) )?(?:opens?|starts?|begins?|<began>|are|"
                r"<is>) in (?:less than )?<span>)",
                needs="opens in|open in|starts in|start in|begins in|begin in|is in|are in|started in",
                unless=r"‹(?:there|it|what|which|<screens>) |<since>",
            ),
            Way(
                r"((?:<day>|<clock>)(?:<_><day_parts>)?(?:<_><clock>)?<_><until_after>)",
                needs="until_after",
                unless=r"बंद ‹|<since>‹|›[^.!?।]{0,40}(?:थी|था|थे|<s>tha<e>|<s>thi<e>)",
            ),
        ),
    ),
}
