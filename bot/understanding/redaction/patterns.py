"""Shapes of what belongs to a person: addresses, numbers, dates. Every repetition has a bound, so that none is slow."""

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FOREIGN_MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|"
    r"septembre|octobre|novembre|d[ée]cembre|janu?[aá]r|februar|m[äa]rz|mei|juni|juli|oktober|dezember|januari|februari|maart|augustus|gennaio|febbraio|aprile|maggio|"
    r"giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|mar[çc]o|maio|junho|julho|setembro|outubro|novembro|dezembro|stycznia|lutego|marca|kwietnia|maja|"
    r"czerwca|lipca|sierpnia|wrze[śs]nia|pa[źz]dziernika|listopada|grudnia|ocak|[şs]ubat|mart|nisan|may[ıi]s|haziran|temmuz|a[ğg]ustos|eyl[üu]l|ekim|kas[ıi]m|aral[ıi]k|"
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
)
_STREET = (
    r"(?:street|st|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|terrace|ter|circle|cir|"
    r"square|sq|highway|hwy|parkway|pkwy|crescent|cres|gardens|stra(?:ss|ß)e|str|rue|calle|via)"
)
_STREET_WITH_CAPITAL = (
    r"(?:Bank|Parade|Pde|Hill|Grove|Mews|Walk|Park|Rise|View|Row|Gate|Green|Way|Place|Pl|Close|Quay|Wharf|Loop|Trail|Estate|"
    r"Heights|House|Villas|Vale|Field|Fields|Nagar|Marg|Colony|Sector)"
)
_STREET_FIRST = (
    r"(?:rue|avenue|av\.|boulevard|chemin|quai|viale|corso|piazza|plaza|calle|avenida|paseo|camino|carretera|rua|travessa|estrada|alameda|carrera|jalan|jl\.?|ul\.?|ulica|aleja|"
    r"str\.|strada|via|lorong|gang|улица|ул\.|проспект|вулиця|вул\.|οδός)"
)
_STREET_GROWN_ON = (
    r"(?:stra(?:ss|ß)e|str\.|weg|gasse|platz|allee|straat|laan|gracht|plein|"
    r"gata|gatan|vägen|veien|vegen|gaten|gade|vej|alle|katu|tie)"
)
_NO_STREET = r"(?:the|this|that|on|in|at|my|a|an|is|was|to|of|and|for|by|it|i|with|no)"
_ANCIENT = r"(?:9\d|1[0-2]\d)"
_OWN_HOST = r"(?!help\.smartmed\.com\b)"
HELP_PAGE = r"(?:https?://)?help\.smartmed\.com(?:/[a-z-]{1,60}){0,4}"
"""The help site, the one address that may be shown."""
_SAID_DOT = r"(?: ?[(\[]dot[)\]] ?| (?:dot|punto|punkt|ponto|point) |\.)"
_SAID_AT = r"(?:\s?@\s?| ?[(\[](?:at|arroba)[)\]] ?| (?:at|arroba|chiocciola) )"
_SAID_JOIN = r"(?:(?: (?:dot|underscore|dash|hyphen|minus|plus|punto|punkt|ponto) |\.)[\w+-]{1,30}){0,4}"


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


