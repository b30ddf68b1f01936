#!/usr/bin/env python3
"""Writes the files in Fixtures/classifier: what PyTorch computes for a small classifier.

Run it from anywhere, with the Python that Scripts/setup-pytorch makes; it overwrites
Fixtures/classifier. All numbers come from a seed or are chosen here.

expected.json holds a weighted cross-entropy with its gradient and probabilities, in double precision,
and the rates of one-cycle schedules. steps.safetensors holds three steps of AdamW on a classifier with
the discriminator's trunk (size 32, one channel, ndf 2, three classes), in PyTorch's layouts:

    init.NAME, final.NAME   weights and batch norm buffers before and after all steps
    stepT.images            the images of step T, counted from 0
    stepT.labels            their classes
    stepT.loss              its weighted loss, from before its update
    eval.logits             what the classifier says of step0.images in evaluation mode, after all steps
"""
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

FOLDER = Path(__file__).resolve().parent.parent / "Fixtures" / "classifier"
WEIGHTS = [0.5, 2.0, 1.25]
HIGHEST, STEPS, DECAY = 1e-2, 3, 1e-1


def cross_entropy():
    logits = torch.tensor([[0.5, -1.25, 2.0], [30.0, -20.0, 0.25], [-0.75, 0.5, 0.5],
                           [-200.0, 150.0, 149.0]], dtype=torch.float64, requires_grad=True)
    labels = torch.tensor([2, 1, 0, 2])
    loss = F.cross_entropy(logits, labels, weight=torch.tensor(WEIGHTS, dtype=torch.float64))
    loss.backward()
    return {"logits": logits.tolist(), "labels": labels.tolist(), "weights": WEIGHTS,
            "loss": loss.item(), "gradient": logits.grad.tolist(),
            "probabilities": logits.softmax(1).tolist()}


def rates(steps, highest):
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, highest, total_steps=steps, cycle_momentum=False)
    found = []
    for step in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step + 1 < steps:
            schedule.step()
    return {"steps": steps, "highest": highest, "rates": found}


class Classifier(nn.Module):
    def __init__(self, channels, ndf, classes):
        super().__init__()
        layers = [nn.Conv2d(channels, ndf, 4, 2, 1, bias=False), nn.LeakyReLU(0.2)]
        for wide in (ndf * 2, ndf * 4, ndf * 8):
            layers += [nn.Conv2d(wide // 2, wide, 4, 2, 1, bias=False), nn.BatchNorm2d(wide),
                       nn.LeakyReLU(0.2)]
        self.main = nn.Sequential(*layers, nn.Conv2d(ndf * 8, classes, 2, 1, 0, bias=False))

    def forward(self, images):
        return self.main(images).flatten(1)


def steps():
    torch.manual_seed(7)
    network = Classifier(1, 2, 3)
    for name, parameter in network.named_parameters():
        nn.init.normal_(parameter, 1.0 if parameter.dim() == 1 and "weight" in name else 0.0, 0.1)
    optimizer = torch.optim.AdamW(network.parameters(), lr=HIGHEST, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, HIGHEST, total_steps=STEPS, cycle_momentum=False)
    tensors = {f"init.{name}": value.clone() for name, value in network.state_dict().items()}
    for step in range(STEPS):
        images, labels = torch.rand(5, 1, 32, 32) * 2 - 1, torch.randint(0, 3, (5,))
        optimizer.zero_grad()
        loss = F.cross_entropy(network(images), labels, weight=torch.tensor(WEIGHTS))
        loss.backward()
        optimizer.step()
        if step + 1 < STEPS:
            schedule.step()
        tensors |= {f"step{step}.images": images, f"step{step}.labels": labels.float(),
                    f"step{step}.loss": loss.detach().reshape(1)}
    tensors |= {f"final.{name}": value.clone() for name, value in network.state_dict().items()}
    network.eval()
    with torch.no_grad():
        tensors["eval.logits"] = network(tensors["step0.images"])
    kept = {name: value for name, value in tensors.items() if "num_batches" not in name}
    save_file({name: value.contiguous() for name, value in kept.items()},
              FOLDER / "steps.safetensors")


def main():
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    expected = {"cross_entropy": cross_entropy(),
                "one_cycle": [rates(10, 1e-3), rates(7, 0.5), rates(1, 2e-3), rates(2, 1e-3)],
                "weights": WEIGHTS, "highest": HIGHEST, "steps": STEPS, "decay": DECAY}
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    steps()


if __name__ == "__main__":
    main()
