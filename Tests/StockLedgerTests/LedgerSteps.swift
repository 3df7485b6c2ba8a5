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
    /// What the steps write through, when it is not the database's own connections.
    var connections: Database?
    var now = Instant(microseconds: 1_790_000_000_000_000)  // 2026-09-21

    private var application: Database { connections ?? database.application }
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
        request: UUID = UUID(), on day: CalendarDate? = nil, reason: String = "late slip"
    ) async throws -> MovementID {
        try await application.write(as: principal.tenant) { [now, principal] transaction in
            try ReceiveStock(
                store: store, lines: [BatchQuantity(batch: batch, quantity: quantity)], from: origin, document: document,
                requestID: request, occurredOn: day, reason: reason
            ).run(in: transaction, by: principal, at: now)
        }
    }

    @discardableResult
    func issue(
        _ quantity: BaseUnits, of product: Int, from store: StoreID, request: UUID = UUID(), on day: CalendarDate? = nil,
        reason: String = "late slip"
    ) async throws -> IssuedStock {
        try await application.write(as: principal.tenant) { [now, principal, consortium] transaction in
            try IssueStock(
                store: store, lines: [ProductQuantity(product: consortium.products[product], quantity: quantity)],
                document: "test", requestID: request, occurredOn: day, reason: reason
            ).run(in: transaction, by: principal, at: now)
        }
    }

    @discardableResult
    func move(
        _ decision: BatchDecision, _ batch: BatchID, _ quantity: BaseUnits, in store: StoreID, reason: String = "test",
        on day: CalendarDate? = nil
    ) async throws -> MovementID {
        try await application.write(as: principal.tenant) { [now, principal] transaction in
            try MoveBatches(
                store: store, decision: decision, lines: [BatchLine(batch: batch, quantity: quantity)], reason: reason,
                requestID: UUID(), occurredOn: day
            ).run(in: transaction, by: principal, at: now)
        }
    }

    func reverse(_ movement: MovementID, on day: CalendarDate? = nil) async throws {
        try await application.write(as: principal.tenant) { [now, principal] transaction in
            _ = try ReverseMovement(movement: movement, reason: "entered twice", requestID: UUID(), occurredOn: day)
                .run(in: transaction, by: principal, at: now)
        }
    }

    func ship(
        _ quantity: BaseUnits, of product: Int, from: StoreID, to: StoreID, as id: TransferID = TransferID(UUID()),
        on day: CalendarDate? = nil
    ) async throws -> ShippedTransfer {
        try await ship(quantity, of: [product], from: from, to: to, as: id, on: day)
    }

    /// Ships the same quantity of several products.
    func ship(
        _ quantity: BaseUnits, of products: [Int], from: StoreID, to: StoreID, as id: TransferID, on day: CalendarDate? = nil
    ) async throws -> ShippedTransfer {
        try await application.write(as: principal.tenant) { [now, principal, consortium] transaction in
            try ShipTransfer(
                transfer: id, from: from, to: to,
                lines: products.map { ProductQuantity(product: consortium.products[$0], quantity: quantity) },
                reason: "short there", requestID: UUID(), occurredOn: day
            ).run(in: transaction, by: principal, at: now)
        }
    }

    func arrive(_ id: TransferID, missing: [BatchLine] = [], reason: String = "", on day: CalendarDate? = nil) async throws {
        try await application.write(as: principal.tenant) { [now, principal] transaction in
            _ = try ReceiveTransfer(transfer: id, missing: missing, reason: reason, requestID: UUID(), occurredOn: day)
                .run(in: transaction, by: principal, at: now)
        }
    }

    func available(_ product: Int, in store: StoreID) async throws -> BaseUnits {
        try await application.read(as: principal.tenant) { [today, consortium] transaction in
            try StockReadings(transaction).available(in: store, of: consortium.id, today: today)[consortium.products[product]] ?? 0
        }
    }

    func stock(in store: StoreID, asOf day: CalendarDate? = nil) async throws -> [StockLine] {
        try await application.read(as: principal.tenant) { [today, consortium] transaction in
            try StockReadings(transaction).stock(in: store, of: consortium.id, asOf: day ?? today)
        }
    }

    /// What was available of a product at the end of a day, whatever its expiry.
    func available(_ product: Int, in store: StoreID, asOf day: CalendarDate) async throws -> BaseUnits {
        try await stock(in: store, asOf: day).filter { $0.product == consortium.products[product] && $0.state == .available }
            .map(\.quantity).sum()
    }

    func close(_ store: StoreID, through day: CalendarDate) async throws {
        try await application.write(as: principal.tenant) { [now, principal] transaction in
            _ = try CloseDays(store: store, through: day).run(in: transaction, by: principal, at: now)
        }
    }

    func consumption(
        of product: Int, in store: StoreID, from: CalendarDate, through: CalendarDate
    ) async throws -> Consumption? {
        try await application.read(as: principal.tenant) { [consortium] transaction in
            try StockReadings(transaction).consumption(in: store, of: consortium.id, from: from, through: through)
        }[consortium.products[product]]
    }

    /// The same ledger through other connections.
    func on(_ connections: Database) -> LedgerSteps {
        var other = self
        other.connections = connections
        return other
    }

    /// The same ledger on a later day.
    func later(days: Int) -> LedgerSteps {
        var later = self
        later.now = now.adding(.seconds(86_400 * Int64(days)))
        return later
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
