"""What the writer of a mail added: without our own letter and what else is quoted; nothing of the writer's is cut away."""

import re
from functools import cache

from bot.channels.email.compose import NAME, as_plain
from bot.channels.email.markers import load_markers
from bot.channels.email.texts import load_email_words

INTRO_LINES, INTRO_LENGTH = 3, 400
HEAD_LINES = 8
_DATE = re.compile(r"\d{1,4}[-./年]\s?\d{1,2}|\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b")
_DAY = re.compile(r"\d{1,4}[-./年]\s?\d{1,2}|\b(?:19|20)\d{2}\b")
"""What a mail program writes over a quote names the day; an hour alone is the writer's own."""
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+")
_ENDS = re.compile(r"[.!?…。！？]\s*$")
_LABEL = re.compile(r"^[\s>*]*[^\s:：][^:：]{0,24}[:：]\*?\s*\S")
_RULE = re.compile(r"^[\s>]*(?:[_=-]\s?){5,}$")
_QUOTE = re.compile(r"^\s*>")
_GAPS = re.compile(r"\n{3,}")
_SIGN = re.compile(r"^\s*(?:>\s?)+")


def new_words(text: str, marker: str, *, answers: bool, passes_on: bool) -> str:
    """The words that are new, or the whole where that would leave nothing. `answers`: the mail says that it answers another;
    `passes_on`: its subject says that it passes something on."""
    whole = _GAPS.sub("\n\n", text).strip()
    own, rest = _split_at_forward(whole.split("\n"), passes_on)
    kept = _without_quotes(own, marker, answers=answers and not passes_on)
    kept = "\n".join([kept, "", _without_ours("\n".join(rest), marker)]) if rest else kept
    return _GAPS.sub("\n\n", kept).strip() or whole


def of_others(text: str, marker: str, *, answers: bool, passes_on: bool) -> str:
    """What `new_words` leaves out of somebody else's mail, down to a letter of ours: nobody of us has read it yet, and the
    writer may have typed under it."""
    own, _ = _split_at_forward(_GAPS.sub("\n\n", text).strip().split("\n"), passes_on)
    if passes_on or not (answers or _is_ours(own)) or _around_letter(own, marker)[2]:
        return ""
    begins = next((at for at in range(len(own)) if _begins_quote(own, at)), len(own))
    if _loosely(marker).search("\n".join(own[:begins])):
        return ""
    ends = next((at for at in range(begins, len(own)) if _is_head_of_ours(own, at)), len(own))
    return _without_ours("\n".join(_without_intro(own[begins:ends])), marker).strip()


def _split_at_forward(lines: list[str], passes_on: bool) -> tuple[list[str], list[str]]:
    """The writer's own lines, and from the line on under which something passed on begins."""
    signs = load_markers()
    for at, line in enumerate(lines):
        begins = signs.forwarded.match(line) is not None and not _QUOTE.match(line)
        if begins or (passes_on and (signs.original.match(line) or _is_head(lines, at))):
            return lines[:at], _unquoted(lines[at:])
    return lines, []


def _unquoted(lines: list[str]) -> list[str]:
    """Lines passed on, without the marks of a quote where nearly all of them have one."""
    said = [line for line in lines[1:] if line.strip()]
    quoted = sum(_QUOTE.match(line) is not None for line in said)
    return [_SIGN.sub("", line) for line in lines] if quoted * 2 > len(said) else lines


def _without_quotes(lines: list[str], marker: str, *, answers: bool) -> str:
    """Our letter goes, wherever it stands; then quotes with the line that introduces them; then what stands under the block
    of headers that programs put over an older mail."""
    above, below, found = _around_letter(lines, marker)
    if found:
        return "\n".join(
            [_unmarked(_without_intro(above), answers=True), "", _unmarked(_until_head(below), answers=True)]
        )
    replies = answers or _is_ours(lines)
    return _unmarked(_until_head(lines) if replies else lines, answers=replies)


def _around_letter(lines: list[str], marker: str) -> tuple[list[str], list[str], bool]:
    """What stands over and under our own letter where it is quoted without marks; nothing found where it has marks."""
    text = "\n".join(lines)
    begins = _loosely(marker).search(text)
    if begins is None:
        return lines, [], False
    start = text.rfind("\n", 0, begins.start()) + 1
    if _QUOTE.match(text[start:]):
        return lines, [], False
    ends = _loosely(load_email_words().texts["footer"]).search(text, begins.end())
    last = _last_of_letter(text, ends.end()) if ends else len(text)
    return text[:start].split("\n"), text[last:].split("\n"), True


def _last_of_letter(text: str, at: int) -> int:
    """The end of the line on emergencies that closes our letter."""
    emergency = _emergency().match(text, at)
    return emergency.end() if emergency else at


@cache
def _loosely(sentence: str) -> re.Pattern[str]:
    """Matches the sentence however a mail program has broken and marked its lines."""
    return re.compile(r"[\s>]+".join(re.escape(word) for word in sentence.split()), re.IGNORECASE)


