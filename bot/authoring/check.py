"""`check`: the gate, asked from the command line and for a change that is only proposed."""

import os
from pathlib import Path

from bot.authoring import examples, phrases, references
from bot.authoring.content_paths import ContentPaths
from bot.authoring.gate import Told
from bot.authoring.texts import intent_texts
from bot.authoring.verdict import verdict_on
from bot.authoring.wording import wording_of
from bot.mind import open_the_encoder
from bot.understanding.intents.catalog import load_catalog
from handoff.data_files import DataFaults, Fault, cache_folder, read_yaml
from handoff.policy.model import Policy


def check_everything(intents: Path, articles: Path, told: Told | None = None) -> list[Fault]:
    """Every fault of every file, sorted by place; empty when all may go live."""
    encoder, _ = open_the_encoder(os.environ)
    return list(verdict_on(ContentPaths(intents, articles), encoder, cache_folder(os.environ), told).faults)


def check_intents(folder: Path, policy: Policy) -> list[Fault]:
    """What can be said of the intents files alone, without learning anything."""
    try:
        catalog = load_catalog(folder)
        root = folder.resolve().parent
        documents = {
            issue: read_yaml(folder.resolve() / Path(file).name, root) for issue, file in catalog.files.items()
        }
        faults = [*phrases.phrase_faults(catalog, documents), *examples.twin_faults(catalog)]
        faults += [*references.unread_words(folder)]
        for issue, intent in catalog.intents.items():
            faults += references.intent_names(intent, documents[issue], policy)
        wording = wording_of(policy, ContentPaths().articles)
        for text in intent_texts(folder):
            faults += [Fault(text.file, text.line_of(one.words), one.message) for one in wording.of(text)]
    except DataFaults as error:
        return error.faults
    return sorted(set(faults))
