import Dispensing
import Migrations
import Postgres
import Primitives
import RefillSimulation
import TestSupport
import Testing

@Suite("A simulated year of chronic patients")
struct SimulateRefillsTests {
    private func simulate(_ plan: SimulationPlan, in database: TestDatabase) async throws -> SimulationReport {
        let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
        return try await SimulateRefills(plan: plan, firstDay: CalendarDate(day: 20_458), pepper: pepper)
            .run(owner: database.owner, application: database.application) { _ in }
    }

    @Test("breaks no limit, and knowing the refills finds stock more often with no more of it held")
    func findsStock() async throws {
        try await withTestDatabase { database in
            // A pharmacy this small in a first quarter: at these factors both ways find about the same share.
            let factors: [SuggestedBy: Int] = [.consumptionAlone: 3_000, .dueInstalments: 0]
            let plan = SimulationPlan(
                seed: 3, patients: 250, pharmacies: 1, products: 12, days: 84, safetyPerMille: factors)
            let report = try await simulate(plan, in: database)
            let (alone, due) = (report.tally(.consumptionAlone), report.tally(.dueInstalments))
            #expect(alone.visits.all > 100 && due.visits.all > 100, "\(report.lines)")
            #expect(due.visits.foundPerMyriad > alone.visits.foundPerMyriad, "\(report.lines)")
            #expect(due.averageStock <= alone.averageStock, "\(report.lines)")
            let defects = try await Verification(directory: "\(repositoryRoot)/db/verify").defects(in: database.owner)
            #expect(defects.isEmpty, "\(defects)")
        }
    }

    @Test("is the same from the same seed")
    func follows() async throws {
        let plan = SimulationPlan(seed: 7, patients: 20, pharmacies: 1, products: 3, days: 28, warmUpDays: 28)
        var reports: [SimulationReport] = []
        for _ in 0..<2 {
            try await withTestDatabase { reports.append(try await simulate(plan, in: $0)) }
        }
        #expect(reports[0] == reports[1])
        #expect(reports[0].tally(.consumptionAlone).visits.all > 0, "\(reports[0].lines)")
    }
}
