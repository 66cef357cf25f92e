"""Walking through a known issue: one approved step at a time, none of them twice."""

from collections.abc import Mapping

from bot.dialogue.answering import at_once, ended, tried
from bot.dialogue.button_values import ChooseOption, NotAlso, TakeUp
from bot.dialogue.conversation import Button
from bot.dialogue.handing_over import handover
from bot.dialogue.in_danger import alarm
from bot.dialogue.reply import Part, Reply
from bot.understanding.intents.intent_file import Intent, Option, Step
from bot.understanding.replying.asides import YES_OR_NO, questions_in
from bot.understanding.text.phrases import PHRASES
from handoff.events import IncidentGreeted, IssueDropped, IssueRaised, IssueSolved, StepOffered
from handoff.policy.names import GRAVE_FACTS, NOT_IN_KNOWN_ISSUES, NOT_RESOLVED_BY_DOCUMENTATION, StepOutcome

TELLS_A_TRY = PHRASES.phrases["tells_a_try"]
LIKE_AN_ASK = 0.8
"""How like a question of the file's own words must be that ask for a yes or no."""


def start(reply: Reply, issue: str, *, goes_on: bool = False) -> None:
    """Begin with an issue, or go on in its matter: its first step not yet shown or tried, or a person when it has none left."""
    leave_step(reply)
    intent = reply.intent(issue)
    known = reply.conversation
    begun = known.issue == issue
    reply.know(
        issue=issue,
        step=None,
        reason=None,
        asking=None,
        choices=(),
        unclear=0,
        signals=known.signals if begun else _facts_for(reply, intent),
        also=tuple(other for other in known.also if other != issue),
        refused=tuple(other for other in known.refused if other != issue),
        words=known.words if begun or goes_on or known.issue is None else known.words[-1:],
        so_far=known.so_far if begun or known.issue is None else known.so_far[-1:],
    )
    reply.keep_text(issue, intent.title)
    if not begun:
        reply.happened(IssueRaised(issue))
    done = tried.note(reply)
    if issue in reply.message.incidents and not begun:
        known_incident(reply, intent.title)
        return
    if intent.route == "handoff" or not intent.steps:
        handover.begin(
            reply, intent.reason or NOT_IN_KNOWN_ISSUES, opening=reply.text_of(intent, "answer", intent.answer)
        )
        return
    _begin_steps(reply, intent, done, [] if begun else [reply.text_of(intent, "answer", intent.answer)])


def _begin_steps(reply: Reply, intent: Intent, done: tuple[str, ...], opening: list[Part]) -> None:
    """The first step that is left; or where the buttons lead that the last words press already."""
    first = unseen(reply, intent, intent.steps[0].id)
    if done and first != intent.steps[0].id:
        opening.append(reply.line("already_tried" if TELLS_A_TRY.is_in(reply.message.text) else "told_enough"))
    reply.lead += _protecting(reply, intent)
    opening += _asked_beside(reply, intent)
    told = at_once.all_told(reply, intent, (*done, first))
    if not told:
        go_to(reply, first, opening)
        return
    reply.add_signals(*(one.signal for one in told if one.signal))
    last = told[-1]
    reply.lead += [*(() if last.go == "handoff" else opening), reply.line("told_at_once", answer=last.label)]
    _follow(reply, last, [])


def _asked_beside(reply: Reply, intent: Intent) -> list[Part]:
    """The file's answer to a question for a yes or no that was asked with the matter: `I have no e-mail. Can I join?`"""
    told = reply.conversation.words[-1] if reply.conversation.words else ""
    asks = [(ask, number) for number, one in enumerate(intent.glossary) for ask in one.asks if YES_OR_NO.is_in(ask)]
    closest, said = reply.script.semantic_matcher.closest, [ask for ask, _ in asks]
    found = next((best for one in questions_in(told) if (best := closest(one, said, LIKE_AN_ASK)) is not None), None)
    if found is None:
        return []
    number = asks[found][1]
    return [reply.text_of(intent, f"glossary.{number}", intent.glossary[number].say)]


def _facts_for(reply: Reply, intent: Intent) -> tuple[str, ...]:
    """Of a grave matter none that belongs to another, and was heard before it was clear which one it is."""
    own = {intent.reason, *(rule.signal for rule in intent.signals), *reply.fresh}
    others = frozenset(GRAVE_FACTS) - own if intent.is_grave else frozenset()
    return tuple(signal for signal in reply.conversation.signals if signal not in others)


