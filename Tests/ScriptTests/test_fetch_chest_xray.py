"""Tests Scripts/fetch-chest-xray on small parquet files, from a folder and from a server like the hub."""
import csv
import hashlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from hub import Hub

here = pathlib.Path(__file__).resolve().parent
root = here.parent.parent
script = root / "Scripts/fetch-chest-xray"
python = root / ".venv-data/bin/python"

DATA_SET = "hf-vision/chest-xray-pneumonia"
REVISION = "fa1e4ace7f02049d2e5bd9ebea556e4ef8308ece"


def jpeg(text):
    """Makes bytes that begin as a JPEG file does: the script must not look further."""
    return b"\xff\xd8\xff\xe0" + text.encode() * 7


def row(path, label, data):
    return [path, label, data.hex()]


ROWS = {
    "train-00000-of-00002.parquet": [
        row("IM-0115-0001.jpeg", 0, jpeg("a")), row("person1_bacteria_1.jpeg", 1, jpeg("bb")),
        row("person1_bacteria_2.jpeg", 1, jpeg("c")), row("IM-0117-0001.jpeg", 0, jpeg("d"))],
    "train-00001-of-00002.parquet": [row("person1_bacteria_1.jpeg", 1, jpeg("e"))],
    "test-00000-of-00001.parquet": [
        row("../../evil.jpeg", 0, jpeg("f")), row(None, 1, jpeg("g"))],
    "validation-00000-of-00001.parquet": [row("NORMAL2-IM-1427-0001.jpeg", 0, jpeg("h"))],
}
IMAGES = {
    "train/NORMAL/IM-0115-0001.jpeg": jpeg("a"),
    "train/NORMAL/IM-0117-0001.jpeg": jpeg("d"),
    "train/PNEUMONIA/person1_bacteria_1.jpeg": jpeg("bb"),
    "train/PNEUMONIA/person1_bacteria_1-2.jpeg": jpeg("e"),
    "train/PNEUMONIA/person1_bacteria_2.jpeg": jpeg("c"),
    "test/NORMAL/evil.jpeg": jpeg("f"),
    "test/PNEUMONIA/test-0002.jpeg": jpeg("g"),
    "val/NORMAL/NORMAL2-IM-1427-0001.jpeg": jpeg("h"),
}
COUNTS = "5/2/1"


def fetch(*words, **environment):
    return subprocess.run([sys.executable, script, *map(str, words)], capture_output=True, text=True,
                          timeout=600, env={**os.environ, **environment})


class FetchTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as empty:
            outcome = fetch("--from", empty, "--out", f"{empty}/out")
        if not python.exists():
            raise AssertionError(f"the script made no environment: {outcome.stderr}")
        cls.empty = outcome

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.out = self.folder / "chest_xray"
        self.source = self.folder / "hub"
        self.write_parquet(ROWS)

    def write_parquet(self, rows):
        subprocess.run([python, here / "parquet.py", self.source / "data"],
                       input=json.dumps(rows), text=True, check=True)

    def images(self):
        return {path.relative_to(self.out).as_posix(): path.read_bytes()
                for path in self.out.rglob("*") if path.suffix == ".jpeg"}

    def refused(self, outcome, message):
        self.assertEqual(outcome.returncode, 1)
        self.assertEqual(outcome.stdout, "")
        errors = [line for line in outcome.stderr.splitlines() if not line.startswith("writing ")]
        self.assertEqual(len(errors), 1, outcome.stderr)
        self.assertIn(message, errors[0])

    def test_a_folder_without_parquet_files_is_named(self):
        self.assertEqual(self.empty.returncode, 1)
        self.assertRegex(self.empty.stderr,
                         "expected the hub's parquet files, found no train-\\*.parquet\n$")

    def test_bytes_folders_and_names_are_the_data_sets(self):
        outcome = fetch("--from", self.source, "--out", self.out, "--expect", COUNTS)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertIn("is complete: 5 in train, 2 in test, 1 in val", outcome.stdout)
        self.assertEqual(self.images(), IMAGES)
        self.assertEqual(sorted(path.name for path in (self.out / "val").iterdir()),
                         ["NORMAL", "PNEUMONIA"])
        self.assertEqual(list(self.out.rglob(".*")), [])
        self.assertFalse((self.folder / "evil.jpeg").exists())

    def test_licence_citation_and_list_stand_beside_the_images(self):
        fetch("--from", self.source, "--out", self.out, "--expect", COUNTS)
        text = (self.out / "LICENSE.txt").read_text()
        for part in ["CC BY 4.0", "Kermany", "doi: 10.17632/rscbjbr9sj.2", "Cell 172(5)", DATA_SET,
                     REVISION]:
            self.assertIn(part, text)
        with open(self.out / "files.csv", newline="") as file:
            listed = {line["file"]: (int(line["bytes"]), line["sha256"])
                      for line in csv.DictReader(file)}
        self.assertEqual(listed, {name: (len(data), hashlib.sha256(data).hexdigest())
                                  for name, data in IMAGES.items()})

    def test_what_is_there_stays_and_what_is_damaged_comes_again(self):
        fetch("--from", self.source, "--out", self.out, "--expect", COUNTS)
        kept, cut, gone = (self.out / name for name in list(IMAGES)[:3])
        os.utime(kept, (1, 1))
        cut.write_bytes(b"\xff\xd8")
        gone.unlink()
        (gone.parent / f".{gone.name}.part").write_bytes(b"half")
        outcome = fetch("--from", self.source, "--out", self.out, "--expect", COUNTS)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertEqual(self.images(), IMAGES)
        self.assertEqual(kept.stat().st_mtime, 1)
        self.assertGreater(cut.stat().st_mtime, 1)
        self.assertEqual(list(self.out.rglob("*.part")), [])

    def test_a_complete_folder_needs_no_source(self):
        fetch("--from", self.source, "--out", self.out, "--expect", COUNTS)
        outcome = fetch("--out", self.out, "--expect", COUNTS, HF_ENDPOINT="http://127.0.0.1:9")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertIn("is complete already", outcome.stdout)

    def test_too_few_images_are_an_error(self):
        outcome = fetch("--from", self.source, "--out", self.out)
        self.refused(outcome, f"{self.out / 'train'}: expected 5216 images, found 5")
        self.assertFalse((self.out / "LICENSE.txt").exists())

    def test_surplus_images_are_named(self):
        (self.out / "test/NORMAL").mkdir(parents=True)
        (self.out / "test/NORMAL/mine.jpeg").write_bytes(jpeg("x"))
        outcome = fetch("--from", self.source, "--out", self.out, "--expect", COUNTS)
        self.refused(outcome, "test/NORMAL/mine.jpeg: is none of the data set's images (1 such)")
        self.assertTrue((self.out / "test/NORMAL/mine.jpeg").exists())

    def test_damaged_sources_are_named(self):
        cases = [([row("a.jpeg", 0, b"\x89PNG")], "'a' is no JPEG file"),
                 ([row("a.jpeg", 2, jpeg("a"))], "'a' has the label 2, expected 0 or 1"),
                 ([row("a.jpeg", None, jpeg("a"))], "'a' has the label None"),
                 ([row("a.jpeg", 0, b"")], "'a' is no JPEG file")]
        for rows, message in cases:
            self.write_parquet({"test-00000-of-00001.parquet": rows})
            with self.subTest(message):
                outcome = fetch("--from", self.source, "--out", self.out, "--expect", COUNTS)
                self.refused(outcome, f"test-00000-of-00001.parquet: {message}")
        (self.source / "data/test-00000-of-00001.parquet").write_bytes(b"PAR1")
        outcome = fetch("--from", self.source, "--out", self.out, "--expect", COUNTS)
        self.refused(outcome, "test-00000-of-00001.parquet: not one of the hub's parquet files (")

    def test_wrong_options_are_refused(self):
        for words, message in [(["--expect", "5/2"], "expected three whole numbers"),
                               (["--expect", "5/2/-1"], "expected three whole numbers"),
                               (["--wat"], "unrecognized arguments: --wat")]:
            with self.subTest(words):
                outcome = fetch(*words)
                self.assertEqual(outcome.returncode, 2)
                self.assertIn(message, outcome.stderr)

    def test_without_network_it_says_so_at_once(self):
        start = time.monotonic()
        outcome = fetch("--out", self.out, HF_ENDPOINT="http://127.0.0.1:9")
        self.assertLess(time.monotonic() - start, 10)
        self.refused(outcome, "http://127.0.0.1:9 cannot be reached (")
        self.assertFalse(self.out.exists())

    def test_a_hub_that_never_answers_is_given_up(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            address = f"http://127.0.0.1:{server.getsockname()[1]}"
            start = time.monotonic()
            outcome = fetch("--out", self.out, HF_ENDPOINT=address)
        self.assertLess(time.monotonic() - start, 20)
        self.refused(outcome, f"{address} cannot be reached (")

    def test_a_download_goes_on_where_it_stopped(self):
        hub = Hub(self.source, DATA_SET, REVISION)
        self.addCleanup(hub.close)
        words = ["--out", self.out, "--expect", COUNTS]
        late = "data/validation-00000-of-00001.parquet"
        hub.broken.add(late)
        outcome = fetch(*words, HF_ENDPOINT=hub.address)
        self.assertEqual(outcome.returncode, 1)
        self.assertIn(f"the download from {hub.address} stopped (", outcome.stderr)
        self.assertEqual(self.images(), {})
        hub.broken.clear()
        hub.requests.clear()
        outcome = fetch(*words, HF_ENDPOINT=hub.address)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertEqual(self.images(), IMAGES)
        self.assertFalse((self.out / ".download").exists())
        fetched = [path.split(REVISION + "/")[1] for method, path in hub.requests
                   if method == "GET" and "/resolve/" in path]
        self.assertIn(late, fetched)
        self.assertLess(len(fetched), len(ROWS))


if __name__ == "__main__":
    unittest.main()
