import Evaluation
import Testing

@Suite struct CellChoiceTests {
  /// Makes a choice among candidates in cells, numbered in their order.
  private func choice(
    _ weights: [Double], share: Double, _ candidates: [(cell: Int, height: Float)]
  ) -> CellChoice {
    var choice = CellChoice(weights: weights, share: share)
    for (number, candidate) in candidates.enumerated() {
      choice.add(.init(number: number, cell: candidate.cell, height: candidate.height))
    }
    return choice
  }

  @Test(arguments: [
    (weights: [5.0, 3, 2], count: 10, places: [5, 3, 2]),
    // 2.5, 1.5 and 1: the first of two equal remainders goes before the second.
    ([5, 3, 2], 5, [3, 1, 1]),
    // 0.7, 0.2 and 0.1 of 4: 2.8, 0.8 and 0.4.
    ([0.7, 0.2, 0.1], 4, [3, 1, 0]),
    ([1, 0, 1], 3, [2, 0, 1]),
    ([1], 7, [7]),
  ])
  func placesGoByTheLargestRemainders(weights: [Double], count: Int, places: [Int]) {
    #expect(CellChoice.places(count, among: weights) == places)
  }

  @Test func candidatesNeededAreRoundedUp() {
    #expect(CellChoice.needed(for: 64, share: 0.5) == 128)
    #expect(CellChoice.needed(for: 1, share: 0.3) == 4)
    #expect(CellChoice.needed(for: 5, share: 1) == 5)
  }

  /// Cell 0 has three of four places; cell 1 has the highest candidates, but one place alone.
  @Test func everyCellGivesItsHighest() {
    let choice = choice(
      [3, 1], share: 0.5,
      [(0, 0.1), (1, 0.9), (0, 0.5), (0, 0.3), (1, 0.8), (0, 0.2), (0, 0.4), (0, 0.6)])
    #expect(choice.shortCells(for: 4).isEmpty)
    let chosen = choice.chosen(4)
    #expect(chosen.map(\.number) == [1, 2, 6, 7])
    #expect(chosen.map(\.height) == [0.9, 0.5, 0.4, 0.6])
  }

  /// The last candidates of cell 0 were drawn for cell 1, which lacked one.
  @Test func aCellWithManyCandidatesIsChosenAmongNoMoreStrictly() {
    let choice = choice(
      [1, 1], share: 0.5, [(0, 0.1), (0, 0.2), (1, 0.1), (0, 0.8), (0, 0.9), (1, 0.3)])
    #expect(choice.chosen(2).map(\.number) == [1, 5])
  }

  @Test func ofTwoAsHighTheEarlierIsChosen() {
    let choice = choice([1], share: 0.5, [(0, 0.5), (0, 0.7), (0, 0.5), (0, 0.5)])
    #expect(choice.chosen(2).map(\.number) == [0, 1])
  }

  /// Cell 1 has two places and one candidate. Of the first four of cell 0 two are chosen, and what is left
  /// goes to the highest of the others.
  @Test func whatACellLacksComesFromTheOthersShares() {
    let choice = choice(
      [1, 1], share: 0.5,
      [(0, 0.1), (0, 0.2), (1, 0), (0, 0.9), (0, 0.4), (0, 0.5), (0, 0.3), (0, 0.35)])
    #expect(choice.shortCells(for: 4) == [1])
    #expect(choice.chosen(4).map(\.number) == [2, 3, 4, 5])
  }

  @Test func tooFewCandidatesAreStillChosenAmong() {
    let choice = choice([1, 1], share: 0.5, [(0, 0.1), (0, 0.2), (1, 0.3), (1, 0.1), (0, 0.3)])
    #expect(choice.count == 5)
    #expect(choice.chosen(10).map(\.number) == [1, 2])
    #expect(CellChoice(weights: [1], share: 0.5).chosen(3).isEmpty)
  }

  /// The second class has one candidate in the first of its cells and four in the other, from which both of
  /// its images come then, however high those of the first class are.
  @Test func aClassFillsItsPlacesByItself() {
    var choice = ClassChoice(cellWeights: [[2], [], [1, 1]], share: 0.5)
    let candidates: [(kind: Int, cell: Int, height: Float)] = [
      (0, 0, 0.9), (2, 1, 0.1), (0, 0, 0.8), (0, 0, 0.7), (2, 1, 0.4), (2, 1, 0.3), (0, 0, 0.6),
      (0, 0, 0.5),
    ]
    for (number, candidate) in candidates.enumerated() {
      choice.add(
        .init(number: number, cell: candidate.cell, height: candidate.height), of: candidate.kind)
    }
    #expect(choice.count == 8 && choice.shortCells(for: 4) == 1 && !choice.isComplete(for: 4))
    choice.add(.init(number: 8, cell: 1, height: 0.2), of: 2)
    #expect(choice.shortCells(for: 4) == 1)
    #expect(choice.chosen(4).map(\.number) == [0, 2, 4, 5])
    choice.add(.init(number: 9, cell: 0, height: 0.05), of: 2)
    #expect(choice.isComplete(for: 4))
    #expect(choice.chosen(4).map(\.number) == [0, 2, 4, 9])
  }
}
