"""What no edit may change: where grave matters go, what is heard there, which buttons stand there, what is never asked."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from bot.authoring.meant_texts import meant_texts
from bot.understanding.intents import names
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Intent, Role
from bot.understanding.rules.rulebook import Rulebook
from handoff.data_files import Document, Fault, read_yaml
from handoff.policy.model import Policy
from handoff.policy.names import PRIORITIES

PINNED = Path(__file__).with_name("pinned.yml")
CALM, CRITICAL = "low", "critical"
EMERGENCY = "emergency"
OF_DOCTORS = "doctor."
MEANS_NO_DANGER = ("says", "tried", "asks", "keyword")
"""What words of a file mean that may not be heard as danger; a label is read before it is pressed, a fact may be danger."""
_TURNED = re.compile(r"\b(?:still|not|no|never|refused?|wrong|fail\w*|problems?|stuck|trouble|\w+n't)\b", re.IGNORECASE)
_BARE = re.compile(r"\W*(?:yes|no|ok|okay|maybe)\W*", re.IGNORECASE)


def issue_faults(policy: Policy, catalog: Catalog, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Issues of which something was changed that no edit may change."""
    pinned = read_yaml(PINNED, PINNED.parents[2])
    health = re.compile(str(pinned.at("health")), re.IGNORECASE)
    for issue, intent in catalog.intents.items():
        document = documents[issue]
        yield from _fields(intent, document, pinned)
        yield from _roles(intent, document, pinned)
        yield from _heard(intent, document, pinned)
        yield from _said(intent, document, pinned)
        yield from _steps(policy, intent, document)
        for number, detail in enumerate(intent.details):
            if hit := health.search(" ".join((detail.ask, *detail.choices))):
                told = f"`{hit[0]}`: nobody is asked about their health here: ask what happened in SmartMed"
                yield document.fault(told, "details", number, "ask")


def _fields(intent: Intent, document: Document, pinned: Document) -> Iterator[Fault]:
    for field, wanted in pinned.table("issues", intent.id).items():
        got = getattr(intent, str(field))
        flags = tuple(str(one) for one in wanted) if isinstance(wanted, list) else ()
        higher = field == "priority" and PRIORITIES.index(got) <= PRIORITIES.index(wanted)
        more = field == "flags" and set(flags) <= set(got)
        if got != wanted and not (higher or more):
            shown = ", ".join(flags) or str(wanted).lower()
            told = f"`{field}` of {intent.id} is `{shown}`: an edit cannot change it"
            yield document.fault(told, "tier" if field == "route" and intent.tier else str(field))
    least = pinned.at("urgent", intent.id)
    if least is not None and PRIORITIES.index(intent.priority) > PRIORITIES.index(str(least)):
        yield document.fault(f"`priority` of {intent.id} is `{least}` or higher: an edit cannot lower it", "priority")
    if intent.tier == 1 and (intent.priority == CRITICAL or intent.team != "support"):
        told = "what the assistant answers itself begins below critical, with the support team: a fact that is heard raises it"
        yield document.fault(f"priority: {told}", "priority")
    if intent.one_signal_holds and not intent.is_grave:
        told = "only a grave issue states a fact by itself: take it out, so that what people did not say is not noted"
        yield document.fault(f"one_signal_holds: {told}", "one_signal_holds")
    if intent.roles and intent.tier != 1:
        yield document.fault("roles: what is no issue with steps is everybody's, so take it out", "roles")
    fewest = int(str(pinned.at("examples", intent.id) or 0))
    if len(intent.examples) < fewest:
        told = f"examples: {len(intent.examples)} stand here, and {fewest} are needed: put back what taught this issue"
        yield document.fault(told, "examples")
    if intent.reason == EMERGENCY and not intent.id.startswith("safety."):
        yield document.fault("reason: `emergency` is the reason of emergencies alone", "reason")
    if intent.gives_way and intent.id in pinned.entries("first"):
        yield document.fault(f"{intent.id} gives way to no other issue", "gives_way")
    if intent.tells_no_fault and (intent.priority != CALM or intent.signals):
        told = (
            "this issue tells of faults (by its priority or its signals), so nothing said with it can be left unheard"
        )
        yield document.fault(f"tells_no_fault: {told}", "tells_no_fault")


def _roles(intent: Intent, document: Document, pinned: Document) -> Iterator[Fault]:
    """An issue that some of those would lose who write about it."""
    own = intent.id.startswith(OF_DOCTORS)
    if intent.tier != 1:
        return
    needed = pinned.entries("roles", intent.id) or ([] if own else get_args(Role))
    if own and needed and (not intent.roles or not set(intent.roles) <= set(map(str, needed))):
        told = f"roles: {intent.id} is for {' and '.join(map(str, needed))} alone: name them, and nobody else"
        yield document.fault(told, "roles")
    if lost := [str(role) for role in needed if intent.roles and role not in intent.roles]:
        yield document.fault(
            f"roles: {', '.join(lost)} would lose this issue: name them too, or take `roles` out", "roles"
        )


