/// The style sheet of a study's page.
enum StudyStyle {
  /// The style that follows those of all pages and of the report: nine series that differ by colour,
  /// dashes and marks, in light and in dark.
  static let css: HTML = """
    \(ReportStyle.css)
    :root { --s0: #1a2027; --s1: #6b7680; --s2: #17703c; --s3: #a84a00; --s4: #c2185b; --s5: #1b5fb8;
      --s6: #7a4fbf; --s7: #8a6d00; --s8: #007a87; }
    @media (prefers-color-scheme: dark) { :root { --s0: #e6eaee; --s1: #a5b0bb; --s2: #7fd69b;
      --s3: #ffb066; --s4: #ff8ab5; --s5: #7db4ff; --s6: #c5a8ff; --s7: #e6cf6b; --s8: #6bd5e0; } }
    @media print { :root { --s0: #000; --s1: #666; --s2: #17703c; --s3: #a84a00; --s4: #c2185b;
      --s5: #1b5fb8; --s6: #7a4fbf; --s7: #8a6d00; --s8: #007a87; } }
    .verdict { font-size: 1.1rem; border-left: .3rem solid var(--blue); padding: .25rem .75rem;
      margin: .5rem 0; background: var(--panel); }
    .whisker { stroke-width: 1.5; } .marker { stroke-width: 1.5; fill: var(--panel); }
    .series-0 { stroke: var(--s0); } .series-1 { stroke: var(--s1); stroke-dasharray: 7 4; }
    .series-2 { stroke: var(--s2); stroke-dasharray: 2 4; }
    .series-3 { stroke: var(--s3); } .series-4 { stroke: var(--s4); stroke-dasharray: 7 4; }
    .series-5 { stroke: var(--s5); stroke-dasharray: 2 4; }
    .series-6 { stroke: var(--s6); stroke-dasharray: 9 3 2 3; }
    .series-7 { stroke: var(--s7); } .series-8 { stroke: var(--s8); stroke-dasharray: 7 4; }
    .whisker, .marker { stroke-dasharray: none; }
    .examples img { display: block; max-width: 100%; height: auto; background: #000; }
    .columns + .columns { margin-top: 1rem; }
    .ideal { fill: none; }
    """
}
