import Audit
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("The audit trail")
struct AuditTrailTests {
    @Test("events are kept in the order they were done, with what they say")
    func keepsEvents() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            try await database.application.write(as: small.id.tenant) { transaction in
                let trail = AuditTrail(transaction)
                try trail.append("test.begin", subject: "thing 1", by: small.officer, at: Instant.ofTests, detail: ["原因": "缺货 \"急\""])
                try trail.append("test.end", subject: "thing 1", by: small.seller, at: Instant.ofTests.adding(.seconds(1)))
                try trail.append("test.begin", subject: "thing 2", by: small.officer, at: Instant.ofTests)
            }
            let events = try await database.application.read(as: small.id.tenant) { transaction in
                try AuditTrail(transaction).events(of: "thing 1", in: small.id)
            }
            #expect(events.map(\.action) == ["test.begin", "test.end"])
            #expect(events.map(\.person) == [small.officer.person, small.seller.person])
        }
    }
}
