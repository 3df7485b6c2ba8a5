import Dispensing
import Foundation
import Postgres
import Primitives
import StockLedger

/// Sets stock aside for instalments and gives it back, within a transaction that has locked their plans.
struct Reserving {
    let transaction: Transaction
    let consortium: ConsortiumID
    let now: Instant
    private let store: ReservationStore

    init(_ transaction: Transaction, of consortium: ConsortiumID, at now: Instant) {
        self.transaction = transaction
        self.consortium = consortium
        self.now = now
        store = ReservationStore(transaction, consortium)
    }

    /// Reserves a whole instalment at the chosen pharmacy, or notes what is short of it.
    ///
    /// A batch lasts until the instalment is used up, also when it is collected on the last day of its grace.
    ///
    /// - Returns: whether it is reserved.
    @discardableResult
    func reserve(_ instalment: Instalment, of plan: LongPlan, by principal: Principal) throws -> Bool {
        let last = plan.window(of: instalment).closes(for: instalment.dueOn)
        let usedThrough = max(last, now.businessDay).adding(days: instalment.days - 1)
        let id = UUID()
        let instalments = InstalmentStore(transaction, consortium)
        do {
            let reserved = try ReserveStock(
                store: plan.store,
                lines: instalment.lines.map {
                    ProductQuantity(product: $0.product, quantity: $0.quantity, usedThrough: usedThrough)
                },
                document: Reservation.document(plan.id, instalment.number), requestID: id
            ).run(in: transaction, by: principal, at: now)
            try store.add(
                id, for: plan.id, instalment.number, in: plan.store,
                zip(instalment.lines, reserved.picksOfLine).map { (line: $0.line, picks: $1) }, at: now)
            try instalments.clearShortfall(of: plan.id, instalment.number)
            return true
        } catch let refusal as StockLedgerRefusal where refusal.code == .insufficientStock {
            let there = try StockReadings(transaction).available(in: plan.store, of: consortium, today: usedThrough)
            let missing = instalment.lines.map { ($0.product, $0.quantity - (there[$0.product] ?? .zero)) }.filter { $0.1 > 0 }
            try instalments.note(
                Dictionary(missing, uniquingKeysWith: +), of: plan.id, instalment.number, at: plan.store, on: now.businessDay)
            return false
        } catch let refusal as StockLedgerRefusal where refusal.code == .frozen {
            // It is being counted; the next run tries again.
            return false
        }
    }

    /// Gives back what reservations hold, for whoever ordered them unless told. What is being counted stays reserved until
    /// the next run of the upkeep.
    ///
    /// - Returns: how many it released.
    @discardableResult
    func release(_ reservations: [Reservation], reason: String, by principal: Principal? = nil) throws -> Int {
        try HoldShelves(
            stores: Set(reservations.map(\.store)).sorted(),
            products: Set(reservations.flatMap { $0.picks.map(\.product) }).sorted()
        ).run(in: transaction, of: consortium, at: now)
        var released = 0
        for reservation in reservations {
            do {
                try ReleaseReserved(
                    store: reservation.store, picks: reservation.picks, document: reservation.document, reason: reason,
                    requestID: UUID()
                ).run(in: transaction, by: principal ?? .recorded(for: reservation.orderedBy, of: consortium), at: now)
                try store.close(reservation.id)
                released += 1
            } catch let refusal as StockLedgerRefusal where refusal.code == .frozen {
                continue
            }
        }
        return released
    }

    /// Gives back whatever is reserved for a plan.
    func release(_ plan: LongPlan, reason: String, by principal: Principal? = nil) throws {
        try release(try store.open(of: plan.id), reason: reason, by: principal)
    }
}

extension Principal {
    /// The person for whom the upkeep records what it moves: whoever began the plan has ordered it.
    static func recorded(for person: PersonID, of consortium: ConsortiumID) -> Principal {
        Principal(consortium: consortium, person: person, name: "upkeep", facility: nil, company: nil, roles: [])
    }
}
