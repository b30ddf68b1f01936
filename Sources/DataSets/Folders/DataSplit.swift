/// The part of a data set that is used: one of the usual folders, or everything.
public enum DataSplit: String, CaseIterable, Sendable {
  /// What lies in the folder `train`.
  case train
  /// What lies in the folder `test`.
  case test
  /// What lies in the folder `val`.
  case val
  /// What lies anywhere.
  case all
}
