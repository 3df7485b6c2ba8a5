import Dispensing
import Foundation
public import LongPrescriptions
import MedicationRules
public import Postgres
public import Primitives
import StockLedger
import Testing

/// The small consortium with a physician, a pharmacist and patients whose long prescriptions have a plan, for modules that stand
/// above long prescriptions.
public struct PlanBench: Sendable {
    public let database: TestDatabase
    public let consortium: SmallConsortium
    /// An attending of cardiology at the county hospital.
    public let physician: Principal
    public let pharmacist: Principal
    /// Moves on only when a test says so.
    public var now = Instant.ofTests

    private struct Unmade: Error {}

    public var today: CalendarDate { now.businessDay }
    public var stores: [StoreID] { consortium.pharmacies }
    public var store: StoreID { stores[0] }
    /// Tablets of which one a day is prescribed.
    public var product: ProductID { consortium.products[1] }

    public static func make(in database: TestDatabase, code: String = "small") async throws -> PlanBench {
        let consortium = try await SmallConsortium.make(in: database, code: code)
        let people = try await consortium.addStaff([("p1", .prescriber), ("r1", .pharmacist)], in: database)
        try await consortium.publishFormulary(in: database)
        let bench = PlanBench(database: database, consortium: consortium, physician: people[0], pharmacist: people[1])
        try await bench.write { transaction in
            try DeclareQualification(
                person: people[0].person, qualification: PrescriberQualification(title: .attending, specialties: [.cardiology])
            ).run(in: transaction, by: consortium.officer, at: bench.now)
        }
        return bench
    }

    public func later(days: Int) -> PlanBench {
        var bench = self
        bench.now = Instant(microseconds: now.microseconds + Int64(days) * 86_400_000_000)
        return bench
    }

    /// Runs as the program does, seeing only this consortium.
    @discardableResult
    public func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    public func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.read(as: consortium.id.tenant, body)
    }

    /// Puts units of ``product`` into a store, the first pharmacy unless told.
    public func stock(_ quantity: BaseUnits, batch: String = "B1", expiresIn days: Int = 400, in place: StoreID? = nil) async throws {
        let line = BatchQuantity(
            batch: BatchKey(
                article: consortium.articles[1], product: product, batchNumber: batch, expiresOn: today.adding(days: days)),
            quantity: quantity)
        try await write { [store = place ?? store, officer = consortium.officer, now] transaction in
            _ = try ReceiveStock(store: store, lines: [line], document: "test \(batch)", requestID: UUID())
                .run(in: transaction, by: officer, at: now)
        }
    }

    /// A new patient with an approved prescription of one tablet a day and its plan, which begins today.
    public func plan(days: Int = 60, instalmentDays: Int = 20, at place: StoreID? = nil) async throws -> LongPlanID {
        let (patient, prescription, plan) = (PatientID(UUID()), PrescriptionID(UUID()), LongPlanID(UUID()))
        guard let daily = DosingFrequency(code: "qd"), let pepper = ResidentPepper(bytes: Array(repeating: 7, count: 32)),
            let birthOn = CalendarDate("1960-03-07")
        else { throw Unmade() }
        let content = PrescriptionContent(
            diagnosisCode: "I10.x00", diagnosis: "高血压", validityDays: 3, longRecords: LongRecord.allCases,
            lines: [
                PrescriptionLine(
                    product: product, quantity: BaseUnits(Int64(days)), doseText: "5mg (1片)",
                    dose: DoseAmount(thousandths: 1_000), frequency: daily, days: days)
            ])
        let begin = StartLongPrescription(
            plan: plan, prescription: prescription, store: place ?? store, instalmentDays: instalmentDays,
            assessment: Assessment(on: today, findings: "血压控制良好"), followUpPlan: "每4周随访，不适随诊",
            consent: Consent(by: .patient, manner: .signature, givenOn: today), rules: EligibilityRules(catalogue: .national))
        try await write { [now, physician, pharmacist] transaction in
            _ = try RegisterPatient(patient: patient, name: "张三", sex: .unknown, birthOn: birthOn, phone: "13800005678")
                .run(in: transaction, by: physician, at: now, pepper: pepper)
            _ = try IssuePrescription(prescription: prescription, patient: patient, kind: .long, content: content)
                .run(in: transaction, by: physician, at: now)
            _ = try ReviewPrescription(prescription: prescription, decision: .approve)
                .run(in: transaction, by: pharmacist, at: now)
            _ = try begin.run(in: transaction, by: physician, at: now, pepper: pepper)
        }
        return plan
    }

    /// Sets aside what is due, as the upkeep does.
    public func reserve() async throws {
        try await write { [now, consortium] transaction in
            _ = try ReserveDueInstalments().run(in: transaction, of: consortium.id, at: now)
        }
    }
}

public func withPlanBench(_ body: (PlanBench) async throws -> Void) async throws {
    try await withTestDatabase { database in try await body(try await PlanBench.make(in: database)) }
}