ALWAYS = _compiled(
    r"(?-i:\b[A-HJ-Z]\. ?(?:[A-Z]\. ?){0,2}[A-Z][\w'-]{1,20})",  # A. Rose
    r"\b(?!what|it|this|that|why|where|how)[\w'-]{1,20}(?: [\w'-]{1,20}){0,2}(?= is my (?:full )?name\b)",
)
WITH_A_SIGN = _compiled(
    r"(?<![\w.+%'’-])[\w.+%'’-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:(?:\.|\(dot\)|\[dot\]| ?[(\[]dot[)\]] ?)[\w-]{1,63}){0,4}"
    r"(?: dot [\w-]{1,30}){0,3}",  # e-mail
    rf"\bhttps?://{_OWN_HOST}\S{{1,400}}",
    rf"(?<![\w.])(?:www\.){_OWN_HOST}\S{{1,200}}",
    rf"(?<![\w.@-]){_OWN_HOST}(?:[\w-]{{1,63}}\.){{1,4}}(?:com|org|net|edu|gov|io|co|uk|de|fr|es|in|info|health|me|us|ca|au|example)\b(?:/\S{{0,200}})?",
    r"(?<!\S)@\w[\w.]{1,40}",  # @somebody
)
"""These need a point, a colon or an at sign; so most messages are spared them."""
_NUMBERS = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|\
twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
STREET_IN_WORDS = re.compile(
    rf"\b(?:{_NUMBERS})(?:[ -](?:{_NUMBERS}|hundred))? (?:(?!{_NO_STREET}\b)[\w.'’-]{{1,20}} ){{1,2}}{_STREET}\b\.?",
    re.IGNORECASE,
)
SPOKEN_ADDRESSES = _compiled(
    rf"(?<![\w.+-])[\w.+'’-]{{1,40}}{_SAID_JOIN}{_SAID_AT}[\w-]{{1,40}}"
    rf"(?: (?:dash |hyphen |minus )?[\w-]{{1,20}}){{0,3}}?(?:{_SAID_DOT}[\w-]{{2,30}}){{1,4}}",
    r"\b\w{1,30}(?: (?:underscore|unterstrich|underline) \w{1,30}){1,4}",
)
"""An address read aloud: `tom dot hill at mail dot com`."""
NUMBERED = _compiled(
    r"(?<!\S)(?=\S{0,30}\d)[^\s#$&*!^~=]{1,40}[#$&*!^~=]\w\S{0,40}",  # a password, or an id glued to its name
    r"(?<!\S)(?=\S{0,30}\d)(?=\S{0,30}[a-z])[^\s#$&*!^~=]{2,40}[#$&*!^~=](?=[\s.,;]|$)",  # one that ends with a sign
    rf"\b\d{{1,5}}[a-z]?(?:[/-]\d{{1,4}}[a-z]?)?(?:,(?= (?-i:[A-Z])))? "
    rf"(?:(?!{_NO_STREET}\b)[\w.'’-]{{1,20}} ){{1,3}}{_STREET}\b\.?",  # 12 Elm Street
    rf"(?-i:\b\d{{1,5}}[A-Za-z]?(?:[/-]\d{{1,4}}[A-Za-z]?)?,? "
    rf"(?:[A-Z][\w.'’-]{{0,20}} ){{1,3}}{_STREET_WITH_CAPITAL}\b)",  # 22 Harrow Bank
    rf"\b{_STREET_FIRST} (?:[\w.'’-]{{1,20}} ){{0,4}}[\w.'’-]{{1,20}},? ?"
    rf"(?:n[o.º°]{{1,2}} ?)?\d{{1,5}}[a-z]?(?:[/-]\d{{1,5}}[a-z]?)?\b(?:, (?:ap\w{{0,10}}|piso|depto)\.? \w{{1,5}})?",
    rf"\b\d{{1,5}}[a-z]?(?: ?(?:bis|ter))?,? {_STREET_FIRST} (?:(?:de|du|des|la|le|les|del|di|da|do|l) ?['’]?){{0,3}}[\w.'’-]{{1,20}}",
    rf"\b[^\W\d_]{{2,20}}{_STREET_GROWN_ON} \d{{1,4}}[a-z]?\b",  # Lindenstraße 27
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",  # UUID
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\d)",  # IPv4
    r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])",  # IPv6, and anything that looks like it
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ .-]{{1,2}}{_MONTH}\b\.?(?:[ ,-]{{1,2}}['’]?\d{{2,4}})?",  # 3rd of March 2020
    rf"\b\d{{1,2}}(?:er|\.|º|°)?(?: de| d')? {_FOREIGN_MONTH}\b(?:,? (?:de |del )?\d{{2,4}})?",  # 3 de mayo de 1980
    r"\b\d{1,2}(?:er|st|nd|rd|th|\.|º|°)?,? (?:de |of )?[^\W\d_]{3,14}\.?,? (?:de |del )?(?:19|20)\d\d\b",  # the same in any language
    r"\d{2,4} ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일号]",
    r"(?<![\w.])(?:[12]\d|3[01])(?:st|nd|rd|th)\b|(?<=on the )\d(?:st|nd|rd|th)\b(?= of\b| at\b|[,.;!?]|$)",  # on the 2nd, 23rd
    rf"\b{_MONTH}\b\.?[ -]\d{{1,2}}(?:st|nd|rd|th)?\b(?![:.]\d)(?:,? ?['’]?\d{{2,4}}\b)?",  # March 3, 2020
    r"(?<![\d.])\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?![\d])",  # 03/04/1987, 1987-04-03, 3.4.87
    r"(?<![\d/])(?!24/7)\d{1,2}/\d{1,2}(?![\d/])",  # 3/14
    r"\b(?:p\.?\s?o\.?\s?box|post box)\s{0,2}\d{1,6}",
    r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b",  # a British postcode
    r"\b[a-z]\d[a-z] ?\d[a-z]\d\b",  # a Canadian one
    r"(?-i:\b[AC-FHKNPRTV-Y]\d[\dW] ?[A-Z\d]{4}\b)",  # an Irish one
    r"(?-i:\b\d{4} [A-Z]{2}\b)(?! ?\d)",  # a Dutch one
    rf"\b{_ANCIENT}[ -]?(?:years?|yrs?|y/?o|yo)\b(?:[ -]old)?|\baged? {_ANCIENT}\b",  # 90 and older
    r"\b[a-z]{2}\d{2}(?: ?[a-z]{4})?(?: ?\d{2,4}){2,7}\b",  # IBAN
    r"(?<![0-9A-Za-zÀ-ɏ_])(?!\d{1,2}\.\d{1,2}\.\d{1,2}(?![\w.-]))"
    r"[(#]?\+?\d[\d\s()./-]{4,25}\d(?![0-9A-Za-zÀ-ɏ_])",  # long runs of digits, however they are grouped
    r"(?-i:\b[A-Z]{1,4}[ -]?\d{1,6}(?:[ -][A-Z]{1,4}|[ -]\d{2,6})+\b)",  # groups of capitals and digits: AB12 CDE
    r"(?-i:\b\d{1,4}[ -][A-Z]{2,3}(?:[ -]\d{1,4})?\b(?![\w'’-]))"
    r"(?<!\d [AP]M)(?<![ -]PM)(?<![ -]AM)(?<!MB)(?<!GB)(?<!KB)(?<!PDF)(?<!SMS)",  # 4821 KLM
    r"(?<!\w)(?!0x[0-9a-f]{2,8}\b)[a-z]{0,6}[-#]?\d[\w-]{0,20}\d{4,20}[\w-]{0,20}",  # ids of letters and digits
    r"(?<!\w)[a-z]{1,4}\d{5,20}[\w-]{0,20}",
    rf"{chr(0)}\(\w{{1,2}}\)|\b\w{{5,12}}\(\d\)",  # what stands in brackets at the end of an id
)
"""These need a digit."""
