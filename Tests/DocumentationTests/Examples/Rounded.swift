import Tensor

// page
/// Returns the elements of a tensor to three decimals.
func rounded(_ x: Tensor) -> [Float] { x.values.map { ($0 * 1000).rounded() / 1000 } }
// end
