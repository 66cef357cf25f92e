"""A message in pieces: each is a stretch of the whole, and all are read at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mind import Mind
from bot.understanding.pieces import cut, in_sentences
from bot.understanding.text.plain import plain
from tests.readings import KeptReadings

TALE = "The share link shows nothing, and my husband is shaking. Also, where do I find my old visits?"


@given(st.text(max_size=300))
def test_every_piece_stands_in_the_whole_where_it_says(text: str) -> None:
    said = cut(text)
    for piece in (*said.parts, *said.clauses, *said.told):
        assert said.whole[piece.start : piece.end] == piece.text and piece.text == piece.text.strip(" ,")


def test_a_message_in_one_line_is_read_as_it_is() -> None:
    assert cut("I lost my password").whole == "i lost my password"


def test_the_end_of_a_short_line_before_another_ends_a_sentence() -> None:
    assert in_sentences("hello\nmy app is slow") == "hello. my app is slow"


def test_what_the_tests_keep_of_a_text_is_what_the_encoder_reads(mind: Mind) -> None:
    encoder = mind.reader.recognizer.encoder
    if encoder is None:
        pytest.skip("no encoder was built on this machine")
    said = cut(TALE)
    anew = encoder._vectors(said.whole, encoder._passed(said.whole), said.spans)
    for _ in range(2):
        assert np.allclose(encoder.encode_pieces([(said.whole, said.spans)])[0], anew, atol=1e-5)
        assert np.allclose(encoder.encode_few([TALE, said.whole])[1], anew[0], atol=1e-5)


def test_a_message_and_its_pieces_have_one_vector_each_and_the_whole_has_its_own(mind: Mind) -> None:
    encoder = mind.reader.recognizer.encoder
    if encoder is None:
        pytest.skip("no encoder was built on this machine")
    said = cut(TALE)
    vectors = encoder.encode_pieces([(said.whole, said.spans)])[0]
    assert vectors.shape == (1 + len(said.spans), 384)
    assert np.allclose(vectors[0], encoder.encode([plain(TALE)])[0], atol=1e-5)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_piece_that_is_read_by_itself_is_read_as_if_nothing_stood_beside_it(mind: Mind) -> None:
    encoder = mind.reader.recognizer.encoder
    if encoder is None:
        pytest.skip("no encoder was built on this machine")
    part = cut(TALE).parts[0]
    alone = encoder.encode_pieces([(cut(TALE).whole, ((part.start, part.end, True),))])[0][1]
    assert np.allclose(alone, encoder.encode([part.text])[0], atol=1e-5)


def test_a_piece_beyond_the_first_window_of_a_long_text_is_read_where_it_stands(mind: Mind) -> None:
    encoder = mind.reader.recognizer.encoder
    if encoder is None:
        pytest.skip("no encoder was built on this machine")
    text = "the weather was fine and we walked. " * 40 + "my father has chest pain and is grey"
    start = text.index("my father")
    far, whole = (encoder.encode_pieces([(text, ((start, len(text), False),))])[0][number] for number in (1, 0))
    near = encoder.encode(["my father has chest pain and is grey"])[0]
    assert float(far @ near) > float(whole @ near) + 0.2


def test_a_part_whose_words_name_another_issue_is_read_by_itself(mind: Mind) -> None:
    said = mind.reader.recognizer.cut(
        ["the pdf of my prescription won't download. Also, somebody hacked my account and changed my e-mail."]
    )[0]
    assert [part.apart for part in said.parts] == [False, True]


def test_a_fact_told_by_one_clause_is_heard(mind: Mind) -> None:
    read = mind.assistant.read("camera is on, microphone is on, the doctor is already waiting for me in the call")
    assert "visit_soon" in read.signals


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("喘不过气，应用打不开", ["喘不过气", "应用打不开"]),
        ("j'étouffe et l'appli ne s'ouvre pas", ["j'étouffe", "l'appli ne s'ouvre pas"]),
        ("ابنتي بلعت دواء بالخطأ، أين أجد الوصفة", ["ابنتي بلعت دواء بالخطأ", "أين أجد الوصفة"]),
        ("मेरी बेटी ने गलती से दवा खा ली, पर्चा कहाँ दिखेगा", ["मेरी बेटी ने गलती से दवा खा ली", "पर्चा कहाँ दिखेगा"]),
    ],
)
def test_in_other_languages_each_clause_is_read_by_itself_in_any_script(text: str, clauses: list[str]) -> None:
    found = cut(text).clauses

    assert [piece.text for piece in found] == clauses
    assert all(piece.apart for piece in found)


def test_a_clause_that_was_read_in_this_turn_is_not_read_again_after_the_others(
    mind: Mind, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = mind.reader.recognizer.encoder
    if encoder is None:
        pytest.skip("no encoder")
    monkeypatch.setattr(KeptReadings, "_known", lambda *_: None)
    monkeypatch.setattr(KeptReadings, "_keep", lambda *_: None)
    clauses = [f"clause number {number} of a long message" for number in range(12)]
    for one in clauses:
        encoder.encode_pieces([(one, ())])
    monkeypatch.setattr(encoder, "_pass", None)
    assert len(encoder.encode_few(clauses)) == len(clauses)