def _heard(intent: Intent, document: Document, pinned: Document) -> Iterator[Fault]:
    heard = {rule.signal for rule in intent.signals}
    for signal in pinned.entries("hears", intent.id):
        if signal not in heard:
            yield document.fault(f"the fact `{signal}` must be heard in {intent.id}: put it back", "signals")
    options = [option for step in intent.steps for option in step.options]
    stated = {name for option in options for name in (option.signal, option.go)}
    for name in pinned.entries("buttons", intent.id):
        if name not in stated:
            yield document.fault(f"a button must tell `{name}` in {intent.id}: put it back", "steps")

    for index, rule in enumerate(intent.signals):
        place = ("signals", index)
        fewest = int(str(pinned.at("sentences", intent.id, rule.signal) or 0))
        if len(rule.when) < fewest:
            told = f"{fewest} sentences at least must make `{rule.signal}` heard here, and {len(rule.when)} stand there: put them back"
            yield document.fault(told, *place)
        for text in pinned.entries("heard", intent.id, rule.signal):
            if text not in rule.when:
                yield document.fault(f"`{text}` must make `{rule.signal}` heard: put it back", *place)


def _said(intent: Intent, document: Document, pinned: Document) -> Iterator[Fault]:
    """Words of buttons that say what the button does not do."""
    not_solved = re.compile(str(pinned.at("not_solved")), re.IGNORECASE)
    never = pinned.at("never_meant", intent.id)
    for number, step in enumerate(intent.steps):
        for index, option in enumerate(step.options):
            place = ("steps", number, "options", index, "says")
            for text in option.says:
                plain = text.replace("’", "'")
                if option.go == "solved" and (hit := not_solved.search(plain)):
                    told = f"`{text}` does not say that it is solved (`{hit[0]}`): it cannot mean this button"
                    yield document.fault(told, *place)
                if never and option.go != EMERGENCY and (hit := re.search(str(never), plain, re.IGNORECASE)):
                    told = f"`{text}` says what another button states (`{hit[0]}`): it cannot mean this one"
                    yield document.fault(told, *place)


def _steps(policy: Policy, intent: Intent, document: Document) -> Iterator[Fault]:
    """Steps that go round or never reach anybody, questions whose yes means no, grave facts behind a bare word."""
    names = [step.id for step in intent.steps]
    signals = policy.priorities.signals
    for number, step in enumerate(intent.steps):
        place = ("steps", number)
        for index, option in enumerate(step.options):
            rule = signals.get(option.signal or "")
            urgent = option.go == EMERGENCY or (rule is not None and rule.is_urgent)
            if urgent and _BARE.fullmatch(option.label):
                told = f"`{option.label}` says nothing of what is so urgent: name it on the button"
                yield document.fault(told, *place, "options", index)
            if rule is not None and rule.reason == EMERGENCY and option.go != EMERGENCY:
                told = f"`{option.label}` states `{option.signal}`: it must lead to `emergency`, where the numbers are shown"
                yield document.fault(told, *place, "options", index)
            if option.go in names and step.id in _reached(intent, option.go):
                told = f"`{option.label}` leads round to `{option.go}`: people would try the same again and again"
                yield document.fault(told, *place, "options", index)
        if all(
            option.go == "solved"
            for name in _reached(intent, step.id)
            for option in intent.step(name).options
            if option.go not in names
        ):
            yield document.fault(f"from the step `{step.id}` no button leads to a person", *place)
        if any(option.go == "solved" for option in step.options) and (hit := _TURNED.search(step.ask)):
            told = f"ask: `{hit[0]}` turns the question round, and its yes would close it: ask whether it is well now"
            yield document.fault(told, *place, "ask")


def _reached(intent: Intent, start: str) -> set[str]:
    """The steps that can be reached from a step, itself among them."""
    steps = {step.id: step for step in intent.steps}
    found: set[str] = set()
    ahead = [start]
    while ahead:
        name = ahead.pop()
        if name in steps and name not in found:
            found.add(name)
            ahead += [option.go for option in steps[name].options]
    return found


def danger_faults(
    catalog: Catalog, documents: Mapping[str, Document], rulebook: Rulebook, rules: str
) -> Iterator[Fault]:
    """Words of danger that would mean a button, a step that was tried, a question about a step, or a calm issue. `rules` is a
    word that changes with the rules: what was calm by them is so after the next edit too."""
    if rules not in _CALM:
        _CALM.clear()
    calm = _CALM.setdefault(rules, set())
    for issue, intent in catalog.intents.items():
        for one in meant_texts(intent):
            text = one.text
            if issue == names.EMERGENCY or one.by not in MEANS_NO_DANGER or one.go == EMERGENCY or text in calm:
                continue
            if rulebook.fired(text):
                told = f"`{text}` is heard as an emergency: it cannot mean this"
                yield documents[issue].fault(told, *one.place)
            else:
                calm.add(text)


_CALM: dict[str, set[str]] = {}
"""Texts of the files in which the rules that were asked last hear no danger."""
