@testable import Migrations
import Postgres
import TestSupport
import Testing

@Suite struct VerificationTests {
    @Test("a planted defect is found, with its rows and what was to be proved")
    func findsDefects() async throws {
        try await withWorkplace { place in
            try place.remove("0001_roles.sql")
            try place.write(
                "stock.sql",
                """
                -- Every balance is positive;
                -- or nil.
                SELECT number, 'a;b' AS note FROM probe WHERE number < 0 -- the last
                ;
                -- No number is large.
                WITH large AS (SELECT * FROM probe WHERE number > 100) SELECT * FROM large;
                """)
            try place.write("many.sql", "-- There is nothing.\nSELECT * FROM probe, generate_series(1, 100);\n")
            try place.write("wrong.sql", "-- This can be asked.\nSELECT * FROM nowhere;\nSELECT 1 WHERE false")
            try await place.run { transaction in
                try transaction.execute(script: "CREATE TABLE probe (number bigint); INSERT INTO probe VALUES (-1), (5)")
            }
            let database = Database(DatabaseConfiguration(conninfo: place.conninfo, connections: 1))
            let defects = try await place.verification.defects(in: database)
            await database.close()
            #expect(defects.map(\.file) == ["many.sql", "stock.sql", "wrong.sql"])
            #expect(defects.map(\.proves) == ["There is nothing.", "Every balance is positive; or nil.", "This can be asked."])
            #expect(defects.first?.rows.count == Verification.rowsMax)
            #expect(defects.dropFirst().first?.rows == [#"{"number":-1,"note":"a;b"}"#])
            #expect(defects.last?.rows.first?.contains("nowhere") == true)
        }
    }

    @Test("a sound database has no defect")
    func sound() async throws {
        try await withWorkplace { place in
            try place.remove("0001_roles.sql")
            try place.write("sound.sql", "-- Nothing is wrong.\nSELECT 1 WHERE false;")
            let database = Database(DatabaseConfiguration(conninfo: place.conninfo, connections: 1))
            #expect(try await place.verification.defects(in: database) == [])
            await database.close()
        }
    }

    @Test("scripts are parted at semicolons that end statements, and at no others", arguments: [
        ("", []),
        (" ;; -- nothing\n;/* ; */", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1; SELECT 2;", ["SELECT 1", "SELECT 2"]),
        ("SELECT ';', 'it''s;'; SELECT 2", ["SELECT ';', 'it''s;'", "SELECT 2"]),
        (#"SELECT E'\';', e'\\'; SELECT 2"#, [#"SELECT E'\';', e'\\'"#, "SELECT 2"]),
        (#"SELECT name'\'; SELECT 2"#, [#"SELECT name'\'"#, "SELECT 2"]),
        (#"SELECT ";" FROM "a"";b"; SELECT 2"#, [#"SELECT ";" FROM "a"";b""#, "SELECT 2"]),
        ("SELECT $$a;b$$, $x$ $$;$y$; $x$; SELECT 2", ["SELECT $$a;b$$, $x$ $$;$y$; $x$", "SELECT 2"]),
        ("SELECT a$b$ FROM t; SELECT $1; SELECT 2", ["SELECT a$b$ FROM t", "SELECT $1", "SELECT 2"]),
        ("SELECT 1 -- one;\n + 2; SELECT/* ; /* ; */ ; */2", ["SELECT 1  \n + 2", "SELECT 2"]),
    ] as [(String, [String])])
    func parts(script: String, statements: [String]) {
        #expect(SQLScript(script).statements.map(\.text) == statements)
    }

    @Test("the comment before a statement is what it proves")
    func comments() {
        let script = SQLScript("-- one\n--\n--   two\nSELECT 1; /* three\n   four */ SELECT 2; SELECT 3 -- five")
        #expect(script.statements.map(\.comment) == ["one two", "three four", ""])
    }
}
