#!/usr/bin/env python3
"""Writes the DICOM files in Fixtures/dicom and what must come of them.

Needs pydicom 3.0, pylibjpeg-openjpeg, pylibjpeg-libjpeg, pyjpegls, Pillow and numpy, and of DCMTK's
tools dcmcjpeg. All files show one radiograph that formulas draw: none shows a patient. NAME.expected.png
holds the levels that NAME has to be shown with, by the formulas of PS3.3 C.7.6 and C.11 in double
precision, applied to what was written; of lossy files to what pylibjpeg decodes. Run it from anywhere; it
overwrites Fixtures/dicom.
"""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from pydicom import dcmread, dcmwrite
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

FOLDER = Path(__file__).resolve().parent.parent / "Fixtures" / "dicom"
ROWS, COLUMNS = 32, 40
ROOT = "1.2.826.0.1.3680043.10.511.3"


def radiograph(phase=0.0):
    """Lungs, a spine and ribs, in 12 bits: every file shows them."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS].astype(np.float64)
    x, y = x / COLUMNS - 0.5, y / ROWS - 0.5
    lungs = sum(np.exp(-((x - s * 0.22) ** 2) / 0.014 - (y**2) / 0.06) for s in (-1, 1))
    spine = np.exp(-(x**2) / 0.002)
    ribs = 0.12 * np.sin(40 * y + 6 * np.abs(x) + phase)
    return np.clip(2300 - 1900 * lungs + 1200 * spine + 900 * ribs * lungs, 0, 4095).astype(np.uint16)


def dataset(pixels, **elements):
    """A file of `pixels`: frames, rows, columns and samples as they are there; 12 bits in 16 else."""
    data = Dataset()
    data.SOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    data.SOPInstanceUID = ROOT + ".1"
    data.PatientID = "FIXTURE"
    data.PatientName = "Drawn^By^Formula"
    data.Modality = "OT"
    data.SamplesPerPixel = 1
    data.PhotometricInterpretation = "MONOCHROME2"
    data.Rows, data.Columns = ROWS, COLUMNS
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, 12, 11, 0
    for name, value in elements.items():
        setattr(data, name, value)
    if data.SamplesPerPixel == 3 and "PlanarConfiguration" not in data:
        data.PlanarConfiguration = 0
    raw = pixels.tobytes()
    data.PixelData = raw + b"\0" * (len(raw) % 2)
    data["PixelData"].VR = "OB" if data.BitsAllocated == 8 else "OW"
    return data


def write(name, data, syntax=ExplicitVRLittleEndian, preamble=True, meta=True):
    header = FileMetaDataset()
    header.TransferSyntaxUID = syntax
    header.MediaStorageSOPClassUID = data.SOPClassUID
    header.MediaStorageSOPInstanceUID = data.SOPInstanceUID
    header.ImplementationClassUID = ROOT
    data.file_meta = header
    path = FOLDER / name
    if syntax == ExplicitVRBigEndian:
        data["PixelData"].VR = "OW"
    dcmwrite(path, data, enforce_file_format=True)
    content = path.read_bytes()
    if not preamble:
        content = content[132:]
    if not meta:
        content = content[content.index(b"\x08\x00\x16\x00", 132):]
    path.write_bytes(content)
    return path


def expect(name, levels):
    Image.fromarray(np.floor(np.clip(levels, 0, 255) + 0.5).astype(np.uint8)).save(
        FOLDER / f"{name}.expected.png", optimize=True)


# PS3.3 C.11.2.1.2 and C.11.2.1.3.
def linear(values, center, width):
    return ((values - (center - 0.5)) / (width - 1) + 0.5) * 255


def exact(values, center, width):
    return ((values - center) / width + 0.5) * 255


def sigmoid(values, center, width):
    return 255 / (1 + np.exp(-4 * (values - center) / width))


def between(values, black, white):
    return (values - black) / (white - black) * 255


IMAGE = radiograph()
VALUES = IMAGE.astype(np.float64)
WINDOW = {"WindowCenter": "2000", "WindowWidth": "3000"}
SHOWN = linear(VALUES, 2000, 3000)


def by_dcmcjpeg(name, *options, **elements):
    """Compresses the radiograph with DCMTK's tool."""
    with tempfile.TemporaryDirectory() as folder:
        plain = write("plain.dcm", dataset(IMAGE, **WINDOW, **elements))
        moved = shutil.move(plain, Path(folder) / "plain.dcm")
        subprocess.run(["dcmcjpeg", "--uid-never", *options, moved, FOLDER / name], check=True)


