import Postgres
import TestSupport
import Testing

@Suite struct ConnectionStringTests {
    @Test("a socket and the loopback need no verification", arguments: [
        "host=/run/postgresql dbname=x", "dbname=x", "", "postgresql://localhost/x", "host=127.0.0.1 sslmode=disable",
        "host=::1", "postgresql:///x?host=/tmp/a&port=5433", "host=@abstract", "host=localhost,127.0.0.2 sslmode=prefer",
    ])
    func local(text: String) throws {
        #expect(try ConnectionString(text, environment: [:]).conninfo == text)
    }

    @Test("a server across a network is verified unless that is given up in so many words", arguments: [
        "host=db.example", "postgresql://user:pass@db.example:5433/x", "host=localhost,db.example", "host=localhost hostaddr=192.0.2.1",
        "service=elsewhere", "host=db.example sslmode=verify-full", "host=127.0.0.1.example",
    ])
    func verified(text: String) throws {
        let string = try ConnectionString(text, environment: [:])
        #expect(string.conninfo.contains("sslmode='verify-full'"))
        #expect(!string.description.contains("pass"))
        #expect(try ConnectionString(text, environment: [:], allowsUnverified: true).conninfo == text)
    }

    @Test("anything weaker is refused", arguments: ["disable", "allow", "prefer", "require", "verify-ca"])
    func weaker(mode: String) throws {
        #expect(throws: ConnectionStringError.unverified(host: "db.example", mode: mode)) {
            try ConnectionString("host=db.example sslmode=\(mode)", environment: [:])
        }
        #expect(throws: ConnectionStringError.unverified(host: "db.example", mode: mode)) {
            try ConnectionString("dbname=x", environment: ["PGHOST": "db.example", "PGSSLMODE": mode])
        }
    }

    @Test("what libpq cannot read is refused without being quoted", arguments: ["host", "postgresql://[x/y", "nothing=1 password=secret"])
    func unreadable(text: String) {
        let error = #expect(throws: ConnectionStringError.self) { try ConnectionString(text, environment: [:]) }
        #expect(error == .unreadable)
        #expect(error?.description.contains("secret") == false)
    }

    @Test("several hosts and the kind of session become one string, and a password keeps its quotes")
    func several() throws {
        let string = try ConnectionString(
            hosts: [.init("a.example"), .init("b.example", port: 5433)], database: "x", user: "u", password: "it's \\ a secret",
            session: .readWrite, rootCertificates: "/etc/root.crt")
        #expect(
            string.conninfo == """
                dbname='x' host='a.example,b.example' password='it\\'s \\\\ a secret' port='5432,5433' sslmode='verify-full' \
                sslrootcert='/etc/root.crt' target_session_attrs='read-write' user='u'
                """)
        #expect(string.description == "a.example, b.example")
        #expect(try ConnectionString(string.conninfo, environment: [:]).conninfo == string.conninfo)
    }

    @Test("of several hosts the one that answers and has the wanted kind of session is taken")
    func targets() async throws {
        try await withTestDatabase { place in
            let options = place.conninfo.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            func option(_ name: String) -> String { options.first { $0[0] == name }?.last?.filter { $0 != "'" } ?? "" }
            func string(_ session: ConnectionString.Session) throws -> String {
                try ConnectionString(
                    hosts: [.init("/nonexistent"), .init(option("host"), port: UInt16(option("port")) ?? 5432)], database: place.name,
                    user: option("user"), session: session
                ).conninfo
            }
            let writable = Database(DatabaseConfiguration(conninfo: try string(.readWrite), connections: 1))
            #expect(try await writable.read { try $0.execute("SELECT 1") } == 1)
            await writable.close()
            let standby = Database(DatabaseConfiguration(conninfo: try string(.standby), connections: 1))
            let error = await #expect(throws: PostgresError.self) { try await standby.read { _ in } }
            #expect(error?.kind == .unreachable)
            await standby.close()
        }
    }
}
