#!/usr/bin/env python3
"""PyTorch's side of the tests that carry networks from dcgan to PyTorch and back.

    python Scripts/pytorch-round-trip.py load  FOLDER SETTINGS...
    python Scripts/pytorch-round-trip.py train FOLDER SETTINGS...

SETTINGS are --nz --ngf --ndf --channels --size; --classes for conditional networks, whose lines are those of
the guide's page ConditionalRuns; and --minibatch-std for those of its page MinibatchStandardDeviation. The networks, and how they are loaded, are the Python
lines of the guide's page PyTorch, for a checkpoint those of the documentation's page on checkpoints. load reads
the sizes from the files, as these lines do, and compares; train makes the files, so that the settings are in
the place of the lines that read them. Networks without classes leave labels alone. In FOLDER lie

    netG.safetensors, netD.safetensors   networks by their bare names: load reads, train writes them
    checkpoint.safetensors               load reads: a whole checkpoint of the same networks
    latents.safetensors                  "latents" [N, nz], to draw images from, and their "labels" [N]
    batch.safetensors                    train reads: "real" [B, C, S, S] with their "labels" [B], "latents" and
                                         "statistics" [B, nz]; and "order" [B], that of the real images in the step
    result.safetensors                   written: for each PLACE "PLACE.images" [N, C, S, S] as levels
                                         from 0 to 255, and "PLACE.scores" [N]

The places of load are "export" and "checkpoint". train makes networks, writes them, then trains one step
as dcgan does, and its place is "trained".
"""
import argparse
import os
import pathlib
import re

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn.functional import binary_cross_entropy

ROOT = pathlib.Path(__file__).resolve().parent.parent
GUIDE = "Sources/DCGANCommand/DCGANCommand.docc/PyTorch.md"
CONDITIONAL = "Sources/DCGANCommand/DCGANCommand.docc/ConditionalRuns.md"
MINIBATCH = "Sources/DCGANCommand/DCGANCommand.docc/MinibatchStandardDeviation.md"
CHECKPOINTS = "Sources/Checkpoints/Checkpoints.docc/CheckpointsAndPyTorch.md"
LOADING = "load_state_dict"
SIZES = "nz", "ngf", "ndf", "channels", "size"


def python_blocks(page):
    """Returns the Python blocks of a page below the package's folder."""
    return re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)


def guide_lines(settings):
    """Returns the lines of the Python block that makes networks, and those that load them."""
    page = CONDITIONAL if settings.classes else MINIBATCH if settings.minibatch_std else GUIDE
    (block,) = python_blocks(page)
    making, _, rest = block.partition("\n\nnetG." + LOADING)
    return making, "netG." + LOADING + rest


def make_networks(settings, making):
    """Runs lines that make networks, and returns their names; the sizes must be the settings'."""
    names = {}
    exec(making, names)  # pylint: disable=exec-used
    for name in SIZES:
        assert names[name] == getattr(settings, name), f"{name} is {names[name]}"
    assert len(names.get("classes", [])) == settings.classes
    return names


def with_sizes(settings, making):
    """Puts numbers into the place of the lines that read sizes from files."""
    numbers = "\n".join(f"{name} = {getattr(settings, name)}" for name in SIZES)
    making, count = re.subn(r"(?ms)^sizes = \{\}\n.*?^nz, ngf, ndf, channels, size = .*?$", numbers, making)
    assert count == 1, "the guide no longer reads the sizes in these lines"
    names = [str(label) for label in range(settings.classes)]
    making, count = re.subn(r"(?m)^classes = .*$", f"classes = {names}", making)
    assert count == (1 if names else 0), "the guide no longer reads the classes in this line"
    return making


def told(settings, labels):
    """Returns what networks are given beside their input: labels, or nothing without classes."""
    return (labels.long(),) if settings.classes else ()


def drawn(settings, place, names):
    """Returns what a pair of networks makes of the latents in evaluation mode."""
    net_g, net_d = names["netG"].eval(), names["netD"].eval()
    given = load_file("latents.safetensors")
    labels = told(settings, given["labels"])
    with torch.no_grad():
        images = net_g(given["latents"][:, :, None, None], *labels)
        scores = net_d(images, *labels).flatten()
    levels = ((images + 1) * 127.5).clamp(0, 255).round()
    return {f"{place}.images": levels.contiguous(), f"{place}.scores": scores.contiguous()}


