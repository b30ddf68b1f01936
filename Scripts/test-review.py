#!/usr/bin/env python3
"""Judges a review of dcgan in headless Chromium, from the first image to the folder of those that pass.

Usage: Scripts/test-review.py CHROMIUM DCGAN REVIEW [PICTURES]

REVIEW is the folder that `DCGAN review` wrote. By keyboard, mouse and touch, with a reload in between;
window, level and zoom; light, dark and as wide as a phone. Then DCGAN works out the downloaded
verdicts, and its numbers are held against those computed here. Nothing may stand in the console, leave
the machine or stick out of the window. With PICTURES, a folder, screenshots go there. Needs Python 3
and Chromium, no packages.
"""
import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import zlib

from browser import (Browser, check_contrast, check_silence, check_structure, check_width, expect,
                     finish, save)

READER = 'Dr "Anna", 7'
KEYS = {"real": ("1", 49), "synthetic": ("s", 83), "unsure": ("3", 51)}


def verdict(entry, place):
    """What the reader says of the image at a place: mostly right, each way of erring among it."""
    if place % 7 == 3:
        return "unsure"
    other = {"real": "synthetic", "synthetic": "real"}
    return other[entry["kind"]] if place % 3 == 1 else entry["kind"]


def text(browser, name):
    return browser.value(f"document.getElementById('{name}').textContent")


def pressed(browser):
    return browser.value("[...document.querySelectorAll('[data-verdict][aria-pressed=true]')]"
                         ".map(b => b.dataset.verdict).join()")


def shades(browser):
    """The shades of grey of all pixels of the drawn image."""
    return browser.value("(() => { const c = document.getElementById('image');"
                         "const o = new OffscreenCanvas(c.width, c.height)"
                         ".getContext('2d', {willReadFrequently: true}); o.drawImage(c, 0, 0);"
                         "const d = o.getImageData(0, 0, c.width, c.height).data;"
                         "return [...d].filter((_, i) => i % 4 === 0); })()")


def centre(browser, selector):
    browser.value(f"document.querySelector({selector!r}).scrollIntoView({{block: 'nearest'}})")
    return browser.value(f"(() => {{ const r = document.querySelector({selector!r})"
                         ".getBoundingClientRect();"
                         "return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()")


def click(browser, selector):
    point = centre(browser, selector)
    for kind in ("mousePressed", "mouseReleased"):
        browser.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **point)


def tap(browser, selector):
    point = centre(browser, selector)
    browser.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[point])
    browser.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])


def judge(browser, entries, places, way):
    """Judges the images at some places, each of which must be the one that is shown."""
    for place in places:
        expect(text(browser, "place"), f"Image {place + 1} of {len(entries)}", "the image shown")
        word = verdict(entries[place], place)
        if way is None:
            browser.press(*KEYS[word])
        else:
            way(browser, f"[data-verdict={word}]")
            if place + 1 < len(entries):
                browser.wait(lambda: text(browser, "place").startswith(f"Image {place + 2} "),
                             f"the image after {place + 1}")


def check_appearance(browser):
    """Window and level change the picture as their formula says, by keyboard and slider."""
    plain = shades(browser)
    bounds = [min(plain), max(plain)]
    expect(bounds[1] > bounds[0], True, "whether the picture shows anything")
    for _ in range(4):
        browser.press("n", 78)
    browser.press("d", 68)
    window, level = 255 - 4 * 8, 127.5 + 4
    low = level - window / 2
    expected = [min(255, max(0, (v - low) * 255 / window)) for v in plain]
    found = shades(browser)
    if max(abs(a - b) for a, b in zip(found, expected)) > 0.5001:
        expect(found[:8], expected[:8], "the shades after window and level")
    browser.value("document.getElementById('level').focus()")
    browser.press("End", 35)
    expect(max(shades(browser)) < max(found), True, "whether the slider darkens the picture")
    browser.value("document.getElementById('zoom').focus()")
    browser.press("ArrowRight", 39)
    browser.press("ArrowRight", 39)
    expect(text(browser, "place").startswith("Image 1 "), True, "whether a slider's arrow only moves it")
    expect(browser.value("(() => { const v = document.getElementById('view');"
                         "return Math.round(v.scrollWidth / v.clientWidth * 10); })()"), 20,
           "ten times the zoom after two steps")
    expect(browser.value("document.getElementById('view').scrollLeft > 0"), True,
           "whether the centre stays")
    browser.press("0", 48)
    expect(shades(browser), plain, "the shades after all is as at first")
    browser.value("document.activeElement.blur()")


def check_back(browser, entries):
    """A verdict can be looked at again and changed."""
    browser.press("Backspace", 8)
    first = verdict(entries[3], 3)
    expect(pressed(browser), first, "the verdict that is shown again")
    click(browser, "#back")
    expect(text(browser, "place"), f"Image 3 of {len(entries)}", "the image after going back twice")
    browser.press(*KEYS["real"])
    expect(text(browser, "judged"), "4 judged", "the count after a verdict is changed")
    browser.press("ArrowLeft", 37)
    expect(pressed(browser), "real", "the changed verdict")
    browser.press(*KEYS[verdict(entries[2], 2)])
    browser.press("ArrowRight", 39)


def check_kept(browser, address, judged):
    """Verdicts, the reader and the place outlive a reload."""
    browser.open(address)
    expect(text(browser, "judged"), f"{judged} judged", "the count after a reload")
    expect(text(browser, "place").split(" of")[0], f"Image {judged + 1}", "the place after a reload")
    expect(browser.value("document.getElementById('reader').value"), READER,
           "the reader after a reload")


