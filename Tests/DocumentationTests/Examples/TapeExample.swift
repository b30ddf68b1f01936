// page
import DCGAN
import Tensor

// end

/// The example of "What a tape is".
func tapeExample(print: (Any...) -> Void) throws {
  // page
  let tape = Tape(backend: Backend(threads: 1))
  let x = tape.input(Tensor([-1, 0.5], shape: Shape(vector: 2)))
  let u = tape.leakyRectifier(x, slope: 0.2)
  let y = tape.tanh(u)
  print("u =", rounded(u.value))
  print("y =", rounded(y.value))
  // end

  // page
  tape.backward(from: y, gradient: Tensor([1, 1], shape: Shape(vector: 2)))
  if let gradient = tape.gradient(of: x) { print("dL/dx =", rounded(gradient)) }
  // end
}
