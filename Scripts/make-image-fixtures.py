#!/usr/bin/env python3
"""Draws the pictures in Fixtures/images and what Pillow makes of them.

Needs Pillow and numpy. Everything is drawn from formulas: no file comes from a camera or a patient.
Run it from anywhere; it overwrites Fixtures/images.
"""

import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / "Fixtures" / "images"


def grey(width, height):
    """Rings around a point off the centre on a slope: every level, and edges to resample."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    radius = np.hypot((x - 0.4 * width) / width, (y - 0.55 * height) / height)
    return np.clip(128 + 70 * np.sin(30 * radius) + 50 * (x / width - y / height), 0, 255).astype(
        np.uint8
    )


def colour(width, height):
    """Three different slopes and rings, one a channel."""
    base = grey(width, height).astype(int)
    y, x = np.mgrid[0:height, 0:width]
    red = base
    green = 255 * x // max(1, width - 1)
    blue = 255 - 255 * y // max(1, height - 1)
    return np.stack([red, green, blue], axis=-1).astype(np.uint8)


def bars(width, height, levels):
    """Vertical bars of the levels 0 to levels - 1."""
    return np.tile(np.arange(width) * levels // width, (height, 1))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(samples, depth):
    """Rows of samples (height, width, channels) as PNG scanlines without filter."""
    rows = b""
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            data = row.astype(">u2").tobytes()
        elif depth == 8:
            data = row.astype(np.uint8).tobytes()
        else:
            bits = (row[:, None] >> np.arange(depth - 1, -1, -1)) & 1
            data = np.packbits(bits.astype(np.uint8)).tobytes()
        rows += b"\0" + data
    return rows


def write_png(name, samples, depth, colour_type, extra=b"", interlaced=False, size=None):
    """Writes a PNG of any kind; Pillow writes only some."""
    samples = np.atleast_3d(samples)
    height, width = size or samples.shape[:2]
    if interlaced:
        passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2)]
        passes += [(0, 1, 2, 2), (1, 0, 2, 1)]
        data = b"".join(packed(samples[a::c, b::d], depth) for a, b, c, d in passes)
    else:
        data = packed(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, int(interlaced))
    (FOLDER / name).write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", zlib.compress(data, 9))
        + chunk(b"IEND", b"")
    )


def save(name, array, **options):
    Image.fromarray(array).save(FOLDER / name, **options)


def expect(name, image):
    """Writes what decoding must yield, in the fewest channels."""
    image.save(FOLDER / f"{name}.expected.png", optimize=True)


def squared(image, size):
    """torchvision's Resize(size) and CenterCrop(size) on a PIL image."""
    width, height = image.size
    longer = int(size * max(width, height) / min(width, height))
    resized = (size, longer) if width <= height else (longer, size)
    image = image.resize(resized, Image.BILINEAR)
    left = int(round((resized[0] - size) / 2.0))
    top = int(round((resized[1] - size) / 2.0))
    return image.crop((left, top, left + size, top + size))


