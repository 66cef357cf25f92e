"""Where texts are cut: words, clauses, sentences, marks. Those that several modules use stand here, each once."""

import re

from bot.understanding.text.phrases import PHRASES

WORD_OR_SHORT = re.compile(r"[\w']+")
"""Words, with what is left out of them: don't."""
LETTERS = re.compile(r"[^\W\d_]+")
SPOKEN_WORD = re.compile(r"[^\W\d_]+(?:'\w+)?")
SOME_WORD = re.compile(r"[^\W\d_]{2}")
"""In what holds none there is nothing to read."""
CLAUSES = re.compile(r"[,.;!?]+\s*")
CLAUSES_APART = re.compile(r"[,.;!?]+\s+")
"""The same, but for a mark within a word: 2.5."""
CLAUSES_OF_ANY = re.compile(r"[,.;:!?]+(?:\s+|$)|[\n。！？，；、؟،؛।]+\s*")
"""The same, in whatever script."""
AFTER_MARK = re.compile(r"(?<=[.;!?,])\s+")
SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
PARTS = re.compile(r"[.;!?]+\s*")
ENDS = re.compile(r"[.!?\n。！？؟]+")
QUESTION_MARKS = ("?", "？", "؟")
MATTERS = re.compile(f"[.;!?\\n]+|\\b{PHRASES.any_joint('matter')}\\b")
"""Between matters of one message."""
MATTERS_AND_CLAUSES = re.compile(f"[.;,!?\\n]+|\\b(?:{PHRASES.any_joint('matter')}|{PHRASES.any_joint('clause')})\\b")
