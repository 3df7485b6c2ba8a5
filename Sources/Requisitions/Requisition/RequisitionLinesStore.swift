public import Postgres
public import Primitives

/// Every SQL statement that writes the lines of requisitions, and those that read them to decide.
public struct RequisitionLinesStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let columns: SQL = """
        line_number, product_id, pack_size, on_hand, in_transit, on_order, expected_refills, expected_renewals, consumed,
        refills_consumed, period_days, stock_out_days, suggested, requested, approved, explanation_zh, explanation_en, reason, approval_reason
        """

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// The lines in the order of their numbers.
    public func lines(of requisition: RequisitionID) throws -> [RequisitionLine] {
        try transaction.query(
            """
            SELECT \(Self.columns) FROM requisitions.requisition_line
             WHERE consortium_id = \(consortium) AND requisition_id = \(requisition)
             ORDER BY line_number
            """, RequisitionLine.init)
    }

    /// The lines of some products.
    func lines(of requisition: RequisitionID, products: [ProductID]) throws -> [ProductID: RequisitionLine] {
        let lines = try transaction.query(
            """
            SELECT \(Self.columns) FROM requisitions.requisition_line
             WHERE consortium_id = \(consortium) AND requisition_id = \(requisition) AND product_id = ANY(\(products))
            """, RequisitionLine.init)
        return Dictionary(lines.map { ($0.product, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func lastNumber(of requisition: RequisitionID) throws -> Int {
        try transaction.first(
            """
            SELECT max(line_number) AS line_number FROM requisitions.requisition_line
             WHERE consortium_id = \(consortium) AND requisition_id = \(requisition)
            """
        ) { try $0["line_number"] as Int? }.flatMap { $0 } ?? 0
    }

    func insert(_ lines: [RequisitionLine], of requisition: RequisitionID) throws {
        try transaction.insert(
            into: "requisitions.requisition_line (consortium_id, requisition_id, \(Self.columns))",
            rows: lines.map { line in
                [
                    consortium, requisition, Int32(line.number), line.product, line.packSize, line.position.onHand,
                    line.position.inTransit, line.position.onOrder, line.expectedRefills, line.expectedRenewals,
                    line.consumed, line.refillsConsumed, Int32(line.periodDays), Int32(line.stockOutDays), line.suggestion.quantity, line.requested, line.approved,
                    line.suggestion.explanation.chinese, line.suggestion.explanation.english, line.reason, line.approvalReason,
                ]
            })
    }

    /// Writes the requested quantities and reasons of lines.
    func update(requested lines: [RequisitionLine], of requisition: RequisitionID) throws {
        guard !lines.isEmpty else { return }
        try transaction.execute(
            """
            UPDATE requisitions.requisition_line AS line
               SET requested = change.requested, reason = change.reason
              FROM unnest(\(lines.map(\.number)), \(lines.map(\.requested.rawValue)), \(lines.map(\.reason)))
                   AS change (line_number, requested, reason)
             WHERE line.consortium_id = \(consortium) AND line.requisition_id = \(requisition)
               AND line.line_number = change.line_number
            """)
    }

    /// Approves every requested line as requested, but for the changed ones.
    func approve(_ changed: [RequisitionLine], of requisition: RequisitionID) throws {
        try transaction.execute(
            """
            UPDATE requisitions.requisition_line
               SET approved = requested
             WHERE consortium_id = \(consortium) AND requisition_id = \(requisition) AND requested > 0
               AND line_number <> ALL(\(changed.map(\.number)))
            """)
        guard !changed.isEmpty else { return }
        try transaction.execute(
            """
            UPDATE requisitions.requisition_line AS line
               SET approved = change.approved, approval_reason = change.reason
              FROM unnest(\(changed.map(\.number)), \(changed.map { ($0.approved ?? $0.requested).rawValue }),
                          \(changed.map(\.approvalReason))) AS change (line_number, approved, reason)
             WHERE line.consortium_id = \(consortium) AND line.requisition_id = \(requisition)
               AND line.line_number = change.line_number
            """)
    }
}

extension RequisitionLine {
    init(_ row: Row) throws {
        number = try row["line_number"]
        product = try row["product_id"]
        packSize = try row["pack_size"]
        position = StockPosition(
            onHand: try row["on_hand"], inTransit: try row["in_transit"], onOrder: try row["on_order"])
        expectedRefills = try row["expected_refills"]
        expectedRenewals = try row["expected_renewals"]
        refillsConsumed = try row["refills_consumed"]
        consumed = try row["consumed"]
        periodDays = try row["period_days"]
        stockOutDays = try row["stock_out_days"]
        suggestion = Suggestion(
            quantity: try row["suggested"],
            explanation: Phrase(try row["explanation_zh"], try row["explanation_en"]))
        requested = try row["requested"]
        approved = try row["approved"]
        reason = try row["reason"]
        approvalReason = try row["approval_reason"]
    }
}
