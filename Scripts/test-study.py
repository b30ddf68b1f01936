#!/usr/bin/env python3
"""Opens the page of a study in headless Chromium and checks it as its readers would meet it.

Usage: Scripts/test-study.py CHROMIUM STUDY [PICTURES]

STUDY is the study's folder, whose study.json has the numbers that the page must show. Light, dark, as
wide as a phone, and printed. Nothing may stand in the console, leave the machine or stick out of the
window. With PICTURES, a folder, screenshots and the printed page go there. Needs Python 3 and Chromium,
no packages.
"""
import base64
import json
import pathlib
import sys
import tempfile

from browser import (Browser, FAILURES, check_contrast, check_drawings, check_silence,
                     check_structure, check_width, expect, finish, save)

# Bytes of a page at most, and the pixels between the margins of an A4 sheet.
LARGEST = 2_000_000
PAPER = 718


def cells(browser, caption):
    """Returns the rows of the table with a caption, each with the heading of its share."""
    return browser.value("""(() => {
      const table = [...document.querySelectorAll('table')]
        .find(t => t.caption.textContent.startsWith(%s));
      return [...table.tBodies].flatMap(body => {
        const share = body.rows[0].textContent.trim();
        return [...body.rows].slice(1).map(row =>
          [share, ...[...row.cells].map(c => c.innerText.trim().replace(/\\s+/g, ' '))]); }); })()
      """ % json.dumps(caption))


def text(number):
    return str(int(number)) if number == int(number) else str(number)


def fixed(number, decimals=3):
    return f"{number:.{decimals}f}"


class Study:
    """A study as study.json has it."""

    def __init__(self, folder):
        self.all = json.loads((folder / "study.json").read_text())
        self.shares = self.all["settings"]["shares"]
        self.rows = self.all["rows"]
        self.comparisons = self.all["comparisons"]

    def heading(self, share):
        images = self.all["share_images"][self.shares.index(share)]
        return f"Share {text(share)}: {images:,} real images"

    @staticmethod
    def name(row):
        arm, ratio = row["arm"], row["ratio"]
        if arm == "repeated":
            return f"repeated x{text(ratio + 1)}"
        return f"{arm} {text(ratio)}:1" if arm in ("synthetic", "filtered", "both") else arm

    def groups(self):
        """Returns the rows by share and arm, in the order of the file."""
        groups = {}
        for row in self.rows:
            groups.setdefault((row["share"], self.name(row)), []).append(row)
        return groups


def check_words(browser, study):
    """Expects the verdicts, the warnings, the classes and the settings."""
    expect(browser.value("[...document.querySelectorAll('.verdict')].map(e => e.textContent)"),
           study.all["verdicts"], "the verdicts")
    expect(browser.value("[...document.querySelectorAll('.warnings li')].map(e => e.textContent)"),
           study.all["warnings"], "the warnings")
    facts = dict(browser.value("[...document.querySelectorAll('[aria-labelledby=facts] tr')]"
                               ".map(r => [...r.cells].map(c => c.textContent))"))
    data, settings = study.all["data"], study.all["settings"]
    expect(facts["Classes"], ", ".join(data["classes"]), "the classes")
    expect(facts["Digest of the data"], data["digest"], "the digest")
    expect(facts["Seed"], str(settings["seed"]), "the seed")
    expect(facts["Version"], f"dcgan {study.all['version']}", "the version")
    expect(browser.value("document.querySelectorAll('i, script').length"), 0,
           "elements out of names")
    expect("This page embeds real images of patients" in browser.value("document.body.textContent"),
           True, "the word of patients")


