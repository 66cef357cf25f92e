"""When it is not clear what the user means: one open question, then the nearest issues, then a person."""

from bot.dialogue.answering import explaining, steps
from bot.dialogue.button_values import InArea
from bot.dialogue.choosing import chosen, in_pieces, offering, only_yes
from bot.dialogue.choosing.ordinals import ordinal
from bot.dialogue.conversation import Button
from bot.dialogue.handing_over import handover, urgent
from bot.dialogue.hearing import only_when, vague
from bot.dialogue.reply import NEUTRAL, Reply
from bot.dialogue.rule_table import Rule, always, decide
from bot.dialogue.small_talk import asides, still_open
from bot.understanding.intents.names import CLOSE_REQUEST, FRUSTRATION, THANKS
from bot.understanding.reading import LIKELY, OPENS_MATTER
from bot.understanding.replying.bare import bare_answer, bare_beginning, is_bare
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.events import IssueDropped
from handoff.policy.names import NOT_UNDERSTOOD, URGENT

MOST_UNCLEAR = 2
SURE_TO_STOP, WORKS, SURELY_ELSEWHERE = 0.6, 0.9, 0.9
SURE_TOO, LEAVES, SURELY_LEAVES = 0.5, 0.75, 0.85
"""How likely the other way of reading words that end the talk must be: said to a question; said after an end, where they are thanks,
and where they are not."""
DEED = PHRASES.phrases["tells_a_try"]
THINGS = tuple(kind for kind in NEUTRAL if kind != "last_worked")
"""Facts that choose nothing; `never`, of something that is waited for, tells what is wrong."""
FEW, SURE_OF_NONE, PLAINLY = 5, 0.6, 0.8
"""So many words may say that it is none of these, from which chance on they do, and from which on few words name an issue."""


def in_choice(reply: Reply) -> None:
    """Typed words while "which of these is it?" is before the user."""
    decide(reply, CHOICE)


def _names_one(reply: Reply) -> bool:
    return chosen.issue_of(reply) is not None


