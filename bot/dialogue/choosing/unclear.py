"""When it is not clear what the user means: one open question, then the nearest issues, then a person."""

from bot.dialogue.answering import in_words, steps
from bot.dialogue.choosing import in_pieces, only_yes, vague
from bot.dialogue.choosing.ordinals import ordinal
from bot.dialogue.conversation import Button
from bot.dialogue.handing_over import handover, urgent
from bot.dialogue.reply import Reply
from bot.dialogue.rules import Rule, always, decide
from bot.dialogue.small_talk import asides, still_open
from bot.understanding.reading import LIKELY, Candidate
from bot.understanding.replying.replies import bare_answer, is_bare
from bot.understanding.text.plain import plain, telling_words
from handoff.events import IssueDropped

MOST_UNCLEAR = 2
WORDS_OF_A_CHOICE = 8
CHOICE_LIKE = (0.45, 0.08)
"""How like a title, and how much more than the next one, words are that choose it."""
SURE_TO_STOP, WORKS, SURELY_ELSEWHERE, FAR_LIKELIER = 0.6, 0.9, 0.9, 3.0
SURE_TOO, LEAVES, SURELY_LEAVES = 0.5, 0.75, 0.85
"""How likely the other way of reading words that end the talk must be: said to a question; said after an end, where they are thanks,
and where they are not."""
HARDLY, LIKELY_OFFERED = 0.06, 0.45
"""Less likely than this an offered issue is not what was meant; and so likely a grave one is that was offered, by the words alone."""
SAYS_NOTHING, SURE_TO_SAY, MOST_LIKELY = ("none", "unsure", "stop", "thanks"), 0.6, 3
"""What goes on about no matter, and how surely; and among how many of the likeliest issues an offered one is meant."""
FEW, SURE_OF_NONE, PLAINLY = 5, 0.6, 0.8
"""So many words may say that it is none of these, from which chance on they do, and from which on few words name an issue."""


def in_choice(reply: Reply) -> None:
    """Typed words while "which of these is it?" is before the user."""
    decide(reply, CHOICE)


def _chosen(reply: Reply) -> str | None:
    """The offered issue that the words name: by title, by its place, or by meaning."""
    known = reply.conversation
    said = plain(reply.message.text).strip(" .!")
    titles = {plain(reply.script.catalog.title(issue)): issue for issue in known.choices}
    if said in titles:
        return titles[said]
    if (place := ordinal(said, len(known.choices))) is not None:
        return known.choices[place]
    if (named := _named_by_a_word(reply)) is not None:
        return named
    if (likeliest := _likeliest(reply)) is not None:
        return likeliest
    elsewhere = _sure(reply) and reply.reading.candidates[0].confidence >= SURELY_ELSEWHERE
    if reply.meant.act == "none" or elsewhere or len(said.split()) > WORDS_OF_A_CHOICE:
        return None
    shown = [reply.script.catalog.title(issue) for issue in known.choices]
    meant = reply.script.likeness.closest(reply.message.text, shown, *CHOICE_LIKE)
    return known.choices[meant] if meant is not None else None


def _likeliest(reply: Reply) -> str | None:
    """The offered issue that words which go on about the matter speak for; whoever was offered three issues and says neither
    that it is none of them nor something else that is surely another, speaks of one of them."""
    known, reading = reply.conversation, reply.reading
    joined = reading.text != reply.message.text
    told = joined or len(reply.message.text.split()) > 1
    if _no_issue(reply) or not told or (reply.meant.act in SAYS_NOTHING and reply.meant.chance >= SURE_TO_SAY):
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
    calm = intent.route == "answer" or intent.priority not in urgent.URGENT
    offered = first.confidence >= LIKELY_OFFERED and reply.meant.act not in SAYS_NOTHING
    return calm or (issue == first.issue and (reply.reading.sure or offered))


def _names_one(reply: Reply) -> bool:
    return _chosen(reply) is not None


def _named_by_a_word(reply: Reply) -> str | None:
    """The only offered issue whose title has a telling word of a short reply."""
    known = reply.conversation
    if reply.meant.act == "none" or len(reply.message.text.split()) > WORDS_OF_A_CHOICE:
        return None
    said = frozenset(telling_words(plain(reply.message.text)))
    shown = reply.script.catalog
    named = [issue for issue in known.choices if said & frozenset(telling_words(plain(shown.title(issue))))]
    return named[0] if len(named) == 1 else None


