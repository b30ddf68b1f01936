import DataSets
import Testing

@Suite struct DataBatchTests {
  @Test(
    arguments: [
      (0, 4, []), (1, 4, []), (2, 4, [2]), (3, 4, [3]), (4, 4, [4]), (5, 4, [4]), (6, 4, [4, 2]),
      (7, 4, [4, 3]), (8, 4, [4, 4]), (9, 4, [4, 4]), (10, 64, [10]), (3, 1, [1, 1, 1]),
      (1, 1, [1]), (5, 2, [2, 2]), (5216, 64, Array(repeating: 64, count: 81) + [32]),
    ] as [(Int, Int, [Int])])
  func batchesHaveTheseSizes(_ count: Int, _ batchSize: Int, _ sizes: [Int]) {
    let schedule = BatchSchedule(order: Array(0..<count), batchSize: batchSize)
    #expect(schedule.count == sizes.count)
    #expect((0..<schedule.count).map { schedule.batch(at: $0).count } == sizes)
  }

  @Test func batchesFollowTheOrder() {
    let order = [5, 3, 0, 6, 1, 2, 4]
    let schedule = BatchSchedule(order: order, batchSize: 3)
    #expect(schedule.count == 2)
    #expect(Array(schedule.batch(at: 0)) == [5, 3, 0])
    #expect(Array(schedule.batch(at: 1)) == [6, 1, 2])
  }
}
