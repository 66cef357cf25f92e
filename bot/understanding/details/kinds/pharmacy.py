"""The pharmacy's name."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way

FACTS: Mapping[str, Fact] = {
    "pharmacy": Fact(
        (
            Way(
                r"(<pharmacies>(?: pharmacy)?)<e>", needs="pharmacies", unless=r"› (?:card|<entries>|bank|street|gift)"
            ),
            Way(
                r"(?<!\w)[Pp]harmacy(?: (?:<is>|named|<says>)|:)(?: (?:named|<says>))? (<name>(?: <name>)?)",
                needs="harmacy",
                reads="cased",
            ),
            Way(
                r"(?<![\w'])([A-Z][\w'&-]{3,20}) [Pp]harmacy",
                needs="harmacy",
                reads="cased",
                unless=r"‹(?:the|this|that|which|your|another|local|wrong|any|their|every) |› (?:field|list|page|setting)",
            ),
            Way(
                r"(?:[Ff]armacia|[Ff]armácia|[Pp]harmacie|[Bb]otika) (<name>(?: (?:del? |da |do |du )?<name>){0,2})",
                needs="farmac|farmác|pharmacie|botika",
                reads="cased",
            ),
            Way(
                r"(?<![\w-])([A-ZÄÖÜ][\wäöüß]{1,20}-[Aa]potheke|[Aa]potheke (?:am|zum|zur|im|"
                r"<prep>) [A-ZÄÖÜ][\wäöüß]{2,20})",
                needs="potheke",
                reads="cased",
            ),
            Way(r"صيدلية ([\u0621-\u064a]{3,20})", needs="صيدلية"),
            Way(r"([^\W\d_的发给把在去到我你他哪那这附近个家\ue000-\uf8ff]{2,6}药房)", needs="药房"),
        ),
        denied="next",
    ),
}
