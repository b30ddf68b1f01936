/// The style that all pages share: light or dark as the reader's system is, legible on a phone.
enum PageStyle {
  /// The style sheet.
  static let css: HTML = """
    :root { color-scheme: light dark; --ground: #fff; --panel: #f4f6f8; --ink: #1a2027;
      --faint: #55606c; --rule: #c9d0d8; --blue: #1b5fb8; --orange: #a84a00; --green: #17703c;
      --warn: #8a2b00; --warn-ground: #fff3e6; }
    @media (prefers-color-scheme: dark) { :root { --ground: #12161b; --panel: #1c2229;
      --ink: #e6eaee; --faint: #a5b0bb; --rule: #3b4550; --blue: #7db4ff; --orange: #ffb066;
      --green: #7fd69b; --warn: #ffc28a; --warn-ground: #35240f; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 70rem; padding: 1rem; background: var(--ground);
      color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0; }
    h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--rule); }
    .lead { margin: 0; } .note { font-size: .9rem; color: var(--faint); margin: .25rem 0; }
    input[type=range] { width: 100%; min-height: 2.75rem; margin: 0; accent-color: var(--blue); }
    :focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
    details { margin: .75rem 0; } summary { cursor: pointer; padding: .6rem 0; }
    table { border-collapse: collapse; margin: .75rem 0; font-size: .9rem;
      font-variant-numeric: tabular-nums; }
    th, td { padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top;
      border-bottom: 1px solid var(--rule); }
    footer { margin: 2rem 0 1rem; border-top: 1px solid var(--rule); color: var(--faint);
      font-size: .9rem; }
    """
}
