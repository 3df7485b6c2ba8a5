import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport

/// Random operations on a ledger, each foretold by a ``LedgerModel``, over some weeks of one small consortium.
///
/// Everything follows from the seed: the operations, their days, and in the same order the refusals.
final class RandomHistory {
    /// The ledger did something else than the model.
    struct Disagreement: Error, CustomStringConvertible {
        let description: String
    }

    /// A movement that may be reversed.
    private struct Recorded {
        let movement: MovementID
        let day: Int
        let changes: [LedgerModel.Change]
        var consumed: Int64 = 0
        var product: ProductID?
        var store: StoreID?
        var isReversed = false
    }

    private struct Shipped {
        let transfer: TransferID
        let to: StoreID
        let day: Int
        let parts: [LedgerModel.Taken]
    }

    private static let firstDay = CalendarDate(day: 20_666)  // 2026-08-01
    /// On these days the batches of number 0, 1, 2 and 3 expire.
    private static let expiries = [50, 57, 64, 119]

    private let consortium: SmallConsortium
    private let transaction: Transaction
    private var random: SeededGenerator
    private var model = LedgerModel()
    private var today = 40
    private var step = 0
    private var recorded: [Recorded] = []
    private var issues: [(store: StoreID, picks: [Pick])] = []
    private var onTheWay: [Shipped] = []
    private var closedThrough: [StoreID: Int] = [:]
    private var log: [String] = []

    init(seed: UInt64, _ consortium: SmallConsortium, _ transaction: Transaction) {
        self.consortium = consortium
        self.transaction = transaction
        random = SeededGenerator(seed: seed)
    }

    private func date(_ day: Int) -> CalendarDate { Self.firstDay.adding(days: day) }
    private var now: Instant { Instant(microseconds: (Int64(date(today).day) * 24 + 4) * 3_600_000_000) }  // noon

    // MARK: - The history

    /// - Throws: ``Disagreement``.
    func run(steps: Int) throws {
        for number in 0..<steps {
            step = number
            if chance(30) { today += Int.random(in: 1...2, using: &random) }
            switch Int.random(in: 0..<12, using: &random) {
            case 0...2: try receive()
            case 3...5: try issue()
            case 6: try ship()
            case 7: try arrive()
            case 8, 9: try decide()
            case 10: if chance(60) { try reverse() } else { try takeBack() }
            default: if chance(15) { try close() } else { try issue() }
            }
        }
    }

    private func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    private func quantity() -> BaseUnits { BaseUnits(Int64.random(in: 1...40, using: &random)) }
    private func product() -> Int { Int.random(in: 0..<3, using: &random) }
    private func stores() -> (StoreID, StoreID) {
        let first = Int.random(in: 0..<2, using: &random)
        return (consortium.pharmacies[first], consortium.pharmacies[1 - first])
    }

    /// The day asked for, often none, seldom one that is not open; and a reason, seldom none.
    private func dayAndReason() -> (asked: Int?, reason: String) {
        let asked: Int? =
            if chance(55) { nil } else if chance(92) {
                Int.random(in: (today - 12)...today, using: &random)
            } else {
                Int.random(in: (today - 80)...(today + 2), using: &random)
            }
        return (asked, chance(96) ? "late slip" : "")
    }

    private func refusal(of asked: Int?, _ stores: [StoreID], _ reason: String) -> StockLedgerRefusalCode? {
        guard let asked, asked != today else { return nil }
        // August is open until the end of September, September until the end of October, and so on.
        let firstOpen = today < 61 ? 0 : today < 92 ? 31 : 61
        if asked > today { return .dayInFuture }
        if asked < firstOpen { return .dayTooEarly }
        if reason.isEmpty { return .reasonMissing }
        return stores.contains { asked <= closedThrough[$0] ?? -1_000 } ? .dayClosed : nil
    }

    /// Does something that the model expects to be refused with a code, or not at all.
    private func expect<Value>(
        _ code: StockLedgerRefusalCode?, _ what: String, _ body: () throws -> Value
    ) throws -> Value? {
        let line = "step \(step), day \(today): \(what)"
        log.append(line)
        do {
            let value = try transaction.savepoint(body)
            guard code == nil else { throw disagreement("done, not refused with \(code?.rawValue ?? "")") }
            return value
        } catch let refusal as StockLedgerRefusal {
            guard refusal.code == code else { throw disagreement("\(refusal), not \(code?.rawValue ?? "done")") }
            return nil
        }
    }

