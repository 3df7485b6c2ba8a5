public import Dispensing
public import Postgres
public import Primitives

/// An instalment in a register of a pharmacy.
public struct RegisteredInstalment: Sendable, Hashable, Codable {
    public enum Supply: String, StoredText, Codable, CaseIterable {
        /// Set aside.
        case reserved
        /// Tried, and something is short.
        case short
        /// Not yet looked for.
        case pending
    }

    public let plan: LongPlanID
    public let prescriptionNumber: String
    public let patient: PatientID
    public let patientNumber: String
    public let patientName: String
    /// Masked.
    public let phone: String
    public let instalment: Int
    public let dueOn: CalendarDate
    /// The last day on which it is collected.
    public let closesOn: CalendarDate
    public let state: InstalmentState
    public let supply: Supply
    public let needsFollowUp: Bool
}

/// A patient whose supply ends without anything after it.
public struct RunningOut: Sendable, Hashable, Codable {
    public let plan: LongPlanID
    public let prescriptionNumber: String
    public let patient: PatientID
    public let patientNumber: String
    public let patientName: String
    /// Masked.
    public let phone: String
    public let diagnosisCode: String
    public let state: PlanState
    /// The last day that what was collected covers.
    public let supplyThrough: CalendarDate
}

/// A plan in a list.
public struct PlanSummary: Sendable, Hashable, Codable {
    public let id: LongPlanID
    public let prescription: PrescriptionID
    public let prescriptionNumber: String
    public let patientNumber: String
    public let patientName: String
    public let store: StoreID
    public let state: PlanState
    public let startsOn: CalendarDate
    public let endsOn: CalendarDate
    public let supplyThrough: CalendarDate?
}

/// Who is due, who missed and who runs out; and a plan with its history.
public struct LongPrescriptionReadings {
    let transaction: Transaction
    let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: ``LongPrescriptionsRefusal`` when there is no such plan.
    public func plan(_ id: LongPlanID) throws -> LongPlan { try PlanStore(transaction, consortium).plan(id) }

    /// - Throws: ``LongPrescriptionsRefusal`` when the prescription has no plan.
    public func plan(of prescription: PrescriptionID) throws -> LongPlan {
        let store = PlanStore(transaction, consortium)
        guard let id = try store.plan(of: prescription) else {
            throw LongPrescriptionsRefusal(.planUnknown, "prescription \(prescription) has none")
        }
        return try store.plan(id)
    }

    /// What happened to a plan, oldest first.
    ///
    /// - Throws: ``LongPrescriptionsRefusal`` when there is no such plan.
    public func history(of id: LongPlanID) throws -> [PlanEvent] {
        _ = try plan(id)
        return try transaction.query(
            """
            SELECT event_number, kind, reason, words, person_id, occurred_on, recorded_at FROM long_prescriptions.plan_event
             WHERE consortium_id = \(consortium) AND plan_id = \(id) ORDER BY event_number
            """, PlanEvent.init)
    }

    /// Plans in a state, newest first.
    public func plans(_ state: PlanState, after: LongPlanID? = nil, limit: Int) throws -> [PlanSummary] {
        let earlier: SQL =
            after.map { after in
                """
                (started_at, plan_id) < (SELECT last.started_at, last.plan_id FROM long_prescriptions.plan AS last
                                          WHERE last.consortium_id = \(consortium) AND last.plan_id = \(after))
                """
            } ?? "TRUE"
        return try transaction.query(
            """
            SELECT plan_id, prescription_id, prescription.number, patient.number AS patient_number,
                   patient.name AS patient_name, store_id, plan.state, starts_on, ends_on, supply_through
              FROM long_prescriptions.plan
              JOIN dispensing.prescription USING (consortium_id, prescription_id)
              JOIN dispensing.patient ON patient.consortium_id = plan.consortium_id AND patient.patient_id = plan.patient_id
             WHERE plan.consortium_id = \(consortium) AND plan.state = \(state) AND \(earlier)
             ORDER BY started_at DESC, plan_id DESC LIMIT \(limit)
            """
        ) { row in
            PlanSummary(
                id: try row["plan_id"], prescription: try row["prescription_id"], prescriptionNumber: try row["number"],
                patientNumber: try row["patient_number"], patientName: try row["patient_name"], store: try row["store_id"],
                state: try row["state"], startsOn: try row["starts_on"], endsOn: try row["ends_on"],
                supplyThrough: try row["supply_through"])
        }
    }
}
