#!/usr/bin/env python3
"""Draws the pictures in Fixtures/images and what Pillow makes of them.

Needs Pillow and numpy. Everything is drawn from formulas: no file comes from a camera or a patient.
Run it from anywhere; it overwrites Fixtures/images.
"""

import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, PngImagePlugin

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


def write_png(
    name, samples, depth, colour_type, extra=b"", interlaced=False, size=None, behind=b""
):
    """Writes a PNG of any kind; Pillow writes only some. Extra chunks go before or behind the rows."""
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
        + behind
        + chunk(b"IEND", b"")
    )


def save(name, array, **options):
    Image.fromarray(array).save(FOLDER / name, **options)


def expect(name, image):
    """Writes what decoding must yield, in the fewest channels."""
    image.save(FOLDER / f"{name}.expected.png", optimize=True)


def on(image, level):
    """What is seen of a picture with alpha on a ground of one grey level."""
    ground = Image.new("RGBA", image.size, (level, level, level, 255))
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")


def exif(order, orientation):
    """EXIF data of three entries, the orientation the second, in byte order < or >."""
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(order + "I", 8)
    entries = struct.pack(order + "HHI4s", 0x010F, 2, 2, b"6\0\0\0")
    entries += struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    entries += struct.pack(order + "HHIHH", 0x0128, 3, 1, 2, 0)
    return head + struct.pack(order + "H", 3) + entries + struct.pack(order + "I", 0)


# What turns the stored picture of an orientation upright.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def stored(image, orientation):
    """What a camera stores of an upright picture under an orientation."""
    undo = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    step = undo.get(orientation, UPRIGHT.get(orientation))
    return image if step is None else image.transpose(step)


def squared(image, size):
    """torchvision's Resize(size) and CenterCrop(size) on a PIL image."""
    width, height = image.size
    longer = int(size * max(width, height) / min(width, height))
    resized = (size, longer) if width <= height else (longer, size)
    image = image.resize(resized, Image.BILINEAR)
    left = int(round((resized[0] - size) / 2.0))
    top = int(round((resized[1] - size) / 2.0))
    return image.crop((left, top, left + size, top + size))


def fit(name, image, size):
    """What padding and stretching must yield."""
    expect(f"{name}.pad", ImageOps.pad(image, (size, size), Image.BILINEAR, color=0))
    expect(f"{name}.stretch", image.resize((size, size), Image.BILINEAR))


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
    expect("palette.png", on(Image.open(FOLDER / "palette.png"), 0))

    alpha = bars(20, 12, 256).astype(np.uint8)
    save("rgba.png", np.dstack([colour(20, 12), alpha]))
    expect("rgba.png", on(Image.open(FOLDER / "rgba.png"), 0))
    expect("rgba.png.on-77", on(Image.open(FOLDER / "rgba.png"), 77))
    expect("rgba.png.on-255", on(Image.open(FOLDER / "rgba.png"), 255))
    save("grey-alpha.png", np.dstack([grey(20, 12), alpha]))
    expect("grey-alpha.png", on(Image.open(FOLDER / "grey-alpha.png"), 0).convert("L"))
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


