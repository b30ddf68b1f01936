import Tensor

/// How the patients of a data set without parts are divided into training, validation and test
/// patients.
public struct PatientSplit: Equatable, Sendable {
  /// How large the parts are.
  public let shares: PatientShares
  /// The random numbers that decide who belongs to which.
  public let stream: RandomStream

  /// Joins the two.
  public init(shares: PatientShares, stream: RandomStream) {
    (self.shares, self.stream) = (shares, stream)
  }
}