def check_page(page, key, folder):
    """The page says nothing of what the images are, and writes each in as many letters."""
    source = page.read_text(encoding="utf-8")
    secrets = [str(key["seed"]), key["samples"], key["data"]]
    for secret in secrets + [image["file"] for image in key["images"]]:
        expect(secret in source, False, f"whether the page holds {secret}")
    lengths = {len(line) for line in source.split("\n") if line.startswith(',["')}
    expect(len(lengths), 1, "different lengths of the images")
    expect(sorted(path.name for path in folder.iterdir()), ["key.json", "review.html"],
           "what lies in the folder")


def download(browser, folder):
    browser.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    click(browser, "#download")
    browser.wait(lambda: list(folder.glob("*.csv")), "the verdicts to be downloaded")
    return next(folder.glob("*.csv"))


def check_table(path, key, entries):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    expect([row["image"] for row in rows], [entry["id"] for entry in entries], "the images judged")
    expect([row["verdict"] for row in rows],
           [verdict(entry, place) for place, entry in enumerate(entries)], "the verdicts")
    expect({(row["review"], row["reader"]) for row in rows}, {(key["review"], READER)},
           "the review and the reader")
    expect(all(0 <= float(row["seconds"]) < 60 for row in rows), True, "whether seconds are counted")


def wilson(successes, count):
    """The roots of (p - q)^2 = z^2 q (1 - q) / n in q, which are Wilson's limits."""
    z2 = 1.959963984540054 ** 2
    a, b, c = 1 + z2 / count, -(2 * successes / count + z2 / count), (successes / count) ** 2
    root = math.sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def check_result(program, table, folder, key):
    """DCGAN's numbers are those that follow from the verdicts, and what passed is copied."""
    done = subprocess.run([program, "review", "--verdicts", table, "--out", folder, "--json"],
                          capture_output=True, text=True, check=True)
    expect(done.stderr, "", "what is said of the verdicts")
    result = json.loads(done.stdout)
    pairs = [(verdict(entry, place), entry) for place, entry in enumerate(key["images"])]
    decided = [(word, entry["kind"]) for word, entry in pairs if word != "unsure"]
    reader = result["readers"][0]
    for name, kinds in (("accuracy", ("real", "synthetic")), ("sensitivity", ("synthetic",)),
                        ("specificity", ("real",))):
        chosen = [word == kind for word, kind in decided if kind in kinds]
        share = reader[name]
        expect((share["right"], share["count"]), (sum(chosen), len(chosen)), name)
        for found, limit in zip((share["low"], share["high"]), wilson(sum(chosen), len(chosen))):
            expect(abs(found - limit) < 1e-9, True, f"whether {name} has Wilson's limits")
    expect((reader["reader"], reader["unsure"]), (READER, len(pairs) - len(decided)), "the reader")

    passed = {entry["file"]: entry for word, entry in pairs
              if word == "real" and entry["kind"] == "synthetic"}
    expect(bool(passed), True, "whether anything passes")
    out = folder / "passed"
    expect(sorted(path.name for path in out.iterdir()), ["manifest.json"] + sorted(passed),
           "what passed")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    expect(manifest["drawn"]["epoch"], 5, "the epoch of the checkpoint in the manifest")
    for image in manifest["images"]:
        expect((image["candidate"], image["scores"]),
               (passed[image["file"]]["candidate"], passed[image["file"]]["scores"]),
               f"what the manifest says of {image['file']}")
        expect(f"{zlib.crc32((out / image['file']).read_bytes()):08x}", image["crc32"],
               f"the checksum of {image['file']}")


def main():
    program, dcgan, review = sys.argv[1:4]
    pictures = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(review).resolve()
    page = folder / "review.html"
    key = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    entries = key["images"]
    check_page(page, key, folder)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, \
            tempfile.TemporaryDirectory() as downloads:
        browser = Browser(program, profile)
        try:
            browser.show(1280, 900, "light")
            browser.open(page.as_uri())
            check_structure(browser)
            check_contrast(browser, "light")
            check_appearance(browser)
            save(browser, pictures, "review-light")
            judge(browser, entries, range(4), None)
            check_back(browser, entries)
            expect(browser.value("document.getElementById('download').disabled"), True,
                   "whether verdicts without a reader can be downloaded")
            click(browser, "#reader")
            browser.call("Input.insertText", text=READER)
            browser.value("document.activeElement.blur()")
            judge(browser, entries, range(4, 8), click)
            check_kept(browser, page.as_uri(), 8)
            browser.show(1280, 900, "dark")
            check_contrast(browser, "dark")
            save(browser, pictures, "review-dark")
            browser.show(375, 800, "light", is_phone=True)
            browser.call("Emulation.setTouchEmulationEnabled", enabled=True)
            judge(browser, entries, range(8, 10), tap)
            check_width(browser, "375 pixels")
            save(browser, pictures, "review-phone")
            browser.call("Emulation.setTouchEmulationEnabled", enabled=False)
            browser.show(1280, 900, "light")
            judge(browser, entries, range(10, len(entries)), None)
            expect(text(browser, "judged"), f"{len(entries)} judged", "the count at the end")
            expect(text(browser, "message"), "All images are judged. Enter the reader and download the "
                   "verdicts.", "what is said at the end")
            table = download(browser, pathlib.Path(downloads))
            save(browser, pictures, "review-end")
            check_table(table, key, entries)
            check_result(dcgan, table, folder, key)
            check_silence(browser)
        finally:
            browser.close()
    finish(page, "every image was judged, the verdicts were kept, downloaded and worked out")


if __name__ == "__main__":
    main()
