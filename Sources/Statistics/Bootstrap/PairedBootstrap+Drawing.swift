extension PairedBootstrap {
  /// Draws: group k of draw r takes the random integer r · groups + k, the groups being counted
  /// stratum by stratum.
  static func weights(_ plan: Plan) -> [Int32] {
    let (members, strata) = strata(plan)
    let cases = plan.groups.count
    var weights = [Int32](repeating: 0, count: plan.replicates * cases)
    var index: UInt64 = 0
    for draw in 0..<plan.replicates {
      for stratum in strata {
        for _ in stratum {
          let group = stratum[plan.random.integer(below: stratum.count, at: index)]
          index += 1
          for number in members[group] { weights[draw * cases + number] += 1 }
        }
      }
    }
    return weights
  }

  /// Returns the cases of each group, and the groups of each stratum, all in the order in which they
  /// occur.
  private static func strata(_ plan: Plan) -> (members: [[Int]], strata: [[Int]]) {
    var members: [[Int]] = []
    var places: [Int: Int] = [:]
    for (number, group) in plan.groups.enumerated() {
      if let place = places[group] {
        members[place].append(number)
      } else {
        places[group] = members.count
        members.append([number])
      }
    }
    var strata: [[Int]] = []
    var stratumPlaces: [Set<Int>: Int] = [:]
    for (group, cases) in members.enumerated() {
      let classes = Set(cases.map { plan.classes[$0] })
      if let place = stratumPlaces[classes] {
        strata[place].append(group)
      } else {
        stratumPlaces[classes] = strata.count
        strata.append([group])
      }
    }
    return (members, strata)
  }
}
