import Dispensing
import Formulary
import Foundation
import InsuranceUploads
import MedicationRules
import Outbox
import Parties
import PlatformExchange
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

/// The small consortium whose two townships are institutions of an insurer, with people who prescribe, review and dispense.
struct UploadWorld: Sendable {
    let database: TestDatabase
    let consortium: SmallConsortium
    let prescriber: Principal
    let pharmacist: Principal
    let patient: PatientID
    static let platform = "national-stock"
    static let codes = ["H33010200001", "H33010200002"]
    static let today = Instant.ofTests.businessDay

    var store: StoreID { consortium.pharmacies[0] }
    var officer: Principal { consortium.officer }

    static func make(in database: TestDatabase, address: String = "http://127.0.0.1:9", isRegistered: Bool = true) async throws
        -> UploadWorld
    {
        let consortium = try await SmallConsortium.make(in: database)
        let people = try await consortium.addStaff([("李医生", .prescriber), ("王药师", .pharmacist)], in: database)
        let world = UploadWorld(
            database: database, consortium: consortium, prescriber: people[0], pharmacist: people[1], patient: PatientID(UUID()))
        try await consortium.publishFormulary(in: database)
        try await database.owner.write { transaction in
            for (index, article) in consortium.articles.enumerated() {
                let code = "XA01ABD075A00201000\(index + 1)"
                try transaction.execute(
                    """
                    UPDATE formulary.article SET insurance_code = \(code), approval_number = \("国药准字H1000000\(index)")
                     WHERE article_id = \(article)
                    """)
            }
        }
        try await world.register(address: address, isRegistered: isRegistered)
        return world
    }

    private func register(address: String, isRegistered: Bool) async throws {
        let (officer, consortium, patient, prescriber) = (officer, consortium, patient, prescriber)
        let account = RegisteredAccount(
            platform: Self.platform, institution: "H33010200000", address: address,
            settings: [
                "division": "330102", "institution-name": "县人民医院", "receiver": "LY", "operator": "0001", "operator-name": "系统",
                "paas-id": "paas-1",
            ],
            secrets: "insurer", kinds: [.western], isActive: false)
        let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
        try await write { transaction in
            try RegisterAccount(account, known: [Self.platform]).run(in: transaction, by: officer, at: .ofTests)
            _ = try RegisterPatient(
                patient: patient, name: "张三丰", sex: .male, birthOn: Self.today.adding(days: -15_000), residentNumber: nil
            ).run(in: transaction, by: prescriber, at: .ofTests, pepper: pepper)
            guard isRegistered else { return }
            for (facility, code) in zip(consortium.townships, Self.codes) {
                try RegisterInstitution(Institution(facility: facility, platform: Self.platform, code: code, name: "卫生院\(code)"))
                    .run(in: transaction, by: officer, at: .ofTests)
            }
        }
    }

    /// An account at a platform that nobody answers for.
    func addAccount(_ platform: String) async throws {
        let (id, officer) = (consortium.id, officer)
        try await write { transaction in
            let known = try #require(try ExchangeReadings(transaction, of: id).accounts().first { $0.platform == Self.platform })
            let account = RegisteredAccount(
                platform: platform, institution: known.institution, address: "http://127.0.0.1:9", settings: known.settings,
                secrets: known.secrets, kinds: [.western], isActive: false)
            try RegisterAccount(account, known: [platform]).run(in: transaction, by: officer, at: .ofTests)
        }
    }

    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    @discardableResult
    func feed(limit: Int = 500) async throws -> FeedUploads.Outcome {
        let id = consortium.id
        return try await write { try FeedUploads(limit: limit).run(in: $0, for: id, at: .ofTests) }
    }

    // MARK: - The ledger

    /// Puts base units of an article's batch into a store.
    @discardableResult
    func receive(
        _ units: BaseUnits, of article: Int = 0, batch: String = "B1", in place: StoreID? = nil, from origin: Outside = .supplier
    )
        async throws -> MovementID
    {
        let line = BatchQuantity(
            batch: BatchKey(
                article: consortium.articles[article], product: consortium.products[article], batchNumber: batch,
                expiresOn: Self.today.adding(days: 400)),
            quantity: units)
        let (place, officer) = (place ?? store, officer)
        return try await write { transaction in
            try ReceiveStock(store: place, lines: [line], from: origin, document: "test \(batch)", requestID: UUID())
                .run(in: transaction, by: officer, at: .ofTests)
        }
    }

