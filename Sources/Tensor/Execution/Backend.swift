import KernelTable
import Support

/// The kernels and threads that run a tensor's operations; the operations are its methods.
///
/// One thread at a time calls a backend; the backend spreads the work itself.
public final class Backend {
  /// The instruction set in use.
  public let variant: Variant
  /// The format of what convolutions multiply.
  public let precision: Precision
  /// The threads in use.
  public let pool: ThreadPool
  /// The memory that operations take for their results and for what they work in.
  public let storagePool: StoragePool
  /// The processes that share each batch; nil where this one computes it alone.
  public private(set) var ranks: (any RankGroup)?
  let kernels: KernelTable
  /// The method that convolutions take; another than the best one is for tests and measurements.
  package var convolutionMethod = ConvolutionMethod.best
  /// The recorder of how long each operation takes; nil costs nothing. No operation runs within
  /// another.
  package var recorder: OperationRecorder?
  private var scratch: [Storage?]
  private var workspace: Storage?
  /// The filters' gradients whose maps are on their way from other ranks.
  var pendingGradients: [PendingGradient] = []
  /// The gradients that each rank has only a slice of.
  var slicedGradients = SlicedGradients()

  /// Makes a backend of a variant that the processor supports; traps where it does not.
  ///
  /// - Parameters:
  ///   - variant: nil is the best one for the precision.
  ///   - storagePool: A new one, unless the memory is to be shared with those that it takes turns
  ///     with: another backend, or with `StoragePool.common` the tensors made without one.
  ///   - ranks: The processes that share each batch; nil for this one alone.
  public init(
    variant: Variant? = nil, threads: Int, precision: Precision = .float32,
    storagePool: StoragePool = StoragePool(), ranks: (any RankGroup)? = nil
  ) {
    let variant = variant ?? .best(for: precision)
    require(variant.isComputable, "the processor lacks the instructions of \(variant)")
    self.variant = variant
    self.precision = precision
    let ranks = ranks.flatMap { $0.count > 1 ? $0 : nil }
    self.ranks = ranks
    pool = ThreadPool(threadCount: threads, afterPiece: ranks.map { group in { group.poll() } })
    self.storagePool = storagePool
    kernels = variant.kernels
    scratch = Array(repeating: nil, count: threads)
  }

  /// Returns a tensor of undefined content with memory from the backend's pool.
  public func makeTensor(uninitialized shape: Shape) -> Tensor {
    Tensor(uninitialized: shape, from: storagePool)
  }

  /// Gives the memory that the backend keeps for its next operations back to the system: its pool's
  /// free blocks, and what operations work in. Tensors keep theirs.
  ///
  /// Call it where the work changes, not between steps.
  public func trim() {
    scratch = Array(repeating: nil, count: scratch.count)
    workspace = nil
    storagePool.trim()
  }

  /// Runs the body as if this process were alone: what it computes takes no other rank's part, and the
  /// others need not compute it.
  public func withoutRanks<Result>(_ body: () throws -> Result) rethrows -> Result {
    let group = ranks
    ranks = nil
    defer { ranks = group }
    return try body()
  }

  /// Makes room for every worker of the next job.
  ///
  /// The memory is kept between jobs, and its content is undefined.
  func reserveScratch(_ count: Int) -> Scratch {
    for worker in scratch.indices where (scratch[worker]?.count ?? 0) < count {
      scratch[worker] = Storage(count: count, from: storagePool)
    }
    return Scratch(pointers: scratch.map { $0?.pointer })
  }

  /// Returns at least `count` floats that the workers of an operation share until its end.
  ///
  /// The backend keeps the memory and gives it to the next operation, unless somebody still holds it
  /// or it is too small. Blocks from the pool would lie idle from layer to layer where no map is about
  /// as large, as with large batches; some smaller networks and batches, whose maps did take such
  /// blocks, need a few percent more memory this way. The content is undefined.
  package func takeWorkspace(_ count: Int) -> Storage {
    if isKnownUniquelyReferenced(&workspace), let workspace, workspace.count >= count {
      return workspace
    }
    workspace = nil
    let storage = Storage(count: count, from: storagePool)
    workspace = storage
    return storage
  }

  /// Runs `body(range)` over `count` elements in pieces of a fixed size.
  func forEachPiece(of count: Int, _ body: (Range<Int>) -> Void) {
    let piece = 16_384
    pool.parallelFor((count + piece - 1) / piece) { index, _ in
      body(index * piece..<min(count, (index + 1) * piece))
    }
  }
}

/// Memory that each worker of a job has for itself.
struct Scratch {
  fileprivate let pointers: [UnsafeMutablePointer<Float>?]

  /// The worker's own memory.
  subscript(worker: Int) -> UnsafeMutablePointer<Float> {
    requireValue(pointers[worker], "no scratch was reserved")
  }
}
