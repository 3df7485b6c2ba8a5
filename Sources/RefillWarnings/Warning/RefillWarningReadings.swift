import Identity
public import LongPrescriptions
public import Postgres
public import Primitives

/// Which open warnings a list shows; `nil` does not ask.
public struct RefillWarningFilter: Sendable, Hashable {
    public var store: StoreID?
    public var product: ProductID?

    public init(store: StoreID? = nil, product: ProductID? = nil) {
        self.store = store
        self.product = product
    }
}

/// What is short for instalments, and where. A facility's people see the warnings of its stores; patients are shown to those
/// who see them in other registers.
public struct RefillWarningReadings {
    /// Who sees whose instalment it is.
    private static let patientReaders: Set<Role> = [.prescriber, .pharmacist, .dispenser, .supervisor, .auditor]

    let transaction: Transaction
    let principal: Principal

    public init(_ transaction: Transaction, for principal: Principal) {
        self.transaction = transaction
        self.principal = principal
    }

    var consortium: ConsortiumID { principal.consortium }

    /// Open warnings, soonest due first, after one of them.
    ///
    /// - Parameter after: due day and number of the last one of the page before.
    public func open(
        _ filter: RefillWarningFilter, after: (dueOn: CalendarDate, id: RefillWarningID)? = nil, limit: Int
    ) throws -> [RefillWarning] {
        let later: SQL = after.map { "(warning.due_on, warning.warning_id) > (\($0.dueOn), \($0.id))" } ?? "TRUE"
        return try warnings(
            "\(visible(filter)) AND \(later) ORDER BY warning.due_on, warning.warning_id LIMIT \(limit)")
    }

    /// Every warning there was for a plan, newest first, resolved ones included.
    ///
    /// - Throws: `LongPrescriptionsRefusal` when there is no such plan.
    public func history(of plan: LongPlanID) throws -> [RefillWarning] {
        _ = try LongPrescriptionReadings(transaction, of: consortium).plan(plan)
        return try warnings(
            "warning.consortium_id = \(consortium) AND warning.plan_id = \(plan) ORDER BY warning.warning_id DESC")
    }

    /// Open warnings that the principal may see.
    func visible(_ filter: RefillWarningFilter) -> SQL {
        var conditions: [SQL] = ["warning.consortium_id = \(consortium)", "warning.resolved_at IS NULL"]
        if !principal.seesWholeConsortium { conditions.append("store.facility_id = \(principal.facility)") }
        if let store = filter.store { conditions.append("warning.store_id = \(store)") }
        if let product = filter.product { conditions.append("warning.product_id = \(product)") }
        return SQL.all(conditions)
    }

    private func warnings(_ which: SQL) throws -> [RefillWarning] {
        let showsPatients = !principal.roles.isDisjoint(with: Self.patientReaders)
        return try transaction.query(
            """
            SELECT warning.warning_id, warning.plan_id, warning.instalment_number, warning.store_id, store.name AS store_name,
                   warning.product_id, product.code, product.generic_name, product.strength, product.base_unit,
                   warning.quantity, warning.missing, warning.due_on, warning.runs_out_on, warning.raised_at,
                   warning.resolved_at, warning.resolution, prescription.number, patient.number AS patient_number,
                   patient.name AS patient_name, patient.phone_masked
              FROM refill_warnings.warning
              JOIN parties.store USING (consortium_id, store_id)
              JOIN formulary.product USING (product_id)
              JOIN long_prescriptions.plan ON plan.consortium_id = warning.consortium_id AND plan.plan_id = warning.plan_id
              JOIN dispensing.prescription
                ON prescription.consortium_id = plan.consortium_id AND prescription.prescription_id = plan.prescription_id
              JOIN dispensing.patient ON patient.consortium_id = plan.consortium_id AND patient.patient_id = plan.patient_id
             WHERE \(which)
            """
        ) { row in
            let patient = WarnedPatient(
                prescriptionNumber: try row["number"], number: try row["patient_number"], name: try row["patient_name"],
                phone: try row["phone_masked"])
            return RefillWarning(
                id: try row["warning_id"], plan: try row["plan_id"], instalment: try row["instalment_number"],
                store: try row["store_id"], storeName: try row["store_name"], product: try WarnedProduct(row),
                quantity: try row["quantity"], missing: try row["missing"], dueOn: try row["due_on"],
                runsOutOn: try row["runs_out_on"], raisedAt: try row["raised_at"], resolvedAt: try row["resolved_at"],
                resolution: try row["resolution"], patient: showsPatients ? patient : nil)
        }
    }
}

extension WarnedProduct {
    init(_ row: Row) throws {
        self.init(
            id: try row["product_id"], code: try row["code"], genericName: try row["generic_name"],
            strength: try row["strength"], baseUnit: try row["base_unit"])
    }
}
