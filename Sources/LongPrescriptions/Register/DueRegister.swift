import Postgres
public import Primitives

extension LongPrescriptionReadings {
    /// Instalments of active plans that are due on some days at a pharmacy and not collected yet, in the order of the days.
    public func due(
        at store: StoreID, from: CalendarDate, through: CalendarDate, after: InstalmentKey? = nil, limit: Int
    ) throws -> [RegisteredInstalment] {
        try registered(
            """
            plan.state = 'active' AND instalment.state = 'open' AND plan.store_id = \(store)
            AND instalment.due_on BETWEEN \(from) AND \(through)
            """, after: after, limit: limit)
    }

    /// Instalments of live plans at a pharmacy that were not collected in time and wait for a follow-up, oldest due first.
    public func missed(at store: StoreID, after: InstalmentKey? = nil, limit: Int) throws -> [RegisteredInstalment] {
        try registered(
            """
            plan.state IN ('active', 'alerted', 'suspended') AND instalment.state = 'missed' AND plan.store_id = \(store)
            """, after: after, limit: limit)
    }

    private func registered(_ which: SQL, after: InstalmentKey?, limit: Int) throws -> [RegisteredInstalment] {
        let later: SQL =
            after.map { "(due_on, plan_id, instalment_number) > (\($0.dueOn), \($0.plan), \($0.instalment))" } ?? "TRUE"
        return try transaction.query(
            """
            SELECT plan_id, prescription.number, plan.patient_id, patient.number AS patient_number,
                   patient.name AS patient_name, patient.phone_masked, instalment_number, due_on,
                   least(due_on + least(grace_days, days / 2), ends_on) AS closes_on, instalment.state,
                   CASE WHEN EXISTS (SELECT FROM long_prescriptions.reservation
                                      WHERE reservation.consortium_id = instalment.consortium_id
                                        AND reservation.plan_id = instalment.plan_id
                                        AND reservation.instalment_number = instalment.instalment_number AND reservation.is_open)
                        THEN 'reserved'
                        WHEN EXISTS (SELECT FROM long_prescriptions.shortfall
                                      WHERE shortfall.consortium_id = instalment.consortium_id
                                        AND shortfall.plan_id = instalment.plan_id
                                        AND shortfall.instalment_number = instalment.instalment_number)
                        THEN 'short' ELSE 'pending' END AS supply,
                   instalment.state = 'missed' OR (instalment_number > 1 AND due_on - assessed_on >= follow_up_days)
                       AS needs_follow_up
              FROM long_prescriptions.instalment
              JOIN long_prescriptions.plan USING (consortium_id, plan_id)
              JOIN dispensing.prescription USING (consortium_id, prescription_id)
              JOIN dispensing.patient ON patient.consortium_id = plan.consortium_id AND patient.patient_id = plan.patient_id
             WHERE plan.consortium_id = \(consortium) AND \(which) AND \(later)
             ORDER BY due_on, plan_id, instalment_number LIMIT \(limit)
            """
        ) { row in
            RegisteredInstalment(
                plan: try row["plan_id"], prescriptionNumber: try row["number"], patient: try row["patient_id"],
                patientNumber: try row["patient_number"], patientName: try row["patient_name"],
                phone: try row["phone_masked"], instalment: try row["instalment_number"], dueOn: try row["due_on"],
                closesOn: try row["closes_on"], state: try row["state"], supply: try row["supply"],
                needsFollowUp: try row["needs_follow_up"])
        }
    }

    /// Patients of a pharmacy whose supply ends through a day, or ended within four weeks before `today`, with nothing after
    /// it: no live plan that gives more, no further long prescription. In the order of the days.
    public func runningOut(
        at store: StoreID, through day: CalendarDate, today: CalendarDate, after: InstalmentKey? = nil, limit: Int
    ) throws -> [RunningOut] {
        let later: SQL = after.map { "(plan.supply_through, plan.plan_id) > (\($0.dueOn), \($0.plan))" } ?? "TRUE"
        return try transaction.query(
            """
            SELECT plan_id, prescription.number, plan.patient_id, patient.number AS patient_number,
                   patient.name AS patient_name, patient.phone_masked, plan.diagnosis_code, plan.state, plan.supply_through
              FROM long_prescriptions.plan
              JOIN dispensing.prescription USING (consortium_id, prescription_id)
              JOIN dispensing.patient ON patient.consortium_id = plan.consortium_id AND patient.patient_id = plan.patient_id
             WHERE plan.consortium_id = \(consortium) AND plan.store_id = \(store)
               AND plan.supply_through BETWEEN \(today.adding(days: -28)) AND \(day) AND \(later)
               AND NOT EXISTS (SELECT FROM long_prescriptions.instalment AS rest
                                WHERE rest.consortium_id = plan.consortium_id AND rest.plan_id = plan.plan_id
                                  AND rest.state IN ('open', 'missed'))
               AND NOT EXISTS (SELECT FROM long_prescriptions.plan AS other
                                WHERE other.consortium_id = plan.consortium_id AND other.patient_id = plan.patient_id
                                  AND other.plan_id <> plan.plan_id AND left(other.diagnosis_code, 3) = left(plan.diagnosis_code, 3)
                                  AND (other.state IN ('active', 'alerted', 'suspended')
                                       OR other.supply_through > plan.supply_through
                                       OR (other.supply_through = plan.supply_through AND other.started_at > plan.started_at)))
               AND NOT EXISTS (SELECT FROM dispensing.prescription AS further
                                WHERE further.consortium_id = plan.consortium_id AND further.patient_id = plan.patient_id
                                  AND further.kind = 'long' AND further.prescription_id <> plan.prescription_id
                                  AND further.state IN ('issued', 'approved', 'returned'))
             ORDER BY plan.supply_through, plan.plan_id LIMIT \(limit)
            """
        ) { row in
            RunningOut(
                plan: try row["plan_id"], prescriptionNumber: try row["number"], patient: try row["patient_id"],
                patientNumber: try row["patient_number"], patientName: try row["patient_name"],
                phone: try row["phone_masked"], diagnosisCode: try row["diagnosis_code"], state: try row["state"],
                supplyThrough: try row["supply_through"])
        }
    }
}