def load(settings):
    making, loading = guide_lines(settings)
    names = make_networks(settings, making)
    exec(loading, names)
    result = drawn(settings, "export", names)
    plain, loading = python_blocks(CHECKPOINTS)
    files = '"netG.safetensors", "netD.safetensors"'
    is_plain = not (settings.classes or settings.minibatch_std)
    making = plain if is_plain else making.replace(files, '["checkpoint.safetensors"]')
    names = make_networks(settings, making)
    exec(loading, names)
    return result | drawn(settings, "checkpoint", names)


def shake(network):
    """Draws weights and running statistics that differ from those that a network begins with."""
    for layer in network.modules():
        if isinstance(layer, nn.BatchNorm2d):
            nn.init.normal_(layer.weight, 1.0, 0.1)
            nn.init.normal_(layer.bias, 0.0, 0.1)
            nn.init.normal_(layer.running_mean, 0.0, 0.1)
            nn.init.uniform_(layer.running_var, 0.5, 1.5)
            layer.num_batches_tracked.fill_(1234)
        elif isinstance(layer, nn.Embedding):
            nn.init.normal_(layer.weight, 0.0, 0.02)
        elif hasattr(layer, "running_deviation"):
            layer.running_deviation.fill_(0.3)
        elif hasattr(layer, "kernel_size"):
            # By He's rule signals keep their size, so that images have contrast.
            nn.init.normal_(layer.weight, 0.0, (2 / layer.weight[0].numel()) ** 0.5)


def estimate(network, *batch, groups=1):
    """Makes the running statistics those of one batch: a momentum of 1 keeps nothing of others.

    The deviation of a minibatch is the mean of those of its groups, which training shows one by one.
    """
    def regroup(layer, _, output):
        parts = [part.var(0, unbiased=False).add(1e-8).sqrt().mean()
                 for part in output[:, :-1].chunk(groups)]
        layer.running_deviation.fill_(sum(parts) / groups)

    for layer in network.modules():
        if hasattr(layer, "momentum"):
            layer.momentum = 1.0
        if hasattr(layer, "running_deviation"):
            layer.register_forward_hook(regroup)
    network.train()
    with torch.no_grad():
        network(*batch)
    network.eval()
    for layer in network.modules():
        layer._forward_hooks.clear()


def train(settings):
    torch.manual_seed(5)
    names = make_networks(settings, with_sizes(settings, guide_lines(settings)[0]))
    net_g, net_d = names["netG"], names["netD"]
    for network, file in (net_g, "netG.safetensors"), (net_d, "netD.safetensors"):
        shake(network)
        save_file(network.state_dict(), file)
    adam_g, adam_d = (torch.optim.Adam(network.parameters(), 2e-4, (0.5, 0.999))
                      for network in (net_g, net_d))
    batch = load_file("batch.safetensors")
    order = batch["order"].long()
    labels = told(settings, batch["labels"][order])

    def loss(images, label):
        scores = net_d(images, *labels).flatten()
        return binary_cross_entropy(scores, torch.full_like(scores, label))

    loss(batch["real"][order], 1.0).backward()
    fakes = net_g(batch["latents"][:, :, None, None], *labels)
    loss(fakes.detach(), 0.0).backward()
    adam_d.step()
    loss(fakes, 1.0).backward()
    adam_g.step()
    statistics = batch["statistics"][:, :, None, None]
    labels = told(settings, batch["labels"])
    estimate(net_g, statistics, *labels)
    with torch.no_grad():
        fakes = net_g(statistics, *labels)
    estimate(net_d, torch.cat([batch["real"], fakes]), *(torch.cat([one, one]) for one in labels),
             groups=2)
    return drawn(settings, "trained", names)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["load", "train"])
    parser.add_argument("folder")
    for name in ("nz", "ngf", "ndf", "channels", "size"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--classes", type=int, default=0)
    parser.add_argument("--minibatch-std", action="store_true")
    settings = parser.parse_args()
    torch.set_num_threads(1)
    os.chdir(settings.folder)
    save_file({"load": load, "train": train}[settings.mode](settings), "result.safetensors")


if __name__ == "__main__":
    main()