    private func disagreement(_ what: String) -> Disagreement {
        Disagreement(description: "\(what)\n\(log.suffix(12).joined(separator: "\n"))")
    }

    // MARK: - Operations

    private func receive() throws {
        let (store, _) = stores()
        let (product, number, quantity) = (product(), Int.random(in: 0..<4, using: &random), quantity())
        let (asked, reason) = dayAndReason()
        let day = asked ?? today
        let origin: Outside = chance(85) ? .supplier : .opening
        let hasExpired = origin == .supplier && Self.expiries[number] <= day
        let key = BatchKey(
            article: consortium.articles[product], product: consortium.products[product], batchNumber: "B\(number)",
            expiresOn: date(Self.expiries[number]))
        let movement = try expect(
            refusal(of: asked, [store], reason) ?? (hasExpired ? .batchExpired : nil),
            "receive \(quantity) of \(product) B\(number) into \(store) for \(day)"
        ) {
            try ReceiveStock(
                store: store, lines: [BatchQuantity(batch: key, quantity: quantity)], from: origin, document: "history",
                requestID: UUID(), occurredOn: asked.map(date), reason: reason
            ).run(in: transaction, by: consortium.officer, at: now)
        }
        guard let movement else { return }
        let batch = try transaction.first("SELECT batch_id FROM stock_ledger.entry WHERE movement_id = \(movement)") {
            try $0["batch_id"] as BatchID
        }
        guard let batch else { throw disagreement("a receipt without an entry") }
        model.learn(batch, LedgerModel.Batch(product: key.product, expiresOn: Self.expiries[number]))
        keep(movement, [change(store, batch, .available, quantity.rawValue)], on: day)
    }

    private func issue() throws {
        let (store, _) = stores()
        let lines = (0..<Int.random(in: 1...2, using: &random)).map { _ in (consortium.products[product()], quantity()) }
        let (asked, reason) = dayAndReason()
        let day = asked ?? today
        var taken: [LedgerModel.Taken] = []
        var refused = refusal(of: asked, [store], reason)
        for (product, quantity) in lines where refused == nil {
            let line = model.allocate(quantity.rawValue, of: product, in: store, on: day, besides: taken)
            taken += line.taken
            refused = line.refused
        }
        let issued = try expect(refused, "issue \(lines) from \(store) for \(day)") {
            try IssueStock(
                store: store, lines: lines.map { ProductQuantity(product: $0.0, quantity: $0.1) },
                to: lines.count == 1 ? .patient : .ward, document: "history", requestID: UUID(), occurredOn: asked.map(date),
                reason: reason
            ).run(in: transaction, by: consortium.officer, at: now)
        }
        guard let issued else { return }
        guard issued.picks.map({ LedgerModel.Taken(batch: $0.batch, quantity: $0.quantity.rawValue) }) == taken else {
            throw disagreement("picked \(issued.picks), not \(taken)")
        }
        issues.append((store, issued.picks))
        for (product, quantity) in lines {
            model.record([], consumed: quantity.rawValue, of: product, in: store, on: day)
        }
        let changes = taken.map { change(store, $0.batch, .available, -$0.quantity) }
        // Only an issue of one product is reversed here; the model keeps one consumption for each movement.
        if lines.count == 1 {
            keep(issued.movement, changes, on: day)
            recorded[recorded.count - 1].consumed = lines[0].1.rawValue
            recorded[recorded.count - 1].product = lines[0].0
            recorded[recorded.count - 1].store = store
        } else {
            model.record(changes, on: day)
        }
    }

    private func ship() throws {
        let (from, to) = stores()
        let (product, quantity) = (consortium.products[product()], quantity())
        let (asked, reason) = dayAndReason()
        let day = asked ?? today
        let closed = reason.isEmpty ? .reasonMissing : refusal(of: asked, [from, to], reason)
        let line =
            closed == nil
            ? model.allocate(quantity.rawValue, of: product, in: from, on: day, besides: []) : (taken: [], refused: closed)
        let id = TransferID(UUID())
        let shipped = try expect(line.refused, "ship \(quantity) of \(product) from \(from) for \(day)") {
            try ShipTransfer(
                transfer: id, from: from, to: to, lines: [ProductQuantity(product: product, quantity: quantity)],
                reason: reason, requestID: UUID(), occurredOn: asked.map(date)
            ).run(in: transaction, by: consortium.officer, at: now)
        }
        guard shipped != nil else { return }
        onTheWay.append(Shipped(transfer: id, to: to, day: day, parts: line.taken))
        model.record(
            line.taken.flatMap { part in
                [change(from, part.batch, .available, -part.quantity), change(to, part.batch, .inTransit, part.quantity)]
            }, on: day)
    }

