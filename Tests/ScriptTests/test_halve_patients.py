"""Tests Scripts/halve-patients on folders of files that only have their names in common with images."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

root = pathlib.Path(__file__).resolve().parent.parent.parent
script = root / "Scripts/halve-patients"

NAMES = [
    *(f"PNEUMONIA/person{p}_{kind}_{i}.jpeg"
      for p in range(1, 9) for kind, i in (("bacteria", 1), ("bacteria", 2), ("virus", 3))),
    *(f"NORMAL/IM-{p:04}-{i:04}.jpeg" for p in range(1, 6) for i in (1, 2)),
    *(f"NORMAL/NORMAL2-IM-{p:04}-0001-0002.jpeg" for p in range(1, 5)),
    "NORMAL/holiday.png", "PNEUMONIA/holiday.png",
]


def patient(name):
    """Names a file's patient by what stands before the second number of its name."""
    match = re.match(r"(person\d+|(NORMAL2-)?IM-\d+)", name.split("/")[1])
    return match.group() if match else name


def halve(*words):
    return subprocess.run([sys.executable, script, *map(str, words)], capture_output=True, text=True,
                          timeout=60)


class HalvePatientsTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = self.folder / "data"
        for name in NAMES:
            file = self.data / "train" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(name)
        (self.data / "train/NORMAL/notes.txt").write_text("no image")

    def files(self, folder):
        """Returns the names below a folder of what was divided, after a look into each file."""
        found = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
        for name in found:
            self.assertEqual((folder / name).read_text(), name)
        return sorted(found)

    def test_no_patient_is_in_both_halves(self):
        out = self.folder / "out"
        result = halve("--data", self.data, "--out", out)
        self.assertEqual(result.returncode, 0, result.stderr)
        first, second = self.files(out / "first/train"), self.files(out / "second/train")
        self.assertEqual(sorted(first + second), sorted(NAMES))
        self.assertFalse({patient(n) for n in first} & {patient(n) for n in second})
        self.assertLessEqual(abs(len(first) - len(second)), 3)
        self.assertEqual(self.files(out / "first/test"), second)
        self.assertEqual(self.files(out / "second/test"), first)
        self.assertEqual(
            result.stdout, f"19 patients: {len(first)} images and {len(second)} images\n")

    def test_a_seed_gives_the_same_halves_and_another_seed_others(self):
        halves = []
        for index, seed in enumerate((1, 1, 2)):
            out = self.folder / f"out{index}"
            self.assertEqual(halve("--data", self.data, "--out", out, "--seed", seed).returncode, 0)
            halves.append(self.files(out / "first/train"))
        self.assertEqual(halves[0], halves[1])
        self.assertNotEqual(halves[0], halves[2])

    def test_a_folder_with_something_in_it_is_left_alone(self):
        result = halve("--data", self.data, "--out", self.data)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(
            result.stderr, f"{self.data}: not empty; name a new folder with --out\n")
        self.assertEqual([p.name for p in self.data.iterdir()], ["train"])

    def test_what_cannot_be_halved_is_named(self):
        out = self.folder / "out"
        result = halve("--data", self.folder, "--out", out)
        self.assertEqual((result.returncode, out.exists()), (1, False))
        self.assertIn(f"{self.folder / 'train'}: no such folder", result.stderr)
        lonely = self.folder / "lonely"
        (lonely / "train").mkdir(parents=True)
        (lonely / "train/person1_virus_1.jpeg").write_text("x")
        (lonely / "train/person1_virus_2.jpeg").write_text("x")
        result = halve("--data", lonely, "--out", out)
        self.assertEqual((result.returncode, out.exists()), (1, False))
        self.assertIn("expected images of two patients or more, found 1", result.stderr)


if __name__ == "__main__":
    unittest.main()
