#!/usr/bin/env python3
"""Packs Fixtures/archives.

Needs Pillow and numpy. Everything is drawn from formulas: no file comes from a camera or a patient. Run it
from anywhere; it overwrites the folder.
"""

import io
import struct
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from fixture_pictures import grey

FOLDER = Path(__file__).resolve().parent.parent / "Fixtures" / "archives"


def png(picture):
    data = io.BytesIO()
    Image.fromarray(picture).save(data, format="PNG")
    return data.getvalue()


def pack(name, members, method=zipfile.ZIP_DEFLATED):
    """Packs members, always with the same bytes."""
    with zipfile.ZipFile(FOLDER / name, "w", method) as archive:
        for path, data in members.items():
            info = zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0))
            info.external_attr = (0o120777 if path.endswith("link.png") else 0o100644) << 16
            archive.writestr(info, data, method)


def patched(name, source, change):
    """Writes an archive after a change to the list of its members, which is at its end."""
    data = bytearray((FOLDER / source).read_bytes())
    change(data, data.index(b"PK\1\2"))
    (FOLDER / name).write_bytes(data)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    pictures = {f"chest/{part}/{kind}/{index}.png": png(np.roll(grey(17, 19), index, axis=1))
                for part, count in [("train", 2), ("test", 1)]
                for kind in ["NORMAL", "PNEUMONIA"] for index in range(count)}
    others = {"chest/.DS_Store": b"x", "__MACOSX/chest/._0.png": b"x", "chest/notes.txt": b"notes",
              "chest/train/NORMAL/Thumbs.db": b"x", "chest/train/NORMAL/link.png": b"0.png"}
    pack("set.zip", pictures | others)
    one = {"a/picture.png": png(grey(17, 19))}
    pack("up.zip", one | {"a/../../up.png": png(grey(17, 19))})
    pack("absolute.zip", one | {"/tmp/absolute.png": png(grey(17, 19))})
    pack("one.zip", one)
    pack("deep.zip", one | {"b/" * 100 + "picture.png": b""})

    def encrypt(data, start):
        data[start + 8] |= 1
        data[6] |= 1

    def claim(data, start, size):
        data[start + 24 : start + 28] = struct.pack("<I", size)
        data[22:26] = struct.pack("<I", size)

    def other_sum(data, start):
        data[start + 16] ^= 1
        data[14] ^= 1

    patched("encrypted.zip", "one.zip", encrypt)
    patched("bomb.zip", "one.zip", lambda data, start: claim(data, start, 900_000_000))
    patched("short.zip", "one.zip", lambda data, start: claim(data, start, 100))
    patched("long.zip", "one.zip", lambda data, start: claim(data, start, 9_000))
    patched("checksum.zip", "one.zip", other_sum)


main()
