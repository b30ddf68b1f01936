import Support

extension Setting {
  /// The option that sets it on the command line.
  package var option: String {
    switch self {
    case .acceptsChangedData: "--accept-changed-data"
    case .allowsSynthetic: "--allow-synthetic"
    case .batch: "--batch"
    case .cache: "--cache"
    case .channels: "--channels"
    case .classes: "--class"
    case .conditional: "--conditional"
    case .epoch: "--epoch"
    case .epochs: "--epochs"
    case .learningRate: "--lr"
    case .minibatchDeviation: "--minibatch-std"
    case .ndf: "--ndf"
    case .ngf: "--ngf"
    case .nz: "--nz"
    case .out: "--out"
    case .recipe: "--recipe"
    case .resume: "--resume"
    case .run: "--run"
    case .seed: "--seed"
    case .size: "--size"
    case .split: "--split"
    case .splitByPatient: "--split-by-patient"
    case .steps: "--steps"
    case .window: "--window"
    }
  }
}

extension Message {
  /// The text with the options of the command line.
  package var text: String { text(naming: \.option) }
}
