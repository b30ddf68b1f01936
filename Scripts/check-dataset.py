#!/usr/bin/env python3
"""Loads a data set that dcgan sample --dataset wrote as others do, and compares with its metadata.csv.

    python Scripts/check-dataset.py FOLDER --count N --size PIXELS
"""
import argparse
import csv
import pathlib

import torch


def import_torchvision():
    """Imports torchvision; its build for graphics cards has no operators on a machine without one.

    ImageFolder needs none of them, but the import fails where those two are not even declared.
    """
    try:
        import torchvision
    except RuntimeError:
        library = torch.library.Library("torchvision", "DEF")
        for name in "nms", "qnms":
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        import torchvision
    return torchvision


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--size", type=int, required=True)
    settings = parser.parse_args()
    with open(settings.folder / "metadata.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["file_name", "label", "score", "calibrated", "candidate", "seed"], rows[0]
    labels = {row["file_name"]: row["label"] for row in rows}
    assert len(labels) == settings.count, f"{len(labels)} images in metadata.csv"
    size = (settings.size, settings.size)

    image_folder = import_torchvision().datasets.ImageFolder(settings.folder / "train")
    found = {}
    for path, label in image_folder.samples:
        name = pathlib.Path(path).relative_to(settings.folder).as_posix()
        found[name] = image_folder.classes[label]
    assert found == labels, "ImageFolder finds other images or labels"
    assert all(image.size == size for image, _ in image_folder), "ImageFolder finds other sizes"

    import datasets
    loaded = datasets.load_dataset("imagefolder", data_dir=str(settings.folder))["train"]
    names = loaded.features["label"].names
    assert sorted(names) == sorted(set(labels.values())), names
    assert sorted(names[label] for label in loaded["label"]) == sorted(labels.values())
    assert all(row["image"].size == size for row in loaded), "datasets finds other sizes"
    print(f"check-dataset: {settings.count} images of {len(names)} classes, loaded by torchvision and datasets")


if __name__ == "__main__":
    main()
