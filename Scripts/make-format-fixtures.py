#!/usr/bin/env python3
"""Draws the pictures in Fixtures/formats and what Pillow makes of them.

Needs Pillow (with libtiff and WebP), tifffile and numpy. Everything is drawn from formulas: no file comes
from a camera or a patient. Run it from anywhere; it overwrites the folder.
"""

import io
import struct
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image, ImageOps

from fixture_pictures import HEIGHT, WIDTH, alpha, colour, grey

FOLDER = Path(__file__).resolve().parent.parent / "Fixtures" / "formats"


def on(image, level):
    """What is seen of a picture with alpha on a ground of one grey level."""
    ground = Image.new("RGBA", image.size, (level, level, level, 255))
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")


def expect(name, image):
    """Writes what decoding must yield."""
    image = Image.fromarray(image) if isinstance(image, np.ndarray) else image
    image.save(FOLDER / f"{name}.expected.png", optimize=True)


def read(name):
    image = Image.open(FOLDER / name)
    image.load()
    return image


def agree(name, array, tolerance=0):
    """Holds what must come of a file against Pillow's reading of it, and writes it."""
    image = read(name)
    found = np.asarray(image.convert("L") if image.mode == "1" else image).astype(int)
    assert np.abs(found - array.astype(int)).max() <= tolerance, name
    expect(name, array)


def write(name, data):
    (FOLDER / name).write_bytes(data)


# BMP


def bmp(rows, bits, compression=0, header=40, size=None, between=b"", palette=b"", colours=0):
    """A BMP file of stored rows, its first header, what stands before the palette, and the palette."""
    width, height = size or (WIDTH, HEIGHT)
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        info = struct.pack(
            "<IiiHHIIiiII", header, width, height, 1, bits, compression, len(rows), 2835, 2835,
            colours, 0,
        )
    info += between
    start = 14 + len(info) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + info + palette + rows


def packed(samples, bits):
    """Rows from the bottom, each padded to four bytes."""
    rows = b""
    for row in samples[::-1]:
        if bits == 8:
            data = row.astype(np.uint8).tobytes()
        elif bits < 8:
            planes = (row[:, None] >> np.arange(bits - 1, -1, -1)) & 1
            data = np.packbits(planes.astype(np.uint8)).tobytes()
        else:
            data = row.astype({16: "<u2", 32: "<u4"}[bits]).tobytes()
        rows += data + b"\0" * (-len(data) % 4)
    return rows


