import Outbox
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Work for a claim")
struct ClaimPlanTests {
    @Test("a claim reads the rows it takes, however many wait")
    func readsFewRows() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            try await fill(bench)
            let (id, until, now) = (bench.consortium.id, bench.later(seconds: 600).now, bench.later(seconds: 20).now)
            let (claims, reads) = try await bench.write { transaction in
                let delivery = Delivery(transaction, for: id)
                // The first few times the server plans for the values; after that it may plan for any.
                for _ in 0..<7 { _ = try delivery.claim(at: "zhejiang", most: 1, until: until, at: now) }
                let claims = try delivery.claim(at: "zhejiang", most: 20, until: until, at: now)
                let reads = try transaction.query(
                    """
                    SELECT relname AS name, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS rows
                      FROM pg_stat_xact_user_tables WHERE schemaname = 'outbox' ORDER BY relname
                    """
                ) { (name: try $0["name"] as String, rows: try $0["rows"] as Int) }
                return (claims, reads)
            }
            #expect(claims.count == 20 && Set(claims.map(\.document.key)).count == 20)
            #expect(reads.map(\.name) == ["document", "message"] && reads.allSatisfy { (27...200).contains($0.rows) }, "\(reads)")
        }
    }

    /// 30,000 documents with two messages each, due one millisecond after the other.
    private func fill(_ bench: OutboxBench) async throws {
        let (id, now) = (bench.consortium.id, bench.now)
        try await bench.database.owner.write { transaction in
            try transaction.execute(
                """
                INSERT INTO outbox.document (consortium_id, destination, document_key, open, due_at)
                SELECT \(id), 'zhejiang', 'D' || number, 2, \(now)::timestamptz + number * interval '1 millisecond'
                  FROM generate_series(0, 29999) AS number
                """)
            try transaction.execute(
                """
                INSERT INTO outbox.message
                       (consortium_id, destination, document_key, kind, business_key, content, written_at, changed_at)
                SELECT \(id), 'zhejiang', 'D' || number % 30000, 'order-create', 'K' || number, '{}', \(now), \(now)
                  FROM generate_series(0, 59999) AS number
                """)
            try transaction.execute("ANALYZE outbox.document, outbox.message")
        }
    }
}
