import Foundation
import Postgres
import Primitives
import TestSupport
import Testing
import Web

@Suite("Operations")
struct OperationTests {
    @Test("a command is done once for its Request-Id, and answered the same whenever it is repeated")
    func replay() async throws {
        try await withToys { world in
            let id = UUID()
            let first = try await world.web.post("/api/v1/toys", Toys.body, as: world.officer, requestID: id)
            #expect(first.status == 201)
            #expect(!first.isReplay)
            // The same names in another order are the same command.
            let reordered = JSONValue.object(Toys.body.members.reversed())
            let second = try await world.web.post("/api/v1/toys", reordered, as: world.officer, requestID: id)
            #expect(second.status == 201)
            #expect(second.isReplay)
            #expect(second.json == first.json)
            #expect(try await world.toys() == 1)
        }
    }

    @Test("a Request-Id used for another body, another path or by another person is refused, and nothing happens")
    func reuse() async throws {
        try await withToys { world in
            let id = UUID()
            _ = try await world.web.post("/api/v1/toys", Toys.body, as: world.officer, requestID: id)
            let other: JSONValue = ["name": "duck", "kind": "wooden", "parts": []]
            for (path, body, person) in [
                ("/api/v1/toys", other, world.officer), ("/api/v1/toys", Toys.body, world.keeper),
                ("\(RequestRefusalTests.someToy)/closure", [:], world.officer),
            ] as [(String, JSONValue, Principal)] {
                let answer = try await world.web.post(path, body, as: person, requestID: id)
                #expect(answer.status == 409)
                #expect(answer.code == "commands.request-id-reused")
            }
            #expect(try await world.toys() == 1)
        }
    }

    @Test("a refused command leaves nothing, and its Request-Id may be used again")
    func refused() async throws {
        try await withToys { world in
            _ = try await world.web.post("/api/v1/toys", Toys.body, as: world.officer)
            let id = UUID()
            let taken = try await world.web.post("/api/v1/toys", Toys.body, as: world.officer, requestID: id)
            #expect(taken.status == 409)
            #expect(taken.code == "toys.name-taken")
            #expect(taken.field == "name")
            let free: JSONValue = ["name": "duck", "kind": "wooden", "parts": []]
            #expect(try await world.web.post("/api/v1/toys", free, as: world.officer, requestID: id).status == 201)
        }
    }