    private func arrive() throws {
        guard !onTheWay.isEmpty else { return }
        let number = Int.random(in: 0..<onTheWay.count, using: &random)
        let shipped = onTheWay[number]
        let (asked, reason) = dayAndReason()
        let day = asked ?? today
        let missing = chance(30) ? Int64.random(in: 0...shipped.parts[0].quantity, using: &random) : 0
        let refused: StockLedgerRefusalCode? =
            missing > 0 && reason.isEmpty
            ? .reasonMissing : refusal(of: asked, [shipped.to], reason) ?? (day < shipped.day ? .dayTooEarly : nil)
        let arrived = try expect(refused, "arrive at \(shipped.to) for \(day), sent on \(shipped.day)") {
            try ReceiveTransfer(
                transfer: shipped.transfer,
                missing: missing > 0 ? [BatchLine(batch: shipped.parts[0].batch, quantity: BaseUnits(missing))] : [],
                reason: reason, requestID: UUID(), occurredOn: asked.map(date)
            ).run(in: transaction, by: consortium.officer, at: now)
        }
        guard arrived != nil else { return }
        onTheWay.remove(at: number)
        model.record(
            shipped.parts.enumerated().flatMap { number, part in
                [
                    change(shipped.to, part.batch, .inTransit, -part.quantity),
                    change(shipped.to, part.batch, .available, part.quantity - (number == 0 ? missing : 0)),
                ]
            }, on: day)
    }

    private func decide() throws {
        let known = model.batches.keys.sorted()
        guard !known.isEmpty else { return }
        let (store, _) = stores()
        let batch = known[Int.random(in: 0..<known.count, using: &random)]
        let decision = BatchDecision.allCases[Int.random(in: 0..<BatchDecision.allCases.count, using: &random)]
        let quantity = BaseUnits(Int64.random(in: 1...15, using: &random))
        let (asked, reason) = dayAndReason()
        let day = asked ?? today
        let changes: [LedgerModel.Change] =
            switch decision {
            case .quarantine:
                [change(store, batch, .available, -quantity.rawValue), change(store, batch, .quarantined, quantity.rawValue)]
            case .release:
                [change(store, batch, .quarantined, -quantity.rawValue), change(store, batch, .available, quantity.rawValue)]
            case .destroy, .returnToSupplier: [change(store, batch, .quarantined, -quantity.rawValue)]
            case .countGain: [change(store, batch, .available, quantity.rawValue)]
            case .countLoss: [change(store, batch, .available, -quantity.rawValue)]
            }
        let refused: StockLedgerRefusalCode? =
            reason.isEmpty ? .reasonMissing : refusal(of: asked, [store], reason) ?? model.refusal(of: changes, on: day)
        let movement = try expect(refused, "\(decision) \(quantity) of batch \(batch) in \(store) for \(day)") {
            try MoveBatches(
                store: store, decision: decision, lines: [BatchLine(batch: batch, quantity: quantity)], reason: reason,
                requestID: UUID(), occurredOn: asked.map(date)
            ).run(in: transaction, by: consortium.officer, at: now)
        }
        if let movement { keep(movement, changes, on: day) }
    }

    private func reverse() throws {
        guard !recorded.isEmpty else { return }
        let number = Int.random(in: 0..<recorded.count, using: &random)
        let original = recorded[number]
        let (asked, reason) = dayAndReason()
        let day = asked ?? today
        let changes = original.changes.map { LedgerModel.Change(place: $0.place, quantity: -$0.quantity) }
        let stores = Set(changes.map(\.place.store))
        let refused: StockLedgerRefusalCode? =
            if reason.isEmpty { .reasonMissing } else if let refused = refusal(of: asked, Array(stores), reason) {
                refused
            } else if day < original.day { .dayTooEarly } else if original.isReversed { .alreadyReversed } else {
                model.refusal(of: changes, on: day)
            }
        let reversal = try expect(refused, "reverse movement \(original.movement) for \(day)") {
            try ReverseMovement(
                movement: original.movement, reason: reason, requestID: UUID(), occurredOn: asked.map(date)
            ).run(in: transaction, by: consortium.officer, at: now)
        }
        guard reversal != nil else { return }
        recorded[number].isReversed = true
        model.record(changes, consumed: -original.consumed, of: original.product, in: original.store, on: day)
    }

