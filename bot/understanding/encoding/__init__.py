"""Sentences as vectors: the encoder, and how it is built once."""
