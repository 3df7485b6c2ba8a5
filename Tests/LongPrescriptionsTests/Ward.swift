import Dispensing
import Formulary
import Foundation
import Identity
import MedicationRules
import Parties
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import LongPrescriptions

/// The small consortium with physicians, a pharmacist, a patient with hypertension, and stock where a test puts it.
struct Ward: Sendable {
    let database: TestDatabase
    let consortium: SmallConsortium
    /// An attending of cardiology at the county hospital.
    let physician: Principal
    /// A prescriber of a township without a declared title.
    let township: Principal
    let pharmacist: Principal
    let patient: PatientID
    /// Moves on only when a test says so.
    var now = Instant.ofTests
    /// What writes go through, when it is not the database's own connections.
    var connections: Database?

    static let pepper = ResidentPepper(bytes: Array(repeating: 7, count: 32))
    static let rules = EligibilityRules(catalogue: .national)
    static let proxyNumber = "110101199003070134"

    var today: CalendarDate { now.businessDay }
    var stores: [StoreID] { consortium.pharmacies }
    var store: StoreID { stores[0] }
    var products: [ProductID] { consortium.products }

    static func make(in database: TestDatabase, code: String = "small") async throws -> Ward {
        let consortium = try await SmallConsortium.make(in: database, code: code)
        let people = try await consortium.addStaff([("p1", .prescriber), ("r1", .pharmacist)], in: database)
        let township = try await consortium.addStaff([("p2", .prescriber)], at: consortium.townships[0], in: database)
        let ward = Ward(
            database: database, consortium: consortium, physician: people[0], township: township[0], pharmacist: people[1],
            patient: PatientID(UUID()))
        try await consortium.publishFormulary(in: database)
        try await ward.register(ward.patient)
        try await ward.qualify(ward.physician, .attending, [.cardiology])
        return ward
    }

    func later(days: Int) -> Ward {
        var ward = self
        ward.now = Instant(microseconds: now.microseconds + Int64(days) * 86_400_000_000)
        return ward
    }

    func on(_ connections: Database) -> Ward {
        var ward = self
        ward.connections = connections
        return ward
    }

    func register(_ id: PatientID, name: String = "张三") async throws {
        let pepper = try #require(Self.pepper)
        try await write { transaction in
            _ = try RegisterPatient(
                patient: id, name: name, sex: .unknown, birthOn: try #require(CalendarDate("1960-03-07")), phone: "13800005678"
            ).run(in: transaction, by: physician, at: now, pepper: pepper)
        }
    }

    func qualify(_ person: Principal, _ title: PhysicianTitle, _ specialties: [Specialty]) async throws {
        try await write { transaction in
            try DeclareQualification(
                person: person.person, qualification: PrescriberQualification(title: title, specialties: specialties)
            ).run(in: transaction, by: consortium.officer, at: now)
        }
    }

    /// Runs as the program does, seeing only this consortium.
    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await (connections ?? database.application).write(as: consortium.id.tenant, body)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (LongPrescriptionReadings) throws -> Value) async throws -> Value {
        let id = consortium.id
        return try await database.application.read(as: id.tenant) { try body(LongPrescriptionReadings($0, of: id)) }
    }

    // MARK: - Stock

    func stock(_ product: Int, _ quantity: BaseUnits, batch: String = "B1", expiresIn days: Int = 400, in place: StoreID? = nil)
        async throws
    {
        let line = BatchQuantity(
            batch: BatchKey(
                article: consortium.articles[product], product: products[product], batchNumber: batch,
                expiresOn: today.adding(days: days)),
            quantity: quantity)
        let place = place ?? store
        try await write { transaction in
            _ = try ReceiveStock(store: place, lines: [line], document: "test \(batch)", requestID: UUID())
                .run(in: transaction, by: consortium.officer, at: now)
        }
    }

    /// What a store holds of a product, by state.
    func held(_ product: Int, in place: StoreID? = nil) async throws -> [InsideState: BaseUnits] {
        let (place, id, product, today) = (place ?? store, consortium.id, products[product], today)
        let lines = try await database.application.read(as: id.tenant) {
            try StockReadings($0).stock(in: place, of: id, asOf: today, product: product)
        }
        return Dictionary(lines.map { ($0.state, $0.quantity) }, uniquingKeysWith: +)
    }

    // MARK: - Prescriptions

    /// One tablet of amlodipine a day, or what is asked for.
    func line(_ product: Int = 1, days: Int = 84, quantity: BaseUnits? = nil) throws -> PrescriptionLine {
        PrescriptionLine(
            product: products[product], quantity: quantity ?? BaseUnits(Int64(days)), doseText: "5mg (1片)",
            dose: DoseAmount(thousandths: 1_000), frequency: try #require(DosingFrequency(code: "qd")), days: days)
    }

    @discardableResult
    func issue(
        _ lines: [PrescriptionLine]? = nil, kind: PrescriptionKind = .long, code: String = "I10.x00", patient: PatientID? = nil,
        by prescriber: Principal? = nil, records: [LongRecord] = LongRecord.allCases
    ) async throws -> PrescriptionID {
        let content = PrescriptionContent(
            diagnosisCode: code, diagnosis: "高血压", validityDays: 3, longRecords: kind == .long ? records : [],
            lines: try lines ?? [line()])
        let (id, patient, prescriber) = (PrescriptionID(UUID()), patient ?? self.patient, prescriber ?? physician)
        try await write { transaction in
            _ = try IssuePrescription(prescription: id, patient: patient, kind: kind, content: content)
                .run(in: transaction, by: prescriber, at: now)
        }
        return id
    }

    func review(_ id: PrescriptionID, _ decision: ReviewPrescription.Decision = .approve) async throws {
        try await write { transaction in
            _ = try ReviewPrescription(prescription: id, decision: decision).run(in: transaction, by: pharmacist, at: now)
        }
    }

    func issueApproved(
        _ lines: [PrescriptionLine]? = nil, kind: PrescriptionKind = .long, code: String = "I10.x00", patient: PatientID? = nil
    ) async throws -> PrescriptionID {
        let id = try await issue(lines, kind: kind, code: code, patient: patient)
        try await review(id)
        return id
    }
}

func withWard(_ body: (Ward) async throws -> Void) async throws {
    try await withTestDatabase { database in try await body(try await Ward.make(in: database)) }
}
