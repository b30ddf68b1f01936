import Distribution
import Testing

@Suite("What is said where processes cannot work together")
struct DistributionMessageTests {
  private let launch = LaunchEnvironment(["OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "1"])

  @Test("a program without MPI names the build that has it")
  func withoutMPI() throws {
    let launch = try #require(launch)
    #expect(
      LaunchError.builtWithoutMPI(launch).description
        == "mpirun of Open MPI started 4 tasks, but this program was built without MPI, so each of "
        + "them would do the same work over the others' files. Build it with MPI: Scripts/setup --mpi, "
        + "then swift build -c release --traits MPI. Or start it once")
  }

  @Test("what follows from program and launch alone is that of all tasks")
  func ofAllTasks() throws {
    let launch = try #require(launch)
    #expect(LaunchError.builtWithoutMPI(launch).isOfAllTasks)
    #expect(LaunchError.anotherMPI(launch, library: "MPICH 4.0.2", found: 1).isOfAllTasks)
    #expect(!LaunchError.failed(launch, reason: "MPI_Init_thread: no memory").isOfAllTasks)
    #expect(!LaunchError.timeLimit(found: "soon").isOfAllTasks)
  }

  @Test("a program with another MPI names both numbers")
  func anotherMPI() throws {
    let error = LaunchError.anotherMPI(try #require(launch), library: "MPICH 4.0.2", found: 1)
    #expect(
      error.description.hasPrefix(
        "mpirun of Open MPI started 4 tasks, but the MPI library of this program, MPICH 4.0.2, "
          + "sees 1: "))
  }

  @Test("a process that does not reach the others in time names itself, and what may be wrong")
  func late() throws {
    let error = LaunchError.late(try #require(launch), host: "node7", limit: "2.5 seconds")
    #expect(
      error.description
        == "mpirun of Open MPI started 4 tasks, but task 1 on node7 did not reach all others within 2.5 "
        + "seconds: one of them hangs or ran another program, or the network is down. The environment "
        + "variable DCGAN_RANK_TIMEOUT sets how many seconds to wait")
  }

  @Test(
    "a time limit is written as a user gives it",
    arguments: [
      (600, "600 seconds"), (1, "1 second"), (0.5, "0.5 seconds"), (10.0, "10 seconds"),
    ])
  func limit(seconds: Double, words: String) {
    #expect(Patience(seconds: seconds).limitInWords == words)
  }

  @Test("the time limit is seconds, 600 without a word, and none for 0")
  func timeLimit() throws {
    #expect(try Patience(environment: [:]).seconds == 600)
    #expect(try Patience(environment: ["DCGAN_RANK_TIMEOUT": "2.5"]).seconds == 2.5)
    #expect(try Patience(environment: ["DCGAN_RANK_TIMEOUT": "0"]).seconds == nil)
    for text in ["-1", "soon", "inf", "nan"] {
      #expect(throws: LaunchError.timeLimit(found: text)) {
        try Patience(environment: ["DCGAN_RANK_TIMEOUT": text])
      }
    }
  }

  @Test("waiting ends with the answer, or with the time")
  func waiting() {
    var questions = 0
    let waited = Patience(seconds: nil).wait {
      questions += 1
      return questions == 100
    }
    #expect(waited != nil)
    #expect(questions == 100)
    #expect(Patience(seconds: 0.001).wait { false } == nil)
  }

  @Test("the first rank that differs is named, with what differs")
  func difference() {
    let facts = [
      RankFact("their version", "1.0", advice: "copy one"),
      RankFact("their arguments", "", advice: "give all the same"),
    ]
    let same = ["1.0", "train --data a"]
    #expect(RankDifference(facts, values: [same, same], hosts: ["a", "b"]) == nil)
    let difference = RankDifference(
      facts, values: [same, same, ["1.0", "train --data b"]], hosts: ["a", "b", "c"])
    #expect(
      difference?.description
        == "rank 2 on c and rank 0 on a differ in their arguments: 'b' and 'a'; give all the same")
    #expect(
      RankDifference(facts, values: [same, ["2.0"]], hosts: ["a", "b"])?.description
        == "rank 1 on b and rank 0 on a differ in their version: '2.0' and '1.0'; copy one")
  }
}
