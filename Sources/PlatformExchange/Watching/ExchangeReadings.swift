public import Distribution
public import Postgres
public import Primitives

/// What people see of the exchange.
public struct ExchangeReadings {
    let transaction: Transaction
    let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// By platform.
    public func accounts() throws -> [RegisteredAccount] { try AccountsStore(transaction, consortium).accounts() }

    /// What is open at a platform, oldest first.
    public func differences(at platform: String, limit: Int) throws -> [Difference] {
        try DifferencesStore(transaction, consortium, platform).open(limit: limit)
    }

    /// Invoices at a platform, newest first.
    public func invoices(at platform: String, in state: InvoiceState?, before: SupplierInvoiceID? = nil, limit: Int) throws
        -> [SupplierInvoice]
    {
        try InvoicesStore(transaction, consortium, platform).invoices(in: state, before: before, limit: limit)
    }

    /// - Throws: ``PlatformExchangeRefusal`` when there is none.
    public func invoice(_ id: SupplierInvoiceID, at platform: String) throws -> SupplierInvoiceDetail {
        try InvoicesStore(transaction, consortium, platform).detail(id)
    }

    /// Settlements at a platform, newest first.
    public func settlements(at platform: String, limit: Int) throws -> [PlacedSettlement] {
        try SettlementsStore(transaction, consortium, platform).settlements(limit: limit)
    }

    /// A return as platforms have it.
    public func placedReturns(of returned: SupplierReturnID) throws -> [PlacedReturn] {
        try ReturnsStore(transaction, consortium).placed(returned)
    }

    /// An order as platforms have it.
    public func placedOrders(number: String) throws -> [PlacedOrder] {
        try transaction.query(
            """
            SELECT placed_order.*,
                   (SELECT count(*) FROM platform_exchange.placed_line AS line
                     WHERE (line.consortium_id, line.platform, line.order_id)
                         = (placed_order.consortium_id, placed_order.platform, placed_order.order_id) AND line.state = 'refused') AS refused
              FROM platform_exchange.placed_order
             WHERE consortium_id = \(consortium) AND number = \(number) ORDER BY platform
            """
        ) { row in
            PlacedOrder(
                platform: try row["platform"], number: try row["number"], state: try row["state"],
                platformOrder: try row["platform_order"],
                linesRefused: try row["refused"], changedAt: try row["changed_at"])
        }
    }

    /// Every request about a document and what came of it, oldest first.
    public func exchanges(of document: String, at platform: String, limit: Int) throws -> [RecordedExchange] {
        try transaction.query(
            """
            SELECT request.sent_at, request.operation, request.body AS sent, answer.status, answer.outcome, answer.detail,
                   answer.body AS received, answer.microseconds
              FROM platform_exchange.request
              LEFT JOIN platform_exchange.answer USING (consortium_id, sent_at, request_id)
             WHERE request.consortium_id = \(consortium) AND request.platform = \(platform) AND request.document_key = \(document)
             ORDER BY request.sent_at, request.request_id LIMIT \(limit)
            """
        ) { row in
            RecordedExchange(
                sentAt: try row["sent_at"], operation: try row["operation"], sent: try row["sent"], status: try row["status"],
                outcome: try row["outcome"], detail: try row["detail"], received: try row["received"],
                microseconds: try row["microseconds"])
        }
    }
}

/// An order as a platform has it.
public struct PlacedOrder: Sendable, Hashable, Codable {
    public let platform: String
    /// Ours.
    public let number: String
    public let state: PlacedOrderState
    /// The platform's, once it has given one.
    public let platformOrder: String?
    public let linesRefused: Int
    public let changedAt: Instant
}

/// A request and what came of it. Secrets are masked.
public struct RecordedExchange: Sendable, Hashable, Codable {
    public let sentAt: Instant
    public let operation: String
    public let sent: String
    /// Of HTTP; `nil` when no answer came, or none is written down yet.
    public let status: Int?
    /// How it was understood; `nil` when nothing is written down yet.
    public let outcome: String?
    public let detail: String?
    public let received: String?
    /// From the request's begin to the answer's end.
    public let microseconds: Int64?
}
