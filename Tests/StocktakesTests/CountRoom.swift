import Foundation
import Identity
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import Stocktakes

/// A township's pharmacy with people to count it: a storekeeper, a second counter and a supervisor.
struct CountRoom: Sendable {
    let database: TestDatabase
    let consortium: SmallConsortium
    /// A dispenser of the pharmacy.
    let second: Principal
    /// Works at the hospital and counts nothing.
    let supervisor: Principal
    /// Moves on only when a test says so.
    var now = Instant.ofTests

    var keeper: Principal { consortium.storekeepers[0] }
    var store: StoreID { consortium.pharmacies[0] }
    var today: CalendarDate { now.businessDay }

    static func make(in database: TestDatabase) async throws -> CountRoom {
        let consortium = try await SmallConsortium.make(in: database)
        let people = try await database.owner.write { transaction in
            let people = People(transaction)
            _ = try people.add(
                to: consortium.id, code: "second", name: "second", facility: consortium.townships[0], company: nil,
                roles: [.dispenser])
            _ = try people.add(
                to: consortium.id, code: "supervisor", name: "supervisor", facility: consortium.hospital, company: nil,
                roles: [.supervisor])
            return try ["second", "supervisor"].compactMap {
                try people.person(code: $0, of: consortium.id)?.principal(in: consortium.id)
            }
        }
        return try CountRoom(
            database: database, consortium: consortium, second: #require(people.first), supervisor: #require(people.last))
    }

    mutating func pass(seconds: Int64 = 60) { now = now.adding(.seconds(seconds)) }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (StocktakeReadings) throws -> Value) async throws -> Value {
        try await database.application.read(as: consortium.id.tenant) { [keeper] in
            try body(StocktakeReadings($0, for: keeper))
        }
    }

    // MARK: - Stock

    func key(_ product: Int, _ number: String, expires days: Int = 400) -> BatchKey {
        BatchKey(
            article: consortium.articles[product], product: consortium.products[product], batchNumber: number,
            expiresOn: Instant.ofTests.businessDay.adding(days: days))
    }

    @discardableResult
    func receive(
        _ quantity: BaseUnits, _ product: Int, _ number: String, expires days: Int = 400, from origin: Outside = .supplier
    ) async throws -> MovementID {
        try await write { [self] transaction in
            try ReceiveStock(
                store: store, lines: [BatchQuantity(batch: key(product, number, expires: days), quantity: quantity)], from: origin,
                document: "test", requestID: UUID()
            ).run(in: transaction, by: keeper, at: now)
        }
    }

    @discardableResult
    func issue(_ quantity: BaseUnits, _ product: Int) async throws -> IssuedStock {
        try await write { [self] transaction in
            try IssueStock(
                store: store, lines: [ProductQuantity(product: consortium.products[product], quantity: quantity)],
                document: "test", requestID: UUID()
            ).run(in: transaction, by: keeper, at: now)
        }
    }

    func move(_ decision: BatchDecision, _ batch: String, _ quantity: BaseUnits) async throws {
        let held = try await stock().first { $0.batchNumber == batch }
        let id = try #require(held?.batch)
        try await write { [self] transaction in
            _ = try MoveBatches(
                store: store, decision: decision, lines: [BatchLine(batch: id, quantity: quantity)], reason: "test",
                requestID: UUID()
            ).run(in: transaction, by: keeper, at: now)
        }
    }

    func stock() async throws -> [StockLine] {
        try await database.application.read(as: consortium.id.tenant) { [store, consortium, today] transaction in
            try StockReadings(transaction).stock(in: store, of: consortium.id, asOf: today)
        }
    }

    /// What the store has, by batch number and state: `A1 available`.
    func held() async throws -> [String: Int64] {
        Dictionary(try await stock().map { ("\($0.batchNumber) \($0.state.rawValue)", $0.quantity.rawValue) }) { $0 + $1 }
    }

    // MARK: - Counting

    func open(
        _ manner: CountManner = .moving, scope: StocktakeScope = .wholeStore, blind: Bool = false, rule: RecountRule = .standard,
        by person: Principal? = nil, as id: StocktakeID = StocktakeID(UUID())
    ) async throws -> Stocktake {
        try await write { [self] transaction in
            try OpenStocktake(
                stocktake: id, store: store, name: "月末盘点", scope: scope, manner: manner, isBlind: blind, rule: rule
            ).run(in: transaction, by: person ?? keeper, at: now)
        }
    }

