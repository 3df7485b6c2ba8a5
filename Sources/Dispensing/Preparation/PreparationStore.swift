import Postgres
import Primitives

/// The SQL statements about preparations.
struct PreparationStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: ``DispensingRefusal`` when the id is taken.
    func add(_ prepared: Preparation) throws {
        try refusing(
            "preparation_id_is_unique",
            as: DispensingRefusal(.documentIDTaken, "preparation \(prepared.id)", field: "preparation")
        ) {
            try transaction.execute(
                """
                INSERT INTO dispensing.preparation
                       (consortium_id, preparation_id, prescription_id, version, store_id, preparer_id, prepared_at)
                VALUES (\(consortium), \(prepared.id), \(prepared.prescription), \(prepared.version), \(prepared.store),
                        \(prepared.preparer), \(prepared.preparedAt))
                """)
        }
        try transaction.insert(
            into: "dispensing.preparation_line (consortium_id, preparation_id, line_number, quantity)",
            rows: prepared.lines.map { [consortium, prepared.id, $0.line, $0.quantity] })
        guard !prepared.scans.isEmpty else { return }
        try transaction.insert(
            into: "dispensing.preparation_scan (consortium_id, preparation_id, position, code, is_split)",
            rows: prepared.scans.enumerated().map { [consortium, prepared.id, $0 + 1, $1.code, $1.isSplit] })
    }

    /// A preparation without what would be proposed for it now.
    ///
    /// - Throws: ``DispensingRefusal`` when there is no such preparation.
    func preparation(_ id: PreparationID) throws -> Preparation {
        let lines = try transaction.query(
            """
            SELECT line_number, quantity FROM dispensing.preparation_line
             WHERE consortium_id = \(consortium) AND preparation_id = \(id) ORDER BY line_number
            """
        ) { HandOutLine(line: try $0["line_number"], quantity: try $0["quantity"]) }
        let scans = try transaction.query(
            """
            SELECT code, is_split FROM dispensing.preparation_scan
             WHERE consortium_id = \(consortium) AND preparation_id = \(id) ORDER BY position
            """
        ) { TraceScan(code: try $0["code"], isSplit: try $0["is_split"]) }
        let found = try transaction.first(
            """
            SELECT prescription_id, version, store_id, preparer_id, prepared_at FROM dispensing.preparation
             WHERE consortium_id = \(consortium) AND preparation_id = \(id)
            """
        ) { row in
            Preparation(
                id: id, prescription: try row["prescription_id"], version: try row["version"], store: try row["store_id"],
                preparer: try row["preparer_id"], preparedAt: try row["prepared_at"], lines: lines, scans: scans, proposed: [])
        }
        guard let found else { throw DispensingRefusal(.preparationUnknown, "preparation \(id)", field: "preparation") }
        return found
    }
}
