"""Tests Scripts/halve-patients on folders of files that only have their names in common with images."""
import os
import pathlib
import subprocess
import tempfile
import unittest

root = pathlib.Path(__file__).resolve().parent.parent.parent
script = root / "Scripts/halve-patients"

# Patients, each with the names of the images.
PATIENTS = [
    *([f"PNEUMONIA/person{p}_bacteria_{p}1.jpeg", f"PNEUMONIA/person{p}_bacteria_{p}2.jpeg",
       f"PNEUMONIA/Person{p}_virus_{p}3.JPG"] for p in (1, 2, 11, 12, 21)),
    *([f"NORMAL/IM-00{p}-0001.jpeg", f"NORMAL/IM-00{p}-0002-0001.jpeg"] for p in (10, 11, 20)),
    *([f"NORMAL/NORMAL2-IM-00{p}-0001.jpeg", f"NORMAL/NORMAL2-IM-00{p}-0001-0002.jpeg"]
      for p in (10, 11, 20)),
    ["NORMAL/holiday.png"], ["PNEUMONIA/holiday.png"],
]
NAMES = sorted(name for names in PATIENTS for name in names)
NOTE = "2 names tell no patient; each of these images counts as a patient of its own\n"


def halve(*words):
    return subprocess.run([script, *map(str, words)], capture_output=True, text=True, timeout=60)


class HalvePatientsTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name).resolve()
        self.data, self.out = self.folder / "data", self.folder / "new/halves"
        self.make(self.data, NAMES)
        self.make(self.data, ["NORMAL/._IM-0010-0001.jpeg", ".thumbs/IM-0010-0001.jpeg"])
        (self.data / "train/NORMAL/notes.txt").write_text("no image")

    def make(self, data, names):
        """Writes files that hold their names."""
        for name in names:
            file = data / "train" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(name)

    def files(self, folder):
        """Returns the names below a folder, after a look into each file."""
        found = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()]
        for name in found:
            self.assertEqual((folder / name).read_text(), name)
        return sorted(found)

    def expect_failure(self, text, *words):
        result = halve(*words)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertEqual(result.stderr, f"Scripts/halve-patients: {text}\n")

    def test_no_patient_is_in_both_halves(self):
        result = halve("--data", self.data, "--out", self.out)
        self.assertEqual((result.returncode, result.stderr), (0, NOTE))
        first, second = (self.files(self.out / half / "train") for half in ("first", "second"))
        self.assertEqual(sorted(first + second), NAMES)
        for names in PATIENTS:
            self.assertIn(len(set(names) & set(first)), (0, len(names)), names)
        self.assertLessEqual(abs(len(first) - len(second)), 3)
        self.assertEqual(self.files(self.out / "first/test"), second)
        self.assertEqual(self.files(self.out / "second/test"), first)
        self.assertEqual(
            result.stdout, f"13 patients: {len(first)} and {len(second)} images in {self.out}\n")
        self.assertEqual(os.listdir(self.out.parent), ["halves"])

    def test_a_seed_gives_the_same_halves_and_another_seed_others(self):
        halves = []
        for index, seed in enumerate((1, 1, 2)):
            out = self.folder / f"out{index}"
            self.assertEqual(halve("--data", self.data, "--out", out, "--seed", seed).returncode, 0)
            halves.append(self.files(out / "first/train"))
        self.assertEqual(halves[0], halves[1])
        self.assertNotEqual(halves[0], halves[2])

    def test_a_folder_may_be_a_patient(self):
        names = [f"NORMAL/{p}/IM-0001-000{i}.jpeg" for p in "abcd" for i in (1, 2)]
        self.make(self.folder / "export", names)
        result = halve("--data", self.folder / "export", "--out", self.out, "--by-folder")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout, f"4 patients: 4 and 4 images in {self.out}\n")
        first = self.files(self.out / "first/train")
        folders = {name.split("/")[1] for name in first}
        self.assertEqual(first, [name for name in names if name.split("/")[1] in folders])

    def test_links_to_files_and_folders_are_followed(self):
        linked = self.folder / "linked"
        (linked / "train/PNEUMONIA").mkdir(parents=True)
        (linked / "train/NORMAL").symlink_to("../../data/train/NORMAL")
        (linked / "train/NORMAL-again").symlink_to("../../data/train/NORMAL")
        for name in NAMES:
            if name.startswith("PNEUMONIA"):
                (linked / "train" / name).symlink_to(f"../../../data/train/{name}")
        self.assertEqual(halve("--data", linked, "--out", self.out).returncode, 0)
        found = self.files(self.out / "first/train") + self.files(self.out / "first/test")
        self.assertEqual(sorted(name.replace("NORMAL-again/", "NORMAL/") for name in found), NAMES)
        self.assertFalse([p for p in self.out.rglob("*") if p.is_symlink()])

    def test_what_cannot_be_halved_is_named_and_leaves_nothing(self):
        self.expect_failure(
            f"{self.folder / 'train'}: no such folder; --data names the folder that holds train",
            "--data", self.folder, "--out", self.out)
        lonely = self.folder / "lonely"
        self.make(lonely, PATIENTS[0])
        self.expect_failure(
            f"{lonely / 'train'}: expected images of two patients or more, found 1",
            "--data", lonely, "--out", self.out)
        (lonely / "train/person2_virus_1.jpeg").symlink_to("nowhere.jpeg")
        result = halve("--data", lonely, "--out", self.out)
        self.assertEqual((result.returncode, os.listdir(self.out.parent)), (1, []))
        self.assertIn(f"No such file or directory: '{lonely / 'train/nowhere.jpeg'}'", result.stderr)

    def test_folders_that_are_there_and_the_images_own_are_left_alone(self):
        for taken in self.data, self.data / "train/NORMAL/notes.txt":
            self.expect_failure(
                f"{taken}: is there already; name a new folder with --out",
                "--data", self.data, "--out", taken)
        inside = self.data / "train/halves"
        self.expect_failure(
            f"{inside}: lies among the images to divide; name a folder elsewhere with --out",
            "--data", self.data, "--out", inside)
        self.assertEqual(sorted(os.listdir(self.data / "train")), [".thumbs", "NORMAL", "PNEUMONIA"])

    def test_a_seed_is_a_whole_number(self):
        result = halve("--data", self.data, "--out", self.out, "--seed", "-3")
        self.assertEqual((result.returncode, self.out.exists()), (2, False))
        self.assertIn("expected a whole number from 0 on, found '-3'", result.stderr)


if __name__ == "__main__":
    unittest.main()
