import Codes
public import Postgres
public import Primitives

/// A prescription in a list.
public struct PrescriptionSummary: Sendable, Hashable, Codable {
    public let id: PrescriptionID
    public let number: String
    public let patient: PatientID
    public let patientNumber: String
    public let patientName: String
    public let facility: FacilityID
    public let prescriber: PersonID
    public let kind: PrescriptionKind
    public let state: PrescriptionState
    public let version: Int
    public let diagnosis: String
    public let issuedAt: Instant
    public let validThrough: CalendarDate
    public let lines: Int
}

/// A dispensing in a list.
public struct DispensingSummary: Sendable, Hashable, Codable {
    public let id: DispensingID
    public let number: String
    public let prescription: PrescriptionID
    public let prescriptionNumber: String
    public let kind: PrescriptionKind
    public let dispenser: PersonID
    public let dispensedAt: Instant
    public let lines: Int
}

/// What pharmacists, dispensers and prescribers ask. Lists are read page by page, after the last row of the page before.
public struct PrescriptionReadings {
    let transaction: Transaction
    let consortium: ConsortiumID

    static let summaryColumns: SQL = """
        prescription_id, prescription.number, patient_id, patient.number AS patient_number, patient.name AS patient_name,
        facility_id, prescriber_id, kind, state, version, diagnosis, issued_at, valid_through,
        (SELECT count(*) FROM dispensing.prescription_line AS line
          WHERE line.consortium_id = prescription.consortium_id AND line.prescription_id = prescription.prescription_id
            AND line.version = prescription.version) AS lines
        """
    static let summaryTables: SQL = """
        dispensing.prescription
        JOIN dispensing.prescription_version USING (consortium_id, prescription_id, version)
        JOIN dispensing.patient USING (consortium_id, patient_id)
        """

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: ``DispensingRefusal`` when there is no such prescription.
    public func prescription(_ id: PrescriptionID) throws -> Prescription {
        try PrescriptionStore(transaction, consortium).prescription(id)
    }

    /// - Throws: ``DispensingRefusal`` when there is no such dispensing.
    public func dispensing(_ id: DispensingID) throws -> DispensingRecord {
        try DispensingStore(transaction, consortium).record(id)
    }

    /// The packs that are open in a store, first expiry first.
    public func openPacks(in store: StoreID, limit: Int) throws -> [OpenedPack] {
        try PackStore(transaction, consortium).open(in: store, limit: limit)
    }

    /// An opened pack with everything that was handed out of it.
    ///
    /// - Throws: ``DispensingRefusal`` when there is no such pack.
    public func subPackaging(_ id: OpenedPackID) throws -> SubPackagingRecord {
        let packs = PackStore(transaction, consortium)
        return SubPackagingRecord(pack: try packs.pack(id), uses: try packs.uses(of: id))
    }

    /// What is known of a box; `nil` when its code was never seen.
    public func box(_ code: String) throws -> TracedBox? { try TraceStore(transaction, consortium).box(code) }

    /// What is known of a scanned box.
    ///
    /// - Throws: ``DispensingRefusal`` when the scan is no trace code.
    public func box(scanned text: String, on today: CalendarDate) throws -> TracedBox? {
        try box(try TraceCode(scanned: text, on: today, field: "code").text)
    }

    /// Every prescription of a patient in the consortium, newest first.
    public func history(of patient: PatientID, after: PrescriptionID? = nil, limit: Int) throws -> [PrescriptionSummary] {
        let earlier: SQL =
            after.map { after in
                """
                (issued_at, prescription_id) < (
                    SELECT last.issued_at, last.prescription_id FROM dispensing.prescription AS last
                     WHERE last.consortium_id = \(consortium) AND last.prescription_id = \(after))
                """
            } ?? "TRUE"
        return try transaction.query(
            """
            SELECT \(Self.summaryColumns) FROM \(Self.summaryTables)
             WHERE consortium_id = \(consortium) AND patient_id = \(patient) AND \(earlier)
             ORDER BY issued_at DESC, prescription_id DESC LIMIT \(limit)
            """, PrescriptionSummary.init)
    }

    /// What a store handed out on some days, newest first.
    public func dispensings(
        of store: StoreID, from: CalendarDate, through: CalendarDate, after: DispensingID? = nil, limit: Int
    ) throws -> [DispensingSummary] {
        let earlier: SQL =
            after.map { after in
                """
                (dispensed_at, dispensing_id) < (
                    SELECT last.dispensed_at, last.dispensing_id FROM dispensing.dispensing AS last
                     WHERE last.consortium_id = \(consortium) AND last.dispensing_id = \(after))
                """
            } ?? "TRUE"
        return try transaction.query(
            """
            SELECT dispensing_id, dispensing.number, prescription_id, prescription.number AS prescription_number, kind,
                   dispenser_id, dispensed_at,
                   (SELECT count(*) FROM dispensing.dispensing_line AS line
                     WHERE line.consortium_id = dispensing.consortium_id AND line.dispensing_id = dispensing.dispensing_id)
                       AS lines
              FROM dispensing.dispensing
              JOIN dispensing.prescription USING (consortium_id, prescription_id)
             WHERE consortium_id = \(consortium) AND store_id = \(store) AND dispensed_on BETWEEN \(from) AND \(through)
               AND \(earlier)
             ORDER BY dispensed_at DESC, dispensing_id DESC LIMIT \(limit)
            """
        ) { row in
            DispensingSummary(
                id: try row["dispensing_id"], number: try row["number"], prescription: try row["prescription_id"],
                prescriptionNumber: try row["prescription_number"], kind: try row["kind"], dispenser: try row["dispenser_id"],
                dispensedAt: try row["dispensed_at"], lines: try row["lines"])
        }
    }
}

extension PrescriptionSummary {
    init(_ row: Row) throws {
        self.init(
            id: try row["prescription_id"], number: try row["number"], patient: try row["patient_id"],
            patientNumber: try row["patient_number"], patientName: try row["patient_name"], facility: try row["facility_id"],
            prescriber: try row["prescriber_id"], kind: try row["kind"], state: try row["state"], version: try row["version"],
            diagnosis: try row["diagnosis"], issuedAt: try row["issued_at"], validThrough: try row["valid_through"],
            lines: try row["lines"])
    }
}
