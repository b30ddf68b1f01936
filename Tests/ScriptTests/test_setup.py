"""Tests which versions of Swift Scripts/setup takes, where the system libraries are there already."""
import os
import pathlib
import subprocess
import tempfile
import unittest

root = pathlib.Path(__file__).resolve().parent.parent.parent
setup = root / "Scripts/setup"
manifest = root / "Package.swift"


class SetupTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.swift = pathlib.Path(folder.name) / "swift"

    def check(self, text):
        """Runs the script where `swift --version` prints this text."""
        self.swift.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n")
        self.swift.chmod(0o755)
        path = f"{self.swift.parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            [setup], capture_output=True, text=True, timeout=60, env={**os.environ, "PATH": path})

    def test_the_promised_version_and_newer_ones_are_taken_without_a_word(self):
        for text in ["Swift version 6.3 (swift-6.3-RELEASE)", "Swift version 6.3.1 (x)",
                     "Swift version 6.10-dev (LLVM 1)", "Swift version 7.0 (x)",
                     "swift-driver version: 1.148.6 Apple Swift version 6.3 (swiftlang-6.3.0.1)"]:
            with self.subTest(text):
                result = self.check(text)
                self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_older_ones_are_refused_with_both_versions(self):
        for version, text in [("6.2", "Swift version 6.2.4 (swift-6.2.4-RELEASE)"),
                              ("5.10", "Swift version 5.10 (swift-5.10-RELEASE)")]:
            with self.subTest(text):
                result = self.check(text)
                self.assertEqual((result.returncode, result.stdout), (1, ""))
                self.assertEqual(
                    result.stderr,
                    f"Scripts/setup: Swift 6.3 or newer is needed, found {version} at {self.swift}.\n"
                    "Install a newer one from https://www.swift.org/install.\n")

    def test_a_swift_that_names_no_version_is_refused(self):
        result = self.check("OpenStack Swift client")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(
            result.stderr, "Scripts/setup: 'swift --version' names no version:\nOpenStack Swift client\n")

    def test_the_manifest_asks_for_the_same_version(self):
        self.assertEqual(manifest.read_text().splitlines()[0], "// swift-tools-version: 6.3")


if __name__ == "__main__":
    unittest.main()
