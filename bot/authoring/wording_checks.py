"""What texts say and phrases mean, over all files: by the rules of wording, and by what strangers wrote."""

from collections.abc import Iterable, Iterator

from bot.authoring import examples, must_stop, on_screen, other_languages, risk_checks
from bot.authoring.check_cache import KnownGood
from bot.authoring.gate_run import GateRun
from bot.authoring.strangers import IssueFiles, Strangers
from bot.authoring.wording import Text, Wording, wording_of
from bot.authoring.wording_judge import judge_faults, sentences_of
from bot.understanding.encoding.encoder import Encoder
from handoff.data_files import Fault, yaml_files
from handoff.policy.model import Policy


def worded_faults(looking: GateRun, policy: Policy) -> Iterator[Fault]:
    """What is wrong with the words of texts, each asked only when its file or the rules changed."""
    places, (texts, faults) = looking.places, looking.texts
    yield from faults
    yield from on_screen.long_faults(texts)
    good, ground, of_file = KnownGood(looking.cache), places.ground(), _by_file(texts)
    yield from good.faults(
        "worded",
        {file: (ground, *map(_as_read, found)) for file, found in of_file.items()},
        lambda files: _ill_worded(
            wording_of(policy, places.articles), [one for file in files for one in of_file[file]]
        ),
    )
    yield from good.faults("must_stop", {"": ground}, lambda _: must_stop.proof_faults(places, policy))
    yield from must_stop.looked_at_faults(places, policy, {one for text in texts for one in sentences_of(text.text)})


def _ill_worded(wording: Wording, texts: Iterable[Text]) -> Iterator[Fault]:
    for text in texts:
        yield from (Fault(text.file, text.line_of(said.words), said.message) for said in wording.of(text))


def meant_faults(looking: GateRun, policy: Policy, files: IssueFiles, encoder: Encoder) -> Iterator[Fault]:
    """What texts and phrases mean, told by what strangers wrote: nothing is learnt for it."""
    places, cache, texts = looking.places, looking.cache, _by_file(looking.texts[0])
    good, ground = KnownGood(cache), f"{encoder.name} {places.ground()}"
    intents, strangers = files.catalog.intents, Strangers(encoder, cache)
    grave = sorted(issue for issue, intent in intents.items() if intent.is_grave)
    judged_by = policy.communication.judged
    languages = [path.read_bytes() for path in yaml_files(places.languages)]
    yield from good.faults(
        "judged",
        {file: (ground, *map(_as_read, found)) for file, found in texts.items()},
        lambda files: judge_faults([one for file in files for one in texts[file]], judged_by, encoder, cache),
    )
    yield from good.faults(
        "tongues",
        {"languages": (ground, *languages)},
        lambda _: other_languages.meaning_faults(places, encoder, cache),
    )
    yield from good.faults(
        "examples",
        {issue: (ground, grave, intent.examples) for issue, intent in intents.items()},
        lambda issues: risk_checks.example_faults(files, strangers, issues),
    )
    yield from good.faults(
        "elsewhere",
        {issue: (ground, intent.model_dump_json()) for issue, intent in intents.items()},
        lambda issues: examples.elsewhere_faults(files, strangers, issues),
    )
    yield from good.faults(
        "meant",
        {issue: (ground, intent.model_dump_json()) for issue, intent in intents.items()},
        lambda issues: risk_checks.meant_faults(policy, files, strangers, issues),
    )


def _by_file(texts: Iterable[Text]) -> dict[str, list[Text]]:
    found: dict[str, list[Text]] = {}
    for text in texts:
        found.setdefault(text.file, []).append(text)
    return found


def _as_read(text: Text) -> tuple[object, ...]:
    """All of a text that its faults hang on; the lines before it only move them."""
    return text.text, text.reader, text.steps, text.foreign
