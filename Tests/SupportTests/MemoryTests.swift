import Support
import TestSupport
import Testing

@Suite struct MemoryTests {
  @Test func `the least limit of a control group and those above it counts`() throws {
    let folder = try TemporaryFolder()
    try folder.write("4:cpu:/x\n0::/job/step\n", to: "groups")
    func limit() -> Int? {
      controlGroupLimit(root: folder.path, membership: folder.file("groups"))
    }
    #expect(limit() == nil)
    try folder.addFiles(["job/step/other"])
    try folder.write("max\n", to: "job/step/memory.max")
    #expect(limit() == nil)
    try folder.write("5000\n", to: "job/memory.max")
    #expect(limit() == 5000)
    try folder.write("7000\n", to: "job/step/memory.max")
    #expect(limit() == 5000)
    try folder.write("3000\n", to: "memory.max")
    #expect(limit() == 3000)
    #expect(usableMemory > 0)
  }

  @Test func `groups of the first version have a folder of their own`() throws {
    let folder = try TemporaryFolder()
    try folder.write("7:cpu,memory:/job\n", to: "groups")
    try folder.addFiles(["memory/job/other"])
    try folder.write("9223372036854771712\n", to: "memory/memory.limit_in_bytes")
    try folder.write("6000\n", to: "memory/job/memory.limit_in_bytes")
    let limit = controlGroupLimit(root: folder.path, membership: folder.file("groups"))
    #expect(limit == 6000)
  }
}
