/// The report's style sheet and its script.
enum ReportStyle {
  /// The style that follows the common one: one column on a phone, black on white on paper.
  static let css: HTML = """
    .missing, .legend, figcaption + p { font-size: .9rem; }
    .missing { background: var(--panel); padding: .75rem; border-radius: .4rem; }
    .facts { display: grid; gap: .5rem;
      grid-template-columns: repeat(auto-fit, minmax(max(9rem, 22%), 1fr));
      margin: 1rem 0; }
    .facts div { background: var(--panel); border-radius: .4rem; padding: .5rem .75rem; }
    .facts dt { color: var(--faint); font-size: .85rem; }
    .facts dd { margin: 0; font-size: 1.15rem; font-weight: 600; }
    .warnings { background: var(--warn-ground); color: var(--warn); border-left: .3rem solid;
      padding: .5rem 1rem; margin: 1rem 0; } .warnings h2 { border: 0; margin: 0; font-size: 1rem; }
    .warnings ul { margin: .25rem 0; padding-left: 1.2rem; }
    .columns { display: grid; gap: 1rem;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
    .columns > .facts { margin: 0; align-content: start;
      grid-template-columns: repeat(2, 1fr); }
    figure { margin: 0; min-width: 0; } figcaption { font-weight: 600; margin-bottom: .25rem; }
    .chart { background: var(--panel); border-radius: .4rem; padding: .75rem; }
    .chart p { margin: .25rem 0; } svg { display: block; width: 100%; height: auto; }
    svg text { fill: var(--faint); font-size: 13px; } .grid { stroke: var(--rule); }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
    .line-1 { stroke: var(--blue); } .line-2 { stroke: var(--orange); stroke-dasharray: 6 4; }
    .line-3 { stroke: var(--green); stroke-dasharray: 1 4; }
    .bar { fill: var(--blue); } .bar.generated { fill: var(--orange); }
    .threshold, .ideal { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
    .point-1 { fill: var(--blue); stroke: var(--blue); }
    .point-2 { fill: var(--panel); stroke: var(--orange); stroke-width: 2; }
    .interval-1 { stroke: var(--blue); } .interval-2 { stroke: var(--orange); }
    svg .mark { fill: var(--ink); }
    .legend { list-style: none; margin: .25rem 0 0; padding: 0; display: flex; flex-wrap: wrap;
      gap: .25rem 1rem; } .legend li { display: flex; align-items: center; gap: .4rem; }
    .sample { width: 34px; flex: none; }
    .sheets img, .pair img { display: block; width: 100%; height: auto; background: #000;
      image-rendering: auto; border-radius: .2rem; }
    .sheets figure { max-width: 44rem; } .sheets figure[hidden] { display: none; }
    .slider ~ .strip figcaption { display: none; }
    .slider { display: grid; grid-template-columns: auto 1fr; gap: .25rem .75rem;
      align-items: center; max-width: 44rem; margin: .5rem 0; }
    .slider output { grid-column: 1 / -1; font-weight: 600; }
    .scroll { overflow-x: auto; } .scroll .numbers th { white-space: nowrap; }
    caption { text-align: left; color: var(--faint); padding-bottom: .25rem; }
    .numbers th:not(:first-child), .numbers td { text-align: right; white-space: nowrap; }
    @media (scripting: none) { .slider { display: none; }
      .slider ~ .strip figcaption { display: block; }
      .sheets figure[hidden] { display: block; margin-bottom: 1rem; } }
    @media print { :root { color-scheme: light; --ground: #fff; --panel: #fff; --ink: #000;
        --faint: #333; --rule: #999; --blue: #1b5fb8; --orange: #a84a00; --green: #17703c;
        --warn: #8a2b00; --warn-ground: #fff; }
      body { max-width: none; padding: 0; font-size: 10pt; } .slider, .reload { display: none; }
      figure, tr, .warnings { break-inside: avoid; } h2, section > p { break-after: avoid; }
      .slider ~ .strip figcaption { display: block; }
      details::details-content { content-visibility: visible; block-size: auto; }
      .scroll { overflow: visible; }
      .chart { border: 1px solid var(--rule); }
      .columns { grid-template-columns: repeat(2, 1fr); }
      .strip { display: grid; grid-template-columns: repeat(2, 1fr); gap: .75rem; }
      .sheets figure, .sheets figure[hidden] { display: none; }
      .sheets figure.printed, .sheets figure.printed[hidden] { display: block; } }
    """

  /// The script: the slider shows one sheet, and a page of a run under way loads itself again
  /// where the reader has not switched that off. What the reader chose outlives the loading.
  static let script: HTML = """
    "use strict";
    const slider = document.getElementById("epoch");
    const reload = document.getElementById("reload");
    const store = (key, value) => { try {
      if (value === undefined) return sessionStorage.getItem(key);
      sessionStorage.setItem(key, value); } catch { return null; } };
    if (slider) {
      const sheets = [...document.querySelectorAll(".sheets figure")];
      const output = document.getElementById("epoch-shown");
      const show = () => {
        sheets.forEach((sheet, index) => { sheet.hidden = index !== Number(slider.value); });
        const epoch = sheets[slider.value].dataset.epoch;
        output.textContent = "Epoch " + epoch;
        slider.setAttribute("aria-valuetext", "epoch " + epoch);
        return epoch; };
      const kept = sheets.findIndex(sheet => sheet.dataset.epoch === store("epoch"));
      slider.value = kept < 0 ? sheets.length - 1 : kept;
      show();
      slider.addEventListener("input", () => {
        const epoch = show();
        store("epoch", Number(slider.value) === sheets.length - 1 ? "" : epoch); });
    }
    if (reload) {
      reload.checked = store("reload") !== "off";
      reload.addEventListener("change", () => store("reload", reload.checked ? "on" : "off"));
      setInterval(() => { if (reload.checked && !document.hidden) location.reload(); }, 30000);
    }

    """

  /// The digest by which the page allows this script and no other: SHA-256 in Base64, as
  /// `Scripts/test-report` checks.
  static let scriptDigest: HTML = "Z6W/LUsBAjO83GXcEmCtbb0B24BERoSdjterQjAyTeE="
}
