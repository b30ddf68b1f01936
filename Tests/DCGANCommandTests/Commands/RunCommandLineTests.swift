import Arguments
import DCGAN
import DCGANCommand
import DataSets
import Testing
import Training

@Suite struct RunCommandLineTests {
  private func configuration() -> RunConfiguration {
    RunConfiguration(
      data: RunData(dataPath: "d", split: "train", dataDigest: "x", images: 9),
      training: RunTraining(averageDecay: 0.999, seed: 1, techniques: Recipe.stable.techniques),
      program: RunProgram(variant: "avx2", threads: 1))
  }

  private let sizes = "--size 128 --channels 3 --nz 100 --ngf 64 --ndf 64"

  /// The recipe that is the default may be another for other images.
  @Test func theDefaultsNeedNoOptionsButTheSizesAndTheRecipe() {
    #expect(configuration().trainingOptions == sizes + " --recipe stable")
  }

  @Test func whatIsChosenIsSaid() {
    var run = configuration()
    (run.batch, run.learningRate, run.beta1) = (8, 1e-3, 0.9)
    (run.split, run.classes, run.limit) = ("all", ["A B"], 7)
    (run.excluded, run.fit, run.background) = (["*mask*"], .pad, 255)
    run.splitByPatient = PatientShares("0.5,0.25,0.25")
    run.window = .range(center: 2048, width: 4096)
    (run.frames, run.allowsBurnedIn) = (.first, true)
    #expect(
      run.trainingOptions == sizes
        + " --batch 8 --lr 0.001 --beta1 0.9 --split all --split-by-patient 0.5,0.25,0.25 "
        + "--class 'A B' --exclude '*mask*' --limit 7 "
        + "--fit pad --background 255 --window 2048,4096 --frames first --allow-burned-in --recipe stable"
    )
  }

  @Test func recipesAreNamedAndOthersSpelledOut() {
    var run = configuration()
    (run.techniques, run.averageDecay) = (nil, nil)
    #expect(run.trainingOptions == sizes + " --recipe course")
    (run.techniques, run.averageDecay) = (TrainingTechniques(realPenalty: 0.05), 0.999)
    #expect(run.trainingOptions == sizes + " --recipe varied")
    run.techniques = TrainingTechniques(realPenalty: 0.1)
    #expect(run.trainingOptions == sizes + " --recipe averaged --r1 0.1")
    (run.techniques, run.averageDecay) = (nil, nil)
    run.model = ModelSettings(hasMinibatchDeviation: true)
    run.techniques = TrainingTechniques(
      finalLearningRate: 0, spectralNormalization: true, realPenalty: 1, fakePenalty: 0.5)
    #expect(
      run.trainingOptions == sizes
        + " --recipe course --final-lr 0.0 --spectral-norm --r1 1.0 --r2 0.5 --minibatch-std"
        + " --epochs \(run.epochs)")
    run.model = ModelSettings()
    run.techniques = TrainingTechniques(
      labelSmoothing: 0.2, discriminatorLearningRate: 1e-4, instanceNoise: 0.3,
      augmentations: [.colour])
    run.averageDecay = 0.99
    #expect(
      run.trainingOptions == sizes
        + " --recipe course --ema 0.99 --label-smoothing 0.2 --lr-d 0.0001 --instance-noise 0.3 "
        + "--augment colour")
  }

  /// The options read back to the settings that they were written from.
  @Test(arguments: [
    TrainingTechniques(labelSmoothing: 0.2, augmentations: [.cutout]),
    TrainingTechniques(augmentations: [.translation], augmentationTarget: 0.6),
    TrainingTechniques(
      labelSmoothing: 0.1, instanceNoise: 0.1, augmentations: [.translation, .cutout],
      augmentationTarget: 0.6),
  ])
  func theOptionsAreThoseOfTheCommandLine(_ techniques: TrainingTechniques) throws {
    var run = configuration()
    run.techniques = techniques
    run.averageDecay = nil
    let words = run.trainingOptions.split(separator: " ").map(String.init)
    let parser = ArgumentParser(program: "dcgan", commands: [TrainOptions.specification])
    guard case .run(_, let arguments) = try parser.parse(["train", "--data", "d"] + words) else {
      Issue.record("no command to run")
      return
    }
    let options = try TrainOptions(arguments)
    #expect(options.techniques(images: 9) == run.techniques && options.averageDecay(batch: 64) == 0)
    #expect(options.model == run.model && options.batch == 64)
  }
}
