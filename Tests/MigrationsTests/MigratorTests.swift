import Foundation
import Migrations
import Postgres
import TestSupport
import Testing

@Suite struct MigratorTests {
    private static let shop = "CREATE SCHEMA shop;\nCREATE TABLE shop.item (id bigint);\n"

    @Test("files are applied in order, once, the later ones as the owner")
    func appliesInOrder() async throws {
        try await withWorkplace { place in
            try place.write("0002_shop.sql", Self.shop)
            try place.write("0003_shop_names.sql", "ALTER TABLE shop.item ADD COLUMN name text;")
            try place.write("README.txt", "not a migration")
            #expect(try await place.migrator.pending(place.conninfo).map(\.version) == [1, 2, 3])
            #expect(try await place.migrator.migrate(place.conninfo).map(\.name) == ["roles", "shop", "shop_names"])
            #expect(try await place.applied() == [1, 2, 3])
            #expect(try await place.migrator.migrate(place.conninfo) == [])
            #expect(try await place.migrator.pending(place.conninfo) == [])
            let owner = try await place.run { transaction in
                try transaction.first("SELECT tableowner::text AS owner FROM pg_tables WHERE schemaname = 'shop'") {
                    try $0["owner"] as String
                }
            }
            #expect(owner == "lianyao_owner")
            try place.write("0004_more.sql", "CREATE TABLE shop.shelf (id bigint);")
            #expect(try await place.migrator.migrate(place.conninfo).map(\.version) == [4])
        }
    }

    @Test("the checksum is SHA-256 of the file, so that anybody can check it")
    func checksum() async throws {
        try await withWorkplace { place in
            try place.write("0002_shop.sql", "SELECT 1;")
            try await place.migrator.migrate(place.conninfo)
            let checksum = try await place.run { transaction in
                try transaction.first("SELECT sha256 FROM migration.applied WHERE version = 2") { try $0["sha256"] as String }
            }
            // printf 'SELECT 1;' | sha256sum
            #expect(checksum == "17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a")
        }
    }

    @Test("two programs that migrate at once apply each file once")
    func atOnce() async throws {
        try await withWorkplace { place in
            for number in 2...9 {
                try place.write("000\(number)_t\(number).sql", "CREATE SCHEMA s\(number); CREATE TABLE s\(number).t (id bigint);")
            }
            let (migrator, conninfo) = (place.migrator, place.conninfo)
            let applied = try await withThrowingTaskGroup(of: [Int32].self) { group in
                for _ in 0..<4 { group.addTask { try await migrator.migrate(conninfo).map(\.version) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted() == Array(1...9))
        }
    }

    @Test("a file that was changed after it was applied is refused")
    func changed() async throws {
        try await withWorkplace { place in
            try place.write("0002_shop.sql", Self.shop)
            try await place.migrator.migrate(place.conninfo)
            try place.write("0002_shop.sql", Self.shop + " ")
            let refused = MigrationError.changed(file: "0002_shop.sql")
            await #expect(throws: refused) { try await place.migrator.migrate(place.conninfo) }
            await #expect(throws: refused) { try await place.migrator.pending(place.conninfo) }
        }
    }

    @Test("a missing number is refused, among the files and in the database")
    func gap() async throws {
        try await withWorkplace { place in
            try place.write("0002_shop.sql", Self.shop)
            try place.write("0004_late.sql", "SELECT 1;")
            await #expect(throws: MigrationError.gap(missing: 3)) { try await place.migrator.migrate(place.conninfo) }
            try place.write("0003_between.sql", "SELECT 1;")
            try await place.migrator.migrate(place.conninfo)
            try await place.run { try $0.execute(script: "DELETE FROM migration.applied WHERE version = 2") }
            await #expect(throws: MigrationError.gap(missing: 2)) { try await place.migrator.migrate(place.conninfo) }
        }
    }

    @Test("a database that a newer program migrated is refused")
    func newer() async throws {
        try await withWorkplace { place in
            try place.write("0002_shop.sql", Self.shop)
            try place.write("0003_more.sql", "SELECT 1;")
            try await place.migrator.migrate(place.conninfo)
            try place.remove("0003_more.sql")
            let refused = MigrationError.newer(version: 3, known: 2)
            await #expect(throws: refused) { try await place.migrator.migrate(place.conninfo) }
            await #expect(throws: refused) { try await place.migrator.pending(place.conninfo) }
        }
    }

    @Test("files whose names cannot be put in order are refused", arguments: [
        ("2_short.sql", .badName("2_short.sql")), ("0002shop.sql", .badName("0002shop.sql")),
        ("0002_.sql", .badName("0002_.sql")), ("0000_zero.sql", .badName("0000_zero.sql")),
        ("0001_again.sql", .duplicate("0001_roles.sql")),
    ] as [(String, MigrationError)])
    func names(file: String, error: MigrationError) async throws {
        try await withWorkplace { place in
            try place.write(file, "SELECT 1;")
            await #expect(throws: error) { try await place.migrator.migrate(place.conninfo) }
        }
    }

    @Test("a directory that is not there is refused")
    func noDirectory() async throws {
        await #expect(throws: MigrationError.unreadable("/nonexistent")) {
            try await Migrator(directory: "/nonexistent").migrate("host=/nonexistent")
        }
    }

    @Test("a file that fails leaves nothing of itself, keeps the files before it, and says where it failed")
    func failing() async throws {
        try await withWorkplace { place in
            try place.write("0002_shop.sql", Self.shop)
            try place.write(
                "0003_broken.sql", "CREATE TABLE shop.half (id bigint);\n-- 联药\n\nCREATE TABLE shop.item (id bgint);\n")
            let error = await #expect(throws: MigrationError.self) { try await place.migrator.migrate(place.conninfo) }
            guard case .failed("0003_broken.sql", line: 4, let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("bgint"))
            #expect(try await place.applied() == [1, 2])
            #expect(try await place.exists("shop.item"))
            #expect(try await !place.exists("shop.half"))
            try place.write("0003_broken.sql", "CREATE TABLE shop.half (id bigint);")
            #expect(try await place.migrator.migrate(place.conninfo).map(\.version) == [3])
        }
    }

    @Test("the owner may not do what only the user who signs in may")
    func runsAsOwner() async throws {
        try await withWorkplace { place in
            try place.write("0002_role.sql", "CREATE ROLE intruder;")
            let error = await #expect(throws: MigrationError.self) { try await place.migrator.migrate(place.conninfo) }
            guard case .failed("0002_role.sql", _, let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("42501"))
        }
    }

    @Test("the program can ask what was applied, and cannot change it")
    func applicationReads() async throws {
        try await withTestDatabase { database in
            let count = try await database.application.read { transaction in
                try transaction.first("SELECT count(*) AS count FROM migration.applied") { try $0["count"] as Int }
            }
            #expect(try #require(count) >= 1)
            let error = await #expect(throws: PostgresError.self) {
                try await database.application.write { try $0.execute("DELETE FROM migration.applied") }
            }
            #expect(error?.sqlState == "42501")
        }
    }
}