    @discardableResult
    func decide(_ decision: BatchDecision, _ batch: BatchID, _ units: BaseUnits, in place: StoreID? = nil) async throws
        -> MovementID
    {
        let (place, officer) = (place ?? store, officer)
        return try await write { transaction in
            try MoveBatches(
                store: place, decision: decision, lines: [BatchLine(batch: batch, quantity: units)], reason: "试验", requestID: UUID()
            ).run(in: transaction, by: officer, at: .ofTests)
        }
    }

    func batch(_ number: String = "B1", of article: Int = 0) async throws -> BatchID {
        let (id, article) = (consortium.id, consortium.articles[article])
        let found = try await write { transaction in
            try transaction.first(
                """
                SELECT batch_id FROM stock_ledger.batch
                 WHERE consortium_id = \(id) AND batch_number = \(number) AND article_id = \(article)
                """
            ) { try $0["batch_id"] as BatchID }
        }
        return try #require(found)
    }

    // MARK: - Patients

    /// Prescribes for a week, reviews and dispenses so many units, a multiple of fourteen, of a product in the first pharmacy.
    func dispense(_ product: Int = 0, _ units: BaseUnits) async throws -> DispensingRecord {
        let (id, patient, prescriber, pharmacist, store) = (PrescriptionID(UUID()), patient, prescriber, pharmacist, store)
        let dispenser = consortium.storekeepers[0]
        let line = PrescriptionLine(
            product: consortium.products[product], quantity: units, doseText: "片",
            dose: DoseAmount(thousandths: units.rawValue * 1_000 / 14),
            frequency: try #require(DosingFrequency(code: "bid")), days: 7)
        let content = PrescriptionContent(diagnosisCode: "J18.9", diagnosis: "社区获得性肺炎", lines: [line])
        return try await write { transaction in
            _ = try IssuePrescription(prescription: id, patient: patient, kind: .ordinary, content: content)
                .run(in: transaction, by: prescriber, at: .ofTests)
            _ = try ReviewPrescription(prescription: id, decision: .approve).run(in: transaction, by: pharmacist, at: .ofTests)
            return try DispensePrescription(
                dispensing: DispensingID(UUID()), prescription: id, store: store, checks: DispensingCheck.allCases
            ).run(in: transaction, by: dispenser, at: .ofTests)
        }
    }

    func takeBack(_ dispensing: DispensingRecord, _ units: BaseUnits) async throws {
        let dispenser = consortium.storekeepers[0]
        try await write { transaction in
            _ = try ReturnDispensed(
                patientReturn: PatientReturnID(UUID()), dispensing: dispensing.id, reason: .quality, explanation: "铝箔破损",
                lines: [.init(dispensedLine: 1, quantity: units, isUnopened: false)]
            ).run(in: transaction, by: dispenser, at: .ofTests)
        }
    }

    // MARK: - What was told

    struct Told: Sendable, Hashable {
        let kind: String
        let change: String
        let facility: FacilityID
        let units: Int64
        let quantity: Int64
        let hasOriginal: Bool
    }

    func told() async throws -> [Told] {
        let id = consortium.id
        return try await write { transaction in
            try transaction.query(
                """
                SELECT kind, coalesce(change, '') AS change, facility_id, units, quantity, original_id IS NOT NULL AS has_original
                  FROM insurance_uploads.record WHERE consortium_id = \(id) ORDER BY record_id
                """
            ) { row in
                Told(
                    kind: try row["kind"], change: try row["change"], facility: try row["facility_id"], units: try row["units"],
                    quantity: try row["quantity"], hasOriginal: try row["has_original"])
            }
        }
    }

    func messages() async throws -> [OutboxMessage] {
        let id = consortium.id
        return try await database.application.read(as: id.tenant) { transaction in
            let ids = try transaction.query("SELECT message_id FROM outbox.message ORDER BY message_id") {
                try $0["message_id"] as OutboxMessageID
            }
            return try ids.map { try OutboxReadings(transaction, of: id).message($0) }
        }
    }
}
