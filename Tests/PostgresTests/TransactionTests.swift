import Postgres
import TestSupport
import Testing

private struct Stop: Error {}

@Suite struct TransactionTests {
    private static func add(_ amount: Int64, to id: Int64, _ transaction: Transaction) throws {
        try transaction.execute("UPDATE probe.counter SET value = value + \(amount) WHERE id = \(id)")
    }

    @Test("a closure that throws leaves nothing behind")
    func rollsBack() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            await #expect(throws: Stop.self) {
                try await database.application.write { transaction in
                    try Self.add(1, to: 1, transaction)
                    throw Stop()
                }
            }
            #expect(try await database.counter(1) == 0)
        }
    }

    @Test("a closure that returns is committed, and says what it changed")
    func commits() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let changed = try await database.application.write { transaction in
                try transaction.execute("UPDATE probe.counter SET value = value + 1")
            }
            #expect(changed == 2)
            #expect(try await database.counter(2) == 1)
        }
    }

    @Test("a read may not write")
    func readsOnly() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let error = await #expect(throws: PostgresError.self) {
                try await database.application.read { try Self.add(1, to: 1, $0) }
            }
            #expect(error?.sqlState == "25006")
        }
    }

    @Test("a savepoint undoes its own part, and only that")
    func savepointUndoes() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            try await database.application.write { transaction in
                try Self.add(1, to: 1, transaction)
                do {
                    try transaction.savepoint {
                        try Self.add(10, to: 1, transaction)
                        throw Stop()
                    }
                } catch is Stop {}
                try transaction.savepoint { try Self.add(100, to: 1, transaction) }
            }
            #expect(try await database.counter(1) == 101)
        }
    }

    @Test("a savepoint survives a statement that the server refuses, also inside another savepoint")
    func savepointSurvivesRefusal() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            try await database.application.write { transaction in
                try transaction.savepoint {
                    try Self.add(1, to: 1, transaction)
                    let error = #expect(throws: PostgresError.self) {
                        try transaction.savepoint { try Self.add(-5, to: 1, transaction) }
                    }
                    #expect(error?.constraint == "value_is_not_negative")
                    try Self.add(1, to: 1, transaction)
                }
            }
            #expect(try await database.counter(1) == 2)
        }
    }

    @Test("a refusal that the closure hides does not pass for a commit")
    func hiddenRefusal() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let error = await #expect(throws: PostgresError.self) {
                try await database.application.write { transaction in
                    try Self.add(1, to: 1, transaction)
                    try? Self.add(-5, to: 1, transaction)
                    try? Self.add(1, to: 2, transaction)
                }
            }
            #expect(error?.constraint == "value_is_not_negative")
            #expect(try await database.counter(1) == 0)
        }
    }

    @Test("a constraint is reported by name, and the description quotes no data")
    func constraint() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let error = try #require(
                await #expect(throws: PostgresError.self) {
                    try await database.application.write { transaction in
                        try transaction.execute("INSERT INTO probe.counter VALUES (\(Int64(987_654)), \(Int64(-123_456)))")
                    }
                })
            #expect(error.kind == .statement)
            #expect(error.sqlState == "23514")
            #expect(error.constraint == "value_is_not_negative")
            #expect(error.statement == "INSERT INTO probe.counter VALUES ($1, $2)")
            #expect(!error.description.contains("987654") && !error.description.contains("123456"))
            #expect(error.debugDescription.contains("987654"))
        }
    }

    @Test("a syntax error says where")
    func position() async throws {
        try await withTestDatabase { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.application.read { try $0.execute("SELECT 1 FORM x y") }
            }
            #expect(error?.sqlState == "42601")
            #expect(error?.position == 15)
        }
    }

    @Test("a constraint that is checked at the end is reported from the commit")
    func deferredConstraint() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let error = await #expect(throws: PostgresError.self) {
                try await database.owner.write { transaction in
                    try transaction.execute(
                        """
                        CREATE TABLE probe.line (
                            id bigint CONSTRAINT line_has_a_counter REFERENCES probe.counter DEFERRABLE INITIALLY DEFERRED)
                        """)
                    try transaction.execute("INSERT INTO probe.line VALUES (99)")
                }
            }
            #expect(error?.constraint == "line_has_a_counter")
            #expect(try await database.counter(1) == 0)
        }
    }

    @Test("a tenant is seen inside the transaction only, and row-level security keeps tenants apart")
    func tenants() async throws {
        try await withTestDatabase { database in
            try await database.owner.write { transaction in
                try transaction.execute(
                    script: """
                        CREATE SCHEMA probe;
                        CREATE TABLE probe.note (consortium_id bigint NOT NULL, text text NOT NULL);
                        ALTER TABLE probe.note ENABLE ROW LEVEL SECURITY;
                        CREATE POLICY tenant ON probe.note
                            USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);
                        GRANT USAGE ON SCHEMA probe TO lianyao_application;
                        GRANT SELECT, INSERT ON probe.note TO lianyao_application;
                        INSERT INTO probe.note VALUES (1, 'one'), (2, 'two');
                        """)
            }
            let application = database.single(role: "lianyao_application")
            func texts(as tenant: Int64?) async throws -> [String] {
                let tenant = tenant.map { Tenant(setting: "lianyao.consortium_id", value: $0) }
                return try await application.read(as: tenant) { transaction in
                    try transaction.query("SELECT text FROM probe.note ORDER BY text") { try $0["text"] }
                }
            }
            #expect(try await texts(as: nil) == [])
            #expect(try await texts(as: 1) == ["one"])
            #expect(try await texts(as: 2) == ["two"])
            #expect(try await texts(as: nil) == [])
            let error = await #expect(throws: PostgresError.self) {
                try await application.write(as: Tenant(setting: "lianyao.consortium_id", value: 1)) { transaction in
                    try transaction.execute("INSERT INTO probe.note VALUES (2, 'forged')")
                }
            }
            #expect(error?.sqlState == "42501")
            await application.close()
        }
    }
}
