#!/usr/bin/env python3
"""Makes the numbers that gradient penalties are tested against: PyTorch's second backward pass.

    .venv/bin/python Scripts/make-penalty-golden.py Fixtures/penalty

writes FOLDER/NAME.safetensors for discriminators of grey images of 32x32 pixels with ndf = 4, each with

    init.discriminator.NAME     the weights and buffers, NAME as in a state dict
    images, labels              a batch, and its classes where the discriminator is told some
    penalty                     1/2 mean |dS/dx|^2 over the batch, where S is the sum of its logits in training
    grad.discriminator.NAME     the penalty's gradient towards the weights, in double precision

The files are those of make-golden.py's discriminators: plain, and with its --spectral-norm, --minibatch-std and
--classes 3. The settings are strings under __metadata__.
"""
import argparse
import importlib
import pathlib
import types

import torch
from safetensors.torch import save_file

golden = importlib.import_module("make-golden")
KINDS = {
    "plain": {},
    "spectral": {"spectral_norm": True},
    "minibatch": {"minibatch_std": True},
    "classes": {"classes": 3},
}


def record(settings):
    """Returns the tensors of a file by name."""
    network = golden.make_discriminator(settings)
    if settings.spectral_norm:
        golden.normalize_spectrally(network)
    result = golden.weights_of({"discriminator": network}, "init")
    images = torch.rand(5, 1, 32, 32) * 2 - 1
    result["images"] = images
    labels = None
    if settings.classes:
        labels = torch.randint(settings.classes, (5,))
        result["labels"] = labels.float()

    network.double()
    network.main[-1] = torch.nn.Identity()
    images = images.double().requires_grad_(True)
    slope, = torch.autograd.grad(network(images, labels).sum(), images, create_graph=True)
    penalty = 0.5 * slope.square().sum() / len(images)
    # The shift of the last batch norm moves all logits alike, so that nothing reaches it.
    penalty.backward()
    result["penalty"] = penalty.detach().float().reshape(1)
    for name, weights in network.named_parameters():
        gradient = torch.zeros_like(weights) if weights.grad is None else weights.grad
        result["grad.discriminator." + golden.portable(name)] = gradient.float()
    return result


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="where the files go")
    folder = parser.parse_args().folder
    folder.mkdir(exist_ok=True)
    torch.set_num_threads(1)
    for name, kind in KINDS.items():
        torch.manual_seed(11)
        settings = types.SimpleNamespace(
            size=32, channels=1, ndf=4, classes=0, spectral_norm=False, minibatch_std=False)
        vars(settings).update(kind)
        metadata = {key: str(value).lower() for key, value in vars(settings).items()}
        tensors = {key: tensor.contiguous() for key, tensor in record(settings).items()}
        save_file(tensors, folder / f"{name}.safetensors", metadata)


if __name__ == "__main__":
    main()
