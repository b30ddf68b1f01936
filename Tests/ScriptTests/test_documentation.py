"""Tests Scripts/documentation: every page is rendered, links lead somewhere, and no folder is lost."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

root = pathlib.Path(__file__).resolve().parent.parent.parent


def document(*words):
    return subprocess.run([root / "Scripts/documentation", *map(str, words)],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def links(content):
    """Returns the places that a page's paragraphs lead to."""
    if isinstance(content, list):
        return [link for part in content for link in links(part)]
    if not isinstance(content, dict):
        return []
    own = [content["identifier"]] if content.get("type") == "reference" else []
    return own + [link for part in content.values() for link in links(part)]


class DocumentationTests(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def test_a_folder_that_holds_something_is_left_alone(self):
        (self.folder / "mine.txt").write_text("mine")
        outcome = document(self.folder)
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("is not empty", outcome.stderr)
        self.assertEqual([file.name for file in self.folder.iterdir()], ["mine.txt"])

    def test_the_usage_is_said(self):
        for words in [], ["one", "two"], ["--help"]:
            self.assertEqual(document(*words).returncode, 2, words)

    @unittest.skipUnless(shutil.which("docc"), "there is no docc")
    def test_every_page_is_rendered(self):
        outcome = document(self.folder)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertEqual(outcome.stdout, f"{self.folder.resolve()}\n")
        for catalog in root.glob("Sources/*/*.docc"):
            module = catalog.stem
            for page in catalog.glob("*.md"):
                place = f"documentation/{module}" + ("" if page.stem == module else f"/{page.stem}")
                data = json.loads((self.folder / f"data/{place.lower()}.json").read_text())
                title = page.read_text(encoding="utf-8").splitlines()[0].strip("# `")
                self.assertEqual(data["metadata"]["title"], title)
                self.assertTrue((self.folder / place.lower() / "index.html").exists(), place)
        # A link from one module to the other.
        tape = json.loads((self.folder / "data/documentation/dcgan.json").read_text())
        self.assertIn("doc://dcgan.Tensor/documentation/Tensor/Backend",
                      links(tape["primaryContentSections"]))
        # A link from a page of the guide to another, one to a module, and a picture.
        performance = (self.folder / "data/documentation/dcgancommand/performance.json").read_text()
        self.assertIn("speed.svg", performance)
        guide = json.loads((self.folder / "data/documentation/dcgancommand.json").read_text())
        found = links(guide["primaryContentSections"])
        self.assertIn("doc://dcgan.DCGANCommand/documentation/DCGANCommand/Evaluating", found)
        self.assertIn("doc://dcgan.DCGAN/documentation/DCGAN", found)


if __name__ == "__main__":
    unittest.main()
