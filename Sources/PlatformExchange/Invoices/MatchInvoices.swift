import Outbox
import PlatformMessages
public import Postgres
public import Primitives

/// Holds every invoice that waits against what was ordered and accepted. What matches is accepted, and the platform learns it;
/// what does not is a difference that a person settles.
public struct MatchInvoices: Sendable {
    public var platform: String
    /// Invoices that are read at a time.
    static let invoicesAtOnce = 500

    /// Which invoices; those on deliveries are left alone while deliveries could not be read to their end.
    public var origins: [InvoiceOrigin]

    public init(platform: String, of origins: [InvoiceOrigin] = InvoiceOrigin.allCases) {
        self.platform = platform
        self.origins = origins
    }

    /// What came of it, in invoices.
    public struct Outcome: Sendable, Hashable {
        public var accepted = 0
        /// For goods that are on their way.
        public var waiting = 0
        public var differing = 0

        public init() {}
    }

    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> Outcome {
        let invoices = InvoicesStore(transaction, consortium, platform)
        try invoices.resolve()
        var outcome = Outcome()
        var accepted: [SupplierInvoice] = []
        var waiting = try invoices.waiting(from: origins, after: nil, limit: Self.invoicesAtOnce)
        while let last = waiting.last {
            try match(waiting, invoices, &outcome, &accepted, in: transaction, for: consortium, at: now)
            waiting = try invoices.waiting(from: origins, after: last.id, limit: Self.invoicesAtOnce)
        }
        // As all locks are taken: in the order of the documents.
        for invoice in accepted.sorted(by: { $0.subject < $1.subject }) {
            try TellInvoice(invoice, .acceptInvoice).run(in: transaction, for: consortium, at: now)
        }
        return outcome
    }

    private func match(
        _ waiting: [SupplierInvoice], _ invoices: InvoicesStore, _ outcome: inout Outcome, _ accepted: inout [SupplierInvoice],
        in transaction: Transaction, for consortium: ConsortiumID, at now: Instant
    ) throws {
        for invoice in waiting {
            // One by one: what an invoice is accepted for the next is not.
            let lines = try invoices.lines(of: [invoice.id])[invoice.id] ?? []
            let verdict = InvoiceMatch(invoice, lines).verdict()
            try note(verdict, of: invoice, lines, in: transaction, for: consortium, at: now)
            switch verdict {
            case .matches:
                try invoices.decide(invoice.id, .accepted, by: nil, reason: "", at: now)
                accepted.append(invoice)
                outcome.accepted += 1
            case .waits: outcome.waiting += 1
            case .differs: outcome.differing += 1
            }
        }
    }

    /// Opens what differs, and settles what differs no more.
    private func note(
        _ verdict: InvoiceMatch.Verdict, of invoice: SupplierInvoice, _ lines: [SupplierInvoiceLine], in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {
        let differences = DifferencesStore(transaction, consortium, platform)
        var found: [InvoiceMismatch] = []
        if case .differs(let mismatches) = verdict { found = mismatches }
        // Several of one kind about one line are one difference.
        let grouped = Dictionary(grouping: found) { Difference.Subject(kind: $0.kind, subject: invoice.subject(ofLine: $0.line)) }
        for (key, mismatches) in grouped.sorted(by: { $0.key < $1.key }) {
            try differences.open(
                key.kind, key.subject, ours: mismatches.map(\.ours).joined(separator: "; "),
                theirs: mismatches.map(\.theirs).joined(separator: "; "), at: now)
        }
        for line in lines.map(\.line) + [""] {
            let subject = invoice.subject(ofLine: line)
            try differences.agree(subject, except: grouped.keys.filter { $0.subject == subject }.map(\.kind), at: now)
        }
    }
}

extension SupplierInvoice {
    /// What differences call one of its lines; the invoice itself when the line is empty.
    func subject(ofLine line: String) -> String { line.isEmpty ? subject : "\(subject), line \(line)" }
}

extension Difference {
    /// What is open once.
    struct Subject: Hashable, Comparable {
        let kind: Kind
        let subject: String

        static func < (left: Self, right: Self) -> Bool {
            (left.subject, left.kind.rawValue) < (right.subject, right.kind.rawValue)
        }
    }
}
