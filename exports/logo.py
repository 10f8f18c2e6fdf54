"""The picture on the front page of a catalogue: a small PNG or JPEG, and what it measures on paper."""

from __future__ import annotations

from io import BytesIO

LARGEST_BYTES = 1_000_000
LARGEST_PIXELS = 4_000
HEIGHT_MM = 22.0
WIDEST_MM = 120.0
MM_PER_INCH = 25.4
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}


class UnusableLogo(ValueError):
    """A picture that cannot stand on the front page."""

    def __init__(self, wrong: str) -> None:
        super().__init__(
            f"这张图片不能作标志：{wrong}；请用不超过 1 MB、边长不超过 {LARGEST_PIXELS} 像素的 PNG 或 JPEG"
        )


def check_logo(picture: bytes) -> str:
    """The media type of a picture. Raises UnusableLogo."""
    from PIL import UnidentifiedImageError  # noqa: PLC0415 - loaded only when wanted
    from PIL.Image import DecompressionBombError  # noqa: PLC0415
    from PIL.Image import open as read_picture  # noqa: PLC0415

    if len(picture) > LARGEST_BYTES:
        raise UnusableLogo("文件太大")
    try:
        with read_picture(BytesIO(picture), formats=list(TYPES)) as image:
            image.verify()
            size, kind = image.size, str(image.format)
    except (UnidentifiedImageError, OSError, SyntaxError, DecompressionBombError) as problem:
        raise UnusableLogo("不是完好的 PNG 或 JPEG 文件") from problem
    if max(size) > LARGEST_PIXELS:
        raise UnusableLogo(f"有 {size[0]}×{size[1]} 像素")
    return TYPES[kind]


def size_mm(picture: bytes) -> tuple[float, float]:
    """Width and height on paper."""
    from PIL.Image import open as read_picture  # noqa: PLC0415 - loaded only when wanted

    with read_picture(BytesIO(picture)) as image:
        wide, high = image.size
    height = min(HEIGHT_MM, WIDEST_MM * high / wide)
    return height * wide / high, height


def scale_at(picture: bytes, dpi: int) -> float:
    """By how much a picture is made larger so that it has its size on paper; ``dpi`` pixels are an inch."""
    from PIL.Image import open as read_picture  # noqa: PLC0415 - loaded only when wanted

    with read_picture(BytesIO(picture)) as image:
        return size_mm(picture)[0] / MM_PER_INCH / (image.size[0] / dpi)
