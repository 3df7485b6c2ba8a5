public import Distribution
public import Outbox
import PlatformMessages
public import Postgres
public import Primitives

/// Announces a return to the platform that its goods were delivered through, in the transaction of the return: one application for
/// each of the platform's deliveries that the goods came by.
public struct TellReturn: Sendable {
    public var returned: SupplierReturn

    public init(_ returned: SupplierReturn) { self.returned = returned }

    /// - Returns: the messages, none for goods that came through no platform.
    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> [OutboxMessageID] {
        let returns = ReturnsStore(transaction, consortium)
        var rest = returned.packs
        var messages: [OutboxMessageID] = []
        for delivery in try returns.deliveries(of: returned) where rest > 0 && delivery.packs > 0 {
            let packs = min(rest, delivery.packs)
            rest -= packs
            let number = "\(returned.number)/\(messages.count + 1)"
            try returns.insert(number, of: returned, from: delivery, packs: packs, at: now)
            let content = PlatformReturn(
                number: number, deliveryPoint: delivery.point, supplier: delivery.supplier, product: delivery.product,
                deliveryLine: delivery.deliveryLine, batch: returned.batchNumber, packs: packs, packPrice: returned.packPrice,
                reason: returned.reason, isVolumePurchase: delivery.isVolumePurchase, purchaseKind: delivery.purchaseKind,
                appliedOn: now.businessDay)
            messages.append(
                try AnnounceFact(
                    about: OutboxDocument(at: delivery.platform, key: number), kind: PlatformFactKind.applyReturn.rawValue,
                    businessKey: "\(number)/\(PlatformFactKind.applyReturn.rawValue)", content: try JSON(content).jsonText
                ).run(in: transaction, for: consortium, at: now))
        }
        return messages
    }
}
