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
NOTE = ("2 names tell no patient; each of these images counts as a patient of its own; "
        "name them with --patients FILE.csv if they share some\n")


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

    def listed(self):
        """Makes images whose names tell nothing, three of each of four patients, in two folders."""
        names = [f"{folder}/scan-{i}.png" for folder in ("A", "B") for i in range(6)]
        self.make(self.folder / "scans", names)
        return names, {f"train/{name}": f"patient {i % 4}" for i, name in enumerate(names)}

    def test_a_list_may_name_the_patients(self):
        names, patients = self.listed()
        for separator, start, end in (",", "", "\n"), (";", "\ufeff", "\r\n"), ("\t", "", "\r"):
            lines = [separator.join(row) for row in [
                ("age", "patient", "file"), ("4", "an unused one", "test/x.png"), ("", "", ""),
                *(("7", f'"{patient}"', f" ./{file} ") for file, patient in patients.items())]]
            table = self.folder / "patients.csv"
            table.write_bytes((start + end.join(lines) + end).encode())
            out = self.folder / f"listed{ord(separator)}"
            result = halve("--data", self.folder / "scans", "--out", out, "--patients", table)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertEqual(result.stdout, f"4 patients: 6 and 6 images in {out}\n")
            first, second = (self.files(out / half / "train") for half in ("first", "second"))
            self.assertEqual(sorted(first + second), names)
            self.assertFalse({patients[f"train/{name}"] for name in first}
                             & {patients[f"train/{name}"] for name in second})

    def test_images_that_a_list_leaves_out_are_named(self):
        names, patients = self.listed()
        table = self.folder / "patients.csv"
        words = ("--data", self.folder / "scans", "--out", self.out, "--patients", table)
        table.write_text("file,patient\n" + "".join(
            f"{file},{patient}\n" for file, patient in list(patients.items())[:10]))
        self.expect_failure(
            f"{table}: lists no patient for 2 of 12 images: 'train/B/scan-4.png', "
            f"'train/B/scan-5.png'; add them, with paths relative to {self.folder / 'scans'}", *words)
        table.write_text("file,patient\n")
        result = halve(*words)
        self.assertIn("for 12 of 12 images: 'train/A/scan-0.png'", result.stderr)
        self.assertIn("'train/B/scan-3.png' and 2 more; add them", result.stderr)
        self.assertFalse(self.out.exists())

    def test_a_list_that_is_none_is_named(self):
        self.listed()
        table = self.folder / "patients.csv"
        words = ("--data", self.folder / "scans", "--out", self.out, "--patients", table)
        for content, problem in [
                (b"", "expected the columns 'file' and 'patient' in the first line, found ''"),
                (b"file,who\n", "expected the columns 'file' and 'patient' in the first line, "
                 "found 'file,who'"),
                (b"file,patient\na.png\n",
                 "expected a file and a patient in line 2, found ['a.png']"),
                (b"file,patient\na.png,1\n\n./a.png,2\n",
                 "expected one patient of 'a.png', found '1' and, in line 4, '2'"),
                (b"file,patient\n\xfc.png,1\n",
                 "expected a table in UTF-8; save it as 'CSV UTF-8' in the spreadsheet")]:
            table.write_bytes(content)
            self.expect_failure(f"{table}: {problem}", *words)
        table.unlink()
        self.expect_failure(f"[Errno 2] No such file or directory: '{table}'", *words)
        result = halve(*words, "--by-folder")
        self.assertEqual(result.returncode, 2)
        self.assertIn("not allowed with argument", result.stderr)

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
