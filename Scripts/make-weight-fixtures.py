#!/usr/bin/env python3
"""Writes the files in Fixtures/weights, with PyTorch, NumPy and safetensors.

Run it from anywhere, with the Python that Scripts/setup-pytorch makes; it overwrites Fixtures/weights.
Every number is chosen here: no file comes from a training.
"""

import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

FOLDER = Path(__file__).resolve().parent.parent / "Fixtures" / "weights"

# Zeros, subnormals (least, another, largest), normal numbers (least, 1 and its neighbours, largest).
HALVES = [0x0000, 0x8000, 0x0001, 0x8001, 0x0155, 0x03FF, 0x83FF, 0x0400, 0x0401, 0x3BFF, 0x3C00,
          0x3C01, 0xBC00, 0x3555, 0x4248, 0x7BFF, 0xFBFF]
UPPER_HALVES = [0x0000, 0x8000, 0x0001, 0x8001, 0x007F, 0x0080, 0x3F7F, 0x3F80, 0x3F81, 0xBF80,
                0x4049, 0x7F7F, 0xFF7F]
# 1 + 2^-24 lies half-way between two floats and goes to the even one, 1 + 3 * 2^-24 to the other side;
# likewise below the least normal float, and half the least subnormal float goes to zero.
DOUBLES = [0.0, -0.0, 1.0, -1.5, 0.1, 1 + 2.0**-24, 1 + 3 * 2.0**-24, 1 + 2.0**-24 + 2.0**-52,
           2.0**-149, 2.0**-150, 3 * 2.0**-150, 2.0**-150 + 2.0**-202, 5e-324, 2.0**-126,
           2.0**-126 - 2.0**-150, 3.4028234663852886e38, 3.4028235677973362e38, -1e-40]


def patterns(numbers, dtype):
    bits = torch.tensor([number - 65536 if number > 32767 else number for number in numbers],
                        dtype=torch.int16)
    return bits.view(dtype)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    tensors = {
        "f16": patterns(HALVES, torch.float16),
        "bf16": patterns(UPPER_HALVES, torch.bfloat16),
        "f64": torch.tensor(DOUBLES, dtype=torch.float64),
    }
    expected = {f"{name}.expected": tensor.float() for name, tensor in tensors.items()}
    save_file(tensors | expected, FOLDER / "types.safetensors")

    state = {"main.0.weight": torch.arange(4.0).reshape(1, 1, 2, 2)}
    torch.save(state, FOLDER / "torch.pth")
    torch.save(state, FOLDER / "torch-old.pth", _use_new_zipfile_serialization=False)
    torch.jit.script(torch.nn.Linear(1, 1)).save(str(FOLDER / "torchscript.pt"))
    (FOLDER / "python.pkl").write_bytes(pickle.dumps({"main.0.weight": [0.0, 1.0]}, protocol=4))
    np.savez(FOLDER / "numpy.npz", **{"main.0.weight": np.arange(4, dtype=np.float32)})
    np.save(FOLDER / "numpy.npy", np.arange(4, dtype=np.float32))
    with zipfile.ZipFile(FOLDER / "keras.keras", "w") as archive:
        for name in "metadata.json", "config.json", "model.weights.h5":
            archive.writestr(zipfile.ZipInfo(name), b"")
    # The fields that the ONNX exporter of PyTorch writes first: ir_version 8, producer_name.
    (FOLDER / "model.onnx").write_bytes(
        bytes([0x08, 8, 0x12, 7]) + b"pytorch" + bytes([0x1A, 5]) + b"2.1.0" + struct.pack("<I", 0))


if __name__ == "__main__":
    main()
