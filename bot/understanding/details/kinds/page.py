"""The page or feature that it is about."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way
from handoff.policy.names import PAGE_OR_FEATURE

FACTS: Mapping[str, Fact] = {
    PAGE_OR_FEATURE: Fact(
        (
            Way(
                r"(?:<prep>|open|opening|opens|<says>|load|loading|<det>)(?: <det>)? ((?:(?!(?:is|was|it|of|and|to|i|"
                r"for)<e>)(?:[a-z-]{3,14}|<visits>|<kinds>|<entries>|<people>|<call>|<pages>|"
                r"<screens>) ){0,2}<pages>)(?! (?:<is> down for|<prep> <my> (?:<kinds>)))",
                needs="pages",
                unless=(
                    r"‹[^›]{0,20}queue› (?:<of>|<prep>|out|outside|around|down|at|waiting)|there(?:'s| <is>)? ‹[^›]{0,20}queue›|"
                    r"(?:<not_a_page>)[^›]{0,2}› ?<pages>|‹[^›]{0,60}(?:<not_a_page>) (?:<pages>)|"
                    r"‹[^› ]{0,14}(?: <det>)? (?:page|screen|tab|section|form|menu)›"
                ),
            ),
            Way(r"(<features>)", needs="features"),
            Way(
                r"(?:during|join|start|joining|starting) (?:<det> )?(check-?in|sign-?up|checkout|payment|messaging)<e>",
                needs="check|sign|payment|messaging",
            ),
            Way(r"(<pages_first> <of>(?: <det>)?[ ']?(?:<visits>|[a-zà-ÿ-]{4,18}))<e>", needs="pages_first"),
            Way(
                r"<s>((?!diese|start|home|haupt|ganze|eine|die|der|deine|web)[a-zäöüß]{5,16}(?:seite|ansicht|formular|"
                r"kalender|liste)|[a-zäöüß]{4,14}-(?:seite|tab|bereich|fenster))<e>",
                needs="seite|ansicht|formular|kalender|liste|-tab|-bereich|-fenster",
            ),
            Way(
                r"(?:everything|(?:<whole>|entire) (?:site|system|app|platform|portal|thing|<screens>)|<app>|(?:the |"
                r"<det> )(?:site|system|<screens>)) (?:<is>|is|seems|appears|<says>|was|went|has gone|has been|"
                r"<have> been) (?:completely |totally |all |entirely )?(?:down|dead|offline|unavailable|not working|"
                r"<deny> working)<e>|<s>nothing (?:<is> )?(?:works?|working|loads?|loading|"
                r"opens?)(?: at all)?(?:[.,!]|$)|geht nichts mehr|nichts (?:geht|funktioniert)(?: mehr)?(?:[.,!]|$)|"
                r"no funciona nada|nada funciona|rien ne (?:marche|fonctionne)",
                needs="everything|nothing|nichts|nada|rien|down|dead|offline|unavailable|working",
                value="Everything",
                rank=1,
            ),
        ),
    ),
}
