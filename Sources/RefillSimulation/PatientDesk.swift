import Dispensing
import Foundation
import LongPrescriptions
import MedicationRules
import Postgres
import Primitives

/// What people do for patients: prescribe, review, begin a plan, follow up, hand out.
struct PatientDesk {
    let world: SimulatedWorld
    private static let courseDays = 84
    private static let instalmentDays = 28
    private let pepper: ResidentPepper
    /// For the ids of documents: what is tried in their order is the same in every run.
    private var random: SeededGenerator
    /// The plan of each patient, as it was seen last.
    private var plans: [Int: LongPlan] = [:]
    private var ids: [Int: PatientID] = [:]

    init(world: SimulatedWorld, pepper: ResidentPepper, random: SeededGenerator) {
        self.random = random
        self.world = world
        self.pepper = pepper
    }

    func plan(of patient: Int) -> LongPlan? { plans[patient] }

    mutating func keep(_ plan: LongPlan, of patient: Int) {
        plans[patient] = plan
        ids[patient] = plan.patient
    }

    /// The work of writing a long prescription, reviewing it and beginning its plan; of registering the patient too, when it is
    /// the first.
    mutating func prescribing(to patient: SimulatedPatient, at now: Instant) -> @Sendable (Transaction) throws -> LongPlan {
        let id = ids[patient.number] ?? PatientID(.version7(at: now, using: &random))
        let registration =
            ids[patient.number] == nil
            ? RegisterPatient(patient: id, name: "患者\(patient.number)", sex: .unknown, birthOn: CalendarDate(day: -5_000)) : nil
        let prescription = PrescriptionID(.version7(at: now, using: &random))
        let today = now.businessDay
        let content = content(for: patient)
        let start = StartLongPrescription(
            plan: LongPlanID(.version7(at: now, using: &random)), prescription: prescription, store: world.stores[patient.pharmacy],
            instalmentDays: Self.instalmentDays, assessment: Assessment(on: today, findings: "血压平稳"), followUpPlan: "每四周随访",
            consent: Consent(by: .patient, manner: .signature, givenOn: today),
            rules: EligibilityRules(catalogue: EligibilityCatalogue(chronicDiagnoses: ["I10"], exclusions: [])))
        let (world, pepper) = (world, pepper)
        return { transaction in
            _ = try registration?.run(in: transaction, by: world.prescriber, at: now, pepper: pepper)
            _ = try IssuePrescription(prescription: prescription, patient: id, kind: .long, content: content)
                .run(in: transaction, by: world.prescriber, at: now)
            _ = try ReviewPrescription(prescription: prescription, decision: .approve)
                .run(in: transaction, by: world.reviewer, at: now)
            return try start.run(in: transaction, by: world.prescriber, at: now, pepper: pepper)
        }
    }

    private func content(for patient: SimulatedPatient) -> PrescriptionContent {
        PrescriptionContent(
            diagnosisCode: SimulatedWorld.diagnosis.code, diagnosis: SimulatedWorld.diagnosis.name,
            validityDays: 3, longRecords: LongRecord.allCases,
            lines: patient.medicines.compactMap { medicine in
                DosingFrequency(code: medicine.perDay == 1 ? "qd" : "bid").map { frequency in
                    PrescriptionLine(
                        product: world.products[medicine.product], quantity: BaseUnits(Int64(Self.courseDays * medicine.perDay)),
                        doseText: "5mg（1片）", dose: DoseAmount(thousandths: 1_000), frequency: frequency, days: Self.courseDays)
                }
            })
    }

    /// The work of handing out the next instalment at the patient's pharmacy, after a follow-up where one is needed.
    mutating func collecting(
        for patient: SimulatedPatient, _ plan: LongPlan, at now: Instant
    ) -> @Sendable (Transaction) throws -> LongPlan {
        let (world, pepper, pharmacy) = (world, pepper, patient.pharmacy)
        let dispensing = DispensingID(.version7(at: now, using: &random))
        return { transaction in
            var current = try LongPrescriptionReadings(transaction, of: world.consortium).plan(plan.id)
            if current.state == .active, let next = current.next, current.needsFollowUp(next) {
                current = try RecordFollowUp(plan: plan.id, result: .goOn, findings: "血压平稳")
                    .run(in: transaction, by: world.prescriber, at: now)
            }
            let handOut = DispensePrescription(
                dispensing: dispensing, prescription: plan.prescription, store: world.stores[pharmacy],
                checks: DispensingCheck.allCases)
            return try CollectInstalment(
                plan: plan.id, instalment: current.next?.number ?? 0, collector: .patient, counselling: "按时服药", handOut: handOut
            ).run(in: transaction, by: world.dispensers[pharmacy], at: now, pepper: pepper)
        }
    }
}

extension LongPlan {
    /// How well the instalment that is next could be foreseen.
    var kindOfNext: SimulationTally.Kind {
        guard next?.number == 1 else { return .continued }
        return isFirst ? .begun : .renewed
    }
}
