import Review
import Support
import Testing

@Suite struct AgreementTests {
  /// Makes pairs of a table of counts: rows are what one side chose, columns the other.
  private func pairs(_ table: [[Int]]) -> [(Int, Int)] {
    table.enumerated().flatMap { row, counts in
      counts.enumerated().flatMap { column, count in
        Array(repeating: (row, column), count: count)
      }
    }
  }

  private static let tables: [(counts: [[Int]], kappa: Double)] = [
    // J. Cohen (1960), of 200: agreed 0.7, by chance 0.6·0.5 + 0.3·0.3 + 0.1·0.2 = 0.41.
    ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.29 / 0.59),
    // Agreed 35 of 50; by chance (25·30 + 25·20) / 2500 = 0.5.
    ([[20, 5], [10, 15]], 0.4),
    // Agreed 60 of 100; by chance 0.6·0.7 + 0.4·0.3 = 0.54, and 0.6·0.3 + 0.4·0.7 = 0.46.
    ([[45, 15], [25, 15]], 0.06 / 0.46), ([[25, 35], [5, 35]], 0.14 / 0.54),
    ([[7, 0], [0, 3]], 1), ([[0, 5], [5, 0]], -1), ([[1, 1], [1, 1]], 0),
  ]

  @Test(arguments: tables)
  func kappaIsCohens(_ table: (counts: [[Int]], kappa: Double)) throws {
    let kappa = try #require(Agreement.kappa(pairs(table.counts)))
    #expect(abs(kappa - table.kappa) < 1e-12)
  }

  @Test func kappaIsNotDefinedWithoutAChoice() {
    #expect(Agreement.kappa(pairs([])) == nil)
    #expect(Agreement.kappa(pairs([[9]])) == nil)
    // One side chose one category only: agreement is what chance gives.
    #expect(Agreement.kappa(pairs([[4, 5]])) == 0)
  }
}
