import Support

/// The style of a review's page.
enum ReviewStyle {
  /// The style that follows the common one: the image beside its buttons, above them on a phone.
  static let css: HTML = """
    main { display: grid; gap: 1rem; margin-top: 1rem; align-items: start;
      grid-template-columns: minmax(0, min(60%, 80vh)) minmax(17rem, 1fr); }
    .view { aspect-ratio: 1; overflow: auto; background: #000; border-radius: .4rem; }
    .view canvas { display: block; width: 100%; aspect-ratio: 1; cursor: grab; }
    .panel { min-width: 0; }
    button { font: inherit; color: var(--ink); background: var(--panel); padding: .5rem .75rem;
      min-height: 2.75rem; border: 1px solid var(--faint); border-radius: .4rem; cursor: pointer;
      -webkit-tap-highlight-color: transparent; }
    button:disabled { color: var(--faint); border-color: var(--rule); cursor: default; }
    button[aria-pressed=true] { background: var(--blue); color: var(--ground);
      border-color: var(--blue); }
    kbd { font: inherit; font-size: .8rem; margin-left: .25rem; }
    .verdicts { display: grid; grid-template-columns: repeat(3, 1fr); gap: .5rem; }
    .verdicts button { min-height: 3.5rem; font-weight: 600; padding: .5rem .25rem; }
    .moves { display: flex; gap: .5rem; margin: .5rem 0; } .moves button { flex: 1; }
    .place { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem;
      margin: .75rem 0 .25rem; }
    #place { font-weight: 600; } #judged { color: var(--faint); }
    progress { width: 100%; height: .75rem; accent-color: var(--blue); display: block; }
    .sliders { display: grid; grid-template-columns: auto 1fr 3.5rem; gap: 0 .75rem;
      align-items: center; margin-top: 1rem; }
    .sliders output { text-align: right; font-variant-numeric: tabular-nums; }
    .keeping { display: grid; gap: .5rem; margin-top: 1rem; }
    input[type=text] { font: inherit; color: var(--ink); background: var(--ground); width: 100%;
      padding: .5rem .75rem; min-height: 2.75rem; border: 1px solid var(--faint);
      border-radius: .4rem; }
    .message { margin: .75rem 0; padding: .5rem .75rem; border-left: .3rem solid var(--blue);
      background: var(--panel); } .message:empty { display: none; }
    @media (max-width: 48rem) { main { grid-template-columns: minmax(0, 1fr); gap: .5rem; }
      h1 { margin: 0; } kbd { display: none; }
      .view { max-height: 60vh; margin: 0 auto; width: min(100%, 60vh); } }
    """
}
