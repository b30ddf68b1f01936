import Support
import Tensor
import Training

extension StudyRunner {
  /// Trains what is missing with the processes of a group, each of which takes some of the generators and
  /// then some of the classifiers, and keeps them in the folder that all share; returns on all of them
  /// whether they came to the end.
  ///
  /// What is trained has the bytes that one process gives it. `run` then finds all of it done. The backend
  /// must have no ranks: each training is one process's. Throws what training and writing throw, on the
  /// process where it happens.
  public func trainMissing(
    on ranks: any RankGroup, shouldStop: @escaping () -> Bool,
    onEvent: @escaping (Event) throws -> Void
  ) throws -> Bool {
    require(backend.ranks == nil, "a training of a study is one process's")
    let generators = try ranks.apart(shouldStop: shouldStop) { shouldStop in
      for (index, share) in settings.shares.enumerated() where index % ranks.count == ranks.rank {
        guard try ShareStudy(self, share).trainGenerator(shouldStop, onEvent) else { return false }
      }
      return true
    }
    guard generators else { return false }
    return try ranks.apart(shouldStop: shouldStop) { shouldStop in
      for share in settings.shares {
        let study = try ShareStudy(self, share)
        let isDone = try study.trainMissing(
          { $0 % ranks.count == ranks.rank }, shouldStop, onEvent)
        guard isDone else { return false }
      }
      return true
    }
  }
}