def check_tables(browser, study):
    """Expects the numbers of study.json in the tables."""
    browser.value("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    figures = ["auroc", "auprc", "balanced_accuracy", "sensitivity", "specificity", "brier"]

    def spread(rows, figure):
        values = [row[figure] for row in rows]
        mean = sum(values) / len(values)
        return f"{fixed(mean)} {fixed(min(values))} to {fixed(max(values))}"

    expect(cells(browser, "Means over"),
           [[study.heading(share), name, *(spread(rows, f) for f in figures),
             f"{rows[0]['images']:,}", f"{rows[0]['synthetic_images']:,}"]
            for (share, name), rows in study.groups().items()], "the means")
    expect(cells(browser, "The figures on the test images"),
           [[study.heading(row["share"]), study.name(row), str(row["seed"]), f"{row['images']:,}",
             f"{row['synthetic_images']:,}", fixed(row["auroc"]),
             f"{fixed(row['auroc_low'])} to {fixed(row['auroc_high'])}",
             *(fixed(row[f]) for f in figures[1:]), fixed(row["threshold"])]
            for row in study.rows], "the trainings")
    controls = {row["arm"]: study.name(row) for row in study.rows}
    expect(cells(browser, "Difference of the AUROC"),
           [[study.heading(c["share"]), study.name(c), controls[c["control"]],
             ("" if c["difference"] < 0 else "+") + fixed(c["difference"]),
             f"{fixed(c['low'])} to {fixed(c['high'])}", fixed(c["p"], 4), fixed(c["p_holm"], 4),
             "no difference shown" if c["p_holm"] >= 0.05
             else "better" if c["difference"] > 0 else "worse"]
            for c in study.comparisons], "the comparisons")
    sensitivities = cells(browser, "Sensitivity at a specificity")
    expect([row[:2] for row in sensitivities],
           [[study.heading(share), name] for share, name in study.groups()],
           "the arms of the ROC curves")
    for row in sensitivities:
        expect(row[2:], sorted(row[2:], reverse=True), f"the sensitivities of {row[:2]}")


def check_curves(browser, study):
    """Expects a line for each arm and a point for each share, all of them within the pictures."""
    arms = study.all["settings"]["arms"]
    ordered = sorted(study.rows, key=lambda row: (arms.index(row["arm"]), row["ratio"]))
    names = list(dict.fromkeys(map(study.name, ordered)))
    expect(browser.value("[...document.querySelectorAll('.wide .legend li')]"
                         ".map(e => e.textContent.trim())"), names, "the legend")
    plot = ".wide > svg "
    expect(browser.value(f"document.querySelectorAll('{plot}.line').length"), len(names), "lines")
    for kind in "whisker", "marker":
        expect(browser.value(f"document.querySelectorAll('{plot}.{kind}').length"),
               len(study.groups()), f"{kind}s")
    expect(browser.value("document.querySelectorAll('[aria-labelledby=roc] .chart').length"),
           len(study.shares), "pictures of ROC curves")
    expect(browser.value("document.querySelectorAll('[aria-labelledby=roc] .chart .line').length"),
           len(study.groups()), "ROC curves")
    expect(browser.value("""[...document.querySelectorAll('.chart > svg')].flatMap(svg => {
        const box = svg.viewBox.baseVal;
        return [...svg.querySelectorAll('path, text')].map(e => e.getBBox()).filter(b => b.x < 0 ||
          b.y < 0 || b.x + b.width > box.width || b.y + b.height > box.height); }).length"""), 0,
           "parts outside of the pictures")
    expect(browser.value("document.querySelectorAll('.examples img').length"),
           2 * len(study.shares), "sheets of examples")


def check_strokes(browser, scheme):
    """Expects curves to stand out from their ground by at least 3 to 1 (WCAG 2.1, 1.4.11)."""
    low = browser.value("""(() => {
      const light = text => text.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255).map(v =>
        v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      return [...document.querySelectorAll('.chart .line')].map(line => {
        const ink = light(getComputedStyle(line).stroke);
        const paper = light(getComputedStyle(line.closest('.chart')).backgroundColor);
        return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05); })
        .filter(ratio => !(ratio >= 3)); })()""")
    expect(low, [], f"curves of little contrast, {scheme}")


def check_print(browser, folder):
    """Expects a PDF, white, with the tables that are folded on the screen, as wide as the paper."""
    browser.show(PAPER, 1000, "light")
    browser.call("Emulation.setEmulatedMedia", media="print")
    check_width(browser, "paper")
    expect(browser.value("getComputedStyle(document.body).backgroundColor"),
           "rgb(255, 255, 255)", "the ground of the paper")
    expect(browser.value("[...document.querySelectorAll('.numbers')]"
                         ".filter(t => t.getBoundingClientRect().height === 0).length"), 0,
           "tables that are folded on paper")
    browser.call("Emulation.setEmulatedMedia", media="")
    pdf = base64.b64decode(browser.call("Page.printToPDF", printBackground=True)["data"])
    expect(pdf[:5], b"%PDF-", "the start of the printed page")
    if folder is not None:
        (folder / "print.pdf").write_bytes(pdf)


def main():
    program, path = sys.argv[1:3]
    page = pathlib.Path(path).resolve() / "study.html"
    study = Study(page.parent)
    folder = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    if page.stat().st_size > LARGEST:
        FAILURES.append(f"{page.stat().st_size} bytes are more than {LARGEST}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            browser.show(1280, 900, "light")
            browser.open(page.as_uri())
            check_structure(browser)
            check_drawings(browser)
            check_words(browser, study)
            check_curves(browser, study)
            check_contrast(browser, "light")
            check_strokes(browser, "light")
            save(browser, folder, "light")
            check_print(browser, folder)
            check_tables(browser, study)
            browser.show(1280, 900, "dark")
            expect(browser.value("getComputedStyle(document.body).backgroundColor"),
                   "rgb(18, 22, 27)", "the ground in the dark")
            check_contrast(browser, "dark")
            check_strokes(browser, "dark")
            save(browser, folder, "dark")
            browser.show(360, 800, "light", is_phone=True)
            check_width(browser, "360 pixels")
            check_curves(browser, study)
            save(browser, folder, "phone")
            check_silence(browser)
        finally:
            browser.close()
    finish(page, "light, dark, phone and print are as they should be, and so are the numbers")


if __name__ == "__main__":
    main()
