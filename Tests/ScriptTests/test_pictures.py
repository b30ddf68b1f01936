"""Tests Scripts/pictures: the chart is that of its table, whose numbers the guide has; sheets are cut right."""
import importlib.machinery
import importlib.util
import pathlib
import struct
import subprocess
import sys
import tempfile
import types
import unittest
import unittest.mock
import zlib

root = pathlib.Path(__file__).resolve().parent.parent.parent
guide = root / "Sources/DCGANCommand/DCGANCommand.docc"


def load():
    """Imports the script, which has no suffix."""
    sys.path.insert(0, str(root / "Scripts"))
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("pictures", str(root / "Scripts/pictures"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("pictures", loader))
    loader.exec_module(module)
    return module


pictures = load()


def png(width, height, kind, rows):
    """Returns a PNG file of unfiltered rows."""
    file = b"\x89PNG\r\n\x1a\n"
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    for name, body in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)),
                       (b"IDAT", data), (b"IEND", b"")):
        file += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return file


def decoded(file):
    """Returns the extent, the colour type and the rows of a PNG file."""
    parts = dict(pictures.chunks(file))
    width, height, _, kind = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    size = {0: 1, 2: 3, 6: 4}[kind]
    return width, height, kind, pictures.unfiltered(zlib.decompress(parts[b"IDAT"]), width, height, size)


class PictureTests(unittest.TestCase):
    def test_the_charts_are_those_of_their_tables(self):
        made = {}
        with unittest.mock.patch.object(pictures, "write", made.__setitem__):
            pictures.draw_speed(None)
            pictures.draw_quality(None)
        for name in ("speed.svg", "quality.svg"):
            self.assertEqual(made[name], (guide / "Resources" / name).read_bytes(), name)

    def test_a_panel_has_its_extremes_at_its_edges(self):
        panel = pictures.Panel(10, "coverage", 2, 0.5)
        self.assertEqual((panel.x(0, 4), panel.x(4, 4)), (10, 10 + panel.width))
        self.assertEqual((panel.y(2), panel.y(3), panel.y(0)), (panel.top, panel.top, panel.top + panel.height))
        lines = list(panel.line([(0, 0), (2, 1)], 4, "red"))
        self.assertIn(f'points="10.0,{panel.top + panel.height:.1f} {10 + panel.width / 2:.1f},'
                      f'{panel.top + panel.height / 2:.1f}"', lines[0])
        self.assertEqual(len(lines), 3)

    def test_the_numbers_of_the_table_are_those_of_the_guide(self):
        page = (guide / "Performance.md").read_text(encoding="utf-8")
        lines = (root / "Scripts/speed.csv").read_text(encoding="utf-8").splitlines()[2:]
        self.assertEqual(len(lines), 5)
        for line in lines:
            times = line.split(",")[1]
            self.assertRegex(page, rf"\| [^|]*AVX[^|]* \| \d\.\d\d, {times} \|", line)

    def test_a_screenshot_keeps_its_pixels(self):
        colours = [bytes((x * 37 + y * 11 + c * 90) % 256 if c < 3 else 255
                         for x in range(7) for c in range(4)) for y in range(5)]
        width, height, kind, rows = decoded(pictures.smaller(png(7, 5, 6, colours)))
        self.assertEqual((width, height, kind), (7, 5, 2))
        self.assertEqual(rows, [bytes(v for i, v in enumerate(row) if i % 4 != 3) for row in colours])

    def test_a_screenshot_without_colour_becomes_grey(self):
        greys = [bytes(x * 9 + y * 31 & 255 for x in range(6)) for y in range(4)]
        rows = [bytes(v for level in row for v in (level,) * 3) for row in greys]
        file = pictures.smaller(png(6, 4, 2, rows), [b"dcgan:kind\0progress"])
        self.assertEqual(decoded(file), (6, 4, 0, greys))
        self.assertIn((b"tEXt", b"dcgan:kind\0progress"), list(pictures.chunks(file)))

    def test_the_sheets_are_those_asked_for_and_the_last(self):
        with tempfile.TemporaryDirectory() as folder:
            run = pathlib.Path(folder)
            (run / "progress").mkdir()
            for epoch in 1, 2, 3, 100:
                (run / f"progress/epoch-{epoch:04}.png").touch()
            self.assertEqual(list(pictures.sheets(run, [1, 2, 4])), [1, 2, 100])
            with self.assertRaisesRegex(pictures.Failure, "no progress sheets"):
                pictures.sheets(run / "progress", [1])

    def test_only_the_first_columns_are_shown(self):
        sheet = png(8 * 10 - 2, 8 * 10 - 2, 0, [bytes(78)] * 78)
        with tempfile.TemporaryDirectory() as folder:
            run = pathlib.Path(folder)
            (run / "progress").mkdir()
            (run / "progress/epoch-0001.png").write_bytes(sheet)
            (run / "samples.png").write_bytes(sheet)
            options = types.SimpleNamespace(
                run=run, samples=run / "samples.png", epochs=[1], columns=3, chromium="none")
            with unittest.mock.patch.object(pictures, "photograph") as photograph, \
                    unittest.mock.patch.object(pictures, "write"):
                pictures.draw_epochs(options)
                self.assertEqual(photograph.call_args.args[2], 3 * 10 - 2 + 90)
                pictures.draw_samples(options)
                self.assertEqual(photograph.call_args.args[2:4], (28, 28))

    def test_wrong_words_are_refused(self):
        for words in ["cats"], ["epochs"], ["--epochs", "one"], ["--columns", "9"]:
            outcome = subprocess.run([root / "Scripts/pictures", *words], stderr=subprocess.PIPE)
            self.assertEqual(outcome.returncode, 2, words)


if __name__ == "__main__":
    unittest.main()
