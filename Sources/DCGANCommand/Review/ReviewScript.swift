/// The script of a review's page.
enum ReviewScript {
  /// The script. It shows one image after the other, and keeps verdicts in the browser under the
  /// review's name. Time counts while the page is in sight, until an image is left.
  static let source: HTML = #"""
    "use strict";
    const find = id => document.getElementById(id);
    const review = JSON.parse(find("review").textContent);
    const names = review.images.map(([name]) => name);
    const words = ["real", "synthetic", "unsure"];
    const place = "dcgan-review-" + review.id;
    const [view, canvas, reader] = [find("view"), find("image"), find("reader")];
    const sliders = ["zoom", "window", "level"].map(find);
    const [zoom, width, level] = sliders;
    const context = canvas.getContext("2d");
    const frame = context.createImageData(review.size, review.size);
    const kept = { reader: "", verdicts: {}, seconds: {} };
    let at = 0, since = performance.now(), pixels;

    const read = () => {
      try {
        const found = JSON.parse(localStorage.getItem(place)) ?? {};
        kept.reader = String(found.reader ?? "");
        for (const name of names) {
          if (words.includes(found.verdicts?.[name])) kept.verdicts[name] = found.verdicts[name];
          if (found.seconds?.[name] > 0) kept.seconds[name] = Number(found.seconds[name]);
        }
      } catch { say("The verdicts that this browser kept cannot be read."); } };
    const keep = () => {
      try { localStorage.setItem(place, JSON.stringify(kept)); } catch {
        say("This browser cannot keep verdicts: download them before you close or reload the page."); } };
    const say = text => { find("message").textContent = text; };

    const spend = () => {
      const now = performance.now();
      kept.seconds[names[at]] = (kept.seconds[names[at]] ?? 0) + (now - since) / 1000;
      since = now; };
    const draw = () => {
      const range = Number(width.value), low = Number(level.value) - range / 2;
      for (let i = 0; i < pixels.length; i++) {
        const shade = (pixels[i] - low) * 255 / range;
        frame.data.set([shade, shade, shade, 255], 4 * i);
      }
      context.putImageData(frame, 0, 0);
      for (const slider of sliders) slider.nextElementSibling.textContent = slider.value; };
    const enlarge = () => {
      const x = (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth;
      const y = (view.scrollTop + view.clientHeight / 2) / view.scrollHeight;
      canvas.style.width = 100 * zoom.value + "%";
      view.scrollTo(x * view.scrollWidth - view.clientWidth / 2,
        y * view.scrollHeight - view.clientHeight / 2);
      draw(); };
    const tell = () => {
      const judged = names.filter(name => kept.verdicts[name]).length;
      find("place").textContent = `Image ${at + 1} of ${names.length}`;
      find("judged").textContent = `${judged} judged`;
      find("progress").value = judged;
      find("back").disabled = at === 0;
      find("next").disabled = at === names.length - 1;
      find("download").disabled = judged === 0 || reader.value.trim() === "";
      for (const button of document.querySelectorAll("[data-verdict]"))
        button.setAttribute("aria-pressed", button.dataset.verdict === kept.verdicts[names[at]]);
      return judged; };
    const show = index => {
      at = index;
      since = performance.now();
      pixels = Uint8Array.from(atob(review.images[at][1]), letter => letter.charCodeAt(0));
      draw();
      tell(); };
    const go = index => {
      if (index < 0 || index >= names.length) return;
      spend();
      keep();
      show(index); };
    const judge = word => {
      spend();
      kept.verdicts[names[at]] = word;
      keep();
      const open = names.findIndex(name => !kept.verdicts[name]);
      show(at + 1 < names.length ? at + 1 : open < 0 ? at : open);
      if (open < 0) say("All images are judged. Enter the reader and download the verdicts."); };
    const move = (slider, step) => {
      slider.value = Number(slider.value) + step;
      slider === zoom ? enlarge() : draw(); };
    const reset = () => {
      for (const slider of sliders) slider.value = slider.defaultValue;
      enlarge(); };

    const download = () => {
      const quote = text => '"' + text.replaceAll('"', '""') + '"';
      const who = reader.value.trim();
      const lines = names.filter(name => kept.verdicts[name]).map(name =>
        [review.id, quote(who), name, kept.verdicts[name],
          (kept.seconds[name] ?? 0).toFixed(1)].join());
      const table = ["review,reader,image,verdict,seconds", ...lines, ""].join("\n");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([table], { type: "text/csv" }));
      link.download = `verdicts-${review.id}-${who.replace(/[^\p{L}\p{N}]+/gu, "-")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      say(`${lines.length} of ${names.length} verdicts are in ${link.download}.`); };
    const clear = () => {
      [kept.reader, kept.verdicts, kept.seconds] = ["", {}, {}];
      reader.value = "";
      keep();
      say("");
      show(0); };

    const keys = {
      1: () => judge("real"), r: () => judge("real"), 2: () => judge("synthetic"),
      s: () => judge("synthetic"), 3: () => judge("unsure"), u: () => judge("unsure"),
      ArrowLeft: () => go(at - 1), Backspace: () => go(at - 1), ArrowRight: () => go(at + 1),
      "+": () => move(zoom, 0.5), "=": () => move(zoom, 0.5), "-": () => move(zoom, -0.5),
      w: () => move(width, 8), n: () => move(width, -8), b: () => move(level, -4),
      d: () => move(level, 4), 0: reset };
    document.addEventListener("keydown", event => {
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const scrolls = event.target.type === "range" || event.target === view && zoom.value > 1;
      if (!Object.hasOwn(keys, key) || event.ctrlKey || event.metaKey || event.altKey
        || event.target === reader || key.startsWith("Arrow") && scrolls
        || event.repeat && !"+=-wnbd".includes(key)) return;
      event.preventDefault();
      keys[key](); });
    for (const button of document.querySelectorAll("[data-verdict]"))
      button.addEventListener("click", () => judge(button.dataset.verdict));
    for (const [id, act] of Object.entries({ back: () => go(at - 1), next: () => go(at + 1),
      reset, download, clear })) find(id).addEventListener("click", act);
    zoom.addEventListener("input", enlarge);
    for (const slider of [width, level]) slider.addEventListener("input", draw);
    reader.addEventListener("input", () => {
      kept.reader = reader.value;
      keep();
      tell(); });
    view.addEventListener("pointermove", event => {
      if (event.pointerType === "mouse" && event.buttons === 1)
        view.scrollBy(-event.movementX, -event.movementY); });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) { spend(); keep(); } else since = performance.now(); });

    read();
    reader.value = kept.reader;
    show(Math.max(0, names.findIndex(name => !kept.verdicts[name])));
    """#

  /// The digest by which the page allows this script and no other: SHA-256 in Base64, as
  /// `Scripts/test-review` checks.
  static let digest: HTML = "s03iMWNHZEW4G/GPBjoSpVrgCkcldNE9dFfoABj2gYA="
}
