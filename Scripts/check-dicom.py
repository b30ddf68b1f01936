#!/usr/bin/env python3
"""Copies the DICOM files of a folder and shows each as pydicom does.

Usage: check-dicom.py TO [FROM]

Beside every file that pydicom can show lies NAME.expected.png: the middle frame after
apply_modality_lut and apply_voi_lut (or from the smallest to the largest number where there is no window
and more than 8 bits), inverted where it is MONOCHROME1, in 8 bits and with
square pixels. Colours are pydicom's RGB. FROM is by
default the folder of pydicom's own test files.
"""

import logging
import pathlib
import shutil
import sys
import warnings

import numpy as np
import pydicom
from PIL import Image
from pydicom.pixels import apply_color_lut, apply_modality_lut, apply_voi_lut

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


def window_range(data):
    """The numbers that apply_voi_lut makes black and white."""
    if "VOILUTSequence" in data:
        return 0, 2 ** data.VOILUTSequence[0].LUTDescriptor[2] - 1
    if "ModalityLUTSequence" in data:
        return 0, 2 ** data.ModalityLUTSequence[0].LUTDescriptor[2] - 1
    signed, bits = data.PixelRepresentation, data.BitsStored
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    slope, intercept = (float(data.get(n, d)) for n, d in [("RescaleSlope", 1), ("RescaleIntercept", 0)])
    return low * slope + intercept, high * slope + intercept


def grey(data, pixels):
    units = apply_modality_lut(pixels, data)
    if "VOILUTSequence" in data or data.get("WindowCenter") is not None:
        low, high = window_range(data)
        shown = np.asarray(apply_voi_lut(units, data), dtype=float)
    elif data.BitsStored <= 8 and data.PixelRepresentation == 0:
        low, high, shown = 0, 2**data.BitsStored - 1, units.astype(float)
    else:
        shown = units.astype(float)
        low, high = shown.min(), shown.max()
    levels = np.clip((shown - low) / max(high - low, 1e-9), 0, 1) * 255
    return 255 - levels if data.PhotometricInterpretation == "MONOCHROME1" else levels


def shown(data):
    pixels = data.pixel_array
    frames = int(data.get("NumberOfFrames") or 1)
    if frames > 1:
        pixels = pixels[frames // 2]
    if data.PhotometricInterpretation.startswith("MONOCHROME"):
        return grey(data, pixels)
    if data.PhotometricInterpretation == "PALETTE COLOR":
        pixels = apply_color_lut(pixels, data)
        return pixels / (2.0 ** (8 * pixels.dtype.itemsize) - 1) * 255
    return pixels / (2.0**data.BitsStored - 1) * 255


def squared(image, data):
    """Makes the pixels square where they differ by more than 1 %, as Pillow resizes."""
    for name in ["PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing", "PixelAspectRatio"]:
        pair = [float(v) for v in data.get(name) or []]
        if len(pair) == 2 and min(pair) > 0:
            ratio = pair[0] / pair[1]
            break
    else:
        return image
    width = round(image.width / ratio) if ratio < 0.99 else image.width
    height = round(image.height * ratio) if ratio > 1.01 else image.height
    return image.resize((width, height), Image.Resampling.BILINEAR)


def main():
    to = pathlib.Path(sys.argv[1])
    source = pathlib.Path(
        sys.argv[2] if len(sys.argv) > 2
        else pathlib.Path(pydicom.__file__).parent / "data" / "test_files")
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        if path.suffix in (".py", ".txt", ".json", ".dump", ".icc", ".gz", ".pyc", ".md"):
            continue
        name = path.relative_to(source).as_posix().replace("/", "-")
        shutil.copy(path, to / name)
        try:
            data = pydicom.dcmread(path, force=True)
            levels = np.floor(np.clip(shown(data), 0, 255) + 0.5).astype(np.uint8)
            squared(Image.fromarray(levels), data).save(to / f"{name}.expected.png")
        except Exception:
            continue


if __name__ == "__main__":
    main()
