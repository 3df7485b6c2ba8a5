import Postgres

/// A transaction that every client runs, over and over.
enum ClientWorkload: String, CaseIterable, Sendable {
    case read, write, reads, pipeline

    static let accounts: Int64 = 100_000
    private static let readsAtOnce: Int64 = 10

    /// What the Python client knows, too.
    var isForEverybody: Bool { self == .read || self == .write }

    var title: String {
        switch self {
        case .read: "A row is read by its key, in a read-only transaction"
        case .write: "A row is changed by its key and another added, in a transaction"
        case .reads: "\(Self.readsAtOnce) rows are read by their keys in a read-only transaction, one after another"
        case .pipeline: "\(Self.readsAtOnce) rows are read by their keys in a read-only transaction, in a pipeline"
        }
    }

    /// The same transaction for `pgbench`.
    var script: String {
        let reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n"
        let reads = (0..<Self.readsAtOnce).map { "SELECT quantity FROM account WHERE id = :id + \($0);\n" }
        let body =
            switch self {
            case .read: reading + "SELECT quantity FROM account WHERE id = :id;\n"
            case .write:
                "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;\nUPDATE account SET quantity = quantity + 1 WHERE id = :id;\n"
                    + "INSERT INTO change (id, quantity) VALUES (:id, 1);\n"
            case .reads: reading + reads.joined()
            case .pipeline: reading + "\\startpipeline\n" + reads.joined() + "\\endpipeline\n"
            }
        return "\\set id random(1, \(Self.accounts))\n\(body)COMMIT;\n"
    }

    func run(on database: Database, id: Int64) async throws {
        switch self {
        case .read:
            _ = try await database.read { transaction in
                try transaction.first("SELECT quantity FROM account WHERE id = \(id)") { try $0["quantity"] as Int64 }
            }
        case .write:
            try await database.write { transaction in
                try transaction.execute("UPDATE account SET quantity = quantity + 1 WHERE id = \(id)")
                try transaction.execute("INSERT INTO change (id, quantity) VALUES (\(id), 1)")
            }
        case .reads:
            _ = try await database.read { transaction in
                for offset in 0..<Self.readsAtOnce {
                    _ = try transaction.first(Self.quantity(of: id, offset)) { try $0["quantity"] as Int64 }
                }
            }
        case .pipeline:
            _ = try await database.read { transaction in
                try transaction.pipeline(
                    (0..<Self.readsAtOnce).map { offset in
                        .first(Self.quantity(of: id, offset)) { try $0["quantity"] as Int64 }
                    })
            }
        }
    }

    private static func quantity(of id: Int64, _ offset: Int64) -> SQL {
        "SELECT quantity FROM account WHERE id = \(id) + \(offset)"
    }

    static func load(in database: Database) async throws {
        try await database.write { transaction in
            try transaction.execute("CREATE TABLE account (id bigint PRIMARY KEY, quantity bigint NOT NULL) WITH (fillfactor = 80)")
            try transaction.execute("INSERT INTO account SELECT id, 0 FROM generate_series(1, \(accounts)) AS id")
            try transaction.execute("CREATE TABLE change (id bigint NOT NULL, quantity bigint NOT NULL)")
            try transaction.execute("CREATE TABLE bulk (id bigint NOT NULL, name text NOT NULL, quantity bigint NOT NULL)")
            try transaction.execute("ANALYZE account")
        }
    }
}
