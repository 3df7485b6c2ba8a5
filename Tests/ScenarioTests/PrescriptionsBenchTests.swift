@testable import Lianyao
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Prescriptions for a measurement")
struct PrescriptionsBenchTests {
    @Test("what is loaded is as the application would have written it, and every step can be done with it")
    func runs() async throws {
        try await withTestDatabase { database in
            let (prescriptions, operations) = (300, 2)
            let bench = PrescriptionsBench(
                home: Home(directory: repositoryRoot), owner: database.owner, application: database.application,
                prescriptions: prescriptions, operations: operations, seed: 1, now: TimeSource.system.now)
            var lines: [String] = []
            try await bench.run { lines.append($0) }
            for step in PrescriptionStep.allCases {
                let said = lines.filter { $0.contains("  \(step.name): ") && $0.contains(" p99, ") && $0.contains("\(operations) times") }
                #expect(said.count == PrescriptionsBench.callers.count, "\(step.name): \(said)")
            }
            let open = PrescriptionsBench.open(operations: operations)
            let states = try await database.owner.read { transaction in
                try transaction.query("SELECT state, count(*) AS number FROM dispensing.prescription GROUP BY state") { row in
                    (try row["state"] as String, try row["number"] as Int)
                }
            }
            // Everything that was open was handed out, everything that waited was approved, as many were written.
            #expect(Dictionary(states, uniquingKeysWith: +) == ["dispensed": prescriptions - open, "approved": open, "issued": open])
        }
    }
}
