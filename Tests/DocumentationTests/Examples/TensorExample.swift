// page
import Tensor

// end

/// The example of "Tensors and storage".
func tensorExample(print: (Any...) -> Void) throws {
  // page
  let images = Tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: Shape(2, 1, 2, 2))
  let second = images.batch(1..<2)
  let copy = images.values
  second.withUnsafeMutablePointer { $0[0] = 50 }
  print(second.shape, second.values)
  print(images.values)
  print(copy)
  // end

  // page
  let matrix = images.reshaped(to: Shape(1, 1, 4, 2))
  print(matrix.shape, matrix.shape.rows, "rows of", matrix.shape.channels)
  // end
}

/// The example of "Kernels and how they are chosen".
func kernelExample(print: (Any...) -> Void) throws {
  // page
  let backend = Backend(variant: .baseline, threads: 2)
  let random = RandomStream(seed: 1, stream: 0)
  let map = Tensor(uninitialized: Shape(1, 16, 16, 16))
  let filter = Tensor(uninitialized: Shape(4, 4, 16, 32))
  map.withUnsafeMutablePointer { random.fillNormal($0) }
  filter.withUnsafeMutablePointer { random.fillNormal($0, startingAt: 4096) }
  let fast = backend.convolve(map, filter, .halving)
  let exact = Reference.convolve(ReferenceTensor(map), ReferenceTensor(filter), .halving)
  let largest = exact.values.reduce(0) { max($0, abs($1)) }
  let error = zip(fast.values, exact.values).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
  print(fast.shape, "off by less than 1e-5 of the largest:", error < 1e-5 * largest)
  // end
}

/// The example of "Reproducible random numbers and threads".
func randomExample(print: (Any...) -> Void) throws {
  // page
  let random = RandomStream(seed: 7, stream: 1)
  let whole = Tensor(uninitialized: Shape(vector: 6))
  whole.withUnsafeMutablePointer { random.fillNormal($0) }
  let tail = Tensor(uninitialized: Shape(vector: 2))
  tail.withUnsafeMutablePointer { random.fillNormal($0, startingAt: 4) }
  print("all six:", rounded(whole))
  print("the last two:", rounded(tail))
  print("an order:", random.permutation(of: 6))
  // end

  // page
  let x = Tensor(uninitialized: Shape(4, 32, 32, 8))
  x.withUnsafeMutablePointer { random.fillNormal($0) }
  let results = [1, 2, 3].map { Backend(threads: $0).batchStatistics(x).variance.values }
  print("the same on 1, 2 and 3 threads:", results[0] == results[1] && results[0] == results[2])
  // end
}
