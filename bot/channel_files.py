"""What channels bring beside their code: files that are found in their packages by name."""

from pathlib import Path

CHANNELS = Path(__file__).with_name("channels")


def of_channels(name: str | Path, channels: Path = CHANNELS) -> list[Path]:
    """The files of this name, in the order of the channels."""
    return sorted(channels.glob(f"*/{name}"))
