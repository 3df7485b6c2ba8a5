import Postgres
import Primitives
import StockLedger

/// The SQL statements that write dispensings and returns, and read one.
struct DispensingStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Dispensings

    func nextNumber(year: Int) throws -> String {
        try transaction.documentNumber("FY", year: year, from: "SELECT nextval('dispensing.dispensing_number') AS number")
    }

    /// - Throws: ``DispensingRefusal`` when the id is taken.
    func add(_ record: DispensingRecord) throws {
        try refusing(
            "dispensing_id_is_unique",
            as: DispensingRefusal(.documentIDTaken, "dispensing \(record.id)", field: "dispensingID")
        ) {
            try transaction.execute(
                """
                INSERT INTO dispensing.dispensing
                       (consortium_id, dispensing_id, number, prescription_id, version, part, store_id, dispenser_id,
                        movement_id, dispensed_at, dispensed_on, self_checked, checks, retain_through)
                VALUES (\(consortium), \(record.id), \(record.number), \(record.prescription), \(record.version),
                        \(record.part), \(record.store), \(record.dispenser), \(record.movement), \(record.dispensedAt),
                        \(record.dispensedOn), \(record.selfChecked), \(record.checks.map(\.rawValue)),
                        \(record.retainThrough))
                """)
        }
        try transaction.insert(
            into: """
                dispensing.dispensing_line
                (consortium_id, dispensing_id, line_number, prescription_line, product_id, article_id, batch_id, batch_number,
                 expires_on, quantity)
                """,
            rows: record.lines.map { line in
                [
                    consortium, record.id, line.number, line.prescriptionLine, line.pick.product, line.pick.article,
                    line.pick.batch, line.pick.batchNumber, line.pick.expiresOn, line.pick.quantity,
                ]
            })
    }

    /// Locks a dispensing until the transaction ends, and reads it as it is then.
    ///
    /// - Throws: ``DispensingRefusal`` when there is no such dispensing.
    func locked(_ id: DispensingID) throws -> DispensingRecord {
        try transaction.execute(
            "SELECT 1 FROM dispensing.dispensing WHERE consortium_id = \(consortium) AND dispensing_id = \(id) FOR UPDATE")
        return try record(id)
    }

    /// - Throws: ``DispensingRefusal`` when there is no such dispensing.
    func record(_ id: DispensingID) throws -> DispensingRecord {
        let lines = try lines(of: id)
        let found = try transaction.first(
            """
            SELECT number, prescription_id, version, part, store_id, dispenser_id, movement_id, dispensed_at, dispensed_on,
                   self_checked, checks, retain_through
              FROM dispensing.dispensing WHERE consortium_id = \(consortium) AND dispensing_id = \(id)
            """
        ) { row in
            DispensingRecord(
                id: id, number: try row["number"], prescription: try row["prescription_id"], version: try row["version"],
                part: try row["part"], store: try row["store_id"], dispenser: try row["dispenser_id"], movement: try row["movement_id"],
                dispensedAt: try row["dispensed_at"], dispensedOn: try row["dispensed_on"],
                selfChecked: try row["self_checked"], checks: try row["checks"], retainThrough: try row["retain_through"],
                lines: lines)
        }
        guard let found else { throw DispensingRefusal(.dispensingUnknown, "dispensing \(id)") }
        return found
    }

    private func lines(of id: DispensingID) throws -> [DispensedLine] {
        try transaction.query(
            """
            SELECT line_number, prescription_line, product_id, article_id, batch_id, batch_number, expires_on, quantity, returned
              FROM dispensing.dispensing_line
             WHERE consortium_id = \(consortium) AND dispensing_id = \(id)
             ORDER BY line_number
            """
        ) { row in
            let pick = Pick(
                batch: try row["batch_id"], article: try row["article_id"], product: try row["product_id"],
                batchNumber: try row["batch_number"], expiresOn: try row["expires_on"], quantity: try row["quantity"])
            return DispensedLine(
                number: try row["line_number"], prescriptionLine: try row["prescription_line"], pick: pick,
                returned: try row["returned"])
        }
    }

    // MARK: - Returns

    func nextReturnNumber(year: Int) throws -> String {
        try transaction.documentNumber("TY", year: year, from: "SELECT nextval('dispensing.return_number') AS number")
    }

    /// - Throws: ``DispensingRefusal`` when the id is taken, or more comes back than was dispensed.
    func add(_ document: PatientReturn) throws {
        try refusing(
            "return_id_is_unique", as: DispensingRefusal(.documentIDTaken, "return \(document.id)", field: "returnID")
        ) {
            try transaction.execute(
                """
                INSERT INTO dispensing.patient_return
                       (consortium_id, return_id, number, dispensing_id, reason, explanation, receiver_id, returned_at)
                VALUES (\(consortium), \(document.id), \(document.number), \(document.dispensing), \(document.reason),
                        \(document.explanation), \(document.receiver), \(document.returnedAt))
                """)
        }
        try transaction.insert(
            into: """
                dispensing.patient_return_line
                (consortium_id, return_id, dispensing_id, line_number, quantity, returned_into)
                """,
            rows: document.lines.map { line in
                [consortium, document.id, document.dispensing, line.dispensedLine, line.quantity, line.into]
            })
        try refusing(
            "no_more_returns_than_was_dispensed",
            as: DispensingRefusal(.returnExceedsDispensed, "dispensing \(document.dispensing)", field: "lines")
        ) {
            for line in document.lines.sorted(by: { $0.dispensedLine < $1.dispensedLine }) {
                try transaction.execute(
                    """
                    UPDATE dispensing.dispensing_line SET returned = returned + \(line.quantity)
                     WHERE consortium_id = \(consortium) AND dispensing_id = \(document.dispensing)
                       AND line_number = \(line.dispensedLine)
                    """)
            }
        }
    }

    // MARK: - Sites

    func declare(_ facility: FacilityID, hasSinglePharmacist: Bool, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.facility_practice (consortium_id, facility_id, single_pharmacist, declared_by_id, declared_at)
            VALUES (\(consortium), \(facility), \(hasSinglePharmacist), \(person), \(now))
            ON CONFLICT (consortium_id, facility_id) DO UPDATE
               SET single_pharmacist = excluded.single_pharmacist, declared_by_id = excluded.declared_by_id,
                   declared_at = excluded.declared_at
            """)
    }

    func isSinglePharmacistSite(_ facility: FacilityID) throws -> Bool {
        try transaction.first(
            """
            SELECT single_pharmacist FROM dispensing.facility_practice
             WHERE consortium_id = \(consortium) AND facility_id = \(facility)
            """
        ) { try $0["single_pharmacist"] as Bool } ?? false
    }
}
