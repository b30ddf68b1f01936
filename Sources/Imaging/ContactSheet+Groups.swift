extension ContactSheet {
  /// Lays out groups of images under one another, each beginning a new row that its label stands beside;
  /// groups without images are left out.
  ///
  /// - Parameters:
  ///   - groups: A label and images, which all have one size; one at least has some.
  ///   - columns: The images of a row, at most.
  public static func image(
    of groups: [(label: String, tiles: [PixelImage])], columns: Int = 8
  ) -> PixelImage {
    let groups = groups.filter { !$0.tiles.isEmpty }
    let width = min(columns, groups.map(\.tiles.count).max() ?? 1)
    var tiles: [PixelImage] = []
    var labels: [String] = []
    for group in groups {
      let rows = (group.tiles.count + width - 1) / width
      labels += [group.label] + Array(repeating: "", count: rows - 1)
      let first = group.tiles[0]
      let blank = PixelImage(
        width: first.width, height: first.height, channels: first.channels,
        pixels: Array(repeating: 0, count: first.pixels.count))
      tiles += group.tiles + Array(repeating: blank, count: rows * width - group.tiles.count)
    }
    return ContactSheet(columns: width).image(
      of: tiles, rowLabels: labels, textScale: max(1, (tiles.first?.width ?? 1) / 64))
  }
}
