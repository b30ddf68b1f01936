import Evaluation
import Tensor
import Testing

@Suite struct NeighborMetricsTests {
  private let backend = Backend(threads: 2)

  private func features(_ set: ImageSet) -> Tensor {
    RandomFeatures(size: set.size).features(of: set, backend)
  }

  private func metrics(_ real: Tensor, _ generated: Tensor) -> NeighborMetrics {
    NeighborMetrics(real: real, generated: generated, backend.pool)
  }

  private func points(_ count: Int, seed: UInt64) -> Tensor {
    .random(Shape(count, 1, 1, 24), seed: seed)
  }

  @Test func featuresAgreeWithNumPy() throws {
    let expected = try MetricFixtures.expected().features
    let sets = [
      (try MetricFixtures.images("training"), expected.grey),
      (try MetricFixtures.images("colour"), expected.colour),
      (try MetricFixtures.images("large", size: 64), expected.large),
    ]
    for (set, recorded) in sets {
      let values = features(set).values
      for (image, row) in recorded.enumerated() {
        for (place, number) in zip(expected.places, row) {
          let found = Double(values[image * RandomFeatures.length + place])
          #expect(abs(found - number) < 1e-5 * expected.norms[0], "\(found), not \(number)")
        }
      }
    }
    let values = features(sets[0].0).values.map(Double.init)
    for (image, norm) in expected.norms.enumerated() {
      let row = values[image * RandomFeatures.length..<(image + 1) * RandomFeatures.length]
      #expect(isClose(row.reduce(0) { $0 + $1 * $1 }.squareRoot(), norm))
    }
  }

  @Test func `a grey image has the same features in colour`() throws {
    let grey = try MetricFixtures.images("training")[0..<3]
    let colour = ImageSet(grey.images.map { $0.rgb() }, size: 32)
    #expect(features(grey).values == features(colour).values)
  }

  @Test func figuresAgreeWithSciPy() throws {
    let expected = try MetricFixtures.expected()
    #expect(expected.k == NeighborMetrics.k)
    let generated = features(try MetricFixtures.images("generated"))
    let training = features(try MetricFixtures.images("training"))
    let count = generated.shape.batch
    let real = training.batch(0..<count)
    for (found, recorded) in [
      (metrics(real, generated), expected.neighbors.generated),
      (metrics(real, training.batch(count..<2 * count)), expected.neighbors.floor),
    ] {
      #expect(isClose(found.precision, recorded.precision))
      #expect(isClose(found.recall, recorded.recall))
      #expect(isClose(found.density, recorded.density))
      #expect(isClose(found.coverage, recorded.coverage))
    }
  }

  @Test func aSetCoversItself() {
    let set = points(40, seed: 1)
    let found = metrics(set, set)
    #expect(found.precision == 1 && found.recall == 1 && found.coverage == 1)
    // Every point lies in its own ball, and in those of whoever has it among their neighbours.
    #expect(isClose(found.density, 6.0 / 5))
  }

  @Test func setsFarApartCoverNothing() {
    let near = points(40, seed: 1)
    let far = Tensor(near.values.map { $0 + 100 }, shape: near.shape)
    let found = metrics(near, far)
    #expect(found.precision == 0 && found.recall == 0 && found.density == 0 && found.coverage == 0)
  }

  /// A generator that draws one image over and over, with a little noise, is precise and no more.
  @Test func `a collapsed generator is precise and covers little`() {
    let real = points(200, seed: 1)
    let first = real.batch(0..<1).values
    let noise = points(200, seed: 2).values
    let collapsed = Tensor(
      noise.enumerated().map { first[$0 % 24] + 0.01 * $1 }, shape: real.shape)
    let found = metrics(real, collapsed)
    #expect(found.precision == 1)
    #expect(found.recall < 0.02)
    #expect(found.coverage < 0.2)
  }

  @Test func distancesAreThoseOfEuclid() {
    let (a, b) = (points(11, seed: 3), points(7, seed: 4))
    let found = FeatureDistances.mapRows(of: a, to: b, backend.pool) { _, row in Array(row) }
    for row in 0..<11 {
      for column in 0..<7 {
        let expected = (0..<24).reduce(0.0) { sum, index in
          let difference =
            Double(a.values[row * 24 + index]) - Double(b.values[column * 24 + index])
          return sum + difference * difference
        }
        #expect(isClose(Double(found[row][column]), expected, relative: 1e-6))
      }
    }
    #expect(FeatureDistances.nearest(of: a, in: a, backend.pool).map(\.index) == Array(0..<11))
  }
}
