import Tensor

extension ModelSettings {
  /// Returns fewer bytes than training needs: every parameter with its gradient and Adam's two
  /// moments, and what each convolution makes of a batch, which the way back needs again.
  package func leastTrainingBytes(batch: Int) -> Int {
    ConvolutionCase.layers(of: self, batch: batch).reduce(0) { sum, layer in
      let made = layer.name.hasPrefix("d") ? layer.small : layer.large
      return sum + MemoryLayout<Float>.size * (4 * layer.filter.count + made.count)
    }
  }
}
