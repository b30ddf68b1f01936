import DCGAN
import DataSets

extension PatientSplit {
  /// Divides patients as the run of a seed does.
  public init(shares: PatientShares, runSeed: UInt64) {
    self.init(shares: shares, stream: RandomUse.patientSplit.stream(seed: runSeed))
  }
}
