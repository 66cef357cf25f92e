"""Pictures of users without what the camera writes into them: place, device, time, thumbnails, and whatever is hung on at the end."""

import threading
import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from bot.actions.message_limits import load_limits

register_heif_opener(thumbnails=False)
HEIC = ("image/heic", "image/heif")
FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    **dict.fromkeys(HEIC, "HEIF"),
}
QUALITY = 92
_one_at_a_time = threading.Lock()
"""A large picture takes a hundred megabytes while it is open."""


class PictureRefused(ValueError):
    """A picture that cannot be read, or has too many points."""


def cleaned(content: bytes, kind: str) -> tuple[bytes, str]:
    """The picture alone, upright, and its type: what an iPhone calls HEIC becomes JPEG, which every browser shows. Raises
    PictureRefused."""
    try:
        with _one_at_a_time, warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[FORMATS[kind]]) as picture:
                return _written_anew(picture, kind)
    except PictureRefused:
        raise
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
        ArithmeticError,
        LookupError,
        TypeError,
        RuntimeError,
        EOFError,
    ) as error:
        raise PictureRefused(type(error).__name__) from error


def _written_anew(picture: Image.Image, kind: str) -> tuple[bytes, str]:
    frames = getattr(picture, "n_frames", 1)
    if picture.width * picture.height * frames > load_limits().files.most_pixels:
        raise PictureRefused("pixels")
    written, colours = BytesIO(), picture.info.get("icc_profile")
    if kind in HEIC or kind == "image/jpeg":
        upright = ImageOps.exif_transpose(picture)
        upright = upright if upright.mode in ("RGB", "L", "CMYK") else upright.convert("RGB")
        upright.info, kind = {}, "image/jpeg"
        upright.save(written, "JPEG", quality=QUALITY, icc_profile=colours)
    elif frames > 1:
        picture.save(
            written,
            FORMATS[kind],
            save_all=True,
            exif=b"",
            xmp=b"",
            **({"comment": b""} if kind == "image/gif" else {}),
        )
    else:
        upright = ImageOps.exif_transpose(picture)
        upright.info = {"transparency": picture.info["transparency"]} if "transparency" in picture.info else {}
        upright.save(written, FORMATS[kind], quality=QUALITY, icc_profile=colours)
    return written.getvalue(), kind
