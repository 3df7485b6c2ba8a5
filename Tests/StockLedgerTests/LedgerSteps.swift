import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

/// Short words for what the ledger's tests do to it.
struct LedgerSteps: Sendable {
    let database: TestDatabase
    let consortium: SmallConsortium
    var now = Instant(microseconds: 1_790_000_000_000_000)  // 2026-09-21

    var today: CalendarDate { now.businessDay }
    var principal: Principal { consortium.officer }

    func key(_ product: Int, _ number: String = "A1", expires days: Int = 400) -> BatchKey {
        BatchKey(
            article: consortium.articles[product], product: consortium.products[product], batchNumber: number,
            expiresOn: today.adding(days: days))
    }

    @discardableResult
    func receive(
        _ quantity: BaseUnits, of batch: BatchKey, in store: StoreID, from origin: Outside = .supplier, document: String = "test",
        request: UUID = UUID()
    ) async throws -> MovementID {
        try await database.application.write(as: principal.tenant) { [now, principal] transaction in
            try ReceiveStock(
                store: store, lines: [BatchQuantity(batch: batch, quantity: quantity)], from: origin, document: document,
                requestID: request
            ).run(in: transaction, by: principal, at: now)
        }
    }

    @discardableResult
    func issue(
        _ quantity: BaseUnits, of product: Int, from store: StoreID, request: UUID = UUID()
    ) async throws -> IssuedStock {
        try await database.application.write(as: principal.tenant) { [now, principal, consortium] transaction in
            try IssueStock(
                store: store, lines: [ProductQuantity(product: consortium.products[product], quantity: quantity)],
                document: "test", requestID: request
            ).run(in: transaction, by: principal, at: now)
        }
    }

    @discardableResult
    func move(
        _ decision: BatchDecision, _ batch: BatchID, _ quantity: BaseUnits, in store: StoreID, reason: String = "test"
    ) async throws -> MovementID {
        try await database.application.write(as: principal.tenant) { [now, principal] transaction in
            try MoveBatches(
                store: store, decision: decision, lines: [BatchLine(batch: batch, quantity: quantity)], reason: reason,
                requestID: UUID()
            ).run(in: transaction, by: principal, at: now)
        }
    }

    func reverse(_ movement: MovementID) async throws {
        try await database.application.write(as: principal.tenant) { [now, principal] transaction in
            _ = try ReverseMovement(movement: movement, reason: "entered twice", requestID: UUID())
                .run(in: transaction, by: principal, at: now)
        }
    }

    func ship(_ quantity: BaseUnits, of product: Int, from: StoreID, to: StoreID, as id: TransferID = TransferID(UUID()))
        async throws -> ShippedTransfer
    {
        try await database.application.write(as: principal.tenant) { [now, principal, consortium] transaction in
            try ShipTransfer(
                transfer: id, from: from, to: to,
                lines: [ProductQuantity(product: consortium.products[product], quantity: quantity)], reason: "short there",
                requestID: UUID()
            ).run(in: transaction, by: principal, at: now)
        }
    }

    func arrive(_ id: TransferID, missing: [BatchLine] = [], reason: String = "") async throws {
        try await database.application.write(as: principal.tenant) { [now, principal] transaction in
            _ = try ReceiveTransfer(transfer: id, missing: missing, reason: reason, requestID: UUID())
                .run(in: transaction, by: principal, at: now)
        }
    }

    func available(_ product: Int, in store: StoreID) async throws -> BaseUnits {
        try await database.application.read(as: principal.tenant) { [today, consortium] transaction in
            try StockReadings(transaction).available(in: store, of: consortium.id, today: today)[consortium.products[product]] ?? 0
        }
    }

    func stock(in store: StoreID, asOf day: CalendarDate? = nil) async throws -> [StockLine] {
        try await database.application.read(as: principal.tenant) { [today, consortium] transaction in
            try StockReadings(transaction).stock(in: store, of: consortium.id, asOf: day ?? today)
        }
    }

    func batch(_ product: Int, in store: StoreID) async throws -> BatchID {
        let line = try await stock(in: store).first { $0.product == consortium.products[product] }
        return line?.batch ?? BatchID(0)
    }
}

/// Runs `body` with a ledger of a small consortium on a fresh database.
func withLedger(_ body: (LedgerSteps) async throws -> Void) async throws {
    try await withTestDatabase { database in
        try await body(LedgerSteps(database: database, consortium: SmallConsortium.make(in: database)))
    }
}

/// The refusal code `body` throws, or what else it did.
func refusal(_ body: () async throws -> Void) async -> String {
    do {
        try await body()
        return "no refusal"
    } catch let refusal as any Refusal {
        return refusal.refusalCode.rawValue
    } catch {
        return "\(error)"
    }
}
