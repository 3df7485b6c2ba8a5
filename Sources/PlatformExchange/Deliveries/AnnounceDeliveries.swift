public import Distribution
import Foundation
import PooledProcurement
public import Postgres
public import Primitives

/// Announces what was pulled as shipments, so that a storekeeper receives it like any other: the lines of one order with one
/// note are one shipment.
public struct AnnounceDeliveries: Sendable {
    public var platform: String
    /// Lines that were pulled later are left for another time.
    public var pulledThrough: Instant
    /// Lines that are looked at in one transaction.
    public static let linesMost = 20_000

    public init(platform: String, pulledThrough: Instant) {
        self.platform = platform
        self.pulledThrough = pulledThrough
    }

    /// - Returns: the shipments. What cannot be announced is a difference that somebody settles.
    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> [Shipment] {
        let store = DeliveriesStore(transaction, consortium, platform)
        let account = try AccountsStore(transaction, consortium).person(at: platform)
        let found = try store.toAnnounce(pulledThrough: pulledThrough, limit: Self.linesMost)
        let together = Dictionary(grouping: found) { Together(order: $0.order, note: $0.note) }
        var shipments: [Shipment] = []
        for (key, lines) in together.sorted(by: {
            ($0.key.order.description, $0.key.note) < ($1.key.order.description, $1.key.note)
        }) {
            let order = try OrderReadings(transaction).order(key.order, of: consortium).order
            let supplier = Principal(
                consortium: consortium, person: account, name: platform, facility: nil, company: order.company, roles: [.supplier])
            let differences = DifferencesStore(transaction, consortium, platform)
            let subject = "note \(key.note) of \(order.number)"
            do {
                for start in stride(from: 0, to: lines.count, by: AnnounceShipment.linesMax) {
                    let part = Array(lines[start..<min(start + AnnounceShipment.linesMax, lines.count)])
                    shipments.append(try announce(part, as: supplier, store, in: transaction, at: now))
                }
                try differences.agree(subject, except: [], at: now)
            } catch let refusal as any Refusal {
                try differences.open(.state, subject, ours: "\(refusal)", theirs: "\(lines.count) lines", at: now)
            }
        }
        return shipments
    }

    private struct Together: Hashable {
        let order: OrderID
        let note: String
    }

    /// Boxes of one batch for one line are one line of the shipment.
    private func announce(
        _ lines: [DeliveryToAnnounce], as supplier: Principal, _ store: DeliveriesStore, in transaction: Transaction,
        at now: Instant
    ) throws -> Shipment {
        var batches: [AnnounceShipment.Line] = []
        var places: [(deliveryLine: String, shipmentLine: Int)] = []
        for line in lines {
            let same = batches.firstIndex {
                $0.orderLine == line.line && $0.article == line.article && $0.batchNumber == line.batch
                    && $0.expiresOn == line.expiresOn
            }
            if let same {
                batches[same].packs += line.packs
            } else {
                batches.append(
                    AnnounceShipment.Line(
                        orderLine: line.line, article: line.article, batchNumber: line.batch, expiresOn: line.expiresOn,
                        packs: line.packs))
            }
            places.append((line.deliveryLine, (same ?? batches.count - 1) + 1))
        }
        let shipment = try announce(batches, of: lines[0].order, named: note(of: lines[0]), as: supplier, in: transaction, at: now)
        for place in places { try store.announced(place.deliveryLine, as: shipment.id, line: place.shipmentLine) }
        return shipment
    }

    /// A supplier's note is announced once; what comes under it later, or for another order, is told apart by a number.
    private func announce(
        _ batches: [AnnounceShipment.Line], of order: OrderID, named note: String, as supplier: Principal,
        in transaction: Transaction,
        at now: Instant
    ) throws -> Shipment {
        let today = now.businessDay
        var part = 1
        while true {
            do {
                return try transaction.savepoint {
                    try AnnounceShipment(
                        shipment: ShipmentID(UUID.version7(at: now)), order: order,
                        deliveryNote: part == 1 ? note : "\(note.prefix(54))#\(part)", shippedOn: today, expectedOn: today,
                        lines: batches
                    ).run(in: transaction, by: supplier, at: now)
                }
            } catch let refusal as DistributionRefusal where refusal.code == .deliveryNoteAnnounced && part < Self.partsMost {
                part += 1
            }
        }
    }

    /// The supplier's note; where the platform does not tell it, the delivery's own number.
    private func note(of line: DeliveryToAnnounce) -> String {
        String((line.note.isEmpty ? line.deliveryLine : line.note).prefix(60))
    }

    /// Shipments with one note.
    private static let partsMost = 99
}
