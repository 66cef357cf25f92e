"""A conversation survives an edit: what it remembers is fitted to the catalogue in force, before anything is decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.dialogue.conversation import Conversation
from bot.dialogue.lines import fingerprint
from bot.dialogue.script import Script
from bot.understanding.intents.intent_file import Intent, Option, Step
from bot.understanding.intents.names import UNKNOWN

ENDS = ("solved", "handoff", "emergency")


def fitted(known: Conversation, script: Script) -> Conversation:
    """What is remembered, with the names that issues, steps and questions have now; of what is gone nothing is before the user."""
    return _without_gone_issue(_with_present_names(known, _Names(known, script)), script)


def option_of(step: Step, go: str, label: str, places: Iterable[str]) -> Option | None:
    """The button of the step that does what the pressed one did: the same; or the only one that leads there; or the one with its
    label, where what it led to is gone or was not kept. `places`: what can still be led to."""
    same = [option for option in step.options if (option.go, option.label) == (go, label)]
    there = [option for option in step.options if option.go == go]
    if same or len(there) == 1:
        return (same or there)[0]
    named = next((option for option in step.options if option.label == label), None)
    if named is None or not go:
        return named
    return named if go not in (*ENDS, *places) and named.go not in ENDS else None


@dataclass(frozen=True)
class _Names:
    """What things that a conversation remembers are called now: told by their text where that is certain, else by their name."""

    known: Conversation
    script: Script

    def issue(self, issue: str) -> str | None:
        """Its id now: the same, or that of the only issue with its title, or with the step that is before the user."""
        intents = self.script.catalog.intents
        if issue in intents:
            return issue
        title = self.known.texts.get(issue)
        step = self.known.texts.get(f"{issue}/{self.known.step}") if issue == self.known.issue else None
        titled = [one.id for one in intents.values() if fingerprint(one.title) == title]
        holding = [one.id for one in intents.values() if any(fingerprint(own.say) == step for own in one.steps)]
        return next((found[0] for found in (titled, holding) if len(found) == 1), None)

    def step(self, issue: str, step: str) -> str | None:
        """Its id now, in the issue as it is called now; None when the issue or the step is gone."""
        intent = self._intent(issue)
        texts = {one.id: one.say for one in intent.steps} if intent else {}
        return _of_text(texts, self.known.texts.get(f"{issue}/{step}"), step)

    def place(self, place: str) -> str:
        """The same for `issue/step`; as it was where it is gone."""
        issue, _, step = place.partition("/")
        return f"{self.issue(issue) or issue}/{self.step(issue, step) or step}"

    def question(self, issue: str | None, name: str) -> str | None:
        """The id of a question now; None when it is not asked any more."""
        intent = self._intent(issue or "")
        texts = {one.id: one.ask for one in intent.details} if intent else {}
        kept = {row.id: row.ask for row in self.script.policy.escalation.gather}
        return _of_text({**kept, **texts}, self.known.texts.get(f"{issue}?{name}"), name)

    def _intent(self, issue: str) -> Intent | None:
        return self.script.catalog.intents.get(self.issue(issue) or "")


def _of_text(texts: Mapping[str, str], said: str | None, name: str) -> str | None:
    """The only one with the text that was said; else the one with this name."""
    same = [one for one, text in texts.items() if said is not None and fingerprint(text) == said]
    return same[0] if len(same) == 1 else name if name in texts else None


def _with_present_names(known: Conversation, now: _Names) -> Conversation:
    """Everything by the name that it has now; issues that are gone are in no list, and a step or question that is gone is none."""
    step = now.step(known.issue, known.step) if known.issue and known.step else None
    asked = {one: now.question(known.issue, one) or one for one in (*known.asked, *(d.id for d in known.gathered))}
    ended = now.issue(known.ended.issue) if known.ended else None
    return replace(
        known,
        issue=(now.issue(known.issue) or known.issue) if known.issue else None,
        step=step,
        gone=f"{known.issue}/{known.step}" if known.step and step is None else known.gone,
        asking=now.question(known.issue, known.asking) if _is_gathering(known) and known.asking else known.asking,
        asked=tuple(asked[one] for one in known.asked),
        gathered=tuple(replace(one, id=asked[one.id]) for one in known.gathered),
        offered=tuple(dict.fromkeys(now.place(place) for place in known.offered)),
        tried=tuple(
            replace(one, issue=now.issue(one.issue) or one.issue, step=now.step(one.issue, one.step) or one.step)
            for one in known.tried
        ),
        texts={**known.texts, **_moved(known, now)},
        solved=tuple(now.issue(one) or one for one in known.solved),
        ended=replace(known.ended, issue=ended) if known.ended and ended else None,
        choices=_present(known.choices, now),
        also=_present(known.also, now),
        guesses=_present(known.guesses, now),
        plan=_present(known.plan, now),
    )


def _moved(known: Conversation, now: _Names) -> dict[str, str]:
    """The texts that were said, by the names that their places have now."""
    new: dict[str, str] = {}
    for place, text in known.texts.items():
        issue, asks, question = place.partition("?")
        if asks:
            new[f"{now.issue(issue) or issue}?{now.question(issue, question) or question}"] = text
        elif "/" in place:
            new[now.place(place)] = text
        else:
            new[now.issue(place) or place] = text
    return new


def _present(issues: tuple[str, ...], now: _Names) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for one in issues if (found := now.issue(one)) is not None))


def _is_gathering(known: Conversation) -> bool:
    return "gathering" in (known.state, known.before if known.state == "checking" else "")


def _without_gone_issue(known: Conversation, script: Script) -> Conversation:
    """Where the issue is gone: on the way to a person it is for people to name; a request that they have stands as it is."""
    if known.issue is None or known.issue in script.catalog.intents:
        return known
    if not _is_gathering(known):
        return replace(known, issue=None, step=None, reason=None if known.ticket is None else known.reason)
    if known.ticket is None:
        return replace(known, issue=UNKNOWN)
    if known.state == "checking":
        return replace(known, issue=None, asking=None, reason=None, before="with_support")
    return replace(known, issue=None, asking=None, reason=None, state="with_support", buttons=())
