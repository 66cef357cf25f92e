"""What somebody was taken to tell is not so: the data are their own, or the matter is no such matter. People hear so, and nothing
more is asked about it; only people lower what it was taken for. In another language what is meant in its place has a request of its
own, since no steps begin there."""

from bot.dialogue.answering import steps
from bot.dialogue.handing_over import handover, in_another_language
from bot.dialogue.hearing import correction, noes, unspoken_language
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import next_matter
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import OUTAGE, PRIVACY
from bot.understanding.replying.bare import bare_beginning
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.policy.names import PHI_EXPOSURE
from handoff.ticket import Gathered

IS_MINE = PHRASES.phrases["is_my_own"]
NOT_OF_OTHERS = PHRASES.phrases["not_of_others"]
DENIES, NOTED, LONGEST, TELLS = PHRASES.phrases["denies_matter"], "not_so", 400, 4
"""How a matter is denied, what the words are kept as, so much of them, and so many letters of a word that names it."""
ALSO_SO = PHRASES.phrases["also_so"]
"""`nein, auch am Handy nicht`: the same of one more thing, and no denial."""
AFFECTED, ONLY_ME = "affected", "only me"
"""What is heard of whom it affects."""
OPEN = ("gathering", "with_support")
HINTED, SHARE = 0.4, 0.25
"""From which chance on words in another language still tell of something grave; and how likely what they mean in its place."""


def is_their_own(reply: Reply) -> bool:
    """`no, they are MY results`, of a request about data of others that were seen."""
    known, text = reply.conversation, reply.message.text
    seen = known.ticket is not None and known.issue == PRIVACY and PHI_EXPOSURE in known.signals
    denies = bare_beginning(text) == "not_helped" or NOT_OF_OTHERS.is_in(text)
    return reply.typed and seen and denies and IS_MINE.is_in(text)


def take_own(reply: Reply) -> None:
    """We misunderstood; no question about what was seen is asked any more, and the request has these words."""
    known = reply.conversation
    reply.know(signals=tuple(one for one in known.signals if one != PHI_EXPOSURE))
    _tell(reply, "own_after_all")


def is_denied(reply: Reply) -> bool:
    """`this is NOT security`, `nobody hacked me`, of a grave matter that people have; once, and not where another grave one is told."""
    known, request = reply.conversation, reply.message.request
    intent = reply.script.catalog.intents.get(known.issue or "")
    if request is None or not reply.typed or known.state not in OPEN or intent is None or not intent.is_grave:
        return False
    if request.issue != intent.id or any(one.id == NOTED for one in known.gathered):
        return False
    other = reply.reading.sure and reply.reading.issue != intent.id and reply.intent(reply.reading.issue).is_grave
    return not other and (_denies(reply.message.text, intent) or _is_only_theirs(reply) or _denies_abroad(reply))


def _is_only_theirs(reply: Reply) -> bool:
    """`only me, sorry`, of what was taken to be down for others too."""
    return reply.conversation.issue == OUTAGE and reply.reading.heard.details.get(AFFECTED) == ONLY_ME


def _denies(text: str, intent: Intent) -> bool:
    found = DENIES.expression.search(plain(text))
    named = {word for one in (intent.title, *intent.keywords) for word in plain(one).split() if len(word) >= TELLS}
    return found is not None and bool({found["trouble"], found["thing"]} & named)


def _denies_abroad(reply: Reply) -> bool:
    """`nein, niemand war drin`, `perdón, era la cuenta de mi hijo`: a no by itself, or a correction, and nothing grave in it."""
    text, first = reply.message.text, reply.reading.candidates[0]
    put_right = noes.stands_alone(text, reply.conversation.language) or correction.is_marked(text)
    put_right = put_right and not ALSO_SO.is_in(text)
    grave = reply.intent(first.issue).is_grave and first.confidence >= HINTED
    knows_not = reply.meant.act == "unsure"
    return (
        unspoken_language.holds(reply)
        and put_right
        and not (grave or knows_not)
        and not text.rstrip().endswith(QUESTION_MARKS)
    )


def _meant_abroad(reply: Reply) -> str | None:
    """The calm matter that is meant in its place: the likeliest, where the likely ones are of its area and have steps."""
    first, area = reply.reading.candidates[0], reply.reading.issue.partition(".")[0]
    share = sum(one.confidence for one in reply.reading.candidates if one.issue.startswith(f"{area}."))
    calm = reply.intent(first.issue).route == "answer" and unspoken_language.holds(reply)
    return first.issue if calm and share >= SHARE else None


def note_denial(reply: Reply) -> None:
    """It stands on the request in the user's own words, and its questions end; what is surely meant in its place begins beside it."""
    known, label = reply.conversation, reply.script.lines.label("not_so_label")
    reply.know(gathered=(*known.gathered, Gathered(NOTED, label, reply.message.text.strip()[:LONGEST])))
    reading, meant = reply.reading, _meant_abroad(reply)
    if meant is not None:
        handover.tell_people(reply, PHI_EXPOSURE)
        reply.for_ticket = False
        reply.know(previous=known.ticket, ticket=None, beside=None, asked=(), gathered=(), signals=())
        in_another_language.to_people(reply, meant)
        return
    if not (reading.sure and reading.decision == "answer") or not reply.conversation.in_english:
        _tell(reply, "not_so")
        return
    reply.know(state="with_support", asking=None)
    reply.for_ticket = True
    handover.tell_people(reply, PHI_EXPOSURE)
    reply.open_with("not_so", number=known.ticket)
    next_matter.set_beside(reply)
    steps.start(reply, reading.issue)


def _tell(reply: Reply, line: str) -> None:
    known = reply.conversation
    reply.know(state="with_support", asking=None)
    reply.for_ticket = True
    handover.tell_people(reply, PHI_EXPOSURE)
    reply.say(reply.local("added", number=known.ticket) or reply.line(line, number=known.ticket))