def transparent():
    """Pictures with 16-bit alpha, and with a colour that stands for nothing."""
    alpha = bars(20, 12, 256)
    flat = np.dstack([colour(20, 12), alpha])
    deep = flat.astype(np.uint16) * 256 + 90
    for name, interlaced in [("rgba16.png", False), ("interlaced-rgba16.png", True)]:
        write_png(name, deep, 16, 6, interlaced=interlaced)
        expect(name, on(Image.fromarray(flat.astype(np.uint8)), 0))
    deep = np.dstack([grey(20, 12), alpha]).astype(np.uint16) * 256 + 90
    write_png("grey-alpha16.png", deep, 16, 4)
    flat = np.dstack([grey(20, 12)] * 3 + [alpha]).astype(np.uint8)
    expect("grey-alpha16.png", on(Image.fromarray(flat), 0).convert("L"))

    # Black is nothing like what is to be nothing, so that it shows. 16 bits count in full: the low
    # byte alone tells the colour from its neighbours.
    levels = bars(21, 3, 4)
    write_png("grey2-nothing.png", levels, 2, 0, chunk(b"tRNS", struct.pack(">H", 2)))
    seen = np.where(levels == 2, 0, levels * 85)
    expect("grey2-nothing.png", Image.fromarray(seen.astype(np.uint8)))
    levels = 0xC000 + bars(21, 3, 21)
    write_png("grey16-nothing.png", levels, 16, 0, chunk(b"tRNS", struct.pack(">H", 0xC005)))
    seen = np.where(levels == 0xC005, 0, 0xC0)
    expect("grey16-nothing.png", Image.fromarray(seen.astype(np.uint8)))
    samples = colour(12, 8)
    nothing = samples[3, 4]
    extra = chunk(b"tRNS", struct.pack(">HHH", *(int(level) for level in nothing)))
    write_png("rgb-nothing.png", samples, 8, 2, extra)
    seen = np.where((samples == nothing).all(axis=-1, keepdims=True), 0, samples)
    expect("rgb-nothing.png", Image.fromarray(seen.astype(np.uint8)))

    write_png("twelve-bits.png", colour(12, 8).astype(np.uint16) * 16 + 15, 16, 2)
    write_png("opaque.png", np.dstack([grey(12, 8), np.full((8, 12), 255)]), 8, 4)


def oriented():
    """One picture under every orientation, in JPEG and in PNG, with EXIF in both byte orders."""
    upright = Image.fromarray(grey(27, 17))
    for orientation in range(1, 9):
        name = f"orientation{orientation}.jpg"
        data = b"Exif\0\0" + exif("<>"[orientation % 2], orientation)
        stored(upright, orientation).save(FOLDER / name, quality=95, exif=data)
        expect(name, ImageOps.exif_transpose(Image.open(FOLDER / name)))
    for name, order, orientation, isBehind in [
        ("orientation6.png", "<", 6, False),
        ("orientation3.png", ">", 3, True),
    ]:
        extra = chunk(b"eXIf", exif(order, orientation))
        samples = np.asarray(stored(upright, orientation))
        options = {"behind": extra} if isBehind else {"extra": extra}
        write_png(name, samples, 8, 0, **options)
        expect(name, upright)


def marked():
    """What the program writes into its files, written by Pillow."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Software", "dcgan 1.2.3")
    texts.add_text("dcgan:kind", "nearest")
    texts.add_itxt("dcgan:class", "Lungenentzündung")
    texts.add_text("dcgan:seed", "0")
    save("marked.png", grey(9, 7), pnginfo=texts)
    comment = "Software: dcgan 1.2.3\ndcgan:kind: walk\ndcgan:class: Lungenentzündung\n"
    save("marked-gif.png", grey(9, 7), format="GIF", comment=comment.encode())


def noisy():
    """Bytes between the segments of a header, and the same within the scan."""
    whole = (FOLDER / "grey.jpg").read_bytes()
    tables = whole.index(b"\xff\xdb")
    scan = whole.index(b"\xff\xda")
    noise = b"\x00\x7f\xff\x00"
    (FOLDER / "noisy-header.jpg").write_bytes(
        whole[:tables] + noise + whole[tables:scan] + noise + whole[scan:]
    )


def other_formats():
    """Formats under other formats' names, as Pillow writes them; the last two are not read."""
    for name, kind in [
        ("webp.jpg", "WEBP"),
        ("gif.png", "GIF"),
        ("bmp.png", "BMP"),
        ("tiff.jpg", "TIFF"),
        ("jpeg2000.jpg", "JPEG2000"),
        ("avif.png", "AVIF"),
    ]:
        save(name, colour(16, 16), format=kind)


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
        fit(name, Image.fromarray(array), size)
    save("landscape.jpg", grey(701, 523), quality=60)
    expect("landscape.jpg", squared(Image.open(FOLDER / "landscape.jpg"), 32))
    fit("landscape.jpg", Image.open(FOLDER / "landscape.jpg"), 32)
    save("line.png", grey(90, 2))
    fit("line.png", Image.fromarray(grey(90, 2)), 32)
    rgb = Image.fromarray(colour(61, 100))
    expect("portrait-grey.png", squared(rgb.convert("L"), 32))


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    jpegs()
    pngs()
    transparent()
    oriented()
    marked()
    noisy()
    other_formats()
    misnamed()
    resized()


main()