def _works_now(reply: Reply) -> bool:
    """It came right by itself before it was clear what it was; who goes on telling what it is, or names one of what was offered, has
    not said that (`Six visits. Signed. I saw them saved.`)."""
    if only_yes.begins_with_it(reply) or (reply.meant.act == "issue" and reply.meant.chance >= LIKELY):
        return False
    if any(
        one.issue in reply.conversation.choices and one.confidence >= chosen.LIKELY_OFFERED
        for one in reply.reading.candidates
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
    named = ordinal(said, len(reply.conversation.choices)) is not None or chosen.named_by_a_word(reply) is not None
    return not named and in_pieces.says_nothing_yet(reply)


def _sure(reply: Reply) -> bool:
    """What ends the talk, such as `never mind`, is another issue only beyond doubt."""
    return _opens_matter(reply) and (_surely_elsewhere(reply) or not _means_to_stop(reply))


def _opens_matter(reply: Reply) -> bool:
    return reply.reading.sure and reply.reading.decision in OPENS_MATTER


def _surely_elsewhere(reply: Reply) -> bool:
    return reply.reading.candidates[0].confidence >= SURELY_ELSEWHERE


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
    return stops or (reply.reading.issue in (THANKS, CLOSE_REQUEST) and reply.reading.sure)


def _aside(reply: Reply) -> None:
    """A greeting leaves the choice where it is; what we cannot help with is what was meant, so the choice is gone."""
    choices = reply.conversation.choices
    asides.decline_or_chat(reply)
    if reply.reading.decision == "decline":
        state = "waiting" if reply.conversation.ticket is None else "with_support"
        reply.know(state=state, choices=(), words=(), so_far=(), unclear=0)
    else:
        offering.offer(reply, choices)


def _only_tells(reply: Reply) -> bool:
    """`i switched to wifi`: it tells of none of the offered issues, and is no answer."""
    told = reply.script.replies.to_ending(reply.message.text)
    unsaid = "noted_detail" not in reply.conversation.unsaid
    return told.act == "details" and told.chance >= chosen.SURE_TO_SAY and reply.meant.act != "none" and unsaid


def _only_an_aside(reply: Reply) -> bool:
    """`firefox`, `checked tz its fine`: a few words of a thing or of a deed choose nothing."""
    text = reply.message.text
    deed = len(text.split()) <= FEW and DEED.is_in(text) and not reply.reading.sure
    named = chosen.named_by_a_word(reply) is not None
    return (
        reply.typed
        and not named
        and "noted_detail" not in reply.conversation.unsaid
        and (deed or reply.tells_only(THINGS))
    )


def _only_tells_when(reply: Reply) -> bool:
    """`tomorrow`: a day chooses nothing."""
    text = reply.message.text
    place = ordinal(plain(text).strip(" .!"), len(reply.conversation.choices))
    return reply.typed and place is None and only_when.is_all(text)


def _keep_choice(reply: Reply) -> None:
    reply.open_with("noted_detail")
    offering.offer(reply, reply.conversation.choices)


CHOICE = (
    Rule("anger a second time: a person is offered", asides.is_angry_again, asides.offer_person),
    Rule("anger: named first, and the turn goes on", asides.is_angry, asides.name_anger, ends=False),
    Rule("a yes, and it was asked which: asked once more", only_yes.is_all, only_yes.ask_which),
    Rule("it works now", _works_now, _end),
    Rule("thanks, and nobody has it yet", still_open.is_left, still_open.tell),
    Rule("a piece of a message: the rest is waited for", _goes_on_later, in_pieces.listen),
    Rule(
        "what a thing is that they do not know: the choice stays", explaining.is_unknown, explaining.explain_in_choice
    ),
    Rule(
        "only a day or a time: the choice stays",
        _only_tells_when,
        lambda reply: offering.offer(reply, reply.conversation.choices),
    ),
    Rule("only a thing, or what was checked: noted, and the choice stays", _only_an_aside, _keep_choice),
    Rule("one of the offered issues", _names_one, lambda reply: steps.start(reply, chosen.issue_of(reply) or "")),
    Rule("another issue, certain enough", _sure, urgent.start),
    Rule("they let it be", _lets_it_be, steps.dropped),
    Rule("only a fact: noted, and the choice stays, once", _only_tells, _keep_choice),
    Rule("no issue of ours: a short answer; after small talk the choice stays", chosen.is_no_issue, _aside),
    Rule("none of these, or not understood", always, lambda reply: say_more(reply)),
)
"""What wins over what, while a choice is before the user."""


def offer(reply: Reply, issues: tuple[str, ...]) -> None:
    """Which of these is it? A person when it was asked often enough."""
    if reply.conversation.unclear >= MOST_UNCLEAR:
        _person(reply)
        return
    reply.know(unclear=reply.conversation.unclear + 1)
    offering.offer(reply, issues)


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
    reply.say(reply.added())


def wants_nothing(reply: Reply) -> bool:
    """Nothing was found yet, and nothing is wanted after all: `it's not even you, it's the printer and the rain`."""
    known, reading = reply.conversation, reply.reading
    if known.state != "waiting" or known.turn <= 1 or not reply.typed:
        return False
    if reading.sure and reading.decision == "smalltalk" and reading.issue != FRUSTRATION:
        return False
    return _means_to_stop(reply) and not (_opens_matter(reply) and _surely_elsewhere(reply))


def _can_be_offered(reply: Reply, issue: str) -> bool:
    intent = reply.script.catalog.intents.get(issue)
    return intent is not None and intent.tier == 1


def _areas(reply: Reply) -> tuple[Button, ...]:
    return tuple(reply.button(f"area_{area}", InArea(area)) for area in vague.AREAS)


def names_only_things(reply: Reply) -> bool:
    """`problem with my prescription`, `the link expired`: which issue is not said; `my login code`: nothing grave is believed."""
    text, reading = reply.reading.text, reply.reading
    grave = reading.decision == "handoff" and reply.intent(reading.issue).priority in URGENT
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
    return skips or _denies_all(reply) or (few and (none or bare_answer(reply.message.text) == "not_helped"))


def _denies_all(reply: Reply) -> bool:
    """`no, but my husband sees it`: a no, and nothing of what was offered is named by it, nor surely anything else."""
    text, reading = reply.message.text, reply.reading
    named = (
        chosen.named_by_a_word(reply) is not None
        or ordinal(plain(text).strip(" .!"), len(reply.conversation.choices)) is not None
    )
    surely = reading.text == text or _surely_elsewhere(reply)
    sure = reading.sure and (surely or reading.issue not in reply.conversation.choices)
    return bare_beginning(text) == "not_helped" and not named and not sure


def in_area(reply: Reply, area: str) -> None:
    """One of the four areas was pressed: its issues, the likeliest first."""
    catalog = reply.script.catalog.intents
    known = [issue for issue in reply.conversation.guesses if issue in catalog]
    inside = [issue for issue in (*known, *catalog) if issue.startswith(f"{area}.") and _can_be_offered(reply, issue)]
    offering.offer(reply, tuple(dict.fromkeys(inside)))


def _person(reply: Reply) -> None:
    reply.know(issue=None)
    handover.begin(reply, NOT_UNDERSTOOD)
