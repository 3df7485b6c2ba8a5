import Dispensing
import Formulary
import Foundation
import Identity
import MedicationRules
import Parties
import Postgres
import PrescriptionFlow
import Primitives
import StockLedger
import TestSupport
import Testing

/// The small consortium with three further township pharmacies, so that there are five, a formulary in force, a prescriber and a
/// pharmacist at the hospital, and a patient.
struct FlowWorld: Sendable {
    /// A pharmacy, its facility and who keeps and dispenses there.
    struct Pharmacy: Sendable {
        let store: StoreID
        let facility: FacilityID
        let keeper: Principal
    }

    let database: TestDatabase
    let small: SmallConsortium
    let prescriber: Principal
    let pharmacist: Principal
    let patient: PatientID
    let pharmacies: [Pharmacy]
    static let pepper = ResidentPepper(bytes: Array(repeating: 7, count: 32))
    static let today = Instant.ofTests.businessDay

    var officer: Principal { small.officer }
    /// Amoxicillin capsules, amlodipine tablets, adrenaline ampoules, morphine tablets.
    var products: [ProductID] { small.products }

    static func make(in database: TestDatabase) async throws -> FlowWorld {
        let small = try await SmallConsortium.make(in: database)
        let (people, further) = try await database.owner.write { transaction in
            let people = People(transaction)
            func person(_ code: String, _ facility: FacilityID, _ roles: [Role]) throws -> Principal {
                _ = try people.add(to: small.id, code: code, name: code, facility: facility, company: nil, roles: roles)
                return try #require(try people.person(code: code, of: small.id)).principal(in: small.id)
            }
            let parties = PartiesStore(transaction)
            let further = try (3...5).map { number in
                let facility = try #require(
                    try parties.addFacility(
                        to: small.id, code: "F\(number)", name: "\(number)镇卫生院", level: .township, role: .member, servesAs: ""))
                let store = try #require(
                    try parties.addStore(
                        to: small.id, facility: facility, code: "S\(number)", name: "\(number)号药房", kind: .pharmacy))
                return Pharmacy(
                    store: store, facility: facility,
                    keeper: try person("keeper\(number)", facility, [.storekeeper, .dispenser, .pharmacist]))
            }
            let clinicians = [
                try person("p", small.hospital, [.prescriber]), try person("r", small.hospital, [.pharmacist]),
            ]
            return (clinicians, further)
        }
        let first = (0..<2).map {
            Pharmacy(store: small.pharmacies[$0], facility: small.townships[$0], keeper: small.storekeepers[$0])
        }
        let world = FlowWorld(
            database: database, small: small, prescriber: people[0], pharmacist: people[1], patient: PatientID(UUID()),
            pharmacies: first + further)
        try await world.prepare()
        return world
    }

    private func prepare() async throws {
        try await small.publishFormulary(in: database)
        try await register(patient, name: "张三")
    }

    func register(_ id: PatientID, name: String) async throws {
        let pepper = try #require(Self.pepper)
        try await write { transaction in
            _ = try RegisterPatient(patient: id, name: name, sex: .unknown, birthOn: try #require(CalendarDate("1990-03-07")))
                .run(in: transaction, by: prescriber, at: .ofTests, pepper: pepper)
        }
    }

    /// Runs as the program does, seeing only this consortium.
    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: small.id.tenant, body)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.read(as: small.id.tenant, body)
    }

    // MARK: - Stock

    func stock(
        _ product: Int, _ quantity: BaseUnits, at place: Int, batch: String = "B1", expiresIn days: Int = 400
    ) async throws {
        try await stock(product, quantity, in: pharmacies[place].store, batch: batch, expiresIn: days)
    }

    func stock(
        _ product: Int, _ quantity: BaseUnits, in store: StoreID, batch: String = "B1", expiresIn days: Int = 400
    ) async throws {
        let line = BatchQuantity(
            batch: BatchKey(
                article: small.articles[product], product: products[product], batchNumber: batch,
                expiresOn: Self.today.adding(days: days)),
            quantity: quantity)
        try await write { transaction in
            _ = try ReceiveStock(store: store, lines: [line], document: "test", requestID: UUID())
                .run(in: transaction, by: officer, at: .ofTests)
        }
    }

    func available(_ product: Int, in store: StoreID) async throws -> BaseUnits {
        let (id, product) = (small.id, products[product])
        return try await read { try StockReadings($0).available(in: store, of: id, today: Self.today)[product] ?? .zero }
    }

    // MARK: - Prescriptions

    /// 42 units, two at a time, three times a day for a week, or what is asked for.
    func line(_ product: Int = 0, quantity: BaseUnits = 42, dose: Int64 = 2, frequency: String = "tid", days: Int = 7) throws
        -> PrescriptionLine
    {
        PrescriptionLine(
            product: products[product], quantity: quantity, doseText: "", dose: DoseAmount(thousandths: dose * 1_000),
            frequency: try #require(DosingFrequency(code: frequency)), days: days)
    }

    func issue(
        _ lines: [PrescriptionLine]? = nil, kind: PrescriptionKind = .ordinary, patient: PatientID? = nil, validityDays: Int = 1,
        at now: Instant = .ofTests
    ) async throws -> PrescriptionID {
        let content = PrescriptionContent(
            diagnosis: "社区获得性肺炎", validityDays: validityDays, longRecords: kind == .long ? LongRecord.allCases : [],
            lines: try lines ?? [line()])
        let id = PrescriptionID(UUID())
        try await write { transaction in
            _ = try IssuePrescription(prescription: id, patient: patient ?? self.patient, kind: kind, content: content)
                .run(in: transaction, by: prescriber, at: now)
        }
        return id
    }

    func approved(
        _ lines: [PrescriptionLine]? = nil, kind: PrescriptionKind = .ordinary, patient: PatientID? = nil, validityDays: Int = 1,
        at now: Instant = .ofTests
    ) async throws -> PrescriptionID {
        let id = try await issue(lines, kind: kind, patient: patient, validityDays: validityDays, at: now)
        try await write { transaction in
            _ = try ReviewPrescription(prescription: id, decision: .approve).run(in: transaction, by: pharmacist, at: now)
        }
        return id
    }

    /// - Parameter preparer: who prepares it, where two people must hand out.
    @discardableResult
    func dispense(_ id: PrescriptionID, at place: Int, lines: [HandOutLine]? = nil, preparedBy preparer: Principal? = nil)
        async throws -> DispensingRecord
    {
        let pharmacy = pharmacies[place]
        return try await write { transaction in
            let preparation = try preparer.map { preparer in
                try PreparePrescription(preparation: PreparationID(UUID()), prescription: id, store: pharmacy.store, lines: lines)
                    .run(in: transaction, by: preparer, at: .ofTests).id
            }
            return try DispensePrescription(
                dispensing: DispensingID(UUID()), prescription: id, store: pharmacy.store, checks: DispensingCheck.allCases,
                lines: lines, preparation: preparation
            ).run(in: transaction, by: pharmacy.keeper, at: .ofTests)
        }
    }

    func choose(_ place: Int?, for id: PrescriptionID) async throws {
        let store = place.map { pharmacies[$0].store }
        try await write {
            try ChoosePrescriptionPharmacy(prescription: id, store: store).run(in: $0, by: pharmacist, at: .ofTests)
        }
    }

    func offers(_ id: PrescriptionID, today: CalendarDate = Self.today) async throws -> PrescriptionOffers {
        let consortium = small.id
        return try await read { try PharmacyOffers($0, of: consortium).offers(id, today: today) }
    }
}