def _protecting(reply: Reply, intent: Intent) -> list[Part]:
    """What must be said of steps that are passed over and were never shown here; for people to begin with too."""
    passed = {done.step for done in reply.conversation.tried if done.issue == intent.id}
    return [
        reply.text_of(intent, f"steps.{step.id}.always", step.always)
        for step in intent.steps
        if step.always and step.id in passed and f"{intent.id}/{step.id}" not in reply.conversation.offered
    ]


def known_incident(reply: Reply, title: str) -> None:
    """It is a known problem that people work on: say so, in the place of steps that cannot help. Who has it is told when it
    is over; a person can be had all the same, and who writes again that it is this gets the steps."""
    reply.know(state="waiting")
    reply.say(reply.line("incident_greeting", title=title), buttons=(reply.person_button(),))
    reply.happened(IncidentGreeted(reply.conversation.issue or ""))
    next_issue(reply)


def leave_step(reply: Reply) -> None:
    """The step before the user stays without an answer."""
    known = reply.conversation
    if known.issue and known.step:
        reply.mark(known.step, tried.outcome_told(reply))


def go_to(reply: Reply, target: str, opening: list[Part]) -> None:
    """Follow an option: to a step, over steps already seen, to another issue, to solved, or to a person."""
    intent = reply.intent()
    target = unseen(reply, intent, target)
    if target == "solved":
        solved(reply)
    elif target == "handoff":
        handover.begin(reply, NOT_RESOLVED_BY_DOCUMENTATION)
    elif target in reply.script.catalog.intents:
        start(reply, target, goes_on=True)
    else:
        show(reply, intent, intent.step(target), opening)


def unseen(reply: Reply, intent: Intent, target: str) -> str:
    """Where an option really leads when steps that were shown or tried before are left out."""
    steps = {step.id: step for step in intent.steps}
    passed: set[str] = set()
    while target in steps and _seen(reply, intent.id, target):
        if target in passed:
            return "handoff"
        passed.add(target)
        target = steps[target].onward.go
    return target


def _seen(reply: Reply, issue: str, step: str) -> bool:
    shown = f"{issue}/{step}" in reply.conversation.offered
    return shown or any((done.issue, done.step) == (issue, step) for done in reply.conversation.tried)


def show(reply: Reply, intent: Intent, step: Step, opening: list[Part]) -> None:
    """Put a step before the user, with its question, its buttons and the article it comes from."""
    role = reply.conversation.user.role
    said = next((text for who, text in step.say_for.items() if who == role), step.say)
    parts = [
        *opening,
        reply.text_of(intent, f"steps.{step.id}.say", said),
        reply.text_of(intent, f"steps.{step.id}.ask", step.ask),
    ]
    offered = (*reply.conversation.offered, f"{intent.id}/{step.id}")
    reply.know(state="answering", step=step.id, offered=offered, gone="", unclear=0, unsaid=reply.said_once())
    reply.keep_text(f"{intent.id}/{step.id}", step.say)
    reply.say(*parts, buttons=buttons_of(intent, step), page=intent.kb[0] if intent.kb else None)
    reply.happened(StepOffered(intent.id, step.id))


def buttons_of(intent: Intent, step: Step) -> tuple[Button, ...]:
    """The answers of a step as buttons; each is known by what it does, so that an edit never makes it mean another."""
    return tuple(
        Button.that(option.label, ChooseOption(intent.id, step.id, option.go, option.label)) for option in step.options
    )


def choose_option(reply: Reply, option: Option, outcome: StepOutcome | None = None) -> None:
    """What the user answered to the step before them; `outcome` where they told more than the button says."""
    known = reply.conversation
    if known.step is None:
        return
    if option.go == "emergency":
        alarm.call(reply)
        return
    helped = option.go == "solved"
    reply.mark(known.step, outcome or ("helped" if helped else "not_possible" if option.cannot else "did_not_help"))
    reply.know(step=None)
    _follow(reply, option, [] if helped or option.signal else [reply.line(NEXT.get(outcome, "not_helped"))])


def _follow(reply: Reply, option: Option, opening: list[Part]) -> None:
    """Where an option leads, with the fact that it states."""
    if option.signal:
        reply.add_signals(option.signal)
    if option.go == "handoff":
        handover.begin(reply, _reason(reply, option))
    else:
        go_to(reply, option.go, opening)