    @Test("the same command sent many times at once is done once")
    func race() async throws {
        try await withToys { world in
            let id = UUID()
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await world.web.post("/api/v1/toys", Toys.body, as: world.officer, requestID: id) }
                }
                return try await group.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 201 })
            #expect(answers.count { !$0.isReplay } == 1)
            #expect(Set(answers.map(\.text)).count == 1)
            #expect(try await world.toys() == 1)
        }
    }

    @Test("a list comes in pages that hold each item once, in order")
    func pages() async throws {
        try await withToys { world in
            let names = (0..<7).map { "toy \($0)" }
            for name in names.reversed() {
                let body: JSONValue = ["name": .string(name), "kind": "wooden", "parts": []]
                #expect(try await world.web.post("/api/v1/toys", body, as: world.officer).status == 201)
            }
            var found: [String] = []
            var cursor: String? = ""
            while let after = cursor {
                let query = after.isEmpty ? "" : "&after=\(after)"
                let page: PageOf<Toy> = try await world.web.get("/api/v1/toys?limit=3\(query)", as: world.officer).decoded()
                #expect(page.items.count <= 3)
                found += page.items.map(\.name)
                cursor = page.next
            }
            #expect(found == names)
            let woollen: PageOf<Toy> = try await world.web.get("/api/v1/toys?kind=woollen", as: world.officer).decoded()
            #expect(woollen.items.isEmpty)
        }
    }

    @Test("another consortium's toy is not there")
    func tenants() async throws {
        try await withToys { world in
            let toy: Toy = try await world.web.post("/api/v1/toys", Toys.body, as: world.officer).decoded()
            #expect(try await world.web.get("/api/v1/toys/\(toy.id)", as: world.officer).status == 200)
            let foreign = try await world.web.get("/api/v1/toys/\(toy.id)", as: world.other.officer)
            #expect(foreign.status == 404)
            #expect(foreign.code == "toys.unknown")
        }
    }

    @Test("a file is saved under its name; an open operation needs no sign-in")
    func otherKinds() async throws {
        try await withToys { world in
            _ = try await world.web.post("/api/v1/toys", Toys.body, as: world.officer)
            let file = try await world.web.get("/api/v1/toys/export.csv", as: world.officer)
            #expect(file.text == "name\nbear")
            #expect(file.headers["content-type"] == "text/csv; charset=utf-8")
            #expect(file.headers["content-disposition"]?.hasPrefix("attachment; filename*=UTF-8''%E7%8E%A9") == true)
            let session = try await world.web.post("/api/v1/toy-sessions", ["password": "abc"], as: nil, requestID: nil)
            #expect(session.json["code"] == "cba")
            let wrong = try await world.web.post("/api/v1/toy-sessions", ["user": "abc"], as: nil, requestID: nil)
            #expect(wrong.code == "http.unknown-field")
        }
    }

    @Test("a fault is told to the operator and not to the caller; the log holds no body and no token")
    func fault() async throws {
        try await withToys { world in
            _ = try await world.web.post("/api/v1/toys", Toys.body, as: world.officer)
            let answer = try await world.web.post("/api/v1/toys/breakage", as: world.officer)
            #expect(answer.status == 500)
            #expect(answer.code == "http.fault")
            #expect(!answer.text.contains("secret"))
            let entries = world.web.log.entries.filter { $0.metadata["operation"] != nil }
            #expect(entries.map { $0.metadata["operation"] } == ["toys.add", "toys.break"])
            #expect(entries.map { $0.metadata["status"] } == ["201", "500"])
            #expect(entries.last?.level == "error")
            #expect(entries.last?.metadata["fault"]?.contains("the-secret-of-the-toy") == true)
            #expect(entries.allSatisfy { $0.metadata["duration_ms"] != nil && $0.metadata["request_id"] != nil })
            let everything = entries.map { "\($0.message) \($0.metadata)" }.joined()
            #expect(!everything.contains("bear"))
            // As a word: its few digits may stand within a request's id.
            let words = everything.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
            #expect(words.contains("POST") && !words.contains(ServedWeb.token(of: world.officer)))
        }
    }

    @Test("an operation that takes too long is given up, and so is its query")
    func timeout() async throws {
        try await withToys(limits: ServiceLimits(requestTimeout: .milliseconds(300))) { world in
            let answer = try await world.web.get("/api/v1/toys/patience", as: world.officer)
            #expect(answer.status == 503)
            #expect(answer.code == "http.unavailable")
            #expect(answer.headers["retry-after"] == "2")
            let running = try await world.database.owner.read { transaction in
                try transaction.first(
                    """
                    SELECT count(*) AS n FROM pg_stat_activity
                     WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep(3600)%'
                       AND pid <> pg_backend_pid()
                    """
                ) { try $0["n"] as Int }
            }
            #expect(running == 0)
        }
    }

    @Test("without a database a command is told to come again, and the process is alive but not ready")
    func unavailable() async throws {
        let nowhere = Database(DatabaseConfiguration(conninfo: "host=127.0.0.1 port=1 connect_timeout=2", connections: 1))
        let person = Principal(
            consortium: ConsortiumID(1), person: PersonID(1), name: "n", facility: nil, company: nil, roles: [])
        try await withServer(Toys.endpoints, on: nowhere, people: [person]) { web in
            let answer = try await web.post("/api/v1/toys", Toys.body, as: person)
            #expect(answer.status == 503)
            #expect(answer.code == "http.unavailable")
            #expect(answer.headers["retry-after"] == "2")
            #expect(answer.json["meaning"]?.string?.contains("same Request-Id") == true)
            #expect(try await web.get("/healthz").status == 200)
            #expect(try await web.get("/readyz").status == 503)
        }
        await nowhere.close()
    }
}
