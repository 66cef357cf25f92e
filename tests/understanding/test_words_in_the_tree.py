"""What the voices of the tree teach lies in the tree: no start learns it again."""

from pathlib import Path

import numpy as np
from scipy import sparse

from bot.understanding.matching.bases import Words
from bot.understanding.voices.cache import WORDS, cached_voices, version_in_force
from bot.understanding.voices.models import ByWords, VoiceModels
from bot.understanding.voices.rows import DEFAULT
from bot.understanding.voices.word_file import as_bytes, read_words, version_in

TEXTS = ["the code is wrong", "the code never came", "no code came", "the page is blank"]


def test_the_words_in_the_tree_are_those_of_the_voices_in_the_tree() -> None:
    told = "after a change of voices: `python -m bot.understanding.voices.cache`, `python -m tools.teach.heads …`"
    assert version_in(WORDS) == version_in_force(DEFAULT), told


def test_without_a_folder_of_voices_there_are_no_models(tmp_path: Path) -> None:
    assert cached_voices(tmp_path / "none", tmp_path) is None


def test_models_that_were_kept_read_as_they_did(tmp_path: Path) -> None:
    words, features = Words.learnt(TEXTS, 2)
    weights = sparse.csr_matrix(np.random.default_rng(0).normal(size=(features.shape[1], 3)).astype(np.float32))
    offset = np.array([0.1, -0.2, 0.3], np.float32)
    sayings = {("a.b", "step", "Yes"): ("ja", "oo")}
    made = VoiceModels(words, words, {"label": ByWords(weights, offset, ("x", "y", "z"))}, sayings, "v1")
    (tmp_path / "w.npz").write_bytes(as_bytes(made))

    back = read_words(tmp_path / "w.npz")

    assert (back.version, back.sayings, back.names("label")) == ("v1", sayings, ("x", "y", "z"))
    for one, other in ((made, back), (back, made)):
        assert list(one.message_words.words.columns) == list(other.message_words.words.columns)
    before, after = (m.tasks["label"].scores(m.message_words.of(TEXTS)) for m in (made, back))
    assert np.allclose(before, after, atol=0.03)


def test_a_word_that_one_text_alone_says_is_left_out() -> None:
    words, _ = Words.learnt(TEXTS, 2)
    assert "code" in words.words.columns and "blank" not in words.words.columns
