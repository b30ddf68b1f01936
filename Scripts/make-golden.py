#!/usr/bin/env python3
"""Makes a golden file: what PyTorch computes for a few DCGAN training steps, for the tests to match.

    python3 -m venv .venv && .venv/bin/pip install torch==2.13.0 numpy safetensors
    .venv/bin/python Scripts/make-golden.py --size 64 --nz 16 --ngf 4 --ndf 4 out.safetensors

The file is in the safetensors format. Every tensor is float32 in PyTorch's own layout:

    init.NET.NAME, final.NET.NAME   weights and batch norm buffers before and after all steps;
                                    NET is generator or discriminator, NAME as in a state dict
    grad.NET.NAME                   the gradients that the first step hands to Adam
    stepT.real, stepT.noise         the inputs of step T, counted from 0
    stepT.loss_d_real, stepT.loss_d_fake, stepT.loss_g
                                    its losses, each from before the update that it causes
    stepT.d_real, stepT.d_fake      D(x) and D(G(z)) while the discriminator learns
    stepT.g_fake                    D(G(z)) while the generator learns
    eval.fake                       G(step0.noise) in evaluation mode, after all steps
    eval.score_real, eval.score_fake
                                    D(step0.real) and D(eval.fake) in evaluation mode

With --spectral-norm the discriminator's convolutions are wrapped in torch.nn.utils.spectral_norm, with
15 power iterations at first and one after each update, and at no other time. Then stand beside its first
weights, which are those that Adam changes, their singular vectors as NAME_u [O] and NAME_v
[1, I, kh, kw]; its final weights are the normalized ones.

With --classes K the networks are told the class of each image, stepT.labels, a number from 0 to K - 1:
the generator by batch norm with a scale and a shift for each class, both [K, C], the discriminator by a
projection on a vector of the class, NAME.projection.weight [K, C].

With --minibatch-std one more channel before the discriminator's last layer holds the standard deviation over
the batch of every channel at every point, averaged; NET.main.10.running_deviation [1] follows it as batch norm's
running statistics follow theirs, and takes its place in evaluation mode.

The settings are strings under __metadata__.
"""
import argparse

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn
from torch.nn.utils.spectral_norm import SpectralNorm, spectral_norm

SETTINGS = {
    "size": (int, 64, "width and height of an image: 32, 64, 128 or 256"),
    "batch": (int, 4, "images in a batch"),
    "nz": (int, 16, "length of a latent vector"),
    "ngf": (int, 8, "channels before the generator's last layer"),
    "ndf": (int, 8, "channels after the discriminator's first layer"),
    "channels": (int, 3, "channels of an image"),
    "steps": (int, 3, "training steps"),
    "seed": (int, 0, "seed of weights, images and latents"),
    "lr": (float, 2e-4, "Adam's step size"),
    "beta1": (float, 0.5, "Adam's first decay rate"),
}


class Network(nn.Module):
    """Holds its layers as `main`, which gives the parameters the names that checkpoints use."""

    def __init__(self, *layers):
        super().__init__()
        self.main = nn.Sequential(*layers)
        self.main.apply(draw_weights)

    def forward(self, batch, labels=None):
        for layer in self.main:
            layer.labels = labels
        return self.main(batch)


class ClassBatchNorm2d(nn.BatchNorm2d):
    """Batch norm with a scale and a shift for each class (de Vries et al. 2017, arXiv 1707.00683)."""

    def __init__(self, channels, classes):
        super().__init__(channels, affine=False)
        self.weight = nn.Parameter(torch.ones(classes, channels))
        self.bias = nn.Parameter(torch.zeros(classes, channels))

    def forward(self, batch):
        normal = F.batch_norm(batch, self.running_mean, self.running_var, None, None, self.training,
                              self.momentum, self.eps)
        scale, shift = (vectors[self.labels][:, :, None, None] for vectors in (self.weight, self.bias))
        return normal * scale + shift


class ProjectionConv2d(nn.Conv2d):
    """Adds the sum over all points, projected on a vector of the class (Miyato & Koyama 2018,
    arXiv 1802.05637)."""

    def __init__(self, channels, size, classes):
        super().__init__(channels, 1, size, bias=False)
        self.projection = nn.Embedding(classes, channels)

    def forward(self, batch):
        product = (self.projection(self.labels) * batch.sum((2, 3))).sum(1)
        return super().forward(batch) + product[:, None, None, None]


