import MedicationRules
import Postgres
import Primitives

/// What the prescriber wrote, version by version.
extension PrescriptionStore {
    static let contentColumns: SQL = """
        diagnosis_code, diagnosis, other_diagnoses, department_code, department_name, reason, purpose, long_records, herbal,
        encounter, override_reason, override_findings
        """

    func addVersion(
        _ version: Int, of id: PrescriptionID, _ content: PrescriptionContent, writtenOn: CalendarDate,
        validThrough: CalendarDate, override: PrescriptionOverride?, at now: Instant
    ) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.prescription_version
                   (consortium_id, prescription_id, version, diagnosis_code, diagnosis, other_diagnoses, department_code,
                    department_name, written_at, written_on, valid_through, reason, purpose, long_records, herbal, encounter,
                    override_reason, override_findings)
            VALUES (\(consortium), \(id), \(version), \(content.diagnosisCode), \(content.diagnosis),
                    \(try JSON(content.otherDiagnoses)), \(content.department?.code ?? ""), \(content.department?.name ?? ""),
                    \(now), \(writtenOn), \(validThrough), \(content.reason), \(content.purpose),
                    \(content.longRecords.map(\.rawValue)), \(try content.herbal.map(JSON.init)),
                    \(try content.encounter.map(JSON.init)), \(override?.reason ?? ""), \(override?.findings ?? []))
            """)
        try transaction.insert(
            into: """
                dispensing.prescription_line
                (consortium_id, prescription_id, version, line_number, product_id, quantity, dose_text, dose, route, frequency,
                 days, note, insurance)
                """,
            rows: try content.lines.enumerated().map { number, line in
                [
                    consortium, id, version, number + 1, line.product, line.quantity, line.doseText, line.dose, line.route,
                    line.frequency.code, line.days, line.note, try line.insurance.map(JSON.init),
                ]
            })
    }

    /// - Parameter row: with ``contentColumns``.
    static func content(
        _ row: Row, lines: [PrescriptionLine], from writtenOn: CalendarDate, through validThrough: CalendarDate
    ) throws -> PrescriptionContent {
        let department = Department(code: try row["department_code"], name: try row["department_name"])
        return PrescriptionContent(
            diagnosisCode: try row["diagnosis_code"], diagnosis: try row["diagnosis"],
            otherDiagnoses: try (row["other_diagnoses"] as JSON<[Diagnosis]>).value,
            department: department.name.isEmpty ? nil : department,
            validityDays: validThrough.days(since: writtenOn) + 1, reason: try row["reason"], purpose: try row["purpose"],
            longRecords: try row["long_records"], herbal: try (row["herbal"] as JSON<HerbalDirections>?)?.value,
            encounter: try (row["encounter"] as JSON<Encounter>?)?.value, lines: lines)
    }

    /// - Parameter row: with ``contentColumns``.
    static func override(_ row: Row) throws -> PrescriptionOverride? {
        let reason: String = try row["override_reason"]
        return reason.isEmpty ? nil : PrescriptionOverride(reason: reason, findings: try row["override_findings"])
    }

    /// The lines of the current version, and how much of each was handed out.
    func lines(of id: PrescriptionID) throws -> [(written: PrescriptionLine, handedOut: BaseUnits)] {
        try transaction.query(
            """
            SELECT product_id, quantity, dose_text, dose, route, frequency, days, note, insurance, handed_out
              FROM dispensing.prescription_line
              JOIN dispensing.prescription USING (consortium_id, prescription_id, version)
             WHERE consortium_id = \(consortium) AND prescription_id = \(id)
             ORDER BY line_number
            """
        ) { row in
            let line = PrescriptionLine(
                product: try row["product_id"], quantity: try row["quantity"], doseText: try row["dose_text"],
                dose: try row["dose"], route: try row["route"], frequency: try row["frequency"], days: try row["days"],
                note: try row["note"], insurance: try (row["insurance"] as JSON<LineInsurance>?)?.value)
            return (written: line, handedOut: try row["handed_out"])
        }
    }
}
