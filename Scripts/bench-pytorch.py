#!/usr/bin/env python3
"""Times PyTorch on the same networks as `dcgan bench`, and prints one JSON object like its own.

    .venv/bin/python Scripts/bench-pytorch.py --size 128 --batch 64 --ngf 64 --ndf 64 --threads 2

A process measures one of PyTorch's two memory layouts, so that its peak memory is that layout's.
--frozen leaves the discriminator's gradients out of the generator's step, which the tutorial computes
and throws away. --autocast lets PyTorch compute the layers in bfloat16, the losses and Adam in float32.
Called by Scripts/compare-pytorch, which makes the environment.
"""
import argparse
import importlib.util
import json
import pathlib
import resource
import statistics
import sys
import time

import torch

spec = importlib.util.spec_from_file_location(
    "golden", pathlib.Path(__file__).with_name("make-golden.py"))
golden = importlib.util.module_from_spec(spec)
spec.loader.exec_module(golden)

LAYOUTS = {"contiguous": torch.contiguous_format, "channels-last": torch.channels_last}


class Model:
    """Both networks and their optimizers, in one memory layout."""

    def __init__(self, settings, layout):
        self.layout = layout
        self.is_frozen = settings.frozen
        self.is_mixed = settings.autocast
        self.G = golden.make_generator(settings).to(memory_format=layout)
        self.D = golden.make_discriminator(settings).to(memory_format=layout)
        self.adam = [
            torch.optim.Adam(n.parameters(), lr=2e-4, betas=(0.5, 0.999)) for n in (self.G, self.D)
        ]

    def apply(self, network, values):
        """Returns what a network makes of values."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.is_mixed):
            return network(values)

    def loss(self, images, label):
        """Returns the loss of the discriminator's scores of images against one label."""
        return golden.loss_against(self.apply(self.D, images).flatten().float(), label)

    def step(self, real, noise):
        """Makes one training step, as the tutorial does unless the discriminator is frozen."""
        self.D.zero_grad()
        self.loss(real, 1.0).backward()
        fake = self.apply(self.G, noise)
        self.loss(fake.detach(), 0.0).backward()
        self.adam[1].step()
        self.G.zero_grad()
        self.D.requires_grad_(not self.is_frozen)
        loss = self.loss(fake, 1.0)
        loss.backward()
        self.D.requires_grad_(True)
        self.adam[0].step()
        loss.item()


def seconds(body):
    start = time.perf_counter()
    body()
    return time.perf_counter() - start


def measure(settings, layout):
    """Returns the seconds of each step after two to warm up, and samples a second."""
    torch.manual_seed(0)
    model = Model(settings, layout)
    image = (settings.batch, settings.channels, settings.size, settings.size)
    real = (torch.rand(*image) * 2 - 1).to(memory_format=layout)
    noise = torch.randn(settings.batch, settings.nz, 1, 1)
    for _ in range(2):
        model.step(real, noise)
    steps = [seconds(lambda: model.step(real, noise)) for _ in range(settings.steps)]
    model.G.eval()
    latents = torch.randn(64, settings.nz, 1, 1)
    with torch.inference_mode():
        model.apply(model.G, latents)
        batches = [seconds(lambda: model.apply(model.G, latents)) for _ in range(max(3, settings.steps))]
    return steps, 64 / statistics.median(batches)


def peak_bytes():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    defaults = {"size": 128, "batch": 64, "nz": 100, "ngf": 64, "ndf": 64, "channels": 3,
                "steps": 3, "threads": 2}
    for name, value in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--layout", choices=LAYOUTS, default="contiguous")
    parser.add_argument("--frozen", action="store_true")
    parser.add_argument("--autocast", action="store_true")
    parser.set_defaults(classes=0, minibatch_std=False)
    settings = parser.parse_args()
    torch.set_num_threads(settings.threads)
    steps, samples = measure(settings, LAYOUTS[settings.layout])
    print(json.dumps({
        "step_seconds": {"median": statistics.median(steps), "min": min(steps)},
        "sample_images_per_second": samples,
        "peak_rss_bytes": peak_bytes(),
        "layout": settings.layout,
    }))


if __name__ == "__main__":
    main()
