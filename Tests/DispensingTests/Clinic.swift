import Dispensing
import Formulary
import Foundation
import MedicationRules
import Identity
import Parties
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

/// The small consortium with a formulary in force, prescribers, pharmacists, a patient, and stock where a test puts it.
struct Clinic: Sendable {
    let database: TestDatabase
    let consortium: SmallConsortium
    let prescriber: Principal
    let otherPrescriber: Principal
    let pharmacist: Principal
    let otherPharmacist: Principal
    let patient: PatientID
    static let pepper = ResidentPepper(bytes: Array(repeating: 7, count: 32))
    static let today = Instant.ofTests.businessDay

    var dispenser: Principal { consortium.storekeepers[0] }
    var store: StoreID { consortium.pharmacies[0] }
    /// Amoxicillin, amlodipine, adrenaline, morphine.
    var products: [ProductID] { consortium.products }

    static func make(in database: TestDatabase, code: String = "small", levels: Set<FacilityLevel> = Set(FacilityLevel.allCases))
        async throws -> Clinic
    {
        let consortium = try await SmallConsortium.make(in: database, code: code)
        let people = try await consortium.addStaff(
            [("p1", .prescriber), ("p2", .prescriber), ("r1", .pharmacist), ("r2", .pharmacist)], in: database)
        let patient = PatientID(UUID())
        let clinic = Clinic(
            database: database, consortium: consortium, prescriber: people[0], otherPrescriber: people[1], pharmacist: people[2],
            otherPharmacist: people[3], patient: patient)
        try await consortium.publishFormulary(levels: levels, in: database)
        try await clinic.register(patient, name: "张三")
        for person in people.prefix(2) { try await clinic.registerKey(of: person) }
        return clinic
    }

    // MARK: - Signatures

    /// Each person has the same key in every run.
    static func signer(of person: Principal) throws -> SoftwareSigner {
        let seed = Array("\(person.consortium) \(person.person) signs prescriptions with this".utf8)
        let id = try #require(UUID(uuidString: "00000000-0000-4000-8000-\(String(1_000_000_000_000 + person.person.rawValue).suffix(12))"))
        return try #require(SoftwareSigner(key: SigningKeyID(id), seed: Array((seed + seed).prefix(32))))
    }

    func registerKey(of person: Principal) async throws {
        let registration = try Self.signer(of: person).registration(of: person.person, in: consortium.id)
        try await write { _ = try registration.run(in: $0, by: person, at: .ofTests) }
    }

    /// Declares what the consortium requires from now on.
    func declare(_ practice: ConsortiumPractice, at now: Instant = .ofTests) async throws {
        try await write { _ = try DeclarePractice(practice: practice).run(in: $0, by: consortium.officer, at: now) }
    }

    func register(_ id: PatientID, name: String, residentNumber: String? = nil) async throws {
        let pepper = try #require(Self.pepper)
        try await write { transaction in
            _ = try RegisterPatient(
                patient: id, name: name, sex: .unknown, birthOn: try #require(CalendarDate("1990-03-07")),
                residentNumber: residentNumber
            ).run(in: transaction, by: prescriber, at: .ofTests, pepper: pepper)
        }
    }

