#!/usr/bin/env python3
"""Loads a data set that dcgan sample --dataset wrote as others do, and compares with its metadata.csv.

    python Scripts/check-dataset.py FOLDER --count N --size PIXELS

A loader whose package is missing is named and left out.
"""
import argparse
import csv
import importlib.util
import pathlib


def import_torchvision():
    """Imports torchvision; its build for graphics cards has no operators on a machine without one.

    ImageFolder needs none of them, but the import fails where those two are not even declared.
    """
    import torch
    try:
        import torchvision
    except RuntimeError:
        library = torch.library.Library("torchvision", "DEF")
        for name in "nms", "qnms":
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        import torchvision
        # The declarations go with the library.
        torchvision.declarations = library
    return torchvision


def with_torchvision(folder, labels, size):
    """Finds the images by name, with their labels."""
    images = import_torchvision().datasets.ImageFolder(folder / "train")
    found = {
        pathlib.Path(path).relative_to(folder).as_posix(): images.classes[label]
        for path, label in images.samples
    }
    assert found == labels, f"ImageFolder finds other images or labels: {found}"
    assert len(images) == len(labels)
    assert all(image.size == size for image, _ in images), "ImageFolder finds other sizes"


def with_datasets(folder, labels, size):
    """Finds as many images with these labels; of several classes they are numbers with names."""
    import datasets
    datasets.disable_progress_bars()
    loaded = datasets.load_dataset("imagefolder", data_dir=str(folder))
    assert list(loaded) == ["train"], list(loaded)
    rows = loaded["train"]
    assert len(rows) == len(labels), f"datasets finds {len(rows)} images"
    names = getattr(rows.features["label"], "names", None)
    found = [names[label] if names else label for label in rows["label"]]
    assert sorted(found) == sorted(labels.values()), f"datasets finds other labels: {found}"
    assert names is None or sorted(names) == sorted(set(labels.values())), names
    assert (names is not None) == (len(set(labels.values())) > 1), names
    assert all(row["image"].size == size for row in rows), "datasets finds other sizes"


def check_card(folder, labels):
    """Reads the front matter of the card as the hub does."""
    if importlib.util.find_spec("yaml") is None:
        print("check-dataset: PyYAML is missing; the card is not read")
        return
    import yaml
    text = (folder / "README.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))
    several = len(set(labels.values())) > 1
    task = "image-classification" if several else "unconditional-image-generation"
    assert front["task_categories"] == [task], front
    assert front["license"] == "cc0-1.0", front
    assert front["size_categories"] == ["n<1K"], front
    assert {"synthetic", "medical", "gan"} <= set(front["tags"]), front
    assert front["pretty_name"] == "Synthetic images after Practice phantoms", front


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
    check_card(settings.folder, labels)
    for package, check in ("torchvision", with_torchvision), ("datasets", with_datasets):
        if importlib.util.find_spec(package) is None:
            print(f"check-dataset: {package} is missing; nothing was loaded with it")
            continue
        check(settings.folder, labels, size)
        classes = ", ".join(sorted(set(labels.values())))
        print(f"check-dataset: {settings.count} images of {classes}, loaded by {package}")


if __name__ == "__main__":
    main()