NEXT: Mapping[StepOutcome | None, str] = {"not_possible": "not_possible_here", "tried_before": "done_before"}
"""What is said before the next step, where the last one was not simply of no help."""


def _reason(reply: Reply, option: Option) -> str:
    rule = reply.script.policy.priorities.signals.get(option.signal or "")
    return (rule.reason if rule else None) or NOT_RESOLVED_BY_DOCUMENTATION


def solved(reply: Reply) -> None:
    """The user says it helped: thank them, and go on with what else they named."""
    known = reply.conversation
    if known.step:
        reply.mark(known.step, "helped")
    issue = known.issue or ""
    more = any(other not in (*known.solved, issue) for other in known.also)
    ended.keep(reply, issue)
    reply.happened(IssueSolved(issue))
    reply.know(
        state="solved",
        step=None,
        asking=None,
        reason=None,
        issue=None,
        choices=(),
        unclear=0,
        angry=0,
        words=known.words if more else (),
        so_far=(),
        refused=(),
        signals=(),
        solved=(*known.solved, issue),
        closed=None,
    )
    if known.beside is not None:
        reply.know(state="with_support", beside=None)
    helped = issue in reply.script.catalog.intents and reply.intent(issue).route == "answer"
    reply.say(reply.line("solved" if helped else "settled"), rating="bot" if helped else None)
    next_issue(reply)


def next_issue(reply: Reply) -> None:
    """Go on with what else the user named, if there is anything: what has steps goes before what is for people."""
    known = reply.conversation
    done = (*known.solved, *((known.issue,) if known.issue else ()))
    waiting = [other for other in known.also if other not in done and not _is_covered(reply, other, done)]
    if not waiting:
        return
    waiting.sort(key=lambda other: reply.intent(other).route != "answer")
    reply.know(also=tuple(waiting[1:]))
    if reply.intent(waiting[0]).route == "answer" and known.state != "with_support":
        reply.open_with("next_issue", title=reply.script.catalog.title(waiting[0]))
        start(reply, waiting[0])
    else:
        ask_about_next(reply, waiting[0])


def _is_covered(reply: Reply, other: str, done: tuple[str, ...]) -> bool:
    """The same matter as one that was solved, or that people have."""
    intents = reply.script.catalog.intents
    covered = {issue for one in done if one in intents for issue in intents[one].covers}
    return other in covered or (other in intents and not set(intents[other].covers).isdisjoint(done))


def ask_about_next(reply: Reply, issue: str) -> None:
    """Shall we look at what else was mentioned, or people, where it is for them?"""
    line = "next_issue_offer" if reply.intent(issue).route == "answer" else "next_issue_ask"
    buttons = (reply.button("also_yes", TakeUp(issue)), reply.button("also_no", NotAlso()))
    reply.say(reply.line(line, title=reply.script.catalog.title(issue)), buttons=buttons)


def dropped(reply: Reply, said: Part | None = None, *, person: bool = False, page: str | None = None) -> None:
    """The user lets it be: nothing is solved, nothing is before them any more."""
    leave_step(reply)
    if reply.conversation.issue is not None and reply.conversation.ticket is None:
        ended.keep(reply, reply.conversation.issue)
    reply.happened(IssueDropped(reply.conversation.issue or ""))
    reply.know(
        state="new",
        issue=None,
        step=None,
        asking=None,
        reason=None,
        choices=(),
        unclear=0,
        words=(),
        so_far=(),
        refused=(),
        signals=(),
    )
    if reply.conversation.ticket is not None:
        reply.know(state="with_support", beside=None)
    reply.say(said or reply.line("dropped"), buttons=(reply.person_button(),) if person else (), page=page)


def ask_again(reply: Reply, line: str | Part | None = None, *, person: bool = False, question: bool = True) -> None:
    """The question of the step before the user once more, without the step; `line` stands before it."""
    intent = reply.intent()
    step = intent.step(reply.conversation.step or "")
    ask = reply.text_of(intent, f"steps.{step.id}.ask", step.ask)
    before = () if line is None else (reply.line(line) if isinstance(line, str) else line,)
    whole = line == "did_it_help_or_person" or not question
    buttons = buttons_of(intent, step)
    said = before if whole else (*before, ask)
    reply.say(*said, buttons=(*buttons, reply.person_button()) if person else buttons)
