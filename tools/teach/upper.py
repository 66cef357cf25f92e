"""The encoder in two parts: lower layers that never change, read as they are shipped, and upper ones that can be taught."""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from bot.understanding.encoding import MODEL, WORDS
from bot.understanding.encoding.build import LAYERS
from bot.understanding.encoding.encoder import ASKED, SIZE
from bot.understanding.encoding.weights import Weights

FIRST, RANK, MOST_TOKENS, SCALE = 9, 32, 80, 2.0
MATRICES = {
    "q": (SIZE, SIZE),
    "k": (SIZE, SIZE),
    "v": (SIZE, SIZE),
    "ao": (SIZE, SIZE),
    "fi": (1536, SIZE),
    "fo": (SIZE, 1536),
}


class LowRank(nn.Module):
    """A matrix that stays, and a small change beside it that is learnt."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        self.weight, self.bias = nn.Parameter(weight, requires_grad=False), nn.Parameter(bias, requires_grad=False)
        self.down = nn.Parameter(torch.randn(RANK, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.up = nn.Parameter(torch.zeros(weight.shape[0], RANK))

    def forward(self, given: Tensor) -> Tensor:
        """The matrix with its change."""
        changed = functional.linear(functional.linear(given, self.down), self.up) * SCALE
        return functional.linear(given, self.weight, self.bias) + changed


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, weights: Weights, number: int) -> None:
        super().__init__()

        def taken(name: str, *shape: int) -> Tensor:
            return torch.tensor(weights[f"l{number}.{name}"]).reshape(*shape)

        self.parts = nn.ModuleDict(
            {
                name: LowRank(taken(f"{name}.w", *shape), taken(f"{name}.b", shape[0]))
                for name, shape in MATRICES.items()
            }
        )
        self.norms = [(taken(f"{name}.w", SIZE), taken(f"{name}.b", SIZE)) for name in ("aln", "oln")]

    def forward(self, given: Tensor, mask: Tensor) -> Tensor:
        """What comes of a batch of sentences."""
        many, long, _ = given.shape

        def split(value: Tensor) -> Tensor:
            return value.view(many, long, 12, 32).transpose(1, 2)

        three = (split(self.parts[name](given)) for name in ("q", "k", "v"))
        seen = functional.scaled_dot_product_attention(*three, attn_mask=mask).transpose(1, 2).reshape(many, long, SIZE)
        seen = functional.dropout(self.parts["ao"](seen), 0.1, self.training)
        given = functional.layer_norm(given + seen, (SIZE,), *self.norms[0], 1e-12)
        bent = self.parts["fo"](functional.gelu(self.parts["fi"](given)))
        return functional.layer_norm(
            given + functional.dropout(bent, 0.1, self.training), (SIZE,), *self.norms[1], 1e-12
        )


class Upper(nn.Module):
    """The layers that are taught, and the mean over the pieces."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.layers = nn.ModuleList([Layer(weights, number) for number in range(FIRST, LAYERS)])

    def forward(self, sentences: Sequence[Tensor]) -> Tensor:
        """One vector a sentence."""
        longest = max(len(one) for one in sentences)
        given = torch.zeros(len(sentences), longest, SIZE)
        mask = torch.zeros(len(sentences), longest, dtype=torch.bool)
        for row, one in enumerate(sentences):
            given[row, : len(one)], mask[row, : len(one)] = one.float(), True
        for layer in self.layers:
            given = layer(given, mask[:, None, None, :])
        counted = mask[:, :, None].float()
        return (given * counted).sum(1) / counted.sum(1)


def lower(texts: Sequence[str], folder: Path) -> list[Tensor]:
    """What the lower layers make of each text, by the encoder that is shipped."""
    whole, cut = folder / MODEL, folder / "lower.onnx"
    ends = f"hidden_{FIRST - 1}"
    model = onnx.load(str(whole))
    model.graph.output.append(onnx.helper.make_tensor_value_info(ends, 1, ["batch", "length", SIZE]))
    onnx.save(model, str(cut))
    onnx.utils.extract_model(str(cut), str(cut), ["input_ids"], [ends], check_model=False)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(cut), options)
    words = Tokenizer.from_file(str(folder / WORDS))
    words.no_padding()
    words.enable_truncation(MOST_TOKENS)

    def read(text: str) -> Tensor:
        ids = np.array([words.encode(ASKED + text).ids], np.int64)
        return torch.tensor(session.run(None, {"input_ids": ids})[0][0]).half()

    different = list(dict.fromkeys(texts))
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        found = dict(zip(different, threads.map(read, different), strict=True))
    return [found[text] for text in texts]
