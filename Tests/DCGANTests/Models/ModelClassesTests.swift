import DCGAN
import Tensor
import Testing

@Suite struct ModelClassesTests {
  private let classes = ModelClasses(names: ["NORMAL", "PNEUMONIA"], images: [1341, 3875])

  @Test func classesAreDrawnAsOftenAsThereWereImages() {
    let labels = (0..<20_000).map { classes.label(drawnFor: $0, seed: 7) }
    let share = Double(labels.count { $0 == 0 }) / 20_000
    // 1341 of 5216; the standard deviation of the share is 0.0031.
    #expect(abs(share - 1341.0 / 5216) < 0.0125)
  }

  @Test func aCandidatesClassDependsOnSeedAndNumberAlone() {
    let labels = (0..<64).map { classes.label(drawnFor: $0, seed: 1) }
    #expect(labels == (0..<64).map { classes.label(drawnFor: $0, seed: 1) })
    #expect(labels != (0..<64).map { classes.label(drawnFor: $0, seed: 2) })
    #expect(Set(labels) == [0, 1])
  }

  @Test func aSheetHasWholeColumnsOfAClass() {
    #expect(classes.sheetLabels(16) == [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1])
    #expect(ModelClasses(unnamed: 3).sheetLabels(8) == [0, 0, 0, 1, 1, 1, 2, 2])
    #expect(ModelClasses(unnamed: 10).sheetLabels(12) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
  }

  @Test func thereAreFrom2To64Classes() {
    #expect(!ModelClasses.allows(names: ["a"], images: [1]))
    #expect(!ModelClasses.allows(names: ["a", "a"], images: [1, 1]))
    #expect(!ModelClasses.allows(names: ["a", "b"], images: [1, 0]))
    #expect(!ModelClasses.allows(names: ["a", "b"], images: [1]))
    #expect(ModelClasses.allows(names: ["a", "b"], images: [1, 2]))
    let many = (0..<65).map { "\($0)" }
    #expect(!ModelClasses.allows(names: many, images: many.map { _ in 1 }))
    #expect(ModelClasses.allows(names: Array(many[..<64]), images: many[..<64].map { _ in 1 }))
  }

  @Test func conditionalNetworksHaveParametersForEachClass() {
    let settings = ModelSettings(size: 32, channels: 1, nz: 4, ngf: 2, ndf: 3, classes: classes)
    let generator = NetworkSpecification.generator(settings).tensors
    let discriminator = NetworkSpecification.discriminator(settings).tensors
    #expect(generator.first { $0.name == "main.1.weight" }?.shape == Shape(1, 2, 1, 16))
    #expect(generator.first { $0.name == "main.1.running_mean" }?.shape == Shape(vector: 16))
    #expect(generator.first { $0.name == "main.10.bias" }?.shape == Shape(1, 2, 1, 2))
    #expect(
      discriminator.first { $0.name == "main.11.projection.weight" }?.shape == Shape(1, 2, 1, 24))
  }

  @Test func theClassDecidesImagesAndScores() {
    let settings = ModelSettings(size: 32, channels: 1, nz: 4, ngf: 2, ndf: 2, classes: classes)
    let model = AdversarialModel(settings, seed: 3)
    let backend = Backend(threads: 1)
    let latents = Tensor(
      latents: 2, nz: 4, from: RandomUse.sampleLatents.stream(seed: 0))
    let normal = model.generate(latents, labels: [0, 0], backend)
    let mixed = model.generate(latents, labels: [0, 1], backend)
    #expect(normal.batch(0..<1).values == mixed.batch(0..<1).values)
    #expect(normal.batch(1..<2).values != mixed.batch(1..<2).values)
    let scores = [[0, 0], [0, 1]].map { model.logits(normal, labels: $0, backend).values }
    #expect(scores[0][0] == scores[1][0])
    #expect(scores[0][1] != scores[1][1])
  }
}