def _works_now(reply: Reply) -> bool:
    """It came right by itself before it was clear what it was; who goes on telling what it is, or names one of what was offered, has
    not said that (`Six visits. Signed. I saw them saved.`)."""
    if only_yes.begins_with_it(reply) or (reply.meant.act == "issue" and reply.meant.chance >= LIKELY):
        return False
    if any(
        one.issue in reply.conversation.choices and one.confidence >= LIKELY_OFFERED for one in reply.reading.candidates
    ):
        return False
    ending = reply.script.replies.to_ending(reply.message.text)
    return not is_bare(reply.message.text) and ending.act == "helped" and ending.chance >= WORKS


def _end(reply: Reply) -> None:
    reply.happened(IssueDropped())
    reply.know(state="solved", choices=(), unclear=0, words=(), so_far=(), refused=(), signals=())
    if reply.conversation.ticket is not None:
        reply.know(state="with_support", beside=None)
    reply.say(reply.line("solved"))


def _goes_on_later(reply: Reply) -> bool:
    """`but the pharmacy says`: no choice is made by half a sentence."""
    if is_bare(reply.message.text):
        return False
    said = plain(reply.message.text).strip(" .!")
    chosen = ordinal(said, len(reply.conversation.choices)) is not None or _named_by_a_word(reply) is not None
    return not chosen and in_pieces.says_nothing_yet(reply)


def _sure(reply: Reply) -> bool:
    return reply.reading.sure and reply.reading.decision in ("answer", "handoff")


def _means_to_stop(reply: Reply) -> bool:
    """Words that end the talk by the question before them and by one other way of reading them: `i lost my job today` does not."""
    meant, replies, text = reply.meant, reply.script.replies, reply.message.text
    if meant.act not in ("stop", "thanks") or meant.chance < SURE_TO_STOP:
        return False
    if replies.to_ending(text).act == "stop":
        return True
    gathered, ended = replies.to_question(text, "gather"), replies.to_question(text, "ended")
    skips = gathered.act in ("stop", "skip") and gathered.chance >= SURE_TOO
    return skips or (ended.act == "thanks" and ended.chance >= (LEAVES if meant.act == "thanks" else SURELY_LEAVES))


def _lets_it_be(reply: Reply) -> bool:
    stops = _means_to_stop(reply)
    return stops or (reply.reading.issue in ("chat.thanks", "chat.close_request") and reply.reading.sure)


def _no_issue(reply: Reply) -> bool:
    """Surely; or a fact of the service far likelier than all that was offered: `so which number do I ring, and when`."""
    reading = reply.reading
    if reading.decision in ("decline", "smalltalk") and reading.sure:
        return True
    first = reading.candidates[0]
    offered = [one.confidence for one in reading.candidates if one.issue in reply.conversation.choices]
    of_service = reply.intent(first.issue).route == "facts" and first.confidence >= LIKELY
    return of_service and first.confidence >= FAR_LIKELIER * max(offered, default=0.0)


def _aside(reply: Reply) -> None:
    """A greeting leaves the choice where it is; what we cannot help with is what was meant, so the choice is gone."""
    choices = reply.conversation.choices
    asides.decline_or_chat(reply)
    if reply.reading.decision == "decline":
        state = "waiting" if reply.conversation.ticket is None else "with_support"
        reply.know(state=state, choices=(), words=(), so_far=(), unclear=0)
    else:
        asides.offer(reply, choices)


def _only_tells(reply: Reply) -> bool:
    """`i switched to wifi`: it tells of none of the offered issues, and is no answer."""
    told = reply.script.replies.to_ending(reply.message.text)
    unsaid = "noted_detail" not in reply.conversation.unsaid
    return told.act == "details" and told.chance >= SURE_TO_SAY and reply.meant.act != "none" and unsaid


def _keep_choice(reply: Reply) -> None:
    reply.open_with("noted_detail")
    asides.offer(reply, reply.conversation.choices)


CHOICE = (
    Rule("anger a second time: a person is offered", asides.anger, lambda _: None),
    Rule("a yes, and it was asked which: asked once more", only_yes.is_all, only_yes.ask_which),
    Rule("it works now", _works_now, _end),
    Rule("thanks, and nobody has it yet", still_open.is_left, still_open.tell),
    Rule("a piece of a message: the rest is waited for", _goes_on_later, in_pieces.listen),
    Rule("what a thing is that they do not know: the choice stays", in_words.is_unknown, in_words.explain_in_choice),
    Rule("one of the offered issues", _names_one, lambda reply: steps.start(reply, _chosen(reply) or "")),
    Rule("another issue, certain enough", _sure, urgent.start),
    Rule("they let it be", _lets_it_be, steps.dropped),
    Rule("only a fact: noted, and the choice stays, once", _only_tells, _keep_choice),
    Rule("no issue of ours: a short answer; after small talk the choice stays", _no_issue, _aside),
    Rule("none of these, or not understood", always, lambda reply: say_more(reply)),
)
"""What wins over what, while a choice is before the user."""