@cache
def _emergency() -> re.Pattern[str]:
    words = load_email_words().texts["emergency"].split()
    whole = r"[\s>]+".join(r"\S+" if "{" in word else re.escape(word) for word in words)
    return re.compile(rf"[\s>]*{whole}", re.IGNORECASE)


def _without_ours(text: str, marker: str) -> str:
    """Something passed on, without the lines that stand around every letter of ours."""
    for pattern in (_loosely(marker), _loosely(as_plain(load_email_words().texts["footer"])), _emergency()):
        text = pattern.sub("", text)
    return text


def _is_ours(lines: list[str]) -> bool:
    """True when a block of headers stands over a mail of ours."""
    return any(_is_head_of_ours(lines, at) for at in range(len(lines)))


def _is_head_of_ours(lines: list[str], at: int) -> bool:
    head = load_markers().from_line.match(lines[at]) if _is_head(lines, at) else None
    return head is not None and NAME.lower() in head[1].lower()


def _until_head(lines: list[str]) -> list[str]:
    """The lines over the first block of headers, or over the line that says "original message"."""
    begins = next((at for at in range(len(lines)) if _begins_quote(lines, at)), None)
    return lines if begins is None else _without_intro(lines[:begins])


def _begins_quote(lines: list[str], at: int) -> bool:
    """True where all that follows may be a quote; of marked lines those alone are, and the writer goes on under them."""
    if _QUOTE.match(lines[at]):
        return False
    return load_markers().original.match(lines[at]) is not None or _is_head(lines, at)


def _is_head(lines: list[str], at: int) -> bool:
    """True where a block of headers begins: from whom with an address or our name, then at least two more, one with a day."""
    first = load_markers().from_line.match(lines[at])
    if first is None or not _named(first[1]):
        return False
    block = []
    for line in lines[at + 1 : at + HEAD_LINES]:
        if not _LABEL.match(line):
            break
        block.append(line)
    return len(block) >= 2 and any(_DAY.search(line) for line in block)


def _without_intro(lines: list[str]) -> list[str]:
    """The lines without those at their end that only introduce a quote."""
    kept = lines
    while kept and (not kept[-1].strip() or _RULE.match(kept[-1]) or load_markers().original.match(kept[-1])):
        kept = kept[:-1]
    head = next((at for at in range(max(0, len(kept) - HEAD_LINES), len(kept)) if _all_labels(kept[at:])), None)
    if head is not None:
        return _without_intro(kept[:head])
    return kept[: len(kept) - _intro_length(kept, sure=True)]


def _all_labels(lines: list[str]) -> bool:
    """True for a block of headers that goes on to the end."""
    return (
        len(lines) >= 3
        and all(map(_LABEL.match, lines))
        and _DAY.search("\n".join(lines)) is not None
        and _named(lines[0])
    )


def _named(line: str) -> bool:
    return NAME.lower() in line.lower() or _ADDRESS.search(line[:INTRO_LENGTH]) is not None


def _unmarked(lines: list[str], *, answers: bool) -> str:
    """The lines without those that are marked as quotes, where they are quotes: in an answer, or under a line that says whose
    words follow. A single marked line in the middle of a sentence is the writer's own."""
    kept: list[str] = []
    quoting, at = answers, 0
    while at < len(lines):
        end = at
        while end < len(lines) and _QUOTE.match(lines[end]):
            end += 1
        if end == at:
            kept.append(lines[at])
            at += 1
            continue
        intro = _intro_length(_stripped(kept), sure=quoting)
        quoting = quoting or intro > 0
        if intro:
            kept = _stripped(kept)[:-intro]
        if not quoting or _in_sentence(lines, at, end):
            kept += lines[at:end]
        at = end
    return "\n".join(kept)


def _stripped(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def _in_sentence(lines: list[str], at: int, end: int) -> bool:
    before, after = lines[at - 1] if at else "", lines[end] if end < len(lines) else ""
    return end - at == 1 and bool(before.strip() and after.strip()) and not re.search(r"[.!?:,;。！？：]\s*$", before)


def _intro_length(lines: list[str], *, sure: bool) -> int:
    """How many lines at the end say whose words follow ("On Monday X wrote:"); `sure`: a quote of another mail follows."""
    for count in range(1, min(INTRO_LINES, len(lines)) + 1):
        block = lines[-count:]
        text = " ".join(line.strip() for line in block)
        if len(text) > INTRO_LENGTH or not text.endswith((":", "：")) or not block[0].strip():
            break
        if _DATE.search(text) and _named(text):
            return count
        if count < len(lines) and _ENDS.search(lines[-count - 1]):
            break
    return _short_intro(lines, sure) if lines else 0


def _short_intro(lines: list[str], sure: bool) -> int:
    """An introduction with less in it: in an answer a date, a name or a verb is enough, on a line of its own."""
    last = lines[-1].strip()
    alone = len(lines) == 1 or not lines[-2].strip() or _ENDS.search(lines[-2]) is not None
    if not sure or not alone or not last.endswith((":", "：")) or len(last) > INTRO_LENGTH // 2:
        return 0
    return int(_DATE.search(last) is not None or _named(last) or load_markers().has_written.match(last) is not None)
