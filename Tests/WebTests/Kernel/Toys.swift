import Foundation
import Postgres
import Primitives
import TestSupport
import Testing
import Web

/// A made-up module to try the kernel on: toys, their parts, and the operations on them.
struct Toy: Codable, Sendable, Equatable {
    enum Kind: String, Codable, Sendable, CaseIterable {
        case wooden, woollen
    }

    struct Part: Codable, Sendable, Equatable {
        var quantity: BaseUnits
        var size: Int16?
        var madeOn: CalendarDate?
    }

    var id: DocumentID<Toy>
    var name: String
    var kind: Kind
    var price: Money?
    var parts: [Part]
    var madeAt: Instant
}

struct ToyBody: Codable, Sendable {
    var name: String
    var kind: Toy.Kind
    var price: Money?
    var parts: [Toy.Part]
    var labels: [String: Int64]?
}

struct ToyKey: Codable, Sendable {
    var code: String
}

struct ToySignIn: Codable, Sendable {
    var password: String
}

enum ToyRefusalCode: String, RefusalCode {
    case unknown = "toys.unknown"
    case nameTaken = "toys.name-taken"

    var category: RefusalCategory { self == .unknown ? .missing : .conflict }
    var meaning: Phrase { self == .unknown ? Phrase("没有这个玩具", "There is no such toy") : Phrase("名称已被使用", "The name is taken") }
}

typealias ToyRefusal = Refused<ToyRefusalCode>

/// What a toy operation fails with when it is broken; its text must not reach the caller.
struct ToyFault: Error {
    let secret = "the-secret-of-the-toy"
}

enum Toys {
    static let tag = Phrase("玩具", "Toys")

    /// Makes the toys' table, as a migration would.
    static func makeTable(in database: TestDatabase) async throws {
        let superuser = Database(DatabaseConfiguration(conninfo: database.conninfo, connections: 1))
        try await superuser.write { transaction in
            try transaction.execute(
                script: """
                    CREATE SCHEMA toys;
                    CREATE TABLE toys.toy (
                        consortium_id bigint, toy_id uuid, name text, kind text, price bigint, parts jsonb, made_at timestamptz,
                        PRIMARY KEY (consortium_id, toy_id));
                    ALTER TABLE toys.toy ENABLE ROW LEVEL SECURITY;
                    CREATE POLICY tenant ON toys.toy
                        USING (consortium_id = current_setting('lianyao.consortium_id', true)::bigint);
                    GRANT USAGE ON SCHEMA toys TO lianyao_application;
                    GRANT SELECT, INSERT, UPDATE ON toys.toy TO lianyao_application;
                    """)
        }
        await superuser.close()
    }

    static func count(in database: TestDatabase, of consortium: ConsortiumID) async throws -> Int? {
        try await database.application.read(as: consortium.tenant) { transaction in
            try transaction.first("SELECT count(*) AS toys FROM toys.toy") { try $0["toys"] as Int }
        }
    }

    static func add(_ call: Call<ToyBody>, _ transaction: Transaction) throws -> Toy {
        let name = call.body.name
        let isTaken = try transaction.first("SELECT 1 AS one FROM toys.toy WHERE name = \(name)") { try $0["one"] as Int }
        guard isTaken == nil else { throw ToyRefusal(.nameTaken, "there is a toy called \(name)", field: "name") }
        let toy = Toy(
            id: DocumentID(UUID.version7(at: call.now)), name: name, kind: call.body.kind, price: call.body.price,
            parts: call.body.parts, madeAt: call.now)
        let parts = String(decoding: try JSONEncoder().encode(toy.parts), as: UTF8.self)
        try transaction.execute(
            """
            INSERT INTO toys.toy (consortium_id, toy_id, name, kind, price, parts, made_at)
            VALUES (\(call.principal.consortium), \(toy.id), \(name), \(toy.kind.rawValue), \(toy.price), \(JSONText(parts)),
                    \(call.now))
            """)
        return toy
    }

    static func read(_ row: Row) throws -> Toy {
        let parts: JSONText = try row["parts"]
        let kind: String = try row["kind"]
        return Toy(
            id: try row["toy_id"], name: try row["name"], kind: Toy.Kind(rawValue: kind) ?? .wooden, price: try row["price"],
            parts: try JSONDecoder().decode([Toy.Part].self, from: Data(parts.text.utf8)), madeAt: try row["made_at"])
    }