def syntaxes():
    for name, syntax in [
        ("implicit", ImplicitVRLittleEndian), ("explicit", ExplicitVRLittleEndian),
        ("big-endian", ExplicitVRBigEndian), ("deflated", DeflatedExplicitVRLittleEndian),
    ]:
        pixels = IMAGE.byteswap() if name == "big-endian" else IMAGE
        write(f"{name}.dcm", dataset(pixels, **WINDOW), syntax)
        expect(f"{name}.dcm", SHOWN)
    for name, syntax, options in [
        ("rle", RLELossless, {}), ("jpeg-ls", JPEGLSLossless, {}),
        ("jpeg-ls-near", JPEGLSNearLossless, {"jls_error": 3}), ("jpeg2000", JPEG2000Lossless, {}),
        ("jpeg2000-lossy", JPEG2000, {"j2k_cr": [6]}),
    ]:
        data = dataset(IMAGE, **WINDOW)
        data.file_meta = FileMetaDataset()
        data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        data.compress(syntax, generate_instance_uid=False, **options)
        write(f"{name}.dcm", data, syntax)
        found = dcmread(FOLDER / f"{name}.dcm").pixel_array.astype(np.float64)
        expect(f"{name}.dcm", linear(found, 2000, 3000))
    by_dcmcjpeg("jpeg-lossless.dcm", "--encode-lossless")
    by_dcmcjpeg("jpeg-lossless-sv1.dcm", "--encode-lossless-sv1")
    by_dcmcjpeg("jpeg-extended.dcm", "--encode-extended", "--bits-force-12", "--quality", "97")
    for name in ["jpeg-lossless.dcm", "jpeg-lossless-sv1.dcm"]:
        expect(name, SHOWN)
    # The tool moves the darkest sample to 0, and the window along with it.
    written = dcmread(FOLDER / "jpeg-extended.dcm")
    found = written.pixel_array.astype(np.float64)
    expect("jpeg-extended.dcm", linear(found, float(written.WindowCenter), 3000))
    jpeg = io.BytesIO()
    Image.fromarray((IMAGE >> 4).astype(np.uint8)).save(jpeg, "JPEG", quality=95)
    data = dataset(IMAGE, BitsAllocated=8, BitsStored=8, HighBit=7)
    data.PixelData = encapsulate([jpeg.getvalue()])
    data["PixelData"].is_undefined_length = True
    write("jpeg-baseline.dcm", data, JPEGBaseline8Bit)
    expect("jpeg-baseline.dcm", np.asarray(Image.open(jpeg)).astype(float))


def lookup(entries, first, bits, kind="US"):
    item = Dataset()
    item.add_new(0x00283002, kind, [len(entries) % 65536, first, bits])
    item.add_new(0x00283006, "OW", np.asarray(entries, "<u2").tobytes())
    return item


