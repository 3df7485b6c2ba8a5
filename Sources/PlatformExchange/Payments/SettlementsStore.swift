import Foundation
import Outbox
import PlatformMessages
import Postgres
import Primitives

/// The SQL of settlements at one platform.
struct SettlementsStore {
    let transaction: Transaction
    let consortium: ConsortiumID
    let platform: String

    init(_ transaction: Transaction, _ consortium: ConsortiumID, _ platform: String) {
        self.transaction = transaction
        self.consortium = consortium
        self.platform = platform
    }

    /// A delivery that an invoice is for, by the platform's numbers of it and of its note.
    struct Line: Sendable, Hashable {
        let invoice: SupplierInvoiceID
        let deliveryLine: String
        let note: String
    }

    func nextNumber(year: Int) throws -> String {
        try transaction.documentNumber("JS", year: year, from: "SELECT nextval('platform_exchange.settlement_number') AS number")
    }

    /// How many lines invoices have.
    func count(of invoices: [SupplierInvoiceID]) throws -> Int {
        try transaction.first(
            """
            SELECT count(*) AS lines FROM platform_exchange.invoice_line
             WHERE consortium_id = \(consortium) AND invoice_id = ANY(\(invoices)) AND withdrawn_at IS NULL
            """
        ) { try $0["lines"] as Int } ?? 0
    }

    /// What invoices are for and is not settled yet, in the order of the deliveries.
    func lines(of invoices: [SupplierInvoiceID]) throws -> [Line] {
        try transaction.query(
            """
            SELECT line.invoice_id, delivery.delivery_line, delivery.note
              FROM platform_exchange.invoice_line AS line
              JOIN platform_exchange.delivery_line AS delivery
                ON delivery.consortium_id = line.consortium_id AND delivery.platform = \(platform)
               AND delivery.delivery_line = line.reference
             WHERE line.consortium_id = \(consortium) AND line.invoice_id = ANY(\(invoices)) AND line.withdrawn_at IS NULL
               AND NOT EXISTS (SELECT FROM platform_exchange.settlement_line AS settled
                                WHERE settled.consortium_id = delivery.consortium_id AND settled.platform = delivery.platform
                                  AND settled.delivery_line = delivery.delivery_line)
             ORDER BY delivery.delivery_line, line.invoice_id
            """
        ) { Line(invoice: try $0["invoice_id"], deliveryLine: try $0["delivery_line"], note: try $0["note"]) }
    }

    func insert(_ content: SettlementContent, id: UUID, amount: Money, lines: [Line], by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.settlement
                   (consortium_id, settlement_id, number, platform, supplier, supplier_name, amount, made_at, made_by_id, changed_at)
            VALUES (\(consortium), \(id), \(content.number), \(platform), \(content.supplier), \(content.supplierName), \(amount),
                    \(now), \(person), \(now))
            """)
        try transaction.execute(
            """
            INSERT INTO platform_exchange.settlement_line (consortium_id, settlement_id, platform, line_number, invoice_id, delivery_line)
            SELECT \(consortium), \(id), \(platform), line.* FROM unnest(
                   \(lines.indices.map { $0 + 1 }), \(lines.map(\.invoice)), \(lines.map(\.deliveryLine))) AS line
            """)
    }

    /// The platform's number of a settlement; `nil` before it gave one.
    func platformNumber(of number: String) throws -> String? {
        try transaction.first(
            """
            SELECT platform_settlement FROM platform_exchange.settlement
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND number = \(number)
            """
        ) { try $0["platform_settlement"] as String? }.flatMap { $0 }
    }

    /// Writes how far the platform has come with it; once it is examined its invoices are paid there.
    func acknowledge(_ number: String, becoming state: SettlementState, platformNumber: String?, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.settlement
               SET state = \(state), platform_settlement = coalesce(\(platformNumber), platform_settlement), changed_at = \(now)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND number = \(number)
            """)
        guard state == .passed else { return }
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice SET paid_there_at = \(now)
              FROM platform_exchange.settlement
              JOIN platform_exchange.settlement_line AS line USING (consortium_id, settlement_id)
             WHERE settlement.consortium_id = \(consortium) AND settlement.platform = \(platform) AND settlement.number = \(number)
               AND invoice.consortium_id = settlement.consortium_id AND invoice.invoice_id = line.invoice_id
            """)
    }

    /// - Throws: ``PlatformExchangeRefusal`` when there is none.
    func settlement(_ number: String) throws -> PlacedSettlement {
        let found = try transaction.first(
            """
            SELECT \(Self.columns) FROM platform_exchange.settlement
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND number = \(number)
            """
        ) { try PlacedSettlement($0) }
        guard let found else { throw PlatformExchangeRefusal(.settlementUnknown, "settlement \(number)") }
        return found
    }

    /// The settlement's message of a kind, if it was sent and waits for a person.
    func waitingMessage(of number: String, _ kind: PlatformFactKind) throws -> OutboxMessageID? {
        try transaction.first(
            """
            SELECT message_id FROM outbox.message
             WHERE consortium_id = \(consortium) AND destination = \(platform) AND state = 'dead'
               AND business_key = \("\(number)/\(kind.rawValue)")
            """
        ) { try $0["message_id"] as OutboxMessageID }
    }

    private static let columns: SQL = """
        settlement.*, (SELECT count(*) FROM platform_exchange.settlement_line AS line
                        WHERE line.consortium_id = settlement.consortium_id
                          AND line.settlement_id = settlement.settlement_id) AS lines
        """

    /// Newest first.
    func settlements(limit: Int) throws -> [PlacedSettlement] {
        try transaction.query(
            """
            SELECT \(Self.columns) FROM platform_exchange.settlement
             WHERE consortium_id = \(consortium) AND platform = \(platform)
             ORDER BY number DESC LIMIT \(limit)
            """
        ) { try PlacedSettlement($0) }
    }
}