def jpegs():
    save("grey.jpg", grey(60, 44), quality=90)
    save("rgb.jpg", colour(61, 47), quality=90)
    save("progressive.jpg", colour(48, 56), quality=90, progressive=True)
    inks = np.dstack([colour(40, 32), 255 - grey(40, 32)])
    Image.fromarray(inks, mode="CMYK").save(FOLDER / "cmyk-adobe.jpg", quality=95)
    for name in ["grey", "rgb", "progressive", "cmyk-adobe"]:
        image = Image.open(FOLDER / f"{name}.jpg")
        expect(f"{name}.jpg", image if image.mode == "L" else image.convert("RGB"))

    # Without Adobe's marker the samples are still taken for 255 minus the inks.
    adobe = (FOLDER / "cmyk-adobe.jpg").read_bytes()
    start = adobe.index(b"\xff\xee")
    length = 2 + struct.unpack(">H", adobe[start + 2 : start + 4])[0]
    (FOLDER / "cmyk-plain.jpg").write_bytes(adobe[:start] + adobe[start + length :])
    expect("cmyk-plain.jpg", Image.open(FOLDER / "cmyk-plain.jpg").convert("RGB"))

    whole = (FOLDER / "grey.jpg").read_bytes()
    (FOLDER / "truncated.jpg").write_bytes(whole[: len(whole) * 2 // 3])
    scan = whole.index(b"\xff\xda") + 40
    (FOLDER / "corrupt.jpg").write_bytes(whole[:scan] + b"\xff\xd7" * 8 + whole[scan + 16 :])
    frame = whole.index(b"\xff\xc0") + 5
    (FOLDER / "huge.jpg").write_bytes(
        whole[:frame] + struct.pack(">HH", 65000, 64000) + whole[frame + 4 :]
    )
    save("pixel.jpg", np.full((1, 1), 200, np.uint8), quality=100)


def pngs():
    deep = grey(24, 16).astype(np.uint16) * 256 + bars(24, 16, 251).astype(np.uint16)
    write_png("grey16.png", deep, 16, 0)
    expect("grey16.png", Image.fromarray((deep >> 8).astype(np.uint8)))
    deep = colour(24, 16).astype(np.uint16) * 256 + 255
    write_png("rgb16.png", deep, 16, 2)
    expect("rgb16.png", Image.fromarray((deep >> 8).astype(np.uint8)))
    for depth in [1, 2, 4]:
        levels = bars(21, 3, 1 << depth)
        write_png(f"grey{depth}.png", levels, depth, 0)
        spread = (levels * 255 // ((1 << depth) - 1)).astype(np.uint8)
        expect(f"grey{depth}.png", Image.fromarray(spread))

    table = np.array([[i * 17, 255 - i * 17, i * 5] for i in range(16)], np.uint8)
    place = bars(20, 6, 16)
    transparency = chunk(b"tRNS", bytes(range(0, 240, 15)))
    write_png("palette.png", place, 4, 3, chunk(b"PLTE", table.tobytes()) + transparency)
    expect("palette.png", Image.fromarray(table[place]))

    alpha = bars(20, 12, 256).astype(np.uint8)
    save("rgba.png", np.dstack([colour(20, 12), alpha]))
    expect("rgba.png", Image.open(FOLDER / "rgba.png").convert("RGB"))
    save("grey-alpha.png", np.dstack([grey(20, 12), alpha]))
    expect("grey-alpha.png", Image.open(FOLDER / "grey-alpha.png").convert("L"))
    write_png("gamma.png", grey(20, 12), 8, 0, chunk(b"gAMA", struct.pack(">I", 100000)))
    expect("gamma.png", Image.fromarray(grey(20, 12)))
    write_png("interlaced.png", colour(19, 13), 8, 2, interlaced=True)
    expect("interlaced.png", Image.fromarray(colour(19, 13)))

    save("pixel.png", np.array([[[10, 20, 30]]], np.uint8))
    whole = (FOLDER / "rgba.png").read_bytes()
    (FOLDER / "truncated.png").write_bytes(whole[: len(whole) * 2 // 3])
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0x55
    (FOLDER / "corrupt.png").write_bytes(damaged)
    write_png("huge.png", grey(8, 8), 8, 0, size=(60000, 60000))


def misnamed():
    save("png-inside.jpeg", grey(9, 7), format="PNG")
    save("jpeg-inside.png", grey(9, 7), format="JPEG", quality=95)
    (FOLDER / "text-inside.png").write_text("This is not a picture.\n")
    (FOLDER / "empty.jpg").write_bytes(b"")


def resized():
    """Pictures that are not square, and Pillow's result of the whole preparation."""
    for name, array, size in [
        ("landscape.png", grey(157, 90), 32),
        ("portrait.png", colour(61, 100), 32),
        ("small.png", colour(13, 20), 32),
        ("even.png", grey(35, 32), 32),
    ]:
        save(name, array, optimize=True)
        expect(name, squared(Image.fromarray(array), size))
    save("landscape.jpg", grey(701, 523), quality=60)
    expect("landscape.jpg", squared(Image.open(FOLDER / "landscape.jpg"), 32))
    rgb = Image.fromarray(colour(61, 100))
    expect("portrait-grey.png", squared(rgb.convert("L"), 32))


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    jpegs()
    pngs()
    misnamed()
    resized()


main()
