public import Dispensing
public import Postgres
public import Primitives
public import Requisitions

/// Every SQL statement about what was reported short for prescriptions.
public struct PrescriptionShortages {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func add(_ shortage: ShortageID, of prescription: PrescriptionID, line: Int) throws {
        try transaction.execute(
            """
            INSERT INTO prescription_flow.prescription_shortage (consortium_id, shortage_id, prescription_id, line_number)
            VALUES (\(consortium), \(shortage), \(prescription), \(line))
            """)
    }

    /// What was reported short for a prescription, the one registered first first.
    ///
    /// - Throws: `DispensingRefusal` when there is no such prescription.
    public func reports(of prescription: PrescriptionID) throws -> [ShortageReport] {
        _ = try PrescriptionReadings(transaction, of: consortium).prescription(prescription)
        let ids = try transaction.query(
            """
            SELECT shortage_id FROM prescription_flow.prescription_shortage
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription)
            """
        ) { try $0["shortage_id"] as ShortageID }
        return try ShortagesStore(transaction, consortium).reports(ids)
    }
}
