import Commands
import Dispensing
import Foundation
import Identity
import MedicationRules
import Parties
import Postgres
import PrescriptionFlow
import Primitives

/// One caller who does what prescribers, reviewers and pharmacies do, through the code that the service runs: each step is a
/// transaction with its commit, each answer is written as JSON.
struct PrescriptionDesk: Sendable {
    /// The reviewer did not get a prescription, though some wait.
    struct NothingTaken: Error {}

    /// How many rows a page asks for: one more than it shows.
    private static let pageLimit = 51

    let application: Database
    let loaded: PrescriptionBenchData.Loaded
    let reviewer: Int
    private(set) var timings: [PrescriptionStep: Timings] = [:]
    /// The last prescription of the page that was read last; every second page is one that follows.
    private var shownLast: PrescriptionID?

    init(application: Database, loaded: PrescriptionBenchData.Loaded, reviewer: Int) {
        self.application = application
        self.loaded = loaded
        self.reviewer = reviewer
    }

    /// A prescription on its way from the queue to approval, another from approval to the patient, and a third one written.
    mutating func work(_ approved: PrescriptionBenchData.Approved, _ patient: PrescriptionBenchData.Patient) async throws {
        let consortium = loaded.id
        let reviewer = principal(loaded.reviewers[reviewer], at: loaded.hospital, .pharmacist)
        try await read(.readNothing, by: reviewer) { transaction, _ in try transaction.first("SELECT 1 AS one") { try $0["one"] as Int } }
        try await command(.nothing, by: reviewer) { _, _ in true }

        let after = shownLast
        let page = try await read(.queue, by: reviewer) { transaction, now in
            try PrescriptionReadings(transaction, of: consortium).reviewQueue(after: after, at: now, limit: Self.pageLimit)
        }
        shownLast = after == nil ? page.last?.id : nil
        let hold = try await command(.take, by: reviewer) { try TakeNextForReview().run(in: $0, by: reviewer, at: $1) }
        guard let taken = hold?.prescription else { throw NothingTaken() }
        try await read(.view, by: reviewer) { try PrescriptionReadings($0, of: consortium).reviewView(of: taken, at: $1) }
        try await command(.review, by: reviewer) {
            try ReviewPrescription(prescription: taken, decision: .approve).run(in: $0, by: reviewer, at: $1)
        }
        try await handOut(approved)
        try await write(for: patient)
    }

    private mutating func handOut(_ approved: PrescriptionBenchData.Approved) async throws {
        let (consortium, pharmacy) = (loaded.id, loaded.pharmacies[approved.pharmacy])
        let dispenser = principal(pharmacy.dispenser, at: pharmacy.facility, .dispenser)
        try await read(.offered, by: dispenser) { transaction, now in
            let store = try PartiesStore(transaction).store(pharmacy.store, of: consortium)
            return try OfferedPrescriptions(transaction, of: consortium).offered(to: store, at: now, limit: Self.pageLimit)
        }
        try await read(.offers, by: dispenser) { try PharmacyOffers($0, of: consortium).offers(approved.id, today: $1.businessDay) }
        let claim = ClaimPrescription(claim: ClaimID(UUID()), prescription: approved.id, store: pharmacy.store)
        try await command(.claim, by: dispenser) { try claim.run(in: $0, by: dispenser, at: $1) }
        let dispensing = DispensePrescription(
            dispensing: DispensingID(UUID()), prescription: approved.id, store: pharmacy.store, checks: DispensingCheck.allCases)
        try await command(.dispense, by: dispenser) { try dispensing.run(in: $0, by: dispenser, at: $1) }
    }

    /// Of what the patient does not take already.
    private mutating func write(for patient: PrescriptionBenchData.Patient) async throws {
        let prescriber = principal(loaded.prescriber, at: loaded.hospital, .prescriber)
        guard let twiceADay = DosingFrequency(code: "bid") else { return }
        let lines = [patient.product + 1, patient.product + 1 + PrescriptionBenchData.productsApart].map { place in
            PrescriptionLine(
                product: loaded.products[place % loaded.products.count], quantity: BaseUnits(PrescriptionBenchData.quantity),
                doseText: "2片", dose: DoseAmount(thousandths: 2_000), frequency: twiceADay, days: 7)
        }
        let issue = IssuePrescription(
            prescription: PrescriptionID(UUID()), patient: patient.id, kind: .ordinary,
            content: PrescriptionContent(diagnosisCode: "I10", diagnosis: "原发性高血压", lines: lines))
        try await command(.issue, by: prescriber) { try issue.run(in: $0, by: prescriber, at: $1) }
    }

    // MARK: - As the service does

    @discardableResult
    private mutating func read<Answer: Encodable & Sendable>(
        _ step: PrescriptionStep, by principal: Principal, _ handle: @escaping @Sendable (Transaction, Instant) throws -> Answer
    ) async throws -> Answer {
        let application = application
        return try await time(step) {
            let now = TimeSource.system.now
            let answer = try await application.read(as: principal.tenant) { try handle($0, now) }
            _ = try Self.json(answer)
            return answer
        }
    }

    @discardableResult
    private mutating func command<Answer: Encodable & Sendable>(
        _ step: PrescriptionStep, by principal: Principal, _ handle: @escaping @Sendable (Transaction, Instant) throws -> Answer
    ) async throws -> Answer {
        let application = application
        let once = RunOnce(requestID: UUID(), operation: "bench", bodyDigest: Array(repeating: 0, count: 32))
        return try await time(step) {
            let now = TimeSource.system.now
            return try await application.write(as: principal.tenant) { transaction in
                var given: Answer?
                _ = try once.run(in: transaction, by: principal, at: now) {
                    let answer = try handle(transaction, now)
                    given = answer
                    return StoredAnswer(status: 200, json: try Self.json(answer))
                }
                guard let given else { throw CommandFailure("A command was taken for one that had been run.") }
                return given
            }
        }
    }

    private mutating func time<Answer>(_ step: PrescriptionStep, _ body: () async throws -> Answer) async throws -> Answer {
        var answer: Answer?
        try await timings[step, default: Timings(step.name)].time { answer = try await body() }
        guard let answer else { throw CommandFailure("A step ended without an answer.") }
        return answer
    }

    private static func json(_ answer: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(answer), as: UTF8.self)
    }

    private func principal(_ person: PersonID, at facility: FacilityID, _ role: Role) -> Principal {
        Principal(consortium: loaded.id, person: person, name: "bench", facility: facility, company: nil, roles: [role])
    }
}
