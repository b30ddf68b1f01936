#!/usr/bin/env python3
"""Times OpenVINO on the generator, or Pillow on image files, and prints one JSON object.

    .venv/bin/python Scripts/bench-others.py openvino --size 128 --ngf 64 --threads 2
    .venv/bin/python Scripts/bench-others.py pillow --images DIR --size 128 --threads 2

OpenVINO runs PyTorch's generator in evaluation mode, in float32 or with --precision bfloat16, 64 images at
a time, once with its latency and once with its throughput hint. Pillow makes what `dcgan bench --images` makes,
once in threads and once in processes. Called by Scripts/compare-pytorch, which takes the faster.
"""
import argparse
import json
import multiprocessing
import multiprocessing.pool
import pathlib
import statistics
import time

BATCH = 64
PRECISION_HINTS = {"float32": "f32", "bfloat16": "bf16"}
SUFFIXES = {".jpeg", ".jpg", ".png"}


def seconds(body):
    start = time.perf_counter()
    body()
    return time.perf_counter() - start


def measure_openvino(settings):
    """Returns images a second for each hint."""
    import importlib.util

    import openvino
    import torch

    spec = importlib.util.spec_from_file_location(
        "golden", pathlib.Path(__file__).with_name("make-golden.py"))
    golden = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(golden)
    torch.manual_seed(0)
    generator = golden.make_generator(settings).eval()
    latents = torch.randn(BATCH, settings.nz, 1, 1)
    model = openvino.convert_model(
        generator, example_input=latents, input=[list(latents.shape)])
    results = {}
    for hint in ("LATENCY", "THROUGHPUT"):
        compiled = openvino.Core().compile_model(model, "CPU", {
            "INFERENCE_NUM_THREADS": settings.threads, "PERFORMANCE_HINT": hint,
            "INFERENCE_PRECISION_HINT": PRECISION_HINTS[settings.precision]})
        queue = openvino.AsyncInferQueue(compiled)
        batches = 2 * len(queue)

        def run():
            for _ in range(batches):
                queue.start_async([latents.numpy()])
            queue.wait_all()

        run()
        times = [seconds(run) for _ in range(3)]
        results[hint.lower()] = BATCH * batches / statistics.median(times)
    return results


def image_files(folder):
    """Lists what `dcgan` takes from a folder: that below `train` where there is one."""
    root = pathlib.Path(folder)
    root = root / "train" if (root / "train").is_dir() else root
    return sorted(str(p) for p in root.rglob("*") if p.suffix.lower() in SUFFIXES)


def decode(job):
    """Reads a file, decoded at twice the size or more, and returns the pixels of its centre."""
    from PIL import Image

    path, size = job
    try:
        with Image.open(path) as image:
            width, height = image.size
            scale = size / min(width, height)
            target = (max(size, int(width * scale)), max(size, int(height * scale)))
            image.draft(None, (2 * target[0], 2 * target[1]))
            image = image.convert("L" if image.mode == "L" else "RGB")
    except OSError:
        return None
    image = image.resize(target, Image.Resampling.BILINEAR)
    left, top = round((target[0] - size) / 2), round((target[1] - size) / 2)
    return image.crop((left, top, left + size, top + size)).tobytes()


def measure_pillow(settings):
    """Returns images a second for each kind of worker, which are started before."""
    jobs = [(path, settings.size) for path in image_files(settings.images)]
    if not jobs:
        raise SystemExit(f"{settings.images}: expected images (.jpeg, .jpg, .png), found none; "
                         "name a folder that holds some")
    results = {}
    for kind, make in (("threads", multiprocessing.pool.ThreadPool),
                       ("processes", multiprocessing.get_context("spawn").Pool)):
        with make(settings.threads) as pool:
            pool.map(decode, jobs[:2 * settings.threads], chunksize=1)
            start = time.perf_counter()
            pictures = pool.map(decode, jobs, chunksize=4)
            duration = time.perf_counter() - start
        results[kind] = sum(p is not None for p in pictures) / duration
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("openvino", "pillow"))
    defaults = {"size": 128, "nz": 100, "ngf": 64, "channels": 3, "threads": 2}
    for name, value in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--precision", choices=PRECISION_HINTS, default="float32")
    parser.add_argument("--images", help="folder of the files that Pillow reads")
    parser.set_defaults(classes=0, minibatch_std=False)
    settings = parser.parse_args()
    if settings.what == "pillow" and settings.images is None:
        parser.error("pillow needs --images DIR")
    measure = measure_openvino if settings.what == "openvino" else measure_pillow
    print(json.dumps({"images_per_second": measure(settings)}))


if __name__ == "__main__":
    main()
