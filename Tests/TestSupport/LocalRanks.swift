import Foundation
import Support
import Tensor

/// Threads of this process that act as the ranks of a group.
///
/// What a body returns is compared by the test's own thread: an expectation that fails on another thread
/// is not counted as this test's.
public enum LocalRanks {
  /// How a rank ended: with a value or an error; nil where it could not go on because another failed.
  public typealias Ending<Value> = Result<Value, any Error>?

  /// Runs the body as each of `count` ranks at once, with a backend of one thread that knows the group, and
  /// returns what they returned, in the order of the ranks; throws the error of the first rank that has one.
  public static func run<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (LocalRank, Backend) throws -> Value
  ) throws -> [Value] {
    let endings = endings(count, body)
    for case .failure(let error)? in endings { throw error }
    return try endings.compactMap { try $0?.get() }
  }

  /// Runs the body as `run` does, and returns how each rank ended.
  ///
  /// A rank that waits for one that failed is left where it waits, as a real one would be ended. One that
  /// waits for a rank that ended well, or for longer than a minute, stops the program with a message.
  public static func endings<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (LocalRank, Backend) throws -> Value
  ) -> [Ending<Value>] {
    let exchange = Exchange(count: count)
    let endings = Locked<[Ending<Value>]>(Array(repeating: nil, count: count))
    for rank in 0..<count {
      let thread = Thread {
        let group = LocalRank(rank: rank, exchange: exchange)
        let ending = Result {
          try body(group, Backend(threads: 1, storagePool: StoragePool(), ranks: group))
        }
        endings.withLock { $0[rank] = ending }
        if case .failure = ending {
          exchange.leave(rank, as: .failed)
        } else {
          exchange.leave(rank, as: .done)
        }
      }
      thread.name = "rank \(rank)"
      thread.stackSize = 4 << 20
      thread.start()
    }
    exchange.waitUntilAllHaveEnded()
    return endings.withLock { $0 }
  }
}

/// A thread's place in a group of threads; a gather does its work when it is finished.
public final class LocalRank: RankGroup {
  /// The number of the thread, counted from 0.
  public let rank: Int
  /// How many threads there are.
  public var count: Int { exchange.count }
  /// How many gathers this rank has begun.
  public private(set) var gathers = 0
  /// How many of its own bytes this rank has given to gathers.
  public private(set) var bytes = 0
  private let exchange: Exchange

  fileprivate init(rank: Int, exchange: Exchange) {
    self.rank = rank
    self.exchange = exchange
  }

  /// Lays this rank's block out for the others.
  public func beginGather(
    _ memory: UnsafeMutableRawPointer, bytesPerRank: Int
  ) -> any PendingGather {
    let own = UnsafeRawBufferPointer(start: memory + rank * bytesPerRank, count: bytesPerRank)
    exchange.put([UInt8](own), of: rank, number: gathers)
    // Whoever reads the others' blocks before they have arrived finds no number in them.
    for other in 0..<count where other != rank {
      (memory + other * bytesPerRank).initializeMemory(
        as: UInt8.self, repeating: 0xFF, count: bytesPerRank)
    }
    defer {
      gathers += 1
      bytes += bytesPerRank
    }
    return Gather(
      exchange: exchange, rank: rank, number: gathers, memory: memory, bytesPerRank: bytesPerRank)
  }

  /// Does nothing: nothing is under way.
  public func poll() {}

  private struct Gather: PendingGather {
    let exchange: Exchange
    let rank: Int
    let number: Int
    let memory: UnsafeMutableRawPointer
    let bytesPerRank: Int

    func finish() {
      let blocks = exchange.take(number, for: rank)
      for (rank, block) in blocks.enumerated() {
        require(
          block.count == bytesPerRank,
          "gather \(number): \(block.count) bytes of rank \(rank), \(bytesPerRank) of rank \(self.rank)"
        )
        let place = UnsafeMutableRawBufferPointer(
          start: memory + rank * bytesPerRank, count: bytesPerRank)
        require(
          rank != self.rank || place.elementsEqual(block),
          "gather \(number): rank \(rank) has changed its block on the way")
        block.withUnsafeBytes { place.copyMemory(from: $0) }
      }
    }
  }
}

/// What the ranks lay out for one another.
private final class Exchange: @unchecked Sendable {
  /// What a rank is doing.
  enum State {
    case working
    case stuck
    case done
    case failed
  }

  /// The longest that a rank waits, in seconds.
  private static let patience = 60.0

  let count: Int
  private let condition = NSCondition()
  private var states: [State]
  /// The blocks of the gathers that are under way, by their number, and how many have taken them.
  private var gathers: [Int: (blocks: [[UInt8]?], taken: Int)] = [:]

  init(count: Int) {
    self.count = count
    states = Array(repeating: .working, count: count)
  }

  func put(_ block: [UInt8], of rank: Int, number: Int) {
    locked {
      let none: [[UInt8]?] = Array(repeating: nil, count: count)
      gathers[number, default: (none, 0)].blocks[rank] = block
    }
  }

  /// Waits for all blocks of a gather and returns them; does not return where a rank that failed will never
  /// give its own.
  func take(_ number: Int, for rank: Int) -> [[UInt8]] {
    condition.lock()
    let limit = Date(timeIntervalSinceNow: Self.patience)
    while let missing = gathers[number]?.blocks.firstIndex(where: { $0 == nil }) {
      require(
        states[missing] != .done,
        "rank \(rank) waits for gather \(number) of rank \(missing), which has returned")
      if states[missing] == .failed || states[missing] == .stuck {
        states[rank] = .stuck
        condition.broadcast()
        while true { condition.wait() }
      }
      require(
        condition.wait(until: limit),
        "rank \(rank) waited \(Self.patience) s for gather \(number) of rank \(missing)")
    }
    defer { condition.unlock() }
    let gather = requireValue(gathers[number], "gather \(number) was finished twice")
    gathers[number] = gather.taken + 1 == count ? nil : (gather.blocks, gather.taken + 1)
    return gather.blocks.compactMap(\.self)
  }

  func leave(_ rank: Int, as state: State) { locked { states[rank] = state } }

  func waitUntilAllHaveEnded() {
    condition.lock()
    defer { condition.unlock() }
    while states.contains(.working) { condition.wait() }
  }

  private func locked(_ body: () -> Void) {
    condition.lock()
    body()
    condition.broadcast()
    condition.unlock()
  }
}
