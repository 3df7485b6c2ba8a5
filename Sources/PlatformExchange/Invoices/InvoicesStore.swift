import PlatformMessages
import Postgres
import Primitives

/// The SQL of invoices at one platform.
struct InvoicesStore {
    let transaction: Transaction
    let consortium: ConsortiumID
    let platform: String

    init(_ transaction: Transaction, _ consortium: ConsortiumID, _ platform: String) {
        self.transaction = transaction
        self.consortium = consortium
        self.platform = platform
    }

    // MARK: - Pulled

    /// The invoice of a line, written down if it is new; what the platform says of one that waits counts.
    func invoice(of line: PlatformInvoiceLine, seenOn origin: InvoiceOrigin, at now: Instant) throws -> (
        id: SupplierInvoiceID, isWaiting: Bool
    ) {
        let total: Money? = origin == .invoices ? line.total : nil
        try transaction.execute(
            """
            INSERT INTO platform_exchange.invoice AS invoice
                   (consortium_id, platform, supplier, code, number, platform_invoice, origin, dated_on, total, is_volume_purchase,
                    pulled_at, seen_at)
            VALUES (\(consortium), \(platform), \(line.supplier), \(line.code), \(line.number), \(line.platformInvoice), \(origin),
                    \(line.date), \(total), \(line.isVolumePurchase), \(now), \(now))
            ON CONFLICT (consortium_id, platform, supplier, code, number) DO UPDATE
               SET platform_invoice = excluded.platform_invoice, dated_on = coalesce(excluded.dated_on, invoice.dated_on),
                   total = excluded.total, is_volume_purchase = excluded.is_volume_purchase,
                   seen_at = greatest(invoice.seen_at, excluded.seen_at), withdrawn_at = NULL
             WHERE invoice.state = 'waiting' AND invoice.origin = excluded.origin
            """)
        let found = try transaction.first(
            """
            SELECT invoice_id, state FROM platform_exchange.invoice
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND supplier = \(line.supplier) AND code = \(line.code)
               AND number = \(line.number)
            """
        ) { (id: try $0["invoice_id"] as SupplierInvoiceID, isWaiting: try $0["state"] as InvoiceState == .waiting) }
        guard let found else { throw ColumnMismatch(expected: "invoice_id") }
        return found
    }

    /// - Returns: whether the line is new.
    func write(_ line: PlatformInvoiceLine, of invoice: SupplierInvoiceID, at now: Instant) throws -> Bool {
        try transaction.first(
            """
            INSERT INTO platform_exchange.invoice_line AS line
                   (consortium_id, invoice_id, invoice_line, reference, product, batch, packs, pack_price, amount, tax, tax_rate,
                    is_credit, pulled_at, seen_at)
            VALUES (\(consortium), \(invoice), \(line.invoiceLine), \(line.reference), \(line.product), \(line.batch), \(line.packs),
                    \(line.packPrice), \(line.amount), \(line.tax), \(line.taxRate), \(line.isCredit), \(now), \(now))
            ON CONFLICT (consortium_id, invoice_id, invoice_line) DO UPDATE
               SET reference = excluded.reference, product = excluded.product, batch = excluded.batch, packs = excluded.packs,
                   pack_price = excluded.pack_price, amount = excluded.amount, tax = excluded.tax, tax_rate = excluded.tax_rate,
                   is_credit = excluded.is_credit, order_id = NULL, line_number = NULL, return_id = NULL,
                   seen_at = greatest(line.seen_at, excluded.seen_at), withdrawn_at = NULL
            RETURNING pulled_at = \(now) AND xmax = 0 AS is_new
            """
        ) { try $0["is_new"] as Bool } ?? false
    }

    /// What an invoice that was decided has of a line; `nil` when it does not have it.
    func known(_ line: String, of invoice: SupplierInvoiceID) throws -> (packs: Int64, packPrice: Money, amount: Money)? {
        try transaction.first(
            """
            SELECT packs, pack_price, amount FROM platform_exchange.invoice_line
             WHERE consortium_id = \(consortium) AND invoice_id = \(invoice) AND invoice_line = \(line)
            """
        ) { (packs: try $0["packs"], packPrice: try $0["pack_price"], amount: try $0["amount"]) }
    }

