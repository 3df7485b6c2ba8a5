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
                   company.code AS ordered_from, article.code AS ordered_product,
                   CASE WHEN line.return_id IS NULL THEN coalesce(received.accepted, 0) ELSE returned.packs END AS accepted,
                   CASE WHEN line.return_id IS NULL THEN coalesce(received.returned, 0) ELSE 0 END AS returned,
                   coalesce(coming.packs, 0) AS under_way, coalesce(other.packs, 0) AS invoiced,
                   coalesce(received.line_accepted, 0) AS line_accepted, coalesce(received.line_returned, 0) AS line_returned,
                   coalesce(coming.line_packs, 0) AS line_under_way, coalesce(other.line_packs, 0) AS line_invoiced
              FROM platform_exchange.invoice_line AS line
              LEFT JOIN distribution.supplier_return AS returned USING (consortium_id, return_id)
              LEFT JOIN pooled_procurement.purchase_order AS placed
                ON placed.consortium_id = line.consortium_id AND placed.order_id = line.order_id
              LEFT JOIN pooled_procurement.purchase_order_line AS ordered
                ON ordered.consortium_id = line.consortium_id AND ordered.order_id = line.order_id
               AND ordered.line_number = line.line_number
              LEFT JOIN platform_exchange.company_code AS company
                ON company.consortium_id = line.consortium_id AND company.platform = \(platform)
               AND company.company_id = placed.company_id
              LEFT JOIN platform_exchange.article_code AS article
                ON article.consortium_id = line.consortium_id AND article.platform = \(platform)
               AND article.article_id = ordered.article_id
              LEFT JOIN LATERAL (
                   SELECT sum(found.accepted)::bigint AS line_accepted, sum(back.packs)::bigint AS line_returned,
                          sum(found.accepted) FILTER (WHERE line.batch IN ('', found.batch_number, sent.batch_number))::bigint
                              AS accepted,
                          sum(back.packs) FILTER (WHERE line.batch IN ('', found.batch_number, sent.batch_number))::bigint
                              AS returned
                     FROM distribution.shipment
                     JOIN distribution.goods_receipt USING (consortium_id, shipment_id)
                     JOIN distribution.goods_receipt_line AS found USING (consortium_id, receipt_id)
                     JOIN distribution.shipment_line AS sent
                       ON sent.consortium_id = found.consortium_id AND sent.shipment_id = found.shipment_id
                      AND sent.line_number = found.shipment_line
                    CROSS JOIN LATERAL (
                          SELECT coalesce(sum(gone.packs - coalesce(refused.packs, 0)), 0)::bigint AS packs
                            FROM distribution.supplier_return AS gone
                            LEFT JOIN LATERAL (
                                 SELECT sum(told.packs)::bigint AS packs FROM platform_exchange.placed_return AS told
                                  WHERE told.consortium_id = gone.consortium_id AND told.return_id = gone.return_id
                                    AND told.there IN ('refused', 'void')) AS refused ON TRUE
                           WHERE gone.consortium_id = found.consortium_id AND gone.shipment_id = found.shipment_id
                             AND gone.shipment_line = found.shipment_line) AS back
                    WHERE shipment.consortium_id = line.consortium_id AND shipment.order_id = line.order_id
                      AND found.order_line = line.line_number) AS received ON TRUE
              LEFT JOIN LATERAL (
                   SELECT sum(delivery.packs)::bigint AS line_packs,
                          sum(delivery.packs) FILTER (WHERE line.batch IN ('', delivery.batch))::bigint AS packs
                     FROM platform_exchange.delivery_line AS delivery
                     LEFT JOIN distribution.shipment USING (consortium_id, shipment_id)
                    WHERE delivery.consortium_id = line.consortium_id AND delivery.platform = \(platform)
                      AND delivery.order_id = line.order_id AND delivery.line_number = line.line_number
                      AND (shipment.state IS NULL OR shipment.state = 'announced')) AS coming ON TRUE
              LEFT JOIN LATERAL (
                   SELECT sum(earlier.packs)::bigint AS line_packs,
                          sum(earlier.packs) FILTER (
                              WHERE CASE WHEN line.return_id IS NULL
                                         THEN line.batch IN ('', coalesce(gone.batch_number, earlier.batch))
                                         ELSE earlier.return_id = line.return_id END)::bigint AS packs
                     FROM platform_exchange.invoice_line AS earlier
                     JOIN platform_exchange.invoice USING (consortium_id, invoice_id)
                     LEFT JOIN distribution.supplier_return AS gone
                       ON gone.consortium_id = earlier.consortium_id AND gone.return_id = earlier.return_id
                    WHERE earlier.consortium_id = line.consortium_id AND earlier.order_id = line.order_id
                      AND earlier.line_number = line.line_number AND earlier.invoice_id <> line.invoice_id
                      AND earlier.withdrawn_at IS NULL AND invoice.state = 'accepted') AS other ON TRUE
             WHERE line.consortium_id = \(consortium) AND line.invoice_id = ANY(\(invoices)) AND line.withdrawn_at IS NULL
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
        // Some platforms write what an invoice takes back without a sign.
        let takesBack = !lines.isEmpty && lines.allSatisfy(\.isCredit)
        let total = takesBack ? Money(tenThousandths: -abs(invoice.total.tenThousandths)) : invoice.total
        self.init(
            supplier: invoice.supplier, lines: lines, total: invoice.origin == .invoices ? total : nil,
            isWithdrawn: invoice.withdrawnAt != nil)
    }
}