    /// The lines by batch number; a quarantined one by its number and `!`.
    func numbers(of id: StocktakeID) async throws -> [String: Int] {
        let lines = try await read { try $0.lines(of: id, limit: 1_000) }
        return Dictionary(lines.map { ("\($0.batchNumber)\($0.state == .quarantined ? "!" : "")", $0.line) }) { first, _ in first }
    }

    /// Counts batches by number; 0 is not found.
    func count(_ stocktake: StocktakeID, _ quantities: [String: BaseUnits], by person: Principal? = nil) async throws {
        let numbers = try await numbers(of: stocktake)
        let counts = try quantities.map { batch, quantity in
            CountLines.Count(line: try #require(numbers[batch]), counted: quantity, isNotFound: quantity == 0)
        }
        try await enter(counts, of: stocktake, by: person)
    }

    func enter(_ counts: [CountLines.Count], of stocktake: StocktakeID, by person: Principal? = nil) async throws {
        try await write { [self] transaction in
            _ = try CountLines(stocktake: stocktake, counts: counts).run(in: transaction, by: person ?? keeper, at: now)
        }
    }

    @discardableResult
    func find(
        _ quantity: BaseUnits, _ product: Int, _ number: String, in stocktake: StocktakeID, state: InsideState = .available,
        by person: Principal? = nil
    ) async throws -> Int {
        try await write { [self] transaction in
            try AddFoundBatch(
                stocktake: stocktake, article: consortium.articles[product], batchNumber: number,
                expiresOn: key(product, number).expiresOn, state: state, counted: quantity
            ).run(in: transaction, by: person ?? keeper, at: now)
        }
    }

    @discardableResult
    func finish(_ id: StocktakeID, version: Int64? = nil, by person: Principal? = nil) async throws -> Stocktake {
        try await write { [self] in
            try FinishCounting(stocktake: id, version: version).run(in: $0, by: person ?? keeper, at: now)
        }
    }

    @discardableResult
    func explain(
        _ id: StocktakeID, _ reasons: [String: DifferenceReason], note: String = "", by person: Principal? = nil
    ) async throws -> Stocktake {
        let numbers = try await numbers(of: id)
        let explanations = try reasons.map { batch, reason in
            ExplainDifferences.Explanation(line: try #require(numbers[batch]), reason: reason, note: note)
        }
        return try await write { [self] in
            try ExplainDifferences(stocktake: id, explanations: explanations).run(in: $0, by: person ?? keeper, at: now)
        }
    }

    @discardableResult
    func recount(_ id: StocktakeID, _ lines: [Int], reason: String = "再看一遍") async throws -> Stocktake {
        try await write { [self] in
            try RecountLines(stocktake: id, lines: lines, reason: reason).run(in: $0, by: keeper, at: now)
        }
    }

    @discardableResult
    func submit(_ id: StocktakeID, by person: Principal? = nil) async throws -> Stocktake {
        try await write { [self] in try SubmitStocktake(stocktake: id).run(in: $0, by: person ?? keeper, at: now) }
    }

    @discardableResult
    func approve(
        _ id: StocktakeID, version: Int64? = nil, by person: Principal? = nil, request: UUID = UUID()
    ) async throws -> Stocktake {
        try await write { [self] in
            try ApproveStocktake(stocktake: id, version: version, requestID: request)
                .run(in: $0, by: person ?? supervisor, at: now)
        }
    }

    @discardableResult
    func reject(_ id: StocktakeID, _ lines: [Int] = [], reason: String = "再盘") async throws -> Stocktake {
        try await write { [self] in
            try RejectStocktake(stocktake: id, lines: lines, reason: reason).run(in: $0, by: supervisor, at: now)
        }
    }

    @discardableResult
    func cancel(_ id: StocktakeID, reason: String = "停电", by person: Principal? = nil) async throws -> Stocktake {
        try await write { [self] in
            try CancelStocktake(stocktake: id, reason: reason).run(in: $0, by: person ?? keeper, at: now)
        }
    }
}

/// Runs `body` in a pharmacy that has 100 of A1, 60 of B1 and 5 quarantined of B1.
func withCountRoom(_ body: (CountRoom) async throws -> Void) async throws {
    try await withTestDatabase { database in
        var room = try await CountRoom.make(in: database)
        try await room.receive(100, 0, "A1")
        try await room.receive(65, 1, "B1")
        try await room.move(.quarantine, "B1", 5)
        room.pass()
        try await body(room)
    }
}