    /// Runs as the program does, seeing only this consortium.
    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (PrescriptionReadings) throws -> Value) async throws -> Value {
        let id = consortium.id
        return try await database.application.read(as: id.tenant) { try body(PrescriptionReadings($0, of: id)) }
    }

    // MARK: - Stock

    /// Puts base units of a product's batch into a store, the first pharmacy unless told.
    func stock(_ product: Int, _ quantity: BaseUnits, batch: String = "B1", expiresIn days: Int = 400, in place: StoreID? = nil)
        async throws
    {
        let line = BatchQuantity(
            batch: BatchKey(
                article: consortium.articles[product], product: products[product], batchNumber: batch,
                expiresOn: Self.today.adding(days: days)),
            quantity: quantity)
        let place = place ?? store
        try await write { transaction in
            _ = try ReceiveStock(store: place, lines: [line], document: "test \(batch)", requestID: UUID())
                .run(in: transaction, by: consortium.officer, at: .ofTests)
        }
    }

    func available(_ product: Int, in place: StoreID? = nil) async throws -> BaseUnits {
        let (place, id, product) = (place ?? store, consortium.id, products[product])
        return try await database.application.read(as: id.tenant) {
            try StockReadings($0).available(in: place, of: id, today: Self.today)[product] ?? .zero
        }
    }

    // MARK: - Prescriptions

    /// Two capsules three times a day for a week, or what is asked for.
    func line(_ product: Int = 0, quantity: BaseUnits = 42, dose: Int64 = 2, frequency: String = "tid", days: Int = 7) throws
        -> PrescriptionLine
    {
        PrescriptionLine(
            product: products[product], quantity: quantity, doseText: "\(dose)片", dose: DoseAmount(thousandths: dose * 1_000),
            frequency: try #require(DosingFrequency(code: frequency)), days: days)
    }

    func content(_ lines: [PrescriptionLine], validityDays: Int = 1, reason: String = "", records: [LongRecord] = [])
        -> PrescriptionContent
    {
        PrescriptionContent(
            diagnosisCode: "J18.9", diagnosis: "社区获得性肺炎", validityDays: validityDays, reason: reason, longRecords: records,
            lines: lines)
    }

    @discardableResult
    func issue(
        _ lines: [PrescriptionLine]? = nil, kind: PrescriptionKind = .ordinary, validityDays: Int = 1, reason: String = "",
        records: [LongRecord] = [], at now: Instant = .ofTests
    ) async throws -> PrescriptionID {
        let content = content(try lines ?? [line()], validityDays: validityDays, reason: reason, records: records)
        return try await issue(content, kind: kind, at: now)
    }

    /// Issues, signed by the prescriber.
    func issue(
        _ content: PrescriptionContent, kind: PrescriptionKind = .ordinary, patientIsWaiting: Bool = false,
        by person: Principal? = nil, at now: Instant = .ofTests
    ) async throws -> PrescriptionID {
        let id = PrescriptionID(UUID())
        let person = person ?? prescriber
        var issue = IssuePrescription(
            prescription: id, patient: patient, kind: kind, content: content, patientIsWaiting: patientIsWaiting)
        issue.signature = try Self.signer(of: person).signature(of: issue.canonical(by: person, at: now))
        let signed = issue
        try await write { _ = try signed.run(in: $0, by: person, at: now) }
        return id
    }

    /// Amends, signed by the prescriber.
    @discardableResult
    func amend(
        _ id: PrescriptionID, _ content: PrescriptionContent, by person: Principal? = nil, at now: Instant = .ofTests
    ) async throws -> Prescription {
        let person = person ?? prescriber
        return try await write { transaction in
            var amend = AmendPrescription(prescription: id, content: content)
            amend.signature = try Self.signer(of: person).signature(of: amend.canonical(in: transaction, by: person, at: now))
            return try amend.run(in: transaction, by: person, at: now)
        }
    }

    func review(
        _ id: PrescriptionID, _ decision: ReviewPrescription.Decision = .approve, by reviewer: Principal? = nil,
        at now: Instant = .ofTests
    )
        async throws
    {
        try await write { transaction in
            _ = try ReviewPrescription(prescription: id, decision: decision)
                .run(in: transaction, by: reviewer ?? pharmacist, at: now)
        }
    }

    func issueApproved(
        _ lines: [PrescriptionLine]? = nil, kind: PrescriptionKind = .ordinary, validityDays: Int = 1, records: [LongRecord] = []
    ) async throws -> PrescriptionID {
        let id = try await issue(lines, kind: kind, validityDays: validityDays, records: records)
        try await review(id)
        return id
    }

    @discardableResult
    func dispense(
        _ id: PrescriptionID, from place: StoreID? = nil, by person: Principal? = nil,
        as dispensing: DispensingID = DispensingID(UUID()),
        checks: [DispensingCheck] = DispensingCheck.allCases, selfChecked: Bool = false,
        lines: [HandOutLine]? = nil, isInstalment: Bool = false, preparation: PreparationID? = nil, scans: [TraceScan] = [],
        exemptions: [TraceExemption] = [], at now: Instant = .ofTests
    ) async throws -> DispensingRecord {
        let (place, person) = (place ?? store, person ?? dispenser)
        return try await write { transaction in
            var handOut = DispensePrescription(
                dispensing: dispensing, prescription: id, store: place, checks: checks, selfChecked: selfChecked, lines: lines,
                preparation: preparation, scans: scans, exemptions: exemptions)
            handOut.isInstalment = isInstalment
            return try handOut.run(in: transaction, by: person, at: now)
        }
    }

    func takeBack(
        _ dispensing: DispensingID, _ reason: ReturnReason = .quality, explanation: String = "铝箔破损",
        lines: [ReturnDispensed.Line], as id: PatientReturnID = PatientReturnID(UUID())
    ) async throws -> PatientReturn {
        try await write { transaction in
            try ReturnDispensed(
                patientReturn: id, dispensing: dispensing, reason: reason, explanation: explanation, lines: lines
            ).run(in: transaction, by: dispenser, at: .ofTests)
        }
    }
}

extension Instant {
    func later(days: Int) -> Instant { Instant(microseconds: microseconds + Int64(days) * 86_400_000_000) }
}
