import Curl
import Dispensing
import Formulary
import Foundation
import Identity
import MedicationRules
import Outbox
import Parties
import PlatformExchange
import PlatformMessages
import PlatformSimulator
import Postgres
import PrescriptionUploads
import Primitives
import ShangMi
import TestSupport
import Testing

/// The small consortium with a prescriber, a pharmacist and a patient at the hospital, whose insurer has a simulated service hall.
struct UploadWorld: Sendable {
    let database: TestDatabase
    let small: SmallConsortium
    let simulator: PlatformSimulator
    let prescriber: Principal
    let pharmacist: Principal
    let patient: PatientID
    /// PEM; made anew for each test.
    let privateKey: String

    static let platform = "national-prescriptions"
    static let application = "DEMOAPPID0000001"
    static let secret = "0123456789ABCDEFFEDCBA9876543210"
    static let name = "张三丰"
    static let residentNumber = "110101199003070134"
    static let credential = UploadCredential(kind: .residentCard, number: residentNumber, residentNumber: residentNumber)

    /// - Parameter script: which answers are lost, or otherwise wrong.
    static func with(
        script: [ScriptedFault] = [], faults: [SimulatorFault: Int] = [:], hasCodes: Bool = true,
        _ body: (UploadWorld) async throws -> Void
    ) async throws {
        let (own, hall) = (try SM2PrivateKey.generate(), try SM2PrivateKey.generate())
        var options = SimulatorOptions()
        options.hall.application = application
        options.hall.secret = secret
        options.hall.callersKey = own.publicKey
        options.hall.ownKey = hall
        options.script = script
        options.faults = faults
        options.faultDetails.slowMilliseconds = 1
        let simulator = PlatformSimulator(options)
        let port = try await simulator.start()
        do {
            try await withTestDatabase { database in
                let world = try await make(in: database, simulator, port: port, own: own.pem(), hall: hall.publicKey)
                if hasCodes { try await world.declareCodes() }
                try await body(world)
            }
        } catch {
            await simulator.stop()
            throw error
        }
        await simulator.stop()
    }

    private static func make(
        in database: TestDatabase, _ simulator: PlatformSimulator, port: Int, own: String, hall: SM2PublicKey
    ) async throws -> UploadWorld {
        let small = try await SmallConsortium.make(in: database)
        let staff = try await small.addStaff([("医师甲", .prescriber), ("药师乙", .pharmacist)], in: database)
        try await small.publishFormulary(in: database)
        _ = try await database.owner.write { transaction in
            try transaction.execute(
                """
                INSERT INTO formulary.order_frequency (code, chinese, english, cycle_hours, times_per_cycle)
                VALUES ('tid', '每日三次', 'three times a day', 24, 3) ON CONFLICT DO NOTHING
                """)
            return try transaction.execute(
                "UPDATE formulary.article SET insurance_code = 'XJ01CAA040E001010100001' WHERE article_id = \(small.articles[0])")
        }
        let world = UploadWorld(
            database: database, small: small, simulator: simulator, prescriber: staff[0], pharmacist: staff[1],
            patient: PatientID(UUID()), privateKey: own)
        let account = RegisteredAccount(
            platform: platform, institution: "H36042600001", address: "http://127.0.0.1:\(port)",
            settings: ["app-id": application, "platform-key": hall.hexadecimal, "service-path": "/service-hall"],
            secrets: "hall", kinds: [])
        let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
        try await world.write { transaction in
            try RegisterAccount(account, known: [platform], withoutGoods: [platform])
                .run(in: transaction, by: small.officer, at: .ofTests)
            _ = try RegisterPatient(
                patient: world.patient, name: name, sex: .male, birthOn: try #require(CalendarDate("1990-03-07"))
            )
            .run(in: transaction, by: world.prescriber, at: .ofTests, pepper: pepper)
        }
        return world
    }

    var institution: InsuredInstitution {
        InsuredInstitution(
            facility: small.hospital, platform: Self.platform, code: "H36042600001", name: "县人民医院", division: "360426",
            pharmacyCode: "YJ01", pharmacyName: "药剂科")
    }

