/// Where samples go as they are drawn.
public protocol SampleDestination: AnyObject {
  /// How many samples were added.
  var count: Int { get }

  /// How the samples are selected; nil where they are not.
  var selection: SelectionRecipe? { get }

  /// Notes how the samples were selected, once that is known.
  func note(_ selection: SelectionRecipe)

  /// Writes a sample; the first one replaces those of an earlier drawing. Throws what writing throws.
  func add(_ sample: Sampler.Sample) throws

  /// Writes what tells of the samples; nothing where none was added. Throws what writing throws.
  ///
  /// - Parameter tries: how many candidates were tried, where that is known.
  func finish(tries: Int?) throws
}

extension SampleFolder: SampleDestination {}
extension SyntheticDataSet: SampleDestination {}
