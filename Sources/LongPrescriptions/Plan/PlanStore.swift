import Dispensing
import Postgres
import Primitives

/// The SQL statements that write plans, and read one.
struct PlanStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Writing

    /// - Throws: ``LongPrescriptionsRefusal`` when the id is taken, or the version has a plan.
    func add(_ plan: LongPlan, proxies: [IdentifiedProxy], by principal: Principal) throws {
        try refusing("plan_id_is_unique", as: LongPrescriptionsRefusal(.documentIDTaken, "plan \(plan.id)", field: "plan")) {
            try refusing(
                "version_of_a_prescription_has_one_plan",
                as: LongPrescriptionsRefusal(.planExists, plan.prescriptionNumber)
            ) {
                try transaction.execute(
                    """
                    INSERT INTO long_prescriptions.plan
                           (consortium_id, plan_id, prescription_id, version, patient_id, store_id, state, is_first,
                            diagnosis_code, starts_on, ends_on, early_days, grace_days, follow_up_days, assessed_on, assessment,
                            follow_up_plan, consent_by, consent_manner, consented_on, started_by_id, started_at)
                    VALUES (\(consortium), \(plan.id), \(plan.prescription), \(plan.version), \(plan.patient), \(plan.store),
                            \(plan.state), \(plan.isFirst), \(plan.diagnosisCode), \(plan.startsOn), \(plan.endsOn),
                            \(plan.earlyDays), \(plan.graceDays), \(plan.followUpDays), \(plan.assessedOn), \(plan.assessment),
                            \(plan.followUpPlan), \(plan.consent.by), \(plan.consent.manner), \(plan.consent.givenOn),
                            \(plan.startedBy), \(plan.startedAt))
                    """)
            }
        }
        for proxy in proxies { try add(proxy, to: plan.id, by: principal, at: plan.startedAt) }
        try transaction.insert(
            into: "long_prescriptions.instalment (consortium_id, plan_id, instalment_number, due_on, days, state)",
            rows: plan.instalments.map { [consortium, plan.id, $0.number, $0.dueOn, $0.days, $0.state] })
        try transaction.insert(
            into: """
                long_prescriptions.instalment_line
                (consortium_id, plan_id, instalment_number, line_number, product_id, quantity)
                """,
            rows: plan.instalments.flatMap { instalment in
                instalment.lines.map { [consortium, plan.id, instalment.number, $0.line, $0.product, $0.quantity] }
            })
    }

    /// - Throws: ``LongPrescriptionsRefusal`` when the proxy is named already.
    func add(_ proxy: IdentifiedProxy, to plan: LongPlanID, by principal: Principal, at now: Instant) throws {
        try refusing(
            "proxy_is_named_once",
            as: LongPrescriptionsRefusal(.proxyInvalid, "\(proxy.proxy.residentMasked) is named already", field: "residentNumber")
        ) {
            try transaction.execute(
                """
                INSERT INTO long_prescriptions.proxy
                       (consortium_id, plan_id, proxy_number, name, relation, resident_digest, resident_masked, named_by_id,
                        named_at)
                VALUES (\(consortium), \(plan), \(proxy.proxy.number), \(proxy.proxy.name), \(proxy.proxy.relation),
                        \(proxy.digest), \(proxy.proxy.residentMasked), \(principal.person), \(now))
                """)
        }
    }

    func set(_ state: PlanState, of plan: LongPlanID) throws {
        try transaction.execute(
            """
            UPDATE long_prescriptions.plan SET state = \(state) WHERE consortium_id = \(consortium) AND plan_id = \(plan)
            """)
    }

    func set(pharmacy: StoreID, of plan: LongPlanID) throws {
        try transaction.execute(
            """
            UPDATE long_prescriptions.plan SET store_id = \(pharmacy) WHERE consortium_id = \(consortium) AND plan_id = \(plan)
            """)
    }

    func set(assessedOn day: CalendarDate, of plan: LongPlanID) throws {
        try transaction.execute(
            """
            UPDATE long_prescriptions.plan SET assessed_on = \(day) WHERE consortium_id = \(consortium) AND plan_id = \(plan)
            """)
    }

    func set(supplyThrough day: CalendarDate?, of plan: LongPlanID) throws {
        try transaction.execute(
            """
            UPDATE long_prescriptions.plan SET supply_through = \(day) WHERE consortium_id = \(consortium) AND plan_id = \(plan)
            """)
    }

    /// Appends to the plan's history.
    ///
    /// - Parameter person: `nil` when time alone did it.
    func note(
        _ kind: PlanEvent.Kind, of plan: LongPlanID, reason: StopReason? = nil, words: String = "", by person: PersonID?,
        at now: Instant
    ) throws {
        try transaction.execute(
            """
            INSERT INTO long_prescriptions.plan_event
                   (consortium_id, plan_id, event_number, kind, reason, words, person_id, occurred_on, recorded_at)
            SELECT \(consortium), \(plan), coalesce(max(event_number), 0) + 1, \(kind), \(reason), \(words), \(person),
                   \(now.businessDay), \(now)
              FROM long_prescriptions.plan_event WHERE consortium_id = \(consortium) AND plan_id = \(plan)
            """)
    }

    // MARK: - Reading

    /// Locks a prescription until the transaction ends.
    func lock(_ prescription: PrescriptionID) throws {
        try transaction.execute(
            """
            SELECT 1 FROM dispensing.prescription
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription) FOR UPDATE
            """)
    }

    /// Locks a plan and its prescription until the transaction ends, and reads the plan as it is then. The prescription comes
    /// first, as handing it out locks it first.
    ///
    /// - Throws: ``LongPrescriptionsRefusal`` when there is no such plan.
    func locked(_ id: LongPlanID) throws -> LongPlan {
        try transaction.execute(
            """
            SELECT 1 FROM dispensing.prescription
             WHERE consortium_id = \(consortium) AND prescription_id = (
                   SELECT prescription_id FROM long_prescriptions.plan WHERE consortium_id = \(consortium) AND plan_id = \(id))
               FOR UPDATE
            """)
        try transaction.execute(
            "SELECT 1 FROM long_prescriptions.plan WHERE consortium_id = \(consortium) AND plan_id = \(id) FOR UPDATE")
        return try plan(id)
    }

    /// - Throws: ``LongPrescriptionsRefusal`` when there is no such plan.
    func plan(_ id: LongPlanID) throws -> LongPlan {
        let (instalments, proxies) = (try instalments(of: id), try proxies(of: id))
        let found = try transaction.first(
            """
            SELECT prescription_id, prescription.number, plan.version, plan.patient_id, store_id, plan.state, is_first,
                   diagnosis_code, starts_on, ends_on, early_days, grace_days, follow_up_days, assessed_on, assessment,
                   follow_up_plan, consent_by, consent_manner, consented_on, supply_through, started_by_id, started_at
              FROM long_prescriptions.plan
              JOIN dispensing.prescription USING (consortium_id, prescription_id)
             WHERE consortium_id = \(consortium) AND plan_id = \(id)
            """
        ) { row in
            LongPlan(
                id: id, prescription: try row["prescription_id"], prescriptionNumber: try row["number"],
                version: try row["version"], patient: try row["patient_id"], store: try row["store_id"],
                state: try row["state"], isFirst: try row["is_first"], diagnosisCode: try row["diagnosis_code"],
                startsOn: try row["starts_on"], endsOn: try row["ends_on"], earlyDays: try row["early_days"],
                graceDays: try row["grace_days"], followUpDays: try row["follow_up_days"], assessedOn: try row["assessed_on"],
                assessment: try row["assessment"], followUpPlan: try row["follow_up_plan"],
                consent: Consent(
                    by: try row["consent_by"], manner: try row["consent_manner"], givenOn: try row["consented_on"]),
                proxies: proxies, supplyThrough: try row["supply_through"], startedBy: try row["started_by_id"],
                startedAt: try row["started_at"], instalments: instalments)
        }
        guard let found else { throw LongPrescriptionsRefusal(.planUnknown, "plan \(id)") }
        return found
    }

    /// The plan of a prescription that has not been superseded, if there is one.
    func plan(of prescription: PrescriptionID) throws -> LongPlanID? {
        try transaction.first(
            """
            SELECT plan_id FROM long_prescriptions.plan
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription) AND state <> 'superseded'
            """
        ) { try $0["plan_id"] }
    }

    private func instalments(of plan: LongPlanID) throws -> [Instalment] {
        let lines = try transaction.query(
            """
            SELECT instalment_number, line_number, product_id, quantity FROM long_prescriptions.instalment_line
             WHERE consortium_id = \(consortium) AND plan_id = \(plan) ORDER BY instalment_number, line_number
            """
        ) { row in
            (
                try row["instalment_number"] as Int,
                InstalmentLine(line: try row["line_number"], product: try row["product_id"], quantity: try row["quantity"])
            )
        }
        let byNumber = Dictionary(grouping: lines, by: \.0).mapValues { $0.map(\.1) }
        return try transaction.query(
            """
            SELECT instalment_number, due_on, days, state, missed_on, collected_on, store_id FROM long_prescriptions.instalment
             WHERE consortium_id = \(consortium) AND plan_id = \(plan) ORDER BY instalment_number
            """
        ) { row in
            let number: Int = try row["instalment_number"]
            return Instalment(
                number: number, dueOn: try row["due_on"], days: try row["days"], state: try row["state"],
                missedOn: try row["missed_on"], collectedOn: try row["collected_on"], store: try row["store_id"],
                lines: byNumber[number] ?? [])
        }
    }

    private func proxies(of plan: LongPlanID) throws -> [Proxy] {
        try transaction.query(
            """
            SELECT proxy_number, name, relation, resident_masked FROM long_prescriptions.proxy
             WHERE consortium_id = \(consortium) AND plan_id = \(plan) ORDER BY proxy_number
            """
        ) { row in
            Proxy(
                number: try row["proxy_number"], name: try row["name"], relation: try row["relation"],
                residentMasked: try row["resident_masked"])
        }
    }

    /// The number of the plan's proxy whose resident number has a digest.
    func proxy(of plan: LongPlanID, digest: Bytes) throws -> Int? {
        try transaction.first(
            """
            SELECT proxy_number FROM long_prescriptions.proxy
             WHERE consortium_id = \(consortium) AND plan_id = \(plan) AND resident_digest = \(digest)
            """
        ) { try $0["proxy_number"] }
    }

    /// Whether the patient collected something on an earlier plan for a category of diagnoses.
    func hasEarlier(_ patient: PatientID, category: DiagnosisCategory, except: PrescriptionID) throws -> Bool {
        try transaction.first(
            """
            SELECT EXISTS (SELECT FROM long_prescriptions.plan
                            WHERE consortium_id = \(consortium) AND patient_id = \(patient)
                              AND upper(left(diagnosis_code, 3)) = \(category.text) AND supply_through IS NOT NULL
                              AND prescription_id <> \(except)) AS has
            """
        ) { try $0["has"] as Bool } ?? false
    }
}
