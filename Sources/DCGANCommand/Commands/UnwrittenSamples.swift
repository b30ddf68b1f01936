import Samples

/// Where samples go on ranks that draw them with the first one, which alone writes them.
final class UnwrittenSamples: SampleDestination {
  /// How many samples were added.
  private(set) var count = 0
  /// How the samples are selected; nil where they are not.
  private(set) var selection: SelectionRecipe?

  /// Makes a place without samples.
  init() {}

  /// Notes how the samples were selected.
  func note(_ selection: SelectionRecipe) { self.selection = selection }

  /// Counts a sample.
  func add(_ sample: Sampler.Sample) { count += 1 }

  /// Does nothing: there is nothing to tell of.
  func finish(tries: Int?) {}
}
