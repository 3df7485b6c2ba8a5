import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Rules of the code that a program can check")
struct CodeRulesTests {
    private let sources = SourceTree.files(below: "Sources", ".swift")
    private let tests = SourceTree.files(below: "Tests", ".swift")
    private let sql = SourceTree.files(below: "db", ".sql")

    @Test("the tree is there to be looked at")
    func findsTheTree() {
        #expect(sources.count > 50 && sql.count > 5 && tests.count > 20)
    }

    @Test("no table, function or query holds a floating point number")
    func noFloatInSQL() throws {
        let pattern = #"(?i)\b(double precision|real|float[48]?)\b"#
        #expect(try SourceTree.places(of: pattern, in: sql, comment: "--").isEmpty)
        #expect(try SourceTree.places(of: #"(?i)::\s*(double precision|real|float[48]?)\b"#, in: sources).isEmpty)
    }

    @Test("no floating point stands in a module that knows quantities or money")
    func noFloatInTheDomain() throws {
        let domain = sources.filter { file in
            ["Web/Service", "EmbeddedPostgres"].allSatisfy { !file.path.hasPrefix("Sources/\($0)/") }
        }
        #expect(try SourceTree.places(of: #"\b(Double|Float|CGFloat|Decimal|TimeInterval)\b"#, in: domain).isEmpty)
    }

    @Test("no migrated column is of a floating point type")
    func noFloatInTheDatabase() async throws {
        try await withTestDatabase { database in
            let columns = try await database.owner.read { transaction in
                try transaction.query(
                    """
                    SELECT table_schema || '.' || table_name || '.' || column_name AS name
                      FROM information_schema.columns
                     WHERE data_type IN ('real', 'double precision')
                       AND table_schema NOT IN ('pg_catalog', 'information_schema')
                    """
                ) { try $0["name"] as String }
            }
            #expect(columns.isEmpty)
        }
    }

    @Test("nothing is forced, and nothing is left for later")
    func nothingForced() throws {
        #expect(try SourceTree.places(of: #"\btry!|\bas!|\bfatalError\("#, in: sources).isEmpty)
        #expect(try SourceTree.places(of: "TO" + "DO|FIX" + "ME|X{3}", in: sources + tests, comment: "\u{0}").isEmpty)
        #expect(try SourceTree.places(of: #"(Task\.sleep|\busleep|Thread\.sleep)\("#, in: tests).isEmpty)
    }

    @Test("unchecked Sendable stays in the wrappers of C libraries")
    func uncheckedStaysInItsCage() throws {
        let outside = sources.filter { !$0.path.hasPrefix("Sources/Postgres/") && !$0.path.hasPrefix("Sources/Curl/") }
        #expect(try SourceTree.places(of: "@unchecked Sendable", in: outside).isEmpty)
    }

    @Test("text becomes a statement only where reviewed files are run")
    func noBuiltSQL() throws {
        let outside = sources.filter { !$0.path.hasPrefix("Sources/Migrations/") && !$0.path.hasPrefix("Sources/Postgres/") }
        #expect(try SourceTree.places(of: #"SQL\(stringLiteral:|execute\(script:"#, in: outside).isEmpty)
    }

    @Test("only Web and the simulator know the HTTP server; each C library has one door")
    func importsStayInTheirRooms() throws {
        let http = sources.filter { !$0.path.hasPrefix("Sources/Web/") && !$0.path.hasPrefix("Sources/PlatformSimulator/") }
        #expect(try SourceTree.places(of: #"import Hummingbird"#, in: http).isEmpty)
        let doors = [("CPostgres", "Postgres"), ("CCurl", "Curl"), ("COpenSSL", "ShangMi"), ("CExpat", "StrictXML")]
        for (library, door) in doors {
            let outside = sources.filter { !$0.path.hasPrefix("Sources/\(door)/") }
            #expect(try SourceTree.places(of: #"import \#(library)\b"#, in: outside).isEmpty)
        }
    }

    @Test("every tenant table begins with consortium_id, has it in its key and hides other tenants' rows")
    func tenancy() async throws {
        try await withTestDatabase { database in
            let defects = try await database.owner.read { transaction in
                try transaction.query(
                    """
                    SELECT class.oid::regclass::text AS name
                      FROM pg_class AS class
                      JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
                      JOIN pg_attribute AS tenant ON tenant.attrelid = class.oid AND tenant.attname = 'consortium_id'
                     WHERE class.relkind IN ('r', 'p') AND NOT class.relispartition
                       AND namespace.nspname || '.' || class.relname <> 'parties.consortium'
                       AND (tenant.attnum <> 1 OR NOT class.relrowsecurity
                            OR EXISTS (SELECT FROM pg_index AS index
                                        WHERE index.indrelid = class.oid AND index.indisunique
                                          AND index.indkey[0] <> tenant.attnum))
                    """
                ) { try $0["name"] as String }
            }
            #expect(defects.isEmpty)
        }
    }

    @Test("a transaction of no consortium sees no row of any, also on a connection that has served one")
    func withoutTenant() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let single = Database(
                DatabaseConfiguration(conninfo: database.conninfo, connections: 1, role: "lianyao_application"))
            let seen = { @Sendable (transaction: Transaction) in
                try transaction.first("SELECT count(*) AS rows FROM parties.facility") { try $0["rows"] as Int }
            }
            #expect(try await single.read(as: small.id.tenant, seen) == 3)
            #expect(try await single.read(seen) == 0)
            let unguarded = try await database.owner.read { transaction in
                try transaction.query(
                    "SELECT tablename AS name FROM pg_policies WHERE policyname = 'tenant' AND qual NOT LIKE '%NULLIF%'"
                ) { try $0["name"] as String }
            }
            #expect(unguarded.isEmpty)
            await single.close()
        }
    }

    @Test("most files are short, and few are long")
    func filesAreShort() {
        let lengths = (sources + tests).map(\.lines.count).sorted()
        #expect(lengths[lengths.count / 2] < 110)
        #expect((sources + tests).filter { $0.lines.count > 400 }.map(\.path) == [])
    }
}
