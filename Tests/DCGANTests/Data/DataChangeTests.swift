import DCGAN
import TestSupport
import Testing

@Suite struct DataChangeTests {
  private func configuration(images: Int, digest: String) -> RunConfiguration {
    RunConfiguration(
      dataPath: "x", batch: 10, seed: 1, split: "all", threads: 1, variant: "baseline",
      dataDigest: digest, images: images)
  }

  @Test func epochsAreCountedFromTheChange() {
    // Four steps an epoch, changed in the third step of the third epoch, then two steps an epoch.
    let before = configuration(images: 40, digest: "a")
    var after = configuration(images: 20, digest: "b")
    after.dataChanges = before.dataChanges(acceptedAt: 11)
    #expect(after.dataChanges == [DataChange(step: 11, epoch: 2, images: 40, digest: "a")])
    #expect(after.start == TrainingPosition.Start(step: 11, epoch: 2))
    let here = after.position(after: 11)
    #expect(here.epoch == 2 && here.nextEpoch == 3 && here.nextStepInEpoch == 0)
    #expect(here.isEndOfEpoch && here.epochsDone == 2)
    let next = after.position(after: 12)
    #expect(next.epoch == 3 && next.stepInEpoch == 1 && !next.isEndOfEpoch)
    let end = after.position(after: 13)
    #expect(end.epoch == 3 && end.isEndOfEpoch && end.epochsDone == 3)
    #expect(end.steps(throughEpoch: 5) == 17)
  }

  @Test func goingBackForgetsLaterChanges() {
    var run = configuration(images: 40, digest: "a")
    run.dataChanges = run.dataChanges(acceptedAt: 8)
    (run.images, run.dataDigest) = (20, "b")
    run.dataChanges = run.dataChanges(acceptedAt: 12)
    (run.images, run.dataDigest) = (60, "c")
    let first = DataChange(step: 8, epoch: 2, images: 40, digest: "a")
    #expect(run.dataChanges == [first, DataChange(step: 12, epoch: 4, images: 20, digest: "b")])
    #expect(
      run.dataChanges(acceptedAt: 10)
        == [first, DataChange(step: 10, epoch: 3, images: 20, digest: "b")])
    #expect(
      run.dataChanges(acceptedAt: 6) == [DataChange(step: 6, epoch: 1, images: 40, digest: "a")])
    #expect(run.dataChanges(acceptedAt: 8) == [first])
  }

  @Test func listsOfFilesAreCompared() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["data/a.png", "data/b.png", "data/c.png"])
    let before = DataFileList(try ImageFolder(root: folder.file("data")))
    try before.write(to: folder.file("list.json"))
    try folder.addFiles(["data/b.png"], bytes: 7)
    try folder.addFiles(["data/d.png"])
    let after = DataFileList(
      try ImageFolder(root: folder.file("data"), excluding: ["a.png"]))
    let read = try #require(DataFileList(contentsOf: folder.file("list.json")))
    #expect(read == before && read.count == 3)
    let difference = read.difference(to: after)
    #expect(difference.added == ["d.png"])
    #expect(difference.missing == ["a.png"])
    #expect(difference.changed == ["b.png"])
    #expect(DataFileList(contentsOf: folder.file("absent.json")) == nil)
  }

  @Test func aRunsDigestIsOfItsNumbersAlone() {
    let run = configuration(images: 40, digest: "a")
    var other = run
    (other.dataPath, other.epochs, other.threads, other.keep) = ("y", 7, 9, 1)
    #expect(other.digest == run.digest && run.digest.count == 16)
    other.seed = 2
    #expect(other.digest != run.digest)
  }
}
