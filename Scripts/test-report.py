#!/usr/bin/env python3
"""Opens a report of dcgan in headless Chromium and checks it as its readers would meet it.

Usage: Scripts/test-report.py CHROMIUM REPORT.html [PICTURES]

Light, dark, as wide as a phone, and printed; the slider by keyboard; reloading while a run goes on.
Nothing may stand in the console, leave the machine or stick out of the window. With PICTURES, a
folder, screenshots and the printed page go there. Needs Python 3 and Chromium, no packages.
"""
import base64
import pathlib
import sys
import tempfile

from browser import (Browser, FAILURES, check_contrast, check_drawings, check_silence,
                     check_structure, check_width, expect, finish, save)


def check_charts(browser):
    """Expects the curves, the scores and the reliability."""
    if browser.value("document.querySelectorAll('.line').length") < 6:
        FAILURES.append("there are fewer curves than losses, scores and speed need")
    expect(browser.value("document.querySelectorAll('.bar').length"), 20, "bars of the scores")
    check_reliability(browser)


def check_reliability(browser):
    """Expects a point for each bin that holds images, both curves' images to be the same, and the
    points to lie within the plot."""
    bins = browser.value("[...document.querySelectorAll('#reliability tbody tr')].map(r =>"
                         "[...r.querySelectorAll('td')].map(c => c.textContent))")
    expect(len(bins), 10, "bins of the reliability")
    for number, column in (1, 0), (2, 3):
        filled = sum(row[column] != "0" for row in bins)
        expect(browser.value(f"document.querySelectorAll('.point-{number}').length"), filled,
               f"points of curve {number}")
    expect(sum(int(row[0]) for row in bins), sum(int(row[3]) for row in bins),
           "images of the calibrated curve")
    expect(browser.value("[...document.querySelectorAll('[class^=point-]')].filter(p => {"
                         "const [x, y] = ['cx', 'cy'].map(n => Number(p.getAttribute(n)));"
                         "return x < 44 || x > 370 || y < 12 || y > 262; }).length"), 0,
           "points outside of the plot")


SHOWN = "[...document.querySelectorAll('.sheets figure')].findIndex(f => f.offsetParent !== null)"


def check_slider(browser):
    """Moves the slider by keyboard from the last sheet to others."""
    count = browser.value("document.querySelectorAll('.sheets figure').length")
    expect(browser.value(SHOWN), count - 1, "the sheet shown first")
    browser.value("document.getElementById('epoch').focus()")

    def check(place, what):
        expect(browser.value(SHOWN), place, f"the sheet after {what}")
        expect(browser.value("[...document.querySelectorAll('.sheets figure')]"
                             ".filter(f => f.offsetParent !== null).length"), 1, "sheets shown")
        words = browser.value(f"document.querySelectorAll('.sheets figure')[{place}]"
                              ".dataset.epoch")
        expect(browser.value("document.getElementById('epoch').getAttribute('aria-valuetext')"),
               f"epoch {words}", f"what the slider says after {what}")
        expect(browser.value("document.getElementById('epoch-shown').textContent"),
               f"Epoch {words}", f"what stands below the slider after {what}")

    browser.press("Home", 36)
    check(0, "Home")
    browser.press("ArrowRight", 39)
    check(1, "the right arrow")
    browser.press("End", 35)
    check(count - 1, "End")
    browser.press("ArrowLeft", 37)
    check(count - 2, "the left arrow")


def check_reloading(browser, address):
    """Expects the chosen sheet to outlive a loading, and the reader's choice not to load."""
    chosen = browser.value(SHOWN)
    browser.open(address)
    expect(browser.value(SHOWN), chosen, "the sheet after loading again")
    browser.press("Tab", 9)
    expect(browser.value("document.activeElement.id"),
           "reload" if browser.value("document.getElementById('reload') !== null") else "epoch",
           "what the first Tab reaches")


def check_print(browser, folder):
    """Expects a PDF of a few pages, on which at most four sheets stand."""
    browser.call("Emulation.setEmulatedMedia", media="print")
    count = browser.value("document.querySelectorAll('.sheets figure').length")
    expect(browser.value("[...document.querySelectorAll('.sheets figure')]"
                         ".filter(f => f.offsetParent !== null).length"), min(4, count),
           "sheets on paper")
    expect(browser.value("getComputedStyle(document.body).backgroundColor"),
           "rgb(255, 255, 255)", "the ground of the paper")
    expect(browser.value("getComputedStyle(document.querySelector('.slider')).display"), "none",
           "the slider on paper")
    browser.call("Emulation.setEmulatedMedia", media="")
    pdf = base64.b64decode(browser.call("Page.printToPDF", printBackground=True)["data"])
    expect(pdf[:5], b"%PDF-", "the start of the printed page")
    if folder is not None:
        (folder / "print.pdf").write_bytes(pdf)


def main():
    program, page = sys.argv[1:3]
    folder = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    address = pathlib.Path(page).resolve().as_uri()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            browser.show(1280, 900, "light")
            browser.open(address)
            check_structure(browser)
            check_drawings(browser)
            check_charts(browser)
            check_contrast(browser, "light")
            save(browser, folder, "light")
            browser.show(1280, 900, "dark")
            check_contrast(browser, "dark")
            save(browser, folder, "dark")
            check_slider(browser)
            check_reloading(browser, address)
            check_print(browser, folder)
            browser.show(375, 800, "light", is_phone=True)
            check_width(browser, "375 pixels")
            save(browser, folder, "phone")
            check_silence(browser)
        finally:
            browser.close()
    finish(page, "light, dark, phone, print and keyboard are as they should be")


if __name__ == "__main__":
    main()