    static func list(_ call: Call<NoBody>, _ transaction: Transaction) throws -> PageOf<Toy> {
        let page = try call.page()
        let after = try page.afterKeys(2)
        let kind: Toy.Kind? = call.query(choice: "kind")
        var conditions: [SQL] = []
        if let kind { conditions.append("kind = \(kind.rawValue)") }
        if let after { conditions.append("(name, toy_id::text) > (\(after[0]), \(after[1]))") }
        let toys = try transaction.query(
            "SELECT * FROM toys.toy WHERE \(SQL.all(conditions)) ORDER BY name, toy_id::text LIMIT \(page.limit + 1)", read)
        return PageOf(toys, of: page) { [$0.name, $0.id.description] }
    }

    static func one(_ call: Call<NoBody>, _ transaction: Transaction) throws -> Toy {
        let id: DocumentID<Toy> = try call.id("toyID")
        guard let toy = try transaction.first("SELECT * FROM toys.toy WHERE toy_id = \(id)", read) else {
            throw ToyRefusal(.unknown, "no toy \(id)")
        }
        return toy
    }

    static let endpoints: [Endpoint] = [
        .reading(
            "toys.list", "/toys", tag: tag, summary: Phrase("玩具列表", "Toys by name"),
            query: .paging + [
                .choice("kind", Toy.Kind.self, Phrase("材料", "Of one kind")), .day("on", Phrase("日期", "Made on a day")),
                .flag("open", Phrase("未完成", "Only open ones")), .integer("least", Phrase("最少", "At least"), in: 0...9),
            ], list),
        .reading(
            "toys.get", "/toys/{toyID:uuid}", tag: tag, summary: Phrase("玩具", "One toy"),
            refusals: [ToyRefusalCode.unknown], one),
        .reading("toys.numbered", "/toy-numbers/{number}", tag: tag, summary: Phrase("号码", "A number")) { call, _ in
            ToyKey(code: String(try call.integer("number")))
        },
        .command(
            "toys.add", "/toys", tag: tag, summary: Phrase("新增玩具", "Adds a toy"), refusals: [ToyRefusalCode.nameTaken],
            creates: true, add),
        .command(
            "toys.close", "/toys/{toyID:uuid}/closure", tag: tag, summary: Phrase("关闭玩具", "Closes a toy"), roles: [.supervisor],
            body: NoBody.self
        ) { call, _ in ToyKey(code: try (call.id("toyID") as DocumentID<Toy>).description) },
        .command(
            "toys.break", "/toys/breakage", tag: tag, summary: Phrase("损坏玩具", "Fails"), body: NoBody.self, answer: ToyKey.self
        ) { _, _ in throw ToyFault() },
        .reading("toys.wait", "/toys/patience", tag: tag, summary: Phrase("等待", "Waits too long")) { _, transaction in
            try transaction.execute("SELECT pg_sleep(3600)")
            return ToyKey(code: "waited")
        },
        .download("toys.export", "/toys/export.csv", tag: tag, summary: Phrase("导出", "All toys as CSV")) { _, transaction in
            let names = try transaction.query("SELECT name FROM toys.toy ORDER BY name") { try $0["name"] as String }
            return Download(name: "玩具 toys.csv", text: (["name"] + names).joined(separator: "\n"))
        },
        .open("toys.sign-in", "/toy-sessions", tag: tag, summary: Phrase("登录", "Signs in"), body: ToySignIn.self) { call, _ in
            ToyKey(code: String(call.body.password.reversed()))
        },
    ]

    static let body: JSONValue = [
        "name": "bear", "kind": "woollen", "price": "12.5", "parts": [["quantity": 4, "size": 3, "madeOn": "2026-11-20"]],
        "labels": ["age": 3],
    ]
}

/// A server of toys, a consortium that plays with them and another that must not see them.
struct ToyWorld: Sendable {
    let web: ServedWeb
    let database: TestDatabase
    let home: SmallConsortium
    let other: SmallConsortium

    /// Somebody who has every role but the supplier's.
    var officer: Principal { home.officer }
    /// Somebody who may not close a toy.
    var keeper: Principal { home.storekeepers[0] }

    func toys() async throws -> Int? { try await Toys.count(in: database, of: home.id) }
}

func withToys(
    limits: ServiceLimits = ServiceLimits(), pages: [PageEndpoint] = [],
    isReady: @escaping @Sendable (Database) async throws -> Bool = ServiceEnvironment.answers,
    _ body: @escaping @Sendable (ToyWorld) async throws -> Void
) async throws {
    try await withTestDatabase { database in
        let home = try await SmallConsortium.make(in: database)
        let other = try await SmallConsortium.make(in: database, code: "other")
        try await Toys.makeTable(in: database)
        try await withServer(
            Toys.endpoints, pages: pages, on: database.application, people: [home.officer, home.storekeepers[0], other.officer],
            limits: limits, isReady: isReady
        ) { web in
            try await body(ToyWorld(web: web, database: database, home: home, other: other))
        }
    }
}
