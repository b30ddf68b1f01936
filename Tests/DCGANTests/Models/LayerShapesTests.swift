import DCGAN
import Tensor
import Testing

@Suite struct LayerShapesTests {
  private let settings = ModelSettings(size: 64, channels: 1, nz: 7, ngf: 3, ndf: 5)

  @Test func theLayersOfBothNetworks() {
    let layers = ConvolutionCase.layers(of: settings, batch: 2)
    #expect(
      layers.map(\.description) == [
        "d1 [2, 64, 64, 1] [4, 4, 1, 5]", "d2 [2, 32, 32, 5] [4, 4, 5, 10]",
        "d3 [2, 16, 16, 10] [4, 4, 10, 20]", "d4 [2, 8, 8, 20] [4, 4, 20, 40]",
        "d5 [2, 4, 4, 40] [4, 4, 40, 1]", "g1 [2, 4, 4, 24] [4, 4, 24, 7]",
        "g2 [2, 8, 8, 12] [4, 4, 12, 24]", "g3 [2, 16, 16, 6] [4, 4, 6, 12]",
        "g4 [2, 32, 32, 3] [4, 4, 3, 6]", "g5 [2, 64, 64, 1] [4, 4, 1, 3]",
      ])
    #expect(layers.map(\.small.height) == [32, 16, 8, 4, 1, 1, 4, 8, 16, 32])
  }

  @Test func theMinibatchsDeviationIsAChannelOfTheLastLayer() {
    let settings = ModelSettings(
      size: 64, channels: 1, nz: 7, ngf: 3, ndf: 5, hasMinibatchDeviation: true)
    let layers = ConvolutionCase.layers(of: settings, batch: 2)
    #expect(layers[4].description == "d5 [2, 4, 4, 41] [4, 4, 41, 1]")
    #expect(settings.leastTrainingBytes(batch: 2) > self.settings.leastTrainingBytes(batch: 2))
  }

  @Test func theFiltersAreTheNetworksOwn() {
    let filters = [Network.discriminator(settings), Network.generator(settings)].flatMap {
      $0.arena.parameters.map(\.value.shape).filter { $0.rows > 1 }
    }
    #expect(ConvolutionCase.layers(of: settings, batch: 2).map(\.filter) == filters)
  }
}
