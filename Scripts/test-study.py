#!/usr/bin/env python3
"""Looks at the page of a study of dcgan in headless Chromium.

Usage: Scripts/test-study.py CHROMIUM STUDY [PICTURES]

STUDY is the folder that `dcgan study` wrote. The page must show what study.json says: verdicts, warnings, a
line and whiskers for each arm, the means, the differences and every training. Nothing may stand in the
console, leave the machine or stick out of the window. With PICTURES, a folder, screenshots go there. Needs
Python 3 and Chromium, no packages.
"""
import json
import pathlib
import sys
import tempfile

from browser import (Browser, check_contrast, check_silence, check_structure, check_width, expect,
                     finish, save)


def texts(browser, selector):
    return browser.value(f"[...document.querySelectorAll({selector!r})].map(e => e.textContent)")


def rows(browser, section):
    """The cells of the table of a section, row by row."""
    return browser.value(
        f"[...document.querySelectorAll('[aria-labelledby={section}] tbody tr')]"
        ".map(r => [...r.cells].map(c => c.textContent))")


def check_content(browser, study):
    expect(texts(browser, ".verdict"), study["verdicts"], "verdicts")
    expect(texts(browser, ".warnings li"), study["warnings"], "warnings")
    shares = study["settings"]["shares"]
    arms = {(row["arm"], row["ratio"]) for row in study["rows"]}
    cells = {(row["share"], row["arm"], row["ratio"]) for row in study["rows"]}
    chart = "[aria-labelledby=curves] svg[role=img]"
    expect(len(texts(browser, f"{chart} path.line")), len(arms), "lines of the chart")
    expect(len(texts(browser, f"{chart} line.whisker")), len(cells), "whiskers of the chart")
    expect(len(texts(browser, "[aria-labelledby=curves] .legend li")), len(arms), "its legend")
    expect(len(texts(browser, "[aria-labelledby=roc] .chart")), len(shares), "ROC charts")
    expect(len(texts(browser, "[aria-labelledby=roc] svg[role=img] path.line")), len(cells),
           "ROC curves")
    expect(len(texts(browser, "[aria-labelledby=examples] img")), 2 * len(shares), "examples")
    means = rows(browser, "curves")
    expect(len(means), len(cells), "rows of means")
    own = [row["auroc"] for row in study["rows"]
           if row["share"] == shares[0] and row["arm"] == "real"]
    expect(means[0][4], f"{sum(own) / len(own):.3f}", "the mean AUROC of the first arm")
    expect([row[3].lstrip("+") for row in rows(browser, "comparisons")],
           [f"{c['difference']:.3f}" for c in study["comparisons"]], "differences")
    expect([row[5] for row in rows(browser, "rows")],
           [f"{row['auroc']:.3f}" for row in study["rows"]], "the AUROC of every training")


def main():
    chromium, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    pictures = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    study = json.loads((folder / "study.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(chromium, profile)
        try:
            browser.show(1280, 900, "light")
            browser.open((folder / "study.html").resolve().as_uri())
            check_structure(browser)
            check_content(browser, study)
            for scheme, width, is_phone in ("light", 1280, False), ("dark", 1280, False), (
                    "light", 360, True):
                browser.show(width, 900, scheme, is_phone)
                name = f"study-{scheme}-{width}"
                check_contrast(browser, scheme)
                check_width(browser, name)
                save(browser, pictures, name)
            check_silence(browser)
        finally:
            browser.close()
    finish("study.html", "the page shows what study.json says")


if __name__ == "__main__":
    main()