    /// Finds which of our lines and returns waiting invoices are for.
    func resolve() throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice_line AS line SET order_id = placed.order_id, line_number = placed.line_number
              FROM platform_exchange.invoice
              JOIN platform_exchange.placed_line AS placed USING (consortium_id, platform)
             WHERE invoice.consortium_id = \(consortium) AND invoice.platform = \(platform) AND invoice.state = 'waiting'
               AND invoice.origin = 'invoices' AND line.consortium_id = invoice.consortium_id
               AND line.invoice_id = invoice.invoice_id AND line.order_id IS NULL AND placed.platform_line = line.reference
            """)
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice_line AS line SET order_id = delivery.order_id, line_number = delivery.line_number
              FROM platform_exchange.invoice
              JOIN platform_exchange.delivery_line AS delivery USING (consortium_id, platform)
             WHERE invoice.consortium_id = \(consortium) AND invoice.platform = \(platform) AND invoice.state = 'waiting'
               AND invoice.origin = 'deliveries' AND line.consortium_id = invoice.consortium_id
               AND line.invoice_id = invoice.invoice_id AND line.order_id IS NULL AND delivery.delivery_line = line.reference
            """)
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice_line AS line
               SET return_id = returned.return_id, order_id = returned.order_id, line_number = returned.order_line
              FROM platform_exchange.invoice
              JOIN platform_exchange.placed_return AS placed USING (consortium_id, platform)
              JOIN distribution.supplier_return AS returned USING (consortium_id, return_id)
             WHERE invoice.consortium_id = \(consortium) AND invoice.platform = \(platform) AND invoice.state = 'waiting'
               AND line.consortium_id = invoice.consortium_id AND line.invoice_id = invoice.invoice_id AND line.return_id IS NULL
               AND line.is_credit AND placed.platform_return = line.reference
            """)
    }

    // MARK: - Decided

    /// Locks what waits, oldest first.
    ///
    /// - Parameter after: from the next one on.
    func waiting(from origins: [InvoiceOrigin], after: SupplierInvoiceID?, limit: Int) throws -> [SupplierInvoice] {
        let later: SQL = after.map { "invoice.invoice_id > \($0)" } ?? "TRUE"
        return try transaction.query(
            """
            SELECT \(SupplierInvoice.columns) FROM platform_exchange.invoice
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND invoice.state = 'waiting'
               AND origin = ANY(\(origins.map(\.rawValue))) AND \(later)
             ORDER BY invoice.invoice_id LIMIT \(limit) FOR UPDATE
            """
        ) { try SupplierInvoice($0) }
    }

    /// - Parameter person: who decided; `nil` when it matched by itself.
    func decide(_ id: SupplierInvoiceID, _ state: InvoiceState, by person: PersonID?, reason: String, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice
               SET state = \(state), decided_at = \(now), decided_by_id = \(person), reason = \(reason)
             WHERE consortium_id = \(consortium) AND invoice_id = \(id)
            """)
    }

    /// Writes that the platform has taken in what was decided.
    func acknowledgeAcceptance(_ key: InvoiceKey, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice SET accepted_there_at = \(now)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND supplier = \(key.supplier) AND code = \(key.code)
               AND number = \(key.number) AND state = 'accepted'
            """)
    }

    /// The person who decided; `nil` when it matched by itself.
    func decider(of id: SupplierInvoiceID) throws -> PersonID? {
        try transaction.first(
            "SELECT decided_by_id FROM platform_exchange.invoice WHERE consortium_id = \(consortium) AND invoice_id = \(id)"
        ) { try $0["decided_by_id"] as PersonID? }.flatMap { $0 }
    }

    /// Writes that somebody has paid.
    func pay(_ id: SupplierInvoiceID, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice SET paid_at = \(now), paid_by_id = \(person)
             WHERE consortium_id = \(consortium) AND invoice_id = \(id)
            """)
    }

    func acknowledgePayment(_ key: InvoiceKey, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice SET paid_there_at = \(now)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND supplier = \(key.supplier) AND code = \(key.code)
               AND number = \(key.number) AND paid_at IS NOT NULL
            """)
    }
}

extension InvoiceKey {
    init(_ invoice: PlatformInvoice) { self.init(supplier: invoice.supplier, code: invoice.code, number: invoice.number) }
    init(_ line: PlatformInvoiceLine) { self.init(supplier: line.supplier, code: line.code, number: line.number) }
    init(_ invoice: SupplierInvoice) { self.init(supplier: invoice.supplier, code: invoice.code, number: invoice.number) }
}
