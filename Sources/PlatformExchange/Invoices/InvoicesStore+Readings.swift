import Postgres
import Primitives

extension InvoicesStore {
    /// The lines of some invoices, each with what we ordered and accepted of it as things stand.
    func lines(of invoices: [SupplierInvoiceID]) throws -> [SupplierInvoiceID: [SupplierInvoiceLine]] {
        let found = try transaction.query(
            """
            SELECT line.invoice_id, line.invoice_line, line.reference, line.product, line.batch, line.packs, line.pack_price, line.amount,
                   line.tax, line.tax_rate, line.is_credit, placed.number AS order_number, line.line_number,
                   line.return_id IS NOT NULL AS is_of_return, coalesce(returned.pack_price, ordered.pack_price) AS our_price,
                   CASE WHEN line.return_id IS NULL THEN coalesce(received.accepted, 0) ELSE returned.packs END AS accepted,
                   coalesce(coming.packs, 0) AS under_way, coalesce(other.packs, 0) AS invoiced
              FROM platform_exchange.invoice_line AS line
              LEFT JOIN distribution.supplier_return AS returned USING (consortium_id, return_id)
              LEFT JOIN pooled_procurement.purchase_order AS placed
                ON placed.consortium_id = line.consortium_id AND placed.order_id = line.order_id
              LEFT JOIN pooled_procurement.purchase_order_line AS ordered
                ON ordered.consortium_id = line.consortium_id AND ordered.order_id = line.order_id
               AND ordered.line_number = line.line_number
              LEFT JOIN LATERAL (
                   SELECT sum(found.accepted)::bigint AS accepted
                     FROM distribution.shipment
                     JOIN distribution.goods_receipt USING (consortium_id, shipment_id)
                     JOIN distribution.goods_receipt_line AS found USING (consortium_id, receipt_id)
                     JOIN distribution.shipment_line AS sent
                       ON sent.consortium_id = found.consortium_id AND sent.shipment_id = found.shipment_id
                      AND sent.line_number = found.shipment_line
                    WHERE shipment.consortium_id = line.consortium_id AND shipment.order_id = line.order_id
                      AND found.order_line = line.line_number
                      AND (line.batch IN ('', found.batch_number, sent.batch_number))) AS received ON TRUE
              LEFT JOIN LATERAL (
                   SELECT sum(delivery.packs)::bigint AS packs
                     FROM platform_exchange.delivery_line AS delivery
                     LEFT JOIN distribution.shipment USING (consortium_id, shipment_id)
                    WHERE delivery.consortium_id = line.consortium_id AND delivery.platform = \(platform)
                      AND delivery.order_id = line.order_id AND delivery.line_number = line.line_number
                      AND (line.batch IN ('', delivery.batch))
                      AND (shipment.state IS NULL OR shipment.state = 'announced')) AS coming ON TRUE
              LEFT JOIN LATERAL (
                   SELECT sum(earlier.packs)::bigint AS packs
                     FROM platform_exchange.invoice_line AS earlier
                     JOIN platform_exchange.invoice USING (consortium_id, invoice_id)
                    WHERE earlier.consortium_id = line.consortium_id AND earlier.order_id = line.order_id
                      AND earlier.line_number = line.line_number AND earlier.invoice_id <> line.invoice_id
                      AND invoice.state = 'accepted' AND (line.batch = '' OR earlier.batch = line.batch)
                      AND earlier.return_id IS NOT DISTINCT FROM line.return_id) AS other ON TRUE
             WHERE line.consortium_id = \(consortium) AND line.invoice_id = ANY(\(invoices))
             ORDER BY line.invoice_id, line.invoice_line
            """
        ) { (try $0["invoice_id"] as SupplierInvoiceID, try SupplierInvoiceLine($0)) }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }

    /// - Parameter isToLock: until the transaction ends.
    /// - Throws: ``PlatformExchangeRefusal`` when there is none.
    func invoice(_ id: SupplierInvoiceID, isToLock: Bool = false) throws -> SupplierInvoice {
        let lock: SQL = isToLock ? "FOR UPDATE" : ""
        let found = try transaction.first(
            """
            SELECT \(SupplierInvoice.columns) FROM platform_exchange.invoice
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND invoice.invoice_id = \(id)
             \(lock)
            """
        ) { try SupplierInvoice($0) }
        guard let found else { throw PlatformExchangeRefusal(.invoiceUnknown, "invoice \(id)") }
        return found
    }

    /// Newest first.
    func invoices(in state: InvoiceState?, before: SupplierInvoiceID?, limit: Int) throws -> [SupplierInvoice] {
        let ofState: SQL = state.map { "invoice.state = \($0)" } ?? "TRUE"
        let earlier: SQL = before.map { "invoice.invoice_id < \($0)" } ?? "TRUE"
        return try transaction.query(
            """
            SELECT \(SupplierInvoice.columns) FROM platform_exchange.invoice
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND \(ofState) AND \(earlier)
             ORDER BY invoice.invoice_id DESC LIMIT \(limit)
            """
        ) { try SupplierInvoice($0) }
    }

    /// An invoice with its lines and what differs now.
    func detail(_ id: SupplierInvoiceID) throws -> SupplierInvoiceDetail {
        let invoice = try invoice(id)
        let lines = try lines(of: [id])[id] ?? []
        var mismatches: [InvoiceMismatch] = []
        if invoice.state == .waiting, case .differs(let found) = InvoiceMatch(invoice, lines).verdict() { mismatches = found }
        return SupplierInvoiceDetail(invoice: invoice, lines: lines, mismatches: mismatches)
    }
}

extension InvoiceMatch {
    init(_ invoice: SupplierInvoice, _ lines: [SupplierInvoiceLine]) {
        self.init(lines: lines, total: invoice.origin == .invoices ? invoice.total : nil)
    }
}
