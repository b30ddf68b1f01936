#!/usr/bin/env python3
"""Trains PyTorch's DCGAN as `dcgan train --recipe course` trains its own, and draws images.

    python Scripts/train-pytorch.py --data ./chest_xray/train --out ./pytorch-samples \\
        --size 64 --ngf 32 --ndf 32 --epochs 20

The yardstick of the guide's comparison of recipes: the networks, losses and optimizers of the PyTorch
tutorial, on the same images at the same size. Prints a line an epoch with its seconds, and writes
`sample-0001.png` and so on, drawn in evaluation mode, for `dcgan evaluate --samples`; with --at also after
those epochs, into `OUT/epoch-5` and so on. Needs torch, numpy and Pillow.
"""
import argparse
import importlib.util
import pathlib
import time

import numpy
import torch
from PIL import Image

spec = importlib.util.spec_from_file_location(
    "bench", pathlib.Path(__file__).with_name("bench-pytorch.py"))
bench = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bench)

SUFFIXES = {".jpeg", ".jpg", ".png"}


def read_image(path, size):
    """Returns an image as bytes [3, size, size]: the shorter side resized, the centre cut out."""
    image = Image.open(path).convert("RGB")
    scale = size / min(image.size)
    width, height = (max(size, int(side * scale)) for side in image.size)
    image = image.resize((width, height), Image.Resampling.BILINEAR)
    left, top = round((width - size) / 2), round((height - size) / 2)
    pixels = numpy.asarray(image.crop((left, top, left + size, top + size)))
    return torch.from_numpy(pixels.copy()).permute(2, 0, 1)


def read_images(folder, size):
    paths = sorted(p for p in pathlib.Path(folder).rglob("*") if p.suffix.lower() in SUFFIXES)
    if not paths:
        raise SystemExit(f"train-pytorch: {folder}: no images; looked for .jpeg .jpg .png")
    return torch.stack([read_image(path, size) for path in paths])


def train(model, images, settings):
    for epoch in range(1, settings.epochs + 1):
        start = time.perf_counter()
        order = torch.randperm(len(images))
        for first in range(0, len(images), settings.batch):
            real = images[order[first:first + settings.batch]].float() / 127.5 - 1
            if len(real) > 1:
                model.step(real.contiguous(memory_format=model.layout),
                           torch.randn(len(real), settings.nz, 1, 1))
        print(f"epoch {epoch}/{settings.epochs} done in {time.perf_counter() - start:.2f} s", flush=True)
        if epoch in settings.at:
            draw(model.G, settings, pathlib.Path(settings.out) / f"epoch-{epoch}")
            model.G.train()


def draw(generator, settings, out):
    out.mkdir(parents=True, exist_ok=True)
    generator.eval()
    with torch.inference_mode():
        for first in range(0, settings.count, 64):
            count = min(64, settings.count - first)
            images = generator(torch.randn(count, settings.nz, 1, 1))
            levels = ((images + 1) * 127.5).clamp(0, 255).round().to(torch.uint8)
            for index, pixels in enumerate(levels.permute(0, 2, 3, 1).numpy(), first + 1):
                Image.fromarray(pixels).save(out / f"sample-{index:04}.png")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder with the training images")
    parser.add_argument("--out", required=True, help="folder to write the drawn images to")
    for name, default in {"size": 64, "batch": 64, "nz": 100, "ngf": 32, "ndf": 32, "epochs": 20,
                          "count": 2048, "seed": 1, "threads": 2}.items():
        parser.add_argument(f"--{name}", type=int, default=default, help=f"({default})")
    parser.add_argument("--at", type=int, nargs="+", default=[], help="epochs after which to draw as well")
    parser.set_defaults(channels=3, classes=0, minibatch_std=False, frozen=False, autocast=False)
    settings = parser.parse_args()
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    model = bench.Model(settings, torch.channels_last)
    train(model, read_images(settings.data, settings.size), settings)
    draw(model.G, settings, pathlib.Path(settings.out))


if __name__ == "__main__":
    main()