    private func takeBack() throws {
        guard !issues.isEmpty else { return }
        let (store, picks) = issues[Int.random(in: 0..<issues.count, using: &random)]
        let pick = picks[Int.random(in: 0..<picks.count, using: &random)].with(BaseUnits(Int64.random(in: 1...5, using: &random)))
        let destination: InsideState = chance(50) ? .available : .quarantined
        let movement = try expect(nil, "take back \(pick.quantity) of batch \(pick.batch) into \(store)") {
            try ReturnStock(
                store: store, picks: [pick], into: destination, reason: "not used", document: "history", requestID: UUID()
            ).run(in: transaction, by: consortium.officer, at: now)
        }
        guard let movement else { return }
        keep(movement, [change(store, pick.batch, destination, pick.quantity.rawValue)], on: today)
        recorded[recorded.count - 1].consumed = -pick.quantity.rawValue
        recorded[recorded.count - 1].product = pick.product
        recorded[recorded.count - 1].store = store
        model.record([], consumed: -pick.quantity.rawValue, of: pick.product, in: store, on: today)
    }

    private func close() throws {
        let (store, _) = stores()
        let through = Int.random(in: (today - 14)...today, using: &random)
        let refused: StockLedgerRefusalCode? =
            through >= today ? .dayNotOver : through <= closedThrough[store] ?? -1_000 ? .dayClosed : nil
        let closing = try expect(refused, "close \(store) through \(through)") {
            try CloseDays(store: store, through: date(through)).run(in: transaction, by: consortium.officer, at: now)
        }
        if closing != nil { closedThrough[store] = through }
    }

    private func change(_ store: StoreID, _ batch: BatchID, _ state: InsideState, _ quantity: Int64) -> LedgerModel.Change {
        LedgerModel.Change(place: LedgerModel.Place(store: store, batch: batch, state: state), quantity: quantity)
    }

    private func keep(_ movement: MovementID, _ changes: [LedgerModel.Change], on day: Int) {
        model.record(changes, on: day)
        recorded.append(Recorded(movement: movement, day: day, changes: changes))
    }

    // MARK: - What is read afterwards

    /// Compares the stock of every day, and consumption and stock-outs over some periods, with the model.
    func compare() throws {
        let readings = StockReadings(transaction)
        for store in consortium.pharmacies {
            for day in (today - 30)...(today + 1) {
                let lines = try readings.stock(in: store, of: consortium.id, asOf: date(day))
                let held = Dictionary(
                    lines.map { (LedgerModel.Place(store: store, batch: $0.batch, state: $0.state), $0.quantity.rawValue) },
                    uniquingKeysWith: +)
                let expected = model.held(in: store, asOf: day)
                guard held == expected else { throw disagreement("store \(store) on day \(day) holds \(held), not \(expected)") }
                guard held.values.allSatisfy({ $0 > 0 }) else { throw disagreement("less than nothing on day \(day)") }
            }
            for _ in 0..<3 {
                let from = Int.random(in: (today - 25)...today, using: &random)
                try compareConsumption(readings, store, from...Int.random(in: from...today, using: &random))
            }
        }
    }

    private func compareConsumption(_ readings: StockReadings, _ store: StoreID, _ days: ClosedRange<Int>) throws {
        let read = try readings.consumption(
            in: store, of: consortium.id, from: date(days.lowerBound), through: date(days.upperBound))
        for product in consortium.products {
            let expected = model.consumption(of: product, in: store, days)
            if let read = read[product] {
                guard read == expected else {
                    throw disagreement("product \(product) in store \(store), days \(days): \(read), not \(expected)")
                }
            } else if expected.consumed != 0 || model.moved(product, in: store, days) {
                throw disagreement("no consumption of product \(product) in store \(store), days \(days): \(expected)")
            }
        }
    }
}
