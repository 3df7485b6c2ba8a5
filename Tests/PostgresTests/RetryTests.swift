import Postgres
import TestSupport
import Testing

@Suite struct RetryTests {
    @Test("a serialization failure is tried again, and no update is lost")
    func serializationFailure() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let (meeting, attempts) = (Rendezvous(), Recorder<Int>())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...2 {
                    group.addTask {
                        try await database.application.write { transaction in
                            attempts.append(number)
                            try transaction.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                            let value = try transaction.first("SELECT value FROM probe.counter WHERE id = 1") {
                                try $0["value"] as Int64
                            }
                            meeting.meet()
                            try transaction.execute("UPDATE probe.counter SET value = \((value ?? 0) + 1) WHERE id = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.counter(1) == 2)
            #expect(attempts.all.count == 3)
        }
    }

    @Test("a deadlock is tried again, and both finish")
    func deadlock() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let (meeting, attempts) = (Rendezvous(), Recorder<Int64>())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (first, second) in [(1, 2), (2, 1)] as [(Int64, Int64)] {
                    group.addTask {
                        try await database.application.write { transaction in
                            attempts.append(first)
                            try transaction.execute("UPDATE probe.counter SET value = value + 1 WHERE id = \(first)")
                            meeting.meet()
                            try transaction.execute("UPDATE probe.counter SET value = value + 1 WHERE id = \(second)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.counter(1) == 2)
            #expect(try await database.counter(2) == 2)
            // The one that is tried again may meet the other once more.
            #expect(attempts.all.count >= 3)
        }
    }

    @Test("it is not tried for ever")
    func givesUp() async throws {
        try await withTestDatabase { database in
            let (single, attempts) = (database.single(attemptsMax: 3), Recorder<Int>())
            let error = await #expect(throws: PostgresError.self) {
                try await single.write { transaction in
                    attempts.append(1)
                    try transaction.execute(script: "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$")
                }
            }
            #expect(error?.sqlState == "40001")
            #expect(attempts.all.count == 3)
            await single.close()
        }
    }

    @Test("what the server refuses for good is tried once")
    func refusedForGood() async throws {
        try await withTestDatabase { database in
            let attempts = Recorder<Int>()
            await #expect(throws: PostgresError.self) {
                try await database.application.write { transaction in
                    attempts.append(1)
                    try transaction.execute("SELECT 1 / 0")
                }
            }
            #expect(attempts.all.count == 1)
        }
    }

    @Test("a connection that died while idle is replaced without a word")
    func diedIdle() async throws {
        try await withTestDatabase { database in
            let (single, other) = (database.single(), database.single())
            let old = try await single.read(backend)
            try await other.write { _ = try $0.execute("SELECT pg_terminate_backend(\(Int32(old)), 5000)") }
            #expect(try await single.read(backend) != old)
            await single.close()
            await other.close()
        }
    }

    @Test("a connection that dies in the middle is replaced, and the transaction is run again")
    func diedMidway() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let attempts = Recorder<Int64>()
            let single = database.single()
            try await single.write { transaction in
                attempts.append(try backend(transaction))
                try transaction.execute("UPDATE probe.counter SET value = value + 1 WHERE id = 1")
                if attempts.all.count == 1 { try transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            #expect(Set(attempts.all).count == 2)
            #expect(try await database.counter(1) == 1)
            await single.close()
        }
    }

    @Test("when the answer to COMMIT is lost, the outcome is unknown and nothing is run again")
    func outcomeUnknown() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let (single, attempts) = (database.single(), Recorder<Int>())
            try await single.write { transaction in
                try transaction.execute(
                    script: """
                        CREATE FUNCTION probe.die() RETURNS trigger LANGUAGE plpgsql AS
                            'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
                        CREATE CONSTRAINT TRIGGER dies AFTER UPDATE ON probe.counter
                            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION probe.die();
                        """)
            }
            let error = await #expect(throws: PostgresError.self) {
                try await single.write { transaction in
                    attempts.append(1)
                    try transaction.execute("UPDATE probe.counter SET value = 7 WHERE id = 1")
                }
            }
            #expect(error?.kind == .outcomeUnknown)
            #expect(attempts.all.count == 1)
            #expect(try await single.read { try $0.execute("SELECT 1") } == 1)
            await single.close()
        }
    }

    @Test("a plan made before the table changed is made anew")
    func stalePlan() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let single = database.single(role: "lianyao_application")
            func rows() async throws -> [Int64] {
                try await single.read { transaction in
                    try transaction.query("SELECT * FROM probe.counter ORDER BY id") { try $0["value"] as Int64 }
                }
            }
            #expect(try await rows() == [0, 0])
            try await database.owner.write { _ = try $0.execute("ALTER TABLE probe.counter ADD COLUMN note text") }
            #expect(try await rows() == [0, 0])
            try await database.owner.write { _ = try $0.execute("ALTER TABLE probe.counter ALTER COLUMN value TYPE integer") }
            #expect(try await rows() == [0, 0])
            await single.close()
        }
    }

    @Test("more statements than a connection keeps prepared are no trouble")
    func manyStatements() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let sum = try await single.read { transaction in
                try (0..<1_200).reduce(0) { sum, number in
                    let sql = SQL(stringLiteral: "SELECT \(number) AS value")
                    return sum + (try transaction.first(sql) { try $0["value"] as Int } ?? 0)
                }
            }
            #expect(sum == 1_199 * 600)
            let kept = try await single.read { transaction in
                try transaction.first("SELECT count(*) AS kept FROM pg_prepared_statements") { try $0["kept"] as Int }
            }
            #expect(try #require(kept) <= 500)
            await single.close()
        }
    }

    @Test("a server that is not there is reported as unreachable")
    func unreachable() async throws {
        let database = Database(DatabaseConfiguration(conninfo: "host=/nonexistent dbname=x", connections: 1))
        let error = await #expect(throws: PostgresError.self) { try await database.read { try $0.execute("SELECT 1") } }
        #expect(error?.kind == .unreachable)
        await database.close()
    }
}