def windows():
    for name, function, shown in [
        ("window-exact", "LINEAR_EXACT", exact), ("window-sigmoid", "SIGMOID", sigmoid),
    ]:
        write(f"{name}.dcm", dataset(
            IMAGE, WindowCenter="1500.5", WindowWidth="40.25", VOILUTFunction=function))
        expect(f"{name}.dcm", shown(VALUES, 1500.5, 40.25))
    write("window-two.dcm", dataset(
        IMAGE, WindowCenter=["1000", "3000"], WindowWidth=["1", "100"]))
    expect("window-two.dcm", np.where(VALUES <= 999.5, 0, 255))
    write("no-window.dcm", dataset(IMAGE))
    expect("no-window.dcm", between(VALUES, VALUES.min(), VALUES.max()))
    signed = IMAGE.astype(np.int16) - 1500
    write("rescale.dcm", dataset(
        signed, PixelRepresentation=1, BitsStored=16, HighBit=15, RescaleSlope="0.5",
        RescaleIntercept="-200", WindowCenter="40", WindowWidth="400"))
    expect("rescale.dcm", linear(signed * 0.5 - 200, 40, 400))
    write("signed-twelve.dcm", dataset(
        (signed & 0xFFF).astype(np.uint16), PixelRepresentation=1, WindowCenter="100",
        WindowWidth="2000"))
    twelve = ((signed + 2048) % 4096 - 2048).astype(float)
    expect("signed-twelve.dcm", linear(twelve, 100, 2000))
    write("high-bit.dcm", dataset(IMAGE << 4 | 9, HighBit=15, **WINDOW))
    expect("high-bit.dcm", SHOWN)
    padded = IMAGE.copy()
    padded[:, :6] = 4095
    padded[:4] = 4000
    write("padding.dcm", dataset(
        padded, PixelPaddingValue=4095, PixelPaddingRangeLimit=4000))
    rest = VALUES[4:, 6:]
    expect("padding.dcm", between(padded.astype(float), rest.min(), rest.max()))
    modality = [int(3 * np.sqrt(i)) * 5 for i in range(600)]
    voi = [int(255 * (i / 399) ** 2) for i in range(400)]
    write("tables.dcm", dataset(
        IMAGE, ModalityLUTSequence=Sequence([lookup(modality, 1000, 16)]),
        VOILUTSequence=Sequence([lookup(voi, 100, 8)]), **WINDOW))
    units = np.asarray(modality)[np.clip(IMAGE.astype(int) - 1000, 0, 599)]
    expect("tables.dcm", np.asarray(voi)[np.clip(units - 100, 0, 399)].astype(float))
    write("monochrome1.dcm", dataset(
        IMAGE, PhotometricInterpretation="MONOCHROME1", PresentationLUTShape="INVERSE", **WINDOW))
    # Rounded before it is turned around, as a viewer's table does it.
    dark = 255 - np.floor(np.clip(SHOWN, 0, 255) + 0.5)
    expect("monochrome1.dcm", dark)
    write("inverse.dcm", dataset(IMAGE, PresentationLUTShape="INVERSE", **WINDOW))
    expect("inverse.dcm", dark)
    eight = (IMAGE >> 4).astype(np.uint8)
    write("eight-bits.dcm", dataset(eight, BitsAllocated=8, BitsStored=8, HighBit=7))
    expect("eight-bits.dcm", eight.astype(float))
    wide = IMAGE[::2].astype(np.uint32) << 16
    write("thirty-two-bits.dcm", dataset(
        wide, BitsAllocated=32, BitsStored=32, HighBit=31, Rows=ROWS // 2))
    expect("thirty-two-bits.dcm", between(VALUES[::2], VALUES[::2].min(), VALUES[::2].max()))
    bits = (IMAGE > 2000).astype(np.uint8)
    write("one-bit.dcm", dataset(
        np.packbits(bits.ravel(), bitorder="little"), BitsAllocated=1, BitsStored=1, HighBit=0))
    expect("one-bit.dcm", bits * 255.0)
    write("aspect.dcm", dataset(eight, BitsAllocated=8, BitsStored=8, HighBit=7,
                                PixelSpacing=["0.4", "0.2"]))
    tall = Image.fromarray(eight).resize((COLUMNS, 2 * ROWS), Image.Resampling.BILINEAR)
    expect("aspect.dcm", np.asarray(tall).astype(float))


def colours():
    eight = (IMAGE >> 4).astype(np.uint8)
    rgb = np.stack([eight, eight[:, ::-1], 255 - eight], axis=-1)
    short = {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7}
    three = {"SamplesPerPixel": 3, **short}
    write("rgb.dcm", dataset(rgb, PhotometricInterpretation="RGB", **three))
    expect("rgb.dcm", rgb.astype(float))
    planes = np.moveaxis(rgb, -1, 0).copy()
    write("rgb-planes.dcm", dataset(
        planes, PhotometricInterpretation="RGB", PlanarConfiguration=1, **three))
    expect("rgb-planes.dcm", rgb.astype(float))
    wide = rgb[::2].astype(np.uint16) * 257
    data = dataset(wide, PhotometricInterpretation="RGB", SamplesPerPixel=3, BitsStored=16, HighBit=15,
                   Rows=ROWS // 2)
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.compress(RLELossless, generate_instance_uid=False)
    write("rgb-sixteen-rle.dcm", data, RLELossless)
    expect("rgb-sixteen-rle.dcm", rgb[::2].astype(float))
    ybr = np.asarray(Image.fromarray(rgb).convert("YCbCr"))
    y, cb, cr = (ybr[..., i].astype(float) - (128 if i else 0) for i in range(3))

    def mixed(y, cb, cr):
        return np.stack(
            [y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb], axis=-1)

    write("ybr.dcm", dataset(ybr, PhotometricInterpretation="YBR_FULL", **three))
    expect("ybr.dcm", mixed(y, cb, cr))
    pairs = np.stack([ybr[:, ::2, 0], ybr[:, 1::2, 0], ybr[:, ::2, 1], ybr[:, ::2, 2]], axis=-1)
    write("ybr-422.dcm", dataset(pairs, PhotometricInterpretation="YBR_FULL_422", **three))
    expect("ybr-422.dcm", mixed(y, cb[:, ::2].repeat(2, 1), cr[:, ::2].repeat(2, 1)))
    data = dataset(eight, PhotometricInterpretation="PALETTE COLOR", **short)
    tables = [np.arange(256) * 257, 65535 - np.arange(256) * 257, (np.arange(256) ** 2)]
    for i, table in enumerate(tables):
        data.add_new(0x00281101 + i, "US", [256, 0, 16])
        data.add_new(0x00281201 + i, "OW", table.astype("<u2").tobytes())
    write("palette.dcm", data)
    expect("palette.dcm", np.stack([t[eight] / 65535 * 255 for t in tables], axis=-1))


def frames():
    half = {"Rows": ROWS // 2, "Columns": COLUMNS // 2}
    film = np.stack([radiograph(phase)[::2, ::2] for phase in range(4)])
    write("frames.dcm", dataset(film, NumberOfFrames="4", **WINDOW, **half))
    for i in (0, 2):
        expect(f"frames.dcm.{i}", linear(film[i].astype(float), 2000, 3000))
    small = (film[:3] >> 4).astype(np.uint8)
    streams = []
    for image in small:
        jpeg = io.BytesIO()
        Image.fromarray(image).save(jpeg, "JPEG", quality=95)
        streams.append(jpeg)
    for name, table in [("fragments.dcm", True), ("fragments-no-table.dcm", False)]:
        data = dataset(small, NumberOfFrames="3", BitsAllocated=8, BitsStored=8, HighBit=7,
                       **half)
        data.PixelData = encapsulate([s.getvalue() for s in streams], 3, has_bot=table)
        data["PixelData"].is_undefined_length = True
        write(name, data, JPEGBaseline8Bit)
        expect(f"{name}", np.asarray(Image.open(streams[1])).astype(float))
    shared, each = Dataset(), []
    rescale = Dataset()
    rescale.RescaleSlope, rescale.RescaleIntercept, rescale.RescaleType = "2", "-1000", "US"
    shared.PixelValueTransformationSequence = Sequence([rescale])
    for i in range(4):
        window = Dataset()
        window.WindowCenter, window.WindowWidth = str(1000 + 500 * i), "4000"
        group = Dataset()
        group.FrameVOILUTSequence = Sequence([window])
        each.append(group)
    write("enhanced.dcm", dataset(
        film, NumberOfFrames="4", **half, SharedFunctionalGroupsSequence=Sequence([shared]),
        PerFrameFunctionalGroupsSequence=Sequence(each)))
    expect("enhanced.dcm", linear(film[2] * 2.0 - 1000, 2000, 4000))


def oddities():
    write("no-preamble.dcm", dataset(IMAGE, **WINDOW), preamble=False)
    write("no-header", dataset(IMAGE, **WINDOW), ImplicitVRLittleEndian, meta=False)
    for name in ["no-preamble.dcm", "no-header"]:
        expect(name, SHOWN)
    path = write("tiff-too.dcm", dataset(IMAGE, **WINDOW))
    path.write_bytes(b"II*\0" + path.read_bytes()[4:])
    expect("tiff-too.dcm", SHOWN)
    write("burned-in.dcm", dataset(IMAGE, BurnedInAnnotation="YES", **WINDOW))
    expect("burned-in.dcm", SHOWN)
    data = dataset(IMAGE, **WINDOW)
    data.add_new(0x0008001C, "CS", "YES")
    write("synthetic.dcm", data)
    whole = (FOLDER / "explicit.dcm").read_bytes()
    (FOLDER / "truncated.dcm").write_bytes(whole[:-100])
    data = dataset(IMAGE, **WINDOW)
    data.Rows = data.Columns = 65000
    write("huge.dcm", data)
    data = dataset(IMAGE)
    del data.PixelData
    write("no-picture.dcm", data)
    write("float.dcm", data)
    data.add_new(0x7FE00008, "OF", VALUES.astype("<f4").tobytes()[: 2 * IMAGE.size])
    write("float.dcm", data)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    syntaxes()
    windows()
    colours()
    frames()
    oddities()
    print(sum(p.stat().st_size for p in FOLDER.iterdir()), "bytes")
