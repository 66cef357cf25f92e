"""Which of the offered issues the words mean: by title, by its place, or by meaning."""

from bot.dialogue.choosing.ordinals import ordinal
from bot.dialogue.hearing import vague
from bot.dialogue.reply import Reply
from bot.understanding.reading import LIKELY, NO_MATTER, OPENS_MATTER, Candidate
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import URGENT

WORDS_OF_A_CHOICE = 8
CHOICE_LIKE = (0.45, 0.08)
"""How like a title, and how much more than the next one, words are that choose it."""
SURELY_ELSEWHERE, FAR_LIKELIER = 0.9, 3.0
HARDLY, LIKELY_OFFERED = 0.06, 0.45
"""Less likely than this an offered issue is not what was meant; and so likely a grave one is that was offered, by the words alone."""
SAYS_NOTHING, SURE_TO_SAY, MOST_LIKELY = ("none", "unsure", "stop", "thanks"), 0.6, 3
"""What goes on about no matter, and how surely; and among how many of the likeliest issues an offered one is meant."""


def issue_of(reply: Reply) -> str | None:
    """The offered issue that the words name: by title, by its place, or by meaning."""
    known = reply.conversation
    said = plain(reply.message.text).strip(" .!")
    titles = {plain(reply.script.catalog.title(issue)): issue for issue in known.choices}
    if said in titles:
        return titles[said]
    if (place := ordinal(said, len(known.choices))) is not None:
        return known.choices[place]
    if (named := named_by_a_word(reply)) is not None:
        return named
    if (likeliest := _likeliest(reply)) is not None:
        return likeliest
    surely = reply.reading.sure and reply.reading.decision in OPENS_MATTER
    elsewhere = surely and reply.reading.candidates[0].confidence >= SURELY_ELSEWHERE
    if reply.meant.act == "none" or elsewhere or len(said.split()) > WORDS_OF_A_CHOICE:
        return None
    shown = [reply.script.catalog.title(issue) for issue in known.choices]
    meant = reply.script.semantic_matcher.closest(reply.message.text, shown, *CHOICE_LIKE)
    return known.choices[meant] if meant is not None else None


def _likeliest(reply: Reply) -> str | None:
    """The offered issue that words which go on about the matter speak for; whoever was offered three issues and says neither
    that it is none of them nor something else that is surely another, speaks of one of them."""
    known, reading = reply.conversation, reply.reading
    joined = reading.text != reply.message.text
    told = joined or len(reply.message.text.split()) > 1
    if is_no_issue(reply) or not told or (reply.meant.act in SAYS_NOTHING and reply.meant.chance >= SURE_TO_SAY):
        return None
    issues = [one.issue for one in reading.candidates if _may_be_meant(reply, one)]
    likely = [issue for issue in issues[: 1 if reading.sure else MOST_LIKELY] if issue in known.choices]
    if not likely or _may_be_guessed(reply, likely[0]):
        return likely[0] if likely else None
    chance = {one.issue: one.confidence for one in reading.candidates}
    calm = next((issue for issue in likely[1:] if _may_be_guessed(reply, issue)), None)
    return calm if calm is not None and chance[calm] >= chance[likely[0]] else None


def _may_be_meant(reply: Reply, one: Candidate) -> bool:
    """One of ours, and not all but excluded: of three issues that were offered all may be wrong."""
    return reply.intent(one.issue).tier is not None and one.confidence >= HARDLY


def _may_be_guessed(reply: Reply, issue: str) -> bool:
    """What opens an urgent request at once is begun only when it is certain, pressed, or likely by all that was said once it had been
    offered."""
    intent, first = reply.intent(issue), reply.reading.candidates[0]
    calm = intent.route == "answer" or intent.priority not in URGENT
    offered = first.confidence >= LIKELY_OFFERED and reply.meant.act not in SAYS_NOTHING
    return calm or (issue == first.issue and (reply.reading.sure or offered))


def named_by_a_word(reply: Reply) -> str | None:
    """The only offered issue whose title has a telling word of a short reply, or begins one (`signing in`, of Sign-in)."""
    known = reply.conversation
    if reply.meant.act == "none" or len(reply.message.text.split()) > WORDS_OF_A_CHOICE:
        return None
    said = frozenset(telling_words(plain(reply.message.text)))
    titles = {one: telling_words(plain(reply.script.catalog.title(one))) for one in known.choices}
    named = [one for one, title in titles.items() if any(vague.begins(word, title) for word in said)]
    return named[0] if len(named) == 1 else None


def is_no_issue(reply: Reply) -> bool:
    """Surely; or a fact of the service far likelier than all that was offered: `so which number do I ring, and when`."""
    reading = reply.reading
    if reading.decision in NO_MATTER and reading.sure:
        return True
    first = reading.candidates[0]
    offered = [one.confidence for one in reading.candidates if one.issue in reply.conversation.choices]
    of_service = reply.intent(first.issue).route == "facts" and first.confidence >= LIKELY
    return of_service and first.confidence >= FAR_LIKELIER * max(offered, default=0.0)