    func declareCodes() async throws {
        let clinicians = [
            InsuredClinician(
                person: prescriber.person, code: "D360426000001", certificateKind: "01", certificate: "110101197001010011"),
            InsuredClinician(person: pharmacist.person, code: "Y360426000009", titleCode: "1", title: "主管药师"),
        ]
        try await write { transaction in
            try DeclareInstitution(institution).run(in: transaction, by: small.officer, at: .ofTests)
            for clinician in clinicians { try DeclareClinician(clinician).run(in: transaction, by: small.officer, at: .ofTests) }
        }
    }

    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: small.id.tenant, body)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.read(as: small.id.tenant, body)
    }

    // MARK: - Prescriptions

    func content() throws -> PrescriptionContent {
        var encounter = Encounter()
        encounter.visitID = "V1"
        encounter.visitType = "11"
        encounter.isInpatient = false
        encounter.visitedAt = .ofTests
        let line = PrescriptionLine(
            product: small.products[0], quantity: 42, doseText: "2粒", dose: DoseAmount(thousandths: 2_000),
            route: AdministrationRoute(code: "po"), frequency: try #require(DosingFrequency(code: "tid")), days: 7,
            insurance: LineInsurance(isApprovedByHospital: true))
        return PrescriptionContent(
            diagnosisCode: "J18.9", diagnosis: "社区获得性肺炎", department: Department(code: "0301", name: "内科"), validityDays: 3,
            encounter: encounter, lines: [line])
    }

    func issue() async throws -> PrescriptionID {
        let (id, content) = (PrescriptionID(UUID()), try content())
        try await write { transaction in
            _ = try IssuePrescription(prescription: id, patient: patient, kind: .ordinary, content: content)
                .run(in: transaction, by: prescriber, at: .ofTests)
        }
        return id
    }

    /// Approves as the program does: the upload is announced with it.
    func approve(_ id: PrescriptionID) async throws {
        try await write { transaction in
            _ = try ReviewPrescription(prescription: id, decision: .approve).run(in: transaction, by: pharmacist, at: .ofTests)
            try AnnounceUpload(prescription: id).run(in: transaction, for: small.id, at: .ofTests)
        }
    }

    @discardableResult
    func offer(_ id: PrescriptionID, _ credential: UploadCredential = credential) async throws -> PrescriptionUpload {
        try await write {
            try OfferPrescription(prescription: id, credential: credential).run(in: $0, by: prescriber, at: .ofTests)
        }
    }

    /// A prescription that is offered and approved.
    func announced() async throws -> PrescriptionID {
        let id = try await issue()
        try await offer(id)
        try await approve(id)
        return id
    }

    @discardableResult
    func revoke(_ id: PrescriptionID, _ reason: String = "患者要求") async throws -> PrescriptionUpload {
        try await write { try RevokeUpload(prescription: id, reason: reason).run(in: $0, by: prescriber, at: .ofTests) }
    }

    func upload(_ id: PrescriptionID) async throws -> PrescriptionUpload {
        try await read { try UploadReadings($0, of: small.id).upload(of: id) }
    }

    // MARK: - Telling

    static var hasty: DispatcherOptions {
        var options = DispatcherOptions()
        options.pause = RetryPause(first: .milliseconds(20), most: .milliseconds(200))
        options.wishMost = .milliseconds(50)
        options.idleMost = .milliseconds(200)
        options.claimMargin = .seconds(1)
        options.requestTime = .seconds(20)
        options.pullEvery = nil
        return options
    }

    func use<Value>(_ options: DispatcherOptions = hasty, _ body: (Dispatcher) async throws -> Value) async throws -> Value {
        let text = try String(contentsOfFile: "\(repositoryRoot)/Catalogs/platforms/\(Self.platform).json", encoding: .utf8)
        let catalogue = try PlatformCatalogue(parsing: text, file: Self.platform)
        let secrets = ["app-secret": Self.secret, "private-key": privateKey]
        let client = CurlClient()
        let dispatcher = Dispatcher(
            database.application, client: client, options: options, keepers: [UploadFacts()],
            questioners: [UploadQuestions(every: .seconds(600))]
        ) { account in
            let known = PlatformAccount(institution: account.institution, settings: account.settings, secrets: secrets)
            return (catalogue.dialect(for: known), Array(secrets.values))
        }
        do {
            let value = try await body(dispatcher)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }

    /// Tells what there is to tell, until nothing is left but what waits for a person.
    ///
    /// - Parameter triesMost: after which a message is given up.
    func tell(triesMost: Int = hasty.triesMost) async throws {
        var options = Self.hasty
        options.triesMost = triesMost
        try await use(options) { try await $0.runUntilQuiet(lookingEvery: .milliseconds(50)) }
    }
    /// Asks what became of what is uploaded.
    func ask() async throws -> [String] { try await use { try await $0.ask() } }

    /// What is kept of every request and answer.
    func log() async throws -> [String] {
        try await read { transaction in
            try transaction.query(
                """
                SELECT request.body || coalesce(answer.body, '') || coalesce(answer.detail, '') AS said
                  FROM platform_exchange.request LEFT JOIN platform_exchange.answer USING (consortium_id, sent_at, request_id)
                """
            ) { try $0["said"] as String }
        }
    }
}
