import Tensor
import Testing

@Suite struct TensorViewTests {
  /// Element i is i.
  private let tensor = Tensor((0..<24).map(Float.init), shape: Shape(4, 1, 2, 3))

  @Test func imagesOfABatchAreConsecutiveElements() {
    let middle = tensor.batch(1..<3)
    #expect(middle.shape == Shape(2, 1, 2, 3))
    #expect(middle.values == (6..<18).map(Float.init))
    #expect(middle.batch(1..<2).values == (12..<18).map(Float.init))
    #expect(tensor.batch(0..<4).values == tensor.values)
  }

  @Test func aViewBeginsWhereItSays() {
    let view = tensor.view(Shape(1, 1, 2, 2), at: 5)
    #expect(view.shape == Shape(1, 1, 2, 2))
    #expect(view.values == [5, 6, 7, 8])
    #expect(tensor.batch(2..<4).view(Shape(vector: 2), at: 10).values == [22, 23])
  }

  @Test func anotherShapeKeepsTheOrder() {
    let reshaped = tensor.reshaped(to: Shape(2, 3, 4, 1))
    #expect(reshaped.shape == Shape(2, 3, 4, 1))
    #expect(reshaped.values == tensor.values)
  }

  @Test func viewsShareTheirElements() {
    let copy = Tensor(tensor.values, shape: tensor.shape)
    copy.view(Shape(vector: 2), at: 7).assign(Tensor([-1, -2], shape: Shape(vector: 2)))
    #expect(copy.batch(1..<2).values == [6, -1, -2, 9, 10, 11])
    #expect(tensor.values[7] == 7)
  }

  @Test func aShapeCountsItsElementsAndRows() {
    let shape = Shape(2, 3, 4, 5)
    #expect(shape.count == 120)
    #expect(shape.rows == 24)
    #expect(shape.extents == [2, 3, 4, 5])
    #expect(Shape(vector: 7) == Shape(1, 1, 1, 7))
    #expect(Shape(1, 1, 1, 1 << 40).count == 1 << 40)
  }
}
