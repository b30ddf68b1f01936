"""Tests Scripts/install: what it installs, what that needs, and that it runs where there is no Swift."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

root = pathlib.Path(__file__).resolve().parent.parent.parent
script = root / "Scripts/install"

FILES = {
    "bin/dcgan": 0o755,
    "share/man/man1/dcgan.1": 0o644,
    "share/bash-completion/completions/dcgan": 0o644,
    "share/zsh/site-functions/_dcgan": 0o644,
    "share/fish/vendor_completions.d/dcgan.fish": 0o644,
}
# The image libraries with those that they need, and what every C or C++ program of the system needs.
LIBRARIES = {"libtiff", "libwebp", "libsharpyuv", "libzip", "libLerc", "libjbig", "libdeflate", "libzstd",
             "libbz2", "libcrypto", "libdcmjpeg", "libdcmjpls", "libdcmdata", "libdcmimgle",
             "libdcmtkcharls", "libijg8", "libijg12", "libijg16", "liboflog", "libofstd", "libxml2",
             "libicuuc", "libicudata", "liblzma", "libopenjp2", "libjpeg", "libpng16", "libgif", "libz",
             "libc", "libm", "libstdc++", "libgcc_s", "linux-vdso", "ld-linux-x86-64",
             "ld-linux-aarch64"}

# Hides the toolchain from this process and its children alone, then uses the program.
WITHOUT_SWIFT = """
mount -t tmpfs tmpfs "$TOOLCHAIN"
! command -v swift
! "$TOOLCHAIN/usr/bin/swift" --version 2>/dev/null
cd "$FOLDER"
env -i PATH=/usr/bin:/bin moved/bin/dcgan --version
env -i PATH=/usr/bin:/bin moved/bin/dcgan phantom --out data --count 12 --quiet
env -i PATH=/usr/bin:/bin moved/bin/dcgan train --data data --run run --split all --size 32 \
  --ngf 4 --ndf 4 --batch 4 --epochs 1 --steps 3 --seed 1 --quiet
env -i PATH=/usr/bin:/bin moved/bin/dcgan sample --run run --count 2 --out samples --quiet
"""


def install(*words, **options):
    return subprocess.run([script, *map(str, words)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, **options)


def toolchain():
    """Finds the folder that holds swift and its libraries, or nothing where they are the system's."""
    swift = pathlib.Path(os.path.realpath(shutil.which("swift") or "/"))
    folder = swift.parent.parent.parent
    return folder if swift.parent.parent.name == "usr" and folder != pathlib.Path("/") else None


class InstallTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.outcome = install("--prefix", "in stalled", cwd=cls.folder)
        if cls.outcome.returncode != 0:
            raise AssertionError(cls.outcome.stderr)
        cls.prefix = cls.folder / "in stalled"

    def test_every_file_is_in_its_place(self):
        found = {path.relative_to(self.prefix).as_posix(): path.stat().st_mode & 0o777
                 for path in self.prefix.rglob("*") if path.is_file()}
        self.assertEqual(found, FILES)
        self.assertEqual(self.outcome.stdout.splitlines(), [f"{self.prefix}/{name}" for name in FILES])

    def test_completions_and_page_are_the_programs_own(self):
        for name, words in [("share/man/man1/dcgan.1", ["manual"]),
                            ("share/bash-completion/completions/dcgan", ["completions", "bash"]),
                            ("share/zsh/site-functions/_dcgan", ["completions", "zsh"]),
                            ("share/fish/vendor_completions.d/dcgan.fish", ["completions", "fish"])]:
            printed = subprocess.run([self.prefix / "bin/dcgan", *words], check=True,
                                     capture_output=True).stdout
            self.assertEqual((self.prefix / name).read_bytes(), printed)
            self.assertIn(b"train", printed)

    @unittest.skipUnless(sys.platform == "linux" and shutil.which("ldd"), "ldd is Linux's")
    def test_it_needs_the_image_libraries_and_the_systems_own(self):
        lines = subprocess.run(["ldd", self.prefix / "bin/dcgan"], check=True, capture_output=True,
                               text=True).stdout.splitlines()
        names = {re.split(r"\.so", pathlib.PurePath(line.split()[0]).name)[0] for line in lines}
        self.assertEqual(names - LIBRARIES, set())
        self.assertGreaterEqual(names, {"libjpeg", "libpng16", "libgif", "libc"})
        self.assertNotIn("not found", "".join(lines))

    @unittest.skipUnless(sys.platform == "linux" and os.geteuid() == 0 and toolchain()
                         and subprocess.run(["unshare", "-m", "true"]).returncode == 0,
                         "hiding the toolchain needs root and a mount namespace")
    def test_it_runs_after_it_was_moved_to_where_no_swift_is(self):
        shutil.copytree(self.prefix, self.folder / "moved")
        outcome = subprocess.run(
            ["unshare", "-m", "sh", "-ec", WITHOUT_SWIFT], capture_output=True, text=True,
            env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "TOOLCHAIN": str(toolchain()),
                 "FOLDER": str(self.folder)})
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertIn("steps reached after epoch 1, step 3, seed 1", outcome.stdout)
        self.assertTrue((self.folder / "samples/sample-0002.png").exists())
        self.assertTrue((toolchain() / "usr/bin/swift").exists())

    def test_an_earlier_installation_is_replaced_while_it_runs(self):
        program = self.prefix / "bin/dcgan"
        # A program that runs cannot be written to, only replaced.
        running = subprocess.Popen(
            [program, "phantom", "--out", self.folder / "many", "--count", "1000000", "--quiet"])
        self.addCleanup(running.wait)
        self.addCleanup(running.kill)
        before = program.stat().st_ino
        outcome = install("--prefix", self.prefix)
        self.assertIsNone(running.poll())
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertNotEqual(program.stat().st_ino, before)
        self.assertEqual(list(self.prefix.rglob("*.part")), [])

    def test_wrong_arguments_are_refused(self):
        for words, message in [(["--prefix"], "--prefix expects a folder; write"),
                               (["--prefix="], "--prefix expects a folder, but found an empty"),
                               (["/usr"], "unexpected argument '/usr'")]:
            with self.subTest(words):
                outcome = install(*words)
                self.assertEqual(outcome.returncode, 2)
                self.assertEqual(outcome.stdout, "")
                self.assertTrue(outcome.stderr.startswith(f"Scripts/install: {message}"))

    def test_a_place_that_cannot_be_written_is_found_out_at_once(self):
        (self.folder / "file").write_text("")
        outcome = install("--prefix", self.folder / "file")
        self.assertEqual(outcome.returncode, 1)
        self.assertIn(f"{self.folder}/file/bin cannot be written", outcome.stderr)


if __name__ == "__main__":
    unittest.main()
