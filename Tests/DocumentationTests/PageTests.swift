import Foundation
import Testing

/// What the pages show is what is compiled, with nothing but the public declarations, as this target
/// has no access to the package's own.
@Suite struct PageTests {
  @Test(arguments: try Page.all())
  func everySwiftBlockIsPartOfAnExample(_ path: String) throws {
    let regions = try ExampleSource.regions()
    for block in try Page(path).blocks("swift") {
      #expect(regions.contains(block), "\(path) shows what no example holds:\n\(block)")
    }
  }

  @Test func everyPartOfAnExampleStandsOnAPage() throws {
    let blocks = Set(try Page.all().flatMap { try Page($0).blocks("swift") })
    for region in try ExampleSource.regions() {
      #expect(blocks.contains(region), "no page shows:\n\(region)")
    }
  }

  /// A type that no group of the table of contents names is hard to find. A module's version is not
  /// among them: Swift leaves it out of what documentation is made of.
  @Test(arguments: Page.catalogs)
  func theTableOfContentsNamesEveryPublicType(_ catalog: String) throws {
    let folder = (catalog as NSString).deletingLastPathComponent
    let module = (folder as NSString).lastPathComponent
    let contents = try Page("\(catalog)/\(module).md").text
    let types = try publicTypes(in: folder).filter { $0 != "\(module)Version" }
    #expect(types.count > 1)
    for type in types {
      #expect(
        contents.contains("- ``\(type)``") || contents.contains("- ``\(module)/\(type)``"),
        "\(module).md has no \(type)")
    }
  }

  private func publicTypes(in folder: String) throws -> [String] {
    let declaration = /(?m)^public (?:final class|class|struct|enum|protocol|typealias) (\w+)/
    let root = Page.root.appending(path: folder).path
    return try FileManager.default.subpathsOfDirectory(atPath: root)
      .filter { $0.hasSuffix(".swift") }
      .flatMap { file in
        try String(contentsOfFile: "\(root)/\(file)", encoding: .utf8).matches(of: declaration)
          .map { String($0.output.1) }
      }
  }

  /// `Scripts/pytorch-round-trip.py` runs the guide's lines that make networks, and the page's that
  /// load a checkpoint into them.
  @Test func thePagesNetworksInPythonAreTheGuides() throws {
    let guide = try #require(try Page("\(Page.guide)/PyTorch.md").blocks("python").first)
    let page = try Page("Sources/Checkpoints/Checkpoints.docc/CheckpointsAndPyTorch.md").blocks(
      "python")
    let making = try #require(guide.components(separatedBy: "\n\nnetG.load_state_dict").first)
    try #require(page.count == 2)
    // The page reads the sizes from a checkpoint, the guide from the files of `dcgan export`.
    let files = "\"netG.safetensors\", \"netD.safetensors\""
    #expect(page[0] == making.replacing(files, with: "[\"checkpoint.safetensors\"]"))
  }
}