def offer(reply: Reply, issues: tuple[str, ...]) -> None:
    """Which of these is it? A person when it was asked often enough."""
    if reply.conversation.unclear >= MOST_UNCLEAR:
        _person(reply)
        return
    reply.know(unclear=reply.conversation.unclear + 1)
    asides.offer(reply, issues)


def say_more(reply: Reply) -> None:
    """First an open question with the four areas; then the nearest issues; then a person."""
    known = reply.conversation
    if known.beside is not None and known.ticket is not None:
        _back_to_request(reply)
        return
    near = [issue for issue in known.guesses if issue not in known.choices and _can_be_offered(reply, issue)]
    unasked = known.unclear < MOST_UNCLEAR and not near and "say_more" not in known.unsaid
    if known.unclear == 0 or unasked:
        reply.know(state="waiting", choices=(), unclear=known.unclear + 1)
        reply.say(reply.line("say_more"), buttons=(*_areas(reply), reply.person_button()))
        return
    if known.unclear < MOST_UNCLEAR and near:
        offer(reply, tuple(near))
    else:
        _person(reply)


def _back_to_request(reply: Reply) -> None:
    """What was meant beside an open request is not among our issues: it is on the request, for people."""
    reply.know(state="with_support", choices=(), beside=None, unclear=0)
    reply.say(reply.line("added_to_ticket", number=reply.conversation.ticket))


def wants_nothing(reply: Reply) -> bool:
    """Nothing was found yet, and nothing is wanted after all: `it's not even you, it's the printer and the rain`."""
    known, reading = reply.conversation, reply.reading
    if known.state != "waiting" or known.turn <= 1 or not reply.typed:
        return False
    if reading.sure and reading.decision == "smalltalk" and reading.issue != "chat.frustration":
        return False
    told = reading.sure and reading.decision in ("answer", "handoff")
    if told and reading.candidates[0].confidence >= SURELY_ELSEWHERE:
        return False
    return _means_to_stop(reply)


def _can_be_offered(reply: Reply, issue: str) -> bool:
    intent = reply.script.catalog.intents.get(issue)
    return intent is not None and intent.tier == 1


def _areas(reply: Reply) -> tuple[Button, ...]:
    return tuple(reply.button(f"area_{area}", f"area:{area}") for area in vague.AREAS)


def names_only_things(reply: Reply) -> bool:
    """`problem with my prescription`, `the link expired`: which issue is not said; `my login code`: nothing grave is believed."""
    text, reading = reply.reading.text, reply.reading
    grave = reading.decision == "handoff" and reply.intent(reading.issue).priority in urgent.URGENT
    plainly = reading.sure and reading.candidates[0].confidence >= PLAINLY  # `cant get into my account`
    named = (vague.only_area(text) is not None and not plainly) or vague.only_link(text)
    return reply.typed and (named or (grave and vague.says_nothing(text)))


def ask_which(reply: Reply) -> None:
    """Which of the area's issues is it, or which link? An open question where neither was named."""
    area = vague.only_area(reply.reading.text)
    if area is not None:
        in_area(reply, area)
    elif vague.only_link(reply.reading.text):
        offer(reply, vague.LINKS)
    else:
        say_more(reply)


def says_none(reply: Reply) -> bool:
    """`none`, `no, none of those`, to which of these it is."""
    if reply.conversation.state != "choosing" or not reply.typed:
        return False
    few = len(reply.message.text.split()) <= FEW
    skips = plain(reply.message.text).strip(" .!") == plain(reply.script.lines.label("skip"))
    none = reply.meant.act == "none" and reply.meant.chance >= SURE_OF_NONE
    return skips or (few and (none or bare_answer(reply.message.text) == "not_helped"))


def in_area(reply: Reply, area: str) -> None:
    """One of the four areas was pressed: its issues, the likeliest first."""
    catalog = reply.script.catalog.intents
    known = [issue for issue in reply.conversation.guesses if issue in catalog]
    inside = [issue for issue in (*known, *catalog) if issue.startswith(f"{area}.") and _can_be_offered(reply, issue)]
    asides.offer(reply, tuple(dict.fromkeys(inside)))


def _person(reply: Reply) -> None:
    reply.know(issue=None)
    handover.begin(reply, "not_understood")
