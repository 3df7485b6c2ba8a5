import Foundation
import Outbox
import PlatformMessages
import Postgres
import Primitives

/// Puts a message of the outbox into the platform's codes and numbers, as they are now.
struct FactReading {
    let transaction: Transaction
    let consortium: ConsortiumID
    let platform: String

    /// - Throws: ``PlatformUntellable`` when a code is missing or the message is none that platforms are told.
    func fact(_ message: OutboxMessage) throws -> PlatformFact {
        guard let kind = PlatformFactKind(rawValue: message.kind) else {
            throw PlatformUntellable(reason: "nobody tells \(message.kind)")
        }
        switch kind {
        case .createOrder: return .createOrder(try order(content(of: message)))
        case .sendOrder: return .sendOrder(try order(content(of: message)))
        case .voidOrder: return .voidOrder(try order(content(of: message)))
        case .acceptDelivery: return .acceptDelivery(try content(of: message))
        default: throw PlatformUntellable(reason: "nobody tells \(message.kind)")
        }
    }

    private func content<Content: Decodable>(of message: OutboxMessage) throws -> Content {
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(message.content.text.utf8)) else {
            throw PlatformUntellable(reason: "the content is not that of \(message.kind)")
        }
        return content
    }

    private func order(_ content: OrderContent) throws -> PlatformOrder {
        let codes = AccountsStore(transaction, consortium)
        guard let point = try codes.code(of: content.store, at: platform) else {
            throw PlatformUntellable(reason: "store \(content.store) has no code at \(platform)")
        }
        guard let supplier = try codes.code(of: content.company, at: platform) else {
            throw PlatformUntellable(reason: "company \(content.company) has no code at \(platform)")
        }
        let articles = try codes.codes(of: content.lines.map(\.article), at: platform)
        let numbers = try PlacedOrdersStore(transaction, consortium).numbers(of: content.order, at: platform)
        return PlatformOrder(
            number: content.number, deliveryPoint: point, latestArrival: content.latestArrival,
            lines: try content.lines.filter { !numbers.refused.contains($0.number) }.map { line in
                guard let article = articles[line.article] else {
                    throw PlatformUntellable(reason: "line \(line.number): article \(line.article) has no code at \(platform)")
                }
                return PlatformOrderLine(
                    number: line.number, product: article.code, supplier: supplier.code, supplierName: supplier.name,
                    packs: line.packs,
                    packPrice: line.packPrice, purchaseKind: article.purchaseKind, platformLine: numbers.lines[line.number])
            },
            platformOrder: numbers.order)
    }
}