class MinibatchDeviation(nn.LeakyReLU):
    """A rectifier, and behind it the minibatch's standard deviation (Karras et al. 2018, arXiv 1710.10196)."""

    def __init__(self, slope):
        super().__init__(slope)
        self.register_buffer("running_deviation", torch.ones(1))

    def forward(self, batch):
        batch = super().forward(batch)
        deviation = self.running_deviation
        if self.training:
            deviation = (batch.var(0, unbiased=False) + 1e-8).sqrt().mean().reshape(1)
            self.running_deviation = 0.9 * self.running_deviation + 0.1 * deviation.detach()
        return torch.cat([batch, deviation.expand(len(batch), 1, *batch.shape[2:])], 1)


def draw_weights(layer):
    """Draws convolutions from N(0, 0.02) and batch norm scales from N(1, 0.02)."""
    if isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, mean=1.0, std=0.02)
        nn.init.zeros_(layer.bias)
    elif isinstance(layer, nn.Embedding):
        nn.init.normal_(layer.weight, mean=0.0, std=0.02)
    elif hasattr(layer, "kernel_size"):
        nn.init.normal_(layer.weight, mean=0.0, std=0.02)


def make_generator(settings):
    """Stacks transposed convolutions: latent to size/16 pixels, then doubling four times."""
    layers, inputs = [], settings.nz
    for depth in range(4):
        outputs = settings.ngf << (3 - depth)
        geometry = (settings.size // 16, 1, 0) if depth == 0 else (4, 2, 1)
        layers.append(nn.ConvTranspose2d(inputs, outputs, *geometry, bias=False))
        norm = ClassBatchNorm2d(outputs, settings.classes) if settings.classes else nn.BatchNorm2d(outputs)
        layers += [norm, nn.ReLU()]
        inputs = outputs
    layers.append(nn.ConvTranspose2d(inputs, settings.channels, 4, 2, 1, bias=False))
    return Network(*layers, nn.Tanh())


def make_discriminator(settings):
    """Stacks convolutions that halve four times, then one over the size/16 pixels that are left."""
    layers, inputs = [], settings.channels
    for depth in range(4):
        outputs = settings.ndf << depth
        layers.append(nn.Conv2d(inputs, outputs, 4, 2, 1, bias=False))
        if depth > 0:
            layers.append(nn.BatchNorm2d(outputs))
        layers.append(nn.LeakyReLU(0.2))
        inputs = outputs
    if settings.minibatch_std:
        layers[-1] = MinibatchDeviation(0.2)
        inputs += 1
    head = settings.size // 16
    if settings.classes:
        layers.append(ProjectionConv2d(inputs, head, settings.classes))
    else:
        layers.append(nn.Conv2d(inputs, 1, head, 1, 0, bias=False))
    return Network(*layers, nn.Sigmoid())


def normalize_spectrally(network):
    """Wraps the convolutions in spectral_norm, which iterates only where `iterate_power` asks for it."""
    for layer in network.main:
        if isinstance(layer, nn.Conv2d):
            spectral_norm(layer)
    iterate_power(network, 15)


def iterate_power(network, iterations=1):
    """Makes power iterations for every convolution that is normalized."""
    for layer in network.main:
        for hook in layer._forward_pre_hooks.values():
            if isinstance(hook, SpectralNorm):
                hook.n_power_iterations = iterations
                hook(layer, None)
                hook.n_power_iterations = 0


def portable(name):
    """Turns spectral_norm's names of tensors into those of a checkpoint."""
    return name.replace(".weight_orig", ".weight")


def loss_against(scores, label):
    """Returns the binary cross entropy of a batch's scores against one label for all."""
    return F.binary_cross_entropy(scores, torch.full_like(scores, label))


def gradients_of(name, network):
    return {
        f"grad.{name}.{portable(key)}": p.grad.clone() for key, p in network.named_parameters()
    }


def weights_of(networks, moment):
    """Copies every float of the state dicts, which leaves out batch norm's batch counters."""
    weights = {
        f"{moment}.{name}.{portable(key)}": tensor.clone()
        for name, network in networks.items()
        for key, tensor in network.state_dict().items()
        if tensor.is_floating_point()
    }
    for name in [name for name in weights if name.endswith(".weight_v")]:
        filter_shape = weights[name.removesuffix("_v")].shape
        weights[name] = weights[name].reshape(1, *filter_shape[1:])
    return weights


def normalized_weights_of(networks, moment):
    """Copies the weights that the layers apply, and the buffers."""
    weights = weights_of(networks, moment)
    for name, network in networks.items():
        for place, layer in enumerate(network.main):
            if hasattr(layer, "weight_orig"):
                weights[f"{moment}.{name}.main.{place}.weight"] = layer.weight.detach().clone()
                for vector in "uv":
                    del weights[f"{moment}.{name}.main.{place}.weight_{vector}"]
    return weights


def record(settings):
    """Trains for the steps asked for and returns every tensor of the golden file by name."""
    torch.manual_seed(settings.seed)
    G, D = make_generator(settings), make_discriminator(settings)
    if settings.spectral_norm:
        normalize_spectrally(D)
    networks = {"generator": G, "discriminator": D}
    adam = {
        name: torch.optim.Adam(n.parameters(), lr=settings.lr, betas=(settings.beta1, 0.999))
        for name, n in networks.items()
    }
    golden = weights_of(networks, "init")
    image = (settings.channels, settings.size, settings.size)
    for t in range(settings.steps):
        real = torch.rand(settings.batch, *image) * 2 - 1
        noise = torch.randn(settings.batch, settings.nz, 1, 1)
        step = {"real": real, "noise": noise}
        labels = None
        if settings.classes:
            labels = torch.randint(settings.classes, (settings.batch,))
            step["labels"] = labels.float()

        # The discriminator learns from the real and the fake batch apart.
        D.zero_grad()
        step["d_real"] = D(real, labels).flatten()
        step["loss_d_real"] = loss_against(step["d_real"], 1.0)
        fake = G(noise, labels)
        step["d_fake"] = D(fake.detach(), labels).flatten()
        step["loss_d_fake"] = loss_against(step["d_fake"], 0.0)
        step["loss_d_real"].backward()
        step["loss_d_fake"].backward()
        if t == 0:
            golden |= gradients_of("discriminator", D)
        adam["discriminator"].step()
        iterate_power(D)

        # The generator learns from the same fakes against the updated discriminator.
        G.zero_grad()
        step["g_fake"] = D(fake, labels).flatten()
        step["loss_g"] = loss_against(step["g_fake"], 1.0)
        step["loss_g"].backward()
        if t == 0:
            golden |= gradients_of("generator", G)
        adam["generator"].step()

        for key, value in step.items():
            value = value.detach()
            golden[f"step{t}.{key}"] = value.reshape(1) if value.ndim == 0 else value
    golden |= normalized_weights_of(networks, "final")

    G.eval()
    D.eval()
    labels = golden["step0.labels"].long() if settings.classes else None
    with torch.no_grad():
        golden["eval.fake"] = G(golden["step0.noise"], labels)
        golden["eval.score_real"] = D(golden["step0.real"], labels).flatten()
        golden["eval.score_fake"] = D(golden["eval.fake"], labels).flatten()
    return golden


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", help="the file to write")
    for name, (kind, default, meaning) in SETTINGS.items():
        parser.add_argument(
            f"--{name}", type=kind, default=default, help=f"{meaning} (default: {default})")
    parser.add_argument(
        "--spectral-norm", action="store_true", help="normalize the discriminator's convolutions")
    parser.add_argument(
        "--minibatch-std", action="store_true",
        help="show the discriminator the standard deviation over the batch")
    parser.add_argument(
        "--classes", type=int, default=0, help="classes that the networks are told (default: none)")
    settings = parser.parse_args()
    if settings.size not in (32, 64, 128, 256):
        parser.error(f"--size {settings.size}: choose 32, 64, 128 or 256")
    for name in ("batch", "nz", "ngf", "ndf", "channels", "steps"):
        if getattr(settings, name) < 1:
            parser.error(f"--{name} {getattr(settings, name)}: must be at least 1")
    # One thread adds in one order, so the same command gives the same file on the same machine.
    torch.set_num_threads(1)
    golden = {name: tensor.contiguous() for name, tensor in record(settings).items()}
    metadata = {name: str(getattr(settings, name)) for name in SETTINGS}
    if settings.spectral_norm:
        metadata["spectral_norm"] = "true"
    if settings.minibatch_std:
        metadata["minibatch_std"] = "true"
    if settings.classes:
        metadata["classes"] = str(settings.classes)
    save_file(golden, settings.out, metadata)


if __name__ == "__main__":
    main()