def table(levels, entry=4):
    """Colours of a palette: a slope from blue to yellow."""
    return b"".join(
        bytes([255 - 255 * i // (levels - 1), 255 * i // (levels - 1), i * 7 % 256]) + b"\0" * (entry - 3)
        for i in range(levels)
    )


def rle8(samples):
    """Runs and single pixels in turn, a move over the first two pixels of the second row."""
    data = b""
    for y, row in enumerate(samples[::-1]):
        if y == 1:
            data += bytes([0, 2, 2, 0])
            row = row[2:]
        first = row[:5]
        data += bytes([0, 5]) + first.tobytes() + b"\0"
        for value in row[5:]:
            data += bytes([1, value])
        data += b"\0\0"
    return data + b"\0\1"


def rle4(samples):
    """A run of two samples in turn, then single pixels."""
    data = b""
    for row in samples[::-1]:
        data += bytes([6, int(row[0]) << 4 | int(row[1])])
        rest = list(row[6:])
        halves = [int(rest[i]) << 4 | (int(rest[i + 1]) if i + 1 < len(rest) else 0)
                  for i in range(0, len(rest), 2)]
        data += bytes([0, len(rest)]) + bytes(halves) + b"\0" * (len(halves) % 2) + b"\0\0"
    return data + b"\0\1"


def bmps():
    image = Image.fromarray(colour())
    for bits, levels in [(1, 2), (4, 16), (8, 256)]:
        samples = grey().astype(int) * levels // 256
        name = f"palette{bits}.bmp"
        write(name, bmp(packed(samples, bits), bits, palette=table(levels)))
        expect(name, read(name).convert("RGB"))
    Image.fromarray(grey()).save(FOLDER / "grey8.bmp")
    expect("grey8.bmp", grey())
    few = table(16)[: 4 * 9]
    samples = grey().astype(int) * 9 // 256
    write("nine-colours.bmp", bmp(packed(samples, 4), 4, palette=few, colours=9))
    expect("nine-colours.bmp", read("nine-colours.bmp").convert("RGB"))
    write("core.bmp", bmp(packed(grey().astype(int) // 16, 4), 4, header=12, palette=table(16, 3)))
    expect("core.bmp", read("core.bmp").convert("RGB"))

    red, green, blue = (colour()[..., c].astype(int) for c in range(3))
    write("bits555.bmp", bmp(packed(red >> 3 << 10 | green >> 3 << 5 | blue >> 3, 16), 16))
    expect("bits555.bmp", read("bits555.bmp").convert("RGB"))
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    rows = packed(red >> 3 << 11 | green >> 2 << 5 | blue >> 3, 16)
    write("bits565.bmp", bmp(rows, 16, compression=3, between=masks))
    expect("bits565.bmp", read("bits565.bmp").convert("RGB"))
    image.save(FOLDER / "rgb24.bmp")
    expect("rgb24.bmp", image)
    whole = (FOLDER / "rgb24.bmp").read_bytes()
    rows = [whole[54 + 64 * y : 54 + 64 * (y + 1)] for y in range(HEIGHT)]
    write("top-down.bmp", bmp(b"".join(rows[::-1]), 24, size=(WIDTH, -HEIGHT)))
    expect("top-down.bmp", image)
    words = red << 16 | green << 8 | blue
    write("rgb32.bmp", bmp(packed(words, 32), 32))
    expect("rgb32.bmp", image)
    # The fourth version of the header, with a mask for the opacity.
    rest = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs" + bytes(48)
    write("alpha32.bmp", bmp(packed(alpha().astype(np.int64) << 24 | words, 32), 32, 3, 108, between=rest))
    expect("alpha32.bmp", on(read("alpha32.bmp"), 0))
    expect("alpha32.bmp.on-77", on(read("alpha32.bmp"), 77))
    write("no-alpha32.bmp", bmp(packed(words, 32), 32, 3, 108, between=rest))
    expect("no-alpha32.bmp", image)

    levels = grey()
    levels[-2, :2] = 0
    write("rle8.bmp", bmp(rle8(levels), 8, compression=1, palette=table(256)))
    expect("rle8.bmp", read("rle8.bmp").convert("RGB"))
    levels = (grey() // 16).astype(np.uint8)
    levels[:, 2] = levels[:, 4] = levels[:, 0]
    levels[:, 3] = levels[:, 5] = levels[:, 1]
    write("rle4.bmp", bmp(rle4(levels), 4, compression=2, palette=table(16)))
    expect("rle4.bmp", read("rle4.bmp").convert("RGB"))
    write("jpeg-inside.bmp", bmp(b"\xff\xd8\xff\xd9", 24, compression=4))
    write("huge.bmp", bmp(b"\0\1\0\1", 8, compression=1, size=(60000, 60000), palette=table(256)))


# Netpbm


def text(values, per_line=7):
    """Numbers with blanks, lines and a comment between them."""
    words = [str(int(value)) for value in values]
    lines = [" ".join(words[i : i + per_line]) for i in range(0, len(words), per_line)]
    return ("\n".join(lines[:2]) + "\n# a comment\n" + "\n".join(lines[2:]) + "\n").encode()


def netpbm():
    size = f"{WIDTH} {HEIGHT}\n".encode()
    bits = (grey() > 128).astype(np.uint8)
    write("bits.pbm", b"P4\n# drawn by a script\n" + size + np.packbits(1 - bits, axis=1).tobytes())
    agree("bits.pbm", bits * 255)
    rows = "\n".join("".join(str(1 - bit) for bit in row) for row in bits)
    write("bits-text.pbm", b"P1 " + size + rows.encode())
    agree("bits-text.pbm", bits * 255)
    write("grey.pgm", b"P5 " + size + b"255\n" + grey().tobytes())
    agree("grey.pgm", grey())
    write("grey-text.pgm", b"P2 # text\n" + size + b"255\n" + text(grey().ravel()))
    agree("grey-text.pgm", grey())
    few = (grey() // 13).astype(np.uint8)
    write("grey-of-19.pgm", b"P5 " + size + b"19\n" + few.tobytes())
    expect("grey-of-19.pgm", read("grey-of-19.pgm"))
    deep = grey().astype(np.uint16) * 257 - np.tile(np.arange(WIDTH, dtype=np.uint16), (HEIGHT, 1))
    write("grey16.pgm", b"P5 " + size + b"65535\n" + deep.astype(">u2").tobytes())
    assert (np.asarray(read("grey16.pgm")) == deep).all()
    expect("grey16.pgm", (deep >> 8).astype(np.uint8))
    twelve = grey().astype(np.uint16) * 16 + 7
    write("grey12.pgm", b"P5 " + size + b"4095\n" + twelve.astype(">u2").tobytes())
    scaled = np.asarray(read("grey12.pgm"))
    expect("grey12.pgm", (scaled >> 8).astype(np.uint8))
    write("rgb.ppm", b"P6\n" + size + b"255 " + colour().tobytes())
    agree("rgb.ppm", colour())
    write("rgb-text.ppm", b"P3\n" + size + b"255\n" + text(colour().ravel(), 9))
    agree("rgb-text.ppm", colour())
    write("rgb16.ppm", b"P6\n" + size + b"65535\n" + (colour().astype(np.uint16) * 256 + 90).astype(">u2").tobytes())
    expect("rgb16.ppm", colour())
    write("too-large.pgm", b"P5 " + size + b"99\n" + grey().tobytes())
    write("huge.pgm", b"P5 60000 60000 255\n" + grey().tobytes())


# GIF


def gifs():
    image = Image.fromarray(colour()).quantize(64)
    image.save(FOLDER / "colour.gif", interlace=0)
    expect("colour.gif", read("colour.gif").convert("RGB"))
    image.save(FOLDER / "interlaced.gif", interlace=1)
    expect("interlaced.gif", read("interlaced.gif").convert("RGB"))
    Image.fromarray(grey()).save(FOLDER / "grey.gif")
    expect("grey.gif", grey())
    image.save(FOLDER / "transparent.gif", transparency=3, interlace=0)
    expect("transparent.gif", on(read("transparent.gif"), 0))
    expect("transparent.gif.on-77", on(read("transparent.gif"), 77))
    frames = [Image.fromarray(grey()), Image.fromarray(255 - grey())]
    frames[0].save(FOLDER / "two.gif", save_all=True, append_images=frames[1:])
    expect("two.gif", grey())
    # The image lies within a screen that is larger to all sides, and what it leaves out is transparent.
    whole = bytearray((FOLDER / "transparent.gif").read_bytes())
    whole[6:10] = struct.pack("<HH", WIDTH + 5, HEIGHT + 4)
    place = whole.index(b"\x2c\0\0\0\0" + struct.pack("<HH", WIDTH, HEIGHT))
    whole[place + 1 : place + 5] = struct.pack("<HH", 3, 2)
    write("within.gif", bytes(whole))
    seen = Image.new("RGB", (WIDTH + 5, HEIGHT + 4))
    seen.paste(on(read("transparent.gif"), 0), (3, 2))
    expect("within.gif", seen)


# TIFF


def tiffs():
    image = Image.fromarray(colour())
    shade = Image.fromarray(grey())
    for name, compression in [
        ("rgb-lzw", "tiff_lzw"), ("rgb-deflate", "tiff_adobe_deflate"), ("rgb-packbits", "packbits")
    ]:
        image.save(FOLDER / f"{name}.tif", compression=compression)
        agree(f"{name}.tif", colour())
    shade.save(FOLDER / "grey.tif")
    agree("grey.tif", grey())
    Image.fromarray(grey() > 128).save(FOLDER / "bits-group4.tif", compression="group4")
    expect("bits-group4.tif", read("bits-group4.tif").convert("L"))
    for picture, name in [(image, "rgb-jpeg.tif"), (shade, "grey-jpeg.tif")]:
        picture.save(FOLDER / name, compression="jpeg", quality=90)
        expect(name, read(name))
    image.quantize(50).save(FOLDER / "palette.tif", compression="tiff_lzw")
    expect("palette.tif", read("palette.tif").convert("RGB"))
    Image.merge("CMYK", [shade] * 4).save(FOLDER / "cmyk.tif")

    deep = grey().astype(np.uint16) * 257 - np.tile(np.arange(WIDTH, dtype=np.uint16), (HEIGHT, 1))
    high = (deep >> 8).astype(np.uint8)

    def tiff(name, array, **options):
        tifffile.imwrite(FOLDER / name, array, metadata=None, software=False, **options)

    tiff("grey16.tif", deep, photometric="minisblack")
    assert (np.asarray(read("grey16.tif")) == deep).all()
    expect("grey16.tif", high)
    tiff("grey16-big-endian.tif", deep, photometric="minisblack", byteorder=">", compression="deflate",
         predictor=True)
    expect("grey16-big-endian.tif", high)
    tiff("white-is-zero.tif", 255 - grey(), photometric="miniswhite")
    agree("white-is-zero.tif", grey())
    tiff("white-is-zero16.tif", 65535 - deep, photometric="miniswhite")
    expect("white-is-zero16.tif", 255 - ((65535 - deep) >> 8).astype(np.uint8))
    tiff("rgb16.tif", colour().astype(np.uint16) * 256 + 90, photometric="rgb", compression="deflate")
    expect("rgb16.tif", colour())
    tiff("strips.tif", colour(), photometric="rgb", rowsperstrip=4)
    agree("strips.tif", colour())
    tiff("tiles.tif", colour(40, 35), photometric="rgb", tile=(16, 16), compression="deflate")
    agree("tiles.tif", colour(40, 35))
    tiff("tiles16.tif", grey(40, 35).astype(np.uint16) * 256, photometric="minisblack", tile=(16, 32),
         compression="deflate")
    expect("tiles16.tif", grey(40, 35))
    planes = np.moveaxis(colour(), -1, 0)
    tiff("planar.tif", planes, photometric="rgb", planarconfig="separate")
    agree("planar.tif", colour())
    tiff("planar-tiles16.tif", np.moveaxis(colour(40, 35), -1, 0).astype(np.uint16) * 256,
         photometric="rgb", planarconfig="separate", tile=(16, 16), compression="deflate")
    expect("planar-tiles16.tif", colour(40, 35))
    tiff("big.tif", grey(), photometric="minisblack", bigtiff=True)
    agree("big.tif", grey())
    with_alpha = np.dstack([colour(), alpha()])
    tiff("alpha.tif", with_alpha, photometric="rgb", extrasamples=["unassalpha"])
    seen = on(Image.fromarray(with_alpha), 0)
    expect("alpha.tif", seen)
    expect("alpha.tif.on-77", on(Image.fromarray(with_alpha), 77))
    share = alpha()[..., None].astype(float) / 255
    premultiplied = np.dstack([np.round(colour() * share).astype(np.uint8), alpha()])
    tiff("premultiplied.tif", premultiplied, photometric="rgb", extrasamples=["assocalpha"])
    expect("premultiplied.tif", seen)
    tiff("alpha16.tif", with_alpha.astype(np.uint16) * 257, photometric="rgb",
         extrasamples=["unassalpha"], compression="deflate")
    expect("alpha16.tif", seen)
    tiff("extra.tif", np.dstack([grey(), alpha()]), photometric="minisblack",
         extrasamples=["unspecified"], planarconfig="contig")
    expect("extra.tif", grey())
    for orientation in range(1, 9):
        name = f"orientation{orientation}.tif"
        tiff(name, grey(), photometric="minisblack", extratags=[(274, "H", 1, orientation, True)])
        picture = Image.fromarray(grey())
        turned = picture if orientation == 1 else picture.transpose({
            2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
            4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
            6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_90}[orientation])
        expect(name, turned)
    with tifffile.TiffWriter(FOLDER / "pages.tif") as writer:
        for page in [grey(), 255 - grey()]:
            writer.write(page, photometric="minisblack", metadata=None, software=False)
    agree("pages.tif", grey())
    tiff("float.tif", grey().astype(np.float32), photometric="minisblack")
    tiff("signed.tif", grey().astype(np.int16), photometric="minisblack")
    tiff("words.tif", grey().astype(np.uint32), photometric="minisblack")
    whole = bytearray((FOLDER / "grey.tif").read_bytes())
    for tag in (256, 257):
        place = whole.index(struct.pack("<HH", tag, 4))
        whole[place + 8 : place + 12] = struct.pack("<I", 60000)
    write("huge.tif", bytes(whole))


# WebP


def webps():
    image = Image.fromarray(colour())
    image.save(FOLDER / "lossy.webp", quality=80)
    expect("lossy.webp", read("lossy.webp").convert("RGB"))
    image.save(FOLDER / "lossless.webp", lossless=True)
    expect("lossless.webp", image)
    with_alpha = Image.fromarray(np.dstack([colour(), alpha()]))
    with_alpha.save(FOLDER / "alpha.webp", lossless=True, exact=True)
    expect("alpha.webp", on(with_alpha, 0))
    expect("alpha.webp.on-77", on(with_alpha, 77))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(FOLDER / "orientation6.webp", lossless=True, exif=exif)
    expect("orientation6.webp", ImageOps.exif_transpose(read("orientation6.webp")).convert("RGB"))
    image.save(FOLDER / "animated.webp", save_all=True, append_images=[Image.fromarray(255 - colour())])


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    bmps()
    netpbm()
    gifs()
    tiffs()
    webps()
    assert all(path.stat().st_size < 8000 for path in FOLDER.iterdir())


main()
