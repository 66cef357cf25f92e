"""Shapes of what belongs to a person: addresses, numbers, dates. Every repetition has a bound, so that none is slow."""

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_STREET = (
    r"(?:street|st|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|terrace|ter|circle|cir|"
    r"square|sq|highway|hwy|parkway|pkwy|close|crescent|gardens|stra(?:ss|ß)e|str|rue|calle|via)"
)
_STREET_FIRST = (
    r"(?:rue|avenue|av\.|boulevard|chemin|quai|viale|piazza|plaza|calle|avenida|paseo|camino|rua|carrera|jalan)"
)
_ANCIENT = r"(?:9\d|1[0-2]\d)"
_PEOPLE = (
    "he|she|who|mother|grandmother|father|grandfather|brother|sister|mum|mom|dad|gran|grandma|grandpa|wife|husband|"
    "aunt|uncle|patient"
)
_THEY_ARE = "|".join(rf"(?<=\b{who} is )|(?<=\b{who}'s )" for who in _PEOPLE.split("|"))
_OWN_HOST = r"(?!help\.smartmed\.com\b)"
HELP_PAGE = r"(?:https?://)?help\.smartmed\.com(?:/[a-z-]{1,60}){0,4}"
"""The help site, the one address that may be shown."""

PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w.+%-])[\w.+%-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}",  # e-mail
        r"\b[\w.+-]{1,64} at [\w-]{1,63}(?: dot |\.)(?:com|org|net|edu|gov|io|de|uk|fr|in|es)\b",
        rf"\bhttps?://{_OWN_HOST}\S{{1,400}}",
        rf"(?<![\w.])(?:www\.){_OWN_HOST}\S{{1,200}}",
        rf"(?<![\w.@-]){_OWN_HOST}(?:[\w-]{{1,63}}\.){{1,4}}(?:com|org|net|edu|gov|io|co|uk|de|fr|es|in|info|health|me|us|ca|au)\b(?:/\S{{0,200}})?",
        r"(?<!\S)(?=\S{0,30}\d)[^\s#$&*!^~=]{1,40}[#$&*!^~=]\w\S{0,40}",  # a password, or an id glued to its name
        r"(?-i:\b[A-HJ-Z]\. ?(?:[A-Z]\. ?){0,2}[A-Z][\w'-]{1,20})",  # A. Rose
        r"\b(?!what|it|this|that|why|where|how)[\w'-]{1,20}(?: [\w'-]{1,20}){0,2}(?= is my (?:full )?name\b)",
        r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",  # UUID
        r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\d)",  # IPv4
        r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])",  # IPv6, and anything that looks like it
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ .-]{{1,2}}{_MONTH}\b\.?(?:[ ,-]{{1,2}}'?\d{{2,4}})?",  # 3rd of March 2020
        r"(?<![\w.])(?:[12]\d|3[01])(?:st|nd|rd|th)\b|(?<=on the )\d(?:st|nd|rd|th)\b(?= of\b| at\b|[,.;!?]|$)",  # on the 2nd, 23rd
        rf"\b{_MONTH}\b\.?[ -]\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? ?'?\d{{2,4}}\b)?",  # March 3, 2020
        r"(?<![\d.])\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?![\d])",  # 03/04/1987, 1987-04-03, 3.4.87
        r"(?<![\d/])(?!24/7)\d{1,2}/\d{1,2}(?![\d/])",  # 3/14
        rf"\b\d{{1,5}}[a-z]?,? (?:[\w.'-]{{1,20}} ){{1,3}}{_STREET}\b\.?",  # 12 Elm Street
        r"\b(?:via|calle|rue|avenida|plaza|piazza) [\w.'-]{1,20}(?: [\w.'-]{1,20})? \d{1,4}\b",
        rf"\b\d{{1,5}}[a-z]?(?: ?(?:bis|ter))?,? {_STREET_FIRST} (?:(?:de|du|des|la|le|les|del|di|da|do|l) ?'?){{0,3}}[\w.'-]{{1,20}}",
        r"\b(?:p\.?\s?o\.?\s?box|post box)\s{0,2}\d{1,6}",
        r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b",  # a British postcode
        rf"\b{_ANCIENT}[ -]?(?:years?|yrs?|y/?o|yo)\b(?:[ -]old)?|\baged? {_ANCIENT}\b",  # 90 and older
        rf"(?:{_THEY_ARE}|(?<=\bam )|(?<='m )|(?<=turned )){_ANCIENT}\b(?![%.:/]\w| ?(?:%|percent|[kmg]b|min|hour|day|degree|bpm))",
        r"\b[a-z]{2}\d{2}(?: ?[a-z]{4})?(?: ?\d{2,4}){2,7}\b",  # IBAN
        r"(?<![\w])\(?\+?\d[\d\s()./-]{4,25}\d(?!\w)",  # long runs of digits, however they are grouped
        r"(?<!\w)[a-z]{0,6}[-#]?\d[\w-]{0,20}\d{4,20}[\w-]{0,20}",  # ids of letters and digits
        r"(?<!\w)[a-z]{1,4}\d{5,20}[\w-]{0,20}",
    )
)
HARMLESS_NUMBER = re.compile(
    r"\d{1,3}%?|(?:20[0-4]\d)|\d{1,2}[:.]\d{2}(?:am|pm)?|\d{1,2}(?:am|pm)|\d{1,3}(?:\.\d{1,3}){1,3}|\d{1,2}(?:st|nd|rd|th|x|min|h|hrs|mb|gb)|"
    r"\d{1,2}-\d{1,2}|(?:ios|android|windows|chrome|safari|iphone|galaxy|s|a)-?\d{1,2}|"
    r"(?:[a-z]{1,4}|err|error|http|code)[-_]?\d{1,4}|v\d{1,2}(?:\.\d{1,3}){0,3}|24/7|0x[0-9a-f]{1,4}"
)
"""Counts, times, versions, years of this century, error codes."""
