/// The style sheet of a study's page.
enum StudyStyle {
  /// The style that follows those of all pages and of the report: nine series that differ by colour,
  /// dashes and marks, in light and in dark.
  static let css: HTML = """
    \(ReportStyle.css)
    :root { --s0: #1a2027; --s1: #5f6a74; --s2: #17703c; --s3: #a84a00; --s4: #c2185b; --s5: #1b5fb8;
      --s6: #7a4fbf; --s7: #8a6d00; --s8: #007a87; }
    @media (prefers-color-scheme: dark) { :root { --s0: #e6eaee; --s1: #a5b0bb; --s2: #7fd69b;
      --s3: #ffb066; --s4: #ff8ab5; --s5: #7db4ff; --s6: #c5a8ff; --s7: #e6cf6b; --s8: #6bd5e0; } }
    .verdict { font-size: 1.1rem; border-left: .3rem solid var(--blue); padding: .25rem .75rem;
      margin: .5rem 0; background: var(--panel); }
    .series-0 { color: var(--s0); } .series-1 { color: var(--s1); stroke-dasharray: 7 5; }
    .series-2 { color: var(--s2); stroke-dasharray: 2 4; } .series-3 { color: var(--s3); }
    .series-4 { color: var(--s4); stroke-dasharray: 7 5; }
    .series-5 { color: var(--s5); stroke-dasharray: 2 4; }
    .series-6 { color: var(--s6); stroke-dasharray: 9 3 2 3; } .series-7 { color: var(--s7); }
    .series-8 { color: var(--s8); stroke-dasharray: 9 3 2 3; }
    [class*=series-] { stroke: currentColor; }
    .whisker, .marker { stroke-width: 1.5; stroke-dasharray: none; fill: var(--panel); }
    .marker.solid { fill: currentColor; } .ideal { fill: none; }
    .wide { max-width: 52rem; }
    .range { color: var(--faint); font-size: .85em; }
    .scroll .numbers thead th { white-space: normal; overflow-wrap: normal; vertical-align: bottom; }
    .numbers .group th { text-align: left; padding-top: .9rem; }
    .examples img { display: block; width: 100%; height: auto; background: #000; }
    [aria-labelledby=facts] th { min-width: 9rem; }
    .columns + .columns { margin-top: 1rem; }
    @media (max-width: 30rem) { .wide text { font-size: 22px; } }
    @media print { :root { --s0: #000; --s1: #5f6a74; --s2: #17703c; --s3: #a84a00; --s4: #c2185b;
        --s5: #1b5fb8; --s6: #7a4fbf; --s7: #8a6d00; --s8: #007a87; }
      .numbers { font-size: 7.5pt; } .numbers th, .numbers td { padding-right: .4rem; } }
    """
}
