public import Dispensing
public import Postgres
public import Primitives

/// Runs the same year twice in one database, in two consortia of their own: once with quantities suggested by consumption
/// alone, once with due instalments apart.
public struct SimulateRefills: Sendable {
    public var plan: SimulationPlan
    public var firstDay: CalendarDate
    public var pepper: ResidentPepper

    public init(plan: SimulationPlan, firstDay: CalendarDate, pepper: ResidentPepper) {
        self.plan = plan
        self.pepper = pepper
        self.firstDay = firstDay
    }

    /// - Parameters:
    ///   - owner: the database as its owner, who may make consortia.
    ///   - application: the database as the service uses it.
    ///   - say: gets a line now and then.
    public func run(
        owner: Database, application: Database, _ say: @escaping @Sendable (String) -> Void
    ) async throws -> SimulationReport {
        let morning = firstDay.morning
        var worlds: [SuggestedBy: SimulatedWorld] = [:]
        for way in SuggestedBy.allCases {
            let plan = plan
            let world = try await owner.write {
                try SimulatedWorldBuilder(transaction: $0, code: way.rawValue, plan: plan).build()
            }
            try await application.write(as: world.consortium.tenant) { try world.prepare(in: $0, at: morning) }
            worlds[way] = world
        }
        return try await withThrowingTaskGroup(of: (SuggestedBy, SimulationTally).self) { group in
            for (way, world) in worlds {
                let (plan, pepper) = (plan, pepper)
                group.addTask {
                    var run = SimulatedRun(
                        owner: owner, database: application, world: world, plan: plan, suggestedBy: way,
                        firstMorning: morning, pepper: pepper)
                    try await run.run(say)
                    return (way, run.tally)
                }
            }
            var tallies: [SuggestedBy: SimulationTally] = [:]
            for try await (way, tally) in group { tallies[way] = tally }
            return SimulationReport(plan: plan, tallies: tallies)
        }
    }
}

extension CalendarDate {
    /// Nine o'clock in Asia/Shanghai.
    var morning: Instant { Instant(microseconds: Int64(day) * 86_400_000_000 + 3_600_000_000) }
}
