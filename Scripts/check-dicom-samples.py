#!/usr/bin/env python3
"""Checks the DICOM objects in a folder of samples against the PNG pictures of the same drawing.

Usage: check-dicom-samples.py OBJECTS PICTURES
"""

import pathlib
import sys

import numpy as np
import pydicom
from PIL import Image
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage

objects, pictures = map(pathlib.Path, sys.argv[1:])
files = sorted(objects.glob("*.dcm"))
assert files, f"{objects}: no objects"
seen = set()
for file in files:
    data = pydicom.dcmread(file)
    assert data.file_meta.TransferSyntaxUID == ExplicitVRLittleEndian
    assert data.SOPClassUID == data.file_meta.MediaStorageSOPClassUID == SecondaryCaptureImageStorage
    assert data.SOPInstanceUID == data.file_meta.MediaStorageSOPInstanceUID
    for uid in [data.SOPInstanceUID, data.StudyInstanceUID, data.SeriesInstanceUID]:
        assert uid.is_valid and uid.startswith("2.25.") and len(uid) <= 64, uid
    assert data.SyntheticData == "YES" and list(data.ImageType) == ["DERIVED", "SECONDARY"]
    assert data.PatientID == "SYNTHETIC" and data.Modality == "OT" and data.ConversionType == "SYN"
    assert "seed 4" in data.DerivationDescription and "candidate" in data.DerivationDescription
    assert data.StudyDate == data.PatientBirthDate == data.AccessionNumber == ""
    picture = np.array(Image.open(pictures / (file.stem + ".png")))
    assert np.array_equal(data.pixel_array, picture), file
    assert data.PhotometricInterpretation == ("MONOCHROME2" if picture.ndim == 2 else "RGB")
    seen.add((data.StudyInstanceUID, data.SeriesInstanceUID))
assert len(seen) == 1 and len({pydicom.dcmread(f).SOPInstanceUID for f in files}) == len(files)
print(f"{objects.name}: pydicom {pydicom.__version__} reads {len(files)} objects as they were drawn")
