public import PlatformMessages
public import Postgres
public import Primitives

/// Writes down what a platform says is invoiced. The same lines again change nothing; what a supplier changes of an invoice counts
/// until it is decided.
public struct TakeInvoices: Sendable {
    public var platform: String
    public var lines: [PlatformInvoiceLine]
    public var origin: InvoiceOrigin
    /// The platform's numbers of deliveries that stand on no invoice any more.
    public var withdrawn: [String] = []

    /// What the platform said besides and nobody understands.
    public var unreadable: [PlatformUnreadableRow]

    public init(
        platform: String, lines: [PlatformInvoiceLine], unreadable: [PlatformUnreadableRow] = [],
        seenOn origin: InvoiceOrigin = .invoices
    ) {
        self.platform = platform
        self.lines = lines
        self.unreadable = unreadable
        self.origin = origin
    }

    /// What deliveries say of the invoices they stand on. What is delivered is what is invoiced, at the delivery's price.
    public init(platform: String, deliveries: [PlatformDeliveryLine]) {
        let lines = deliveries.compactMap { delivery -> PlatformInvoiceLine? in
            guard !delivery.invoiceNumber.isEmpty, delivery.state != .void, let price = delivery.packPrice,
                let amount = price.times(delivery.packs)
            else { return nil }
            return PlatformInvoiceLine(
                invoiceLine: delivery.deliveryLine, number: delivery.invoiceNumber, supplier: delivery.supplier, total: amount,
                reference: delivery.deliveryLine, product: delivery.product, batch: delivery.batch, packs: delivery.packs,
                packPrice: price, amount: amount)
        }
        self.init(platform: platform, lines: lines, seenOn: .deliveries)
        withdrawn = Set(deliveries.map(\.deliveryLine)).subtracting(lines.map(\.invoiceLine)).sorted()
    }

    /// - Returns: how many lines are new.
    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> Int {
        let invoices = InvoicesStore(transaction, consortium, platform)
        let differences = DifferencesStore(transaction, consortium, platform)
        var new = 0
        for row in unreadable {
            try differences.open(.missingHere, "invoice line \(row.name)", ours: "", theirs: "unreadable: \(row.reason)", at: now)
        }
        for delivery in withdrawn { try invoices.withdraw(delivery: delivery, exceptOn: nil, at: now) }
        for pulled in lines {
            let line = pulled.signed
            let subject = "\(InvoiceKey(line).subject), line \(line.invoiceLine)"
            guard !line.number.isEmpty, !line.supplier.isEmpty, !line.invoiceLine.isEmpty, line.isSound else {
                try differences.open(
                    .quantity, subject, ours: "", theirs: "\(line.packs) packs at \(line.packPrice), \(line.amount)", at: now)
                continue
            }
            let invoice = try invoices.invoice(of: line, seenOn: origin, at: now)
            if origin == .deliveries { try invoices.withdraw(delivery: line.invoiceLine, exceptOn: invoice.id, at: now) }
            let known = invoice.isWaiting ? nil : try invoices.known(line.invoiceLine, of: invoice.id)
            if try invoice.isWaiting || (known == nil && invoices.reopen(invoice.id)) {
                if try invoices.write(line, of: invoice.id, at: now) { new += 1 }
                continue
            }
            if let known, known == (line.packs, line.packPrice, line.amount) {
                try differences.agree(subject, except: [], at: now)
            } else {
                try differences.open(
                    .quantity, subject, ours: known.map { "decided as \($0.packs) packs, \($0.amount)" } ?? "decided without it",
                    theirs: "\(line.packs) packs, \(line.amount)", at: now)
            }
        }
        return new
    }
}

extension PlatformInvoiceLine {
    /// The same with packs and amounts below none where it takes back, whichever way the platform writes them.
    var signed: PlatformInvoiceLine {
        var line = self
        line.isCredit = isCredit || packs < 0
        guard line.isCredit else { return line }
        line.packs = -abs(packs)
        line.amount = Money(tenThousandths: -abs(amount.tenThousandths))
        line.tax = tax.map { Money(tenThousandths: -abs($0.tenThousandths)) }
        return line
    }

    /// Whether it can be written down at all.
    fileprivate var isSound: Bool { packPrice >= .zero && (isCredit || amount >= .zero) }
}
