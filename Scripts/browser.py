"""Drives headless Chromium and holds the checks that every page of dcgan has to pass.

For Scripts/test-report.py, Scripts/test-review.py and Scripts/test-study.py. Needs Python 3 and Chromium,
no packages.
"""
import base64
import json
import os
import subprocess
import sys
import time


class Browser:
    """A Chromium that is spoken to over a pipe, in Chrome's DevTools protocol."""

    def __init__(self, program, profile):
        to_browser, self._to = os.pipe()
        self._from, from_browser = os.pipe()
        # The protocol wants descriptors 3 and 4; the shell puts them there.
        self._process = subprocess.Popen(
            ["sh", "-c", f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}', program,
             "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
             "--disable-background-networking", f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(to_browser, from_browser), stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self._rest = b""
        self._count = 0
        self.events = []
        target = next(t for t in self.call("Target.getTargets")["targetInfos"]
                      if t["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    _session = None

    def call(self, method, **parameters):
        """Sends a command and returns its result; events that come first are kept."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def _read(self):
        while b"\0" not in self._rest:
            piece = os.read(self._from, 1 << 20)
            if not piece:
                raise RuntimeError("Chromium ended")
            self._rest += piece
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)

    def open(self, address):
        self.call("Page.navigate", url=address)
        self.wait(lambda: self.value("document.readyState") == "complete", "the page to load")

    def value(self, expression):
        """Evaluates JavaScript and returns what it gives, a promise's value included."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def press(self, key, code):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                      windowsVirtualKeyCode=code)

    def show(self, width, height, scheme, is_phone=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=2 if is_phone else 1, mobile=is_phone)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": scheme}])

    def wait(self, condition, what):
        end = time.monotonic() + 20
        while not condition():
            if time.monotonic() > end:
                raise RuntimeError(f"waited in vain for {what}")
            time.sleep(0.05)

    def close(self):
        self._session = None
        self.call("Browser.close")
        self._process.wait(20)


FAILURES = []


def expect(found, expected, what):
    if found != expected:
        FAILURES.append(f"{what}: expected {expected!r}, found {found!r}")


def check_silence(browser):
    """Expects nothing in the console and no request but for the page and the pictures in it."""
    for event in browser.events:
        method, parameters = event.get("method"), event.get("params", {})
        if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            FAILURES.append(f"in the console: {json.dumps(parameters)[:400]}")
        if method == "Network.requestWillBeSent":
            address = parameters["request"]["url"]
            if not address.startswith(("file:", "data:")):
                FAILURES.append(f"asked for {address[:200]}")


def check_structure(browser):
    """Expects names for all that a screen reader meets."""
    unnamed = "[...document.querySelectorAll('%s')].filter(e => !(%s)).length"
    expect(browser.value(unnamed % ("img", "e.alt")), 0, "images without alt")
    expect(browser.value(unnamed % ("canvas", "e.getAttribute('aria-label')")), 0,
           "drawing areas without a name")
    expect(browser.value(unnamed % ("section", "document.getElementById("
           "e.getAttribute('aria-labelledby'))")), 0, "sections without a heading")
    expect(browser.value(unnamed % ("input", "e.labels.length")), 0, "inputs without a label")
    expect(browser.value(unnamed % ("button", "e.textContent.trim()")), 0, "buttons without words")
    expect(browser.value(unnamed % ("th", "e.scope")), 0, "heads of tables without a scope")
    expect(browser.value("(() => { const i = [...document.querySelectorAll('[id]')].map(e => e.id);"
                         "return i.length - new Set(i).size; })()"), 0, "names given twice")
    expect(browser.value("document.querySelectorAll('h1').length"), 1, "headings of the page")
    expect(browser.value("document.documentElement.lang"), "en", "the language")


def check_drawings(browser):
    """Expects words for all charts, and pictures that decode."""
    unnamed = "[...document.querySelectorAll('%s')].filter(e => !(%s)).length"
    expect(browser.value(unnamed % ("svg[role=img]", "e.getAttribute('aria-labelledby').split(' ')"
           ".every(i => document.getElementById(i).textContent)")), 0, "charts without words")
    expect(browser.value(unnamed % ("svg", "e.getAttribute('role') === 'img' ||"
           "e.getAttribute('aria-hidden')")), 0, "drawings neither named nor hidden")
    expect(browser.value("Promise.all([...document.images].map(i => i.decode().then(() => 0,"
                         "() => 1))).then(a => a.reduce((x, y) => x + y, 0))"), 0,
           "images that cannot be decoded")


def check_contrast(browser, scheme):
    """Expects text to stand out from its ground by at least 4.5 to 1 (WCAG 2.1, 1.4.3)."""
    low = browser.value("""(() => {
      const parse = text => text.match(/[\\d.]+/g).map(Number);
      const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v =>
        v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = element => {
        for (let e = element; e; e = e.parentElement) {
          const colour = parse(getComputedStyle(e).backgroundColor);
          if (colour.length < 4 || colour[3] > 0) return colour;
        }
        return [255, 255, 255]; };
      const low = [];
      for (const e of document.querySelectorAll('p,dt,dd,h1,h2,li,th,td,text,label,summary,output,'
          + 'caption,figcaption,button,kbd')) {
        const style = getComputedStyle(e);
        const ink = light(parse(e.namespaceURI.endsWith('svg') ? style.fill : style.color));
        const paper = light(ground(e));
        const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        if (ratio < 4.5) low.push(e.tagName + ' ' + e.textContent.slice(0, 40) + ' ' + ratio);
      }
      return low.slice(0, 5); })()""")
    expect(low, [], f"text of little contrast, {scheme}")


def check_width(browser, what):
    """Expects nothing to stick out; a phone's window grows with what does, so it is no measure."""
    over = browser.value("(root => root.scrollWidth - root.clientWidth)(document.documentElement)")
    if over > 0:
        FAILURES.append(f"{what}: the page is {over} pixels wider than the window")


def save(browser, folder, name):
    if folder is None:
        return
    height = browser.value("Math.ceil(document.documentElement.getBoundingClientRect().height)")
    width = browser.value("window.innerWidth")
    data = browser.call("Page.captureScreenshot", captureBeyondViewport=True, clip={
        "x": 0, "y": 0, "width": width, "height": height, "scale": 1})["data"]
    (folder / f"{name}.png").write_bytes(base64.b64decode(data))


def finish(page, praise):
    """Ends the program with what was found, or with praise."""
    if FAILURES:
        sys.exit("\n".join(f"{page}: {failure}" for failure in FAILURES))
    print(f"{page}: {praise}")
