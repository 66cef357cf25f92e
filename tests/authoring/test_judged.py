"""A sentence that no rule foresaw and that is wrong all the same stops at the gate; one that is right and sounds like it passes.
None of these sentences was learnt from."""

import os
from pathlib import Path

import pytest

from bot.authoring.gate import faults_of
from bot.authoring.judged import judge_faults, sentences_of
from bot.authoring.wording import Text
from bot.mind import open_the_encoder
from handoff.data_files import cache_folder
from handoff.policy import Policy
from tests.authoring.copies import a_copy

WRONG = {
    "secret": [],
    "promise": [],
    "blame": [],
    "clinical": [],
    "unsafe": [],
}
