public import Dispensing
import Formulary
public import Parties
public import Postgres
public import Primitives
import StockLedger

/// A prescription that a pharmacy may claim.
public struct OfferedPrescription: Sendable, Hashable, Codable {
    public let id: PrescriptionID
    public let number: String
    public let patient: PatientID
    public let patientName: String
    public let kind: PrescriptionKind
    public let state: PrescriptionState
    public let issuedAt: Instant
    /// The last day on which it may be handed out.
    public let lastDay: CalendarDate
    /// Whether the patient has chosen this pharmacy; without a choice, it is offered because everything is here.
    public let isChosen: Bool
    public let isComplete: Bool
    public let lines: [LineCoverage]
    public let explanationChinese: String
    public let explanationEnglish: String
}

/// The prescriptions that are offered to a pharmacy: those whose patients chose it, and those without a choice of which it
/// has everything. Emergencies come first, then the newest.
///
/// Left out is what another facility has claimed, and the rest of a long prescription once something of it was handed out:
/// that follows its instalments.
public struct OfferedPrescriptions {
    /// How many are looked at together at most. Nearly all are shown, so the first look is at no more than are asked for.
    private static let chunkMax = 200

    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    public func offered(
        to store: Store, at now: Instant, after: PrescriptionID? = nil, limit: Int
    ) throws -> [OfferedPrescription] {
        var found: [OfferedPrescription] = []
        var cursor = after
        var chunk = min(limit, Self.chunkMax)
        while found.count < limit {
            let candidates = try FlowStore(transaction, consortium)
                .candidates(for: store, at: now, after: cursor, limit: chunk)
            found += try weigh(candidates, for: store, today: now.businessDay)
            guard candidates.count == chunk, let last = candidates.last else { break }
            cursor = last.id
            chunk = Self.chunkMax
        }
        return Array(found.prefix(limit))
    }

    private func weigh(_ candidates: [Candidate], for store: Store, today: CalendarDate) throws -> [OfferedPrescription] {
        let openLines = candidates.map { $0.openLines(today: today) }
        let needs = Set(openLines.joined().map(\.need))
        let stock = try StockReadings(transaction).usable(needs, of: consortium, in: store.id)[store.id] ?? [:]
        let products = try ProductsStore(transaction).products(Set(needs.map(\.product)).sorted())
        return zip(candidates, openLines).compactMap { candidate, lines in
            let coverage = Coverage(of: lines, from: stock)
            guard candidate.isChosen || coverage.isComplete else { return nil }
            let words = coverage.explanation(products)
            return OfferedPrescription(
                id: candidate.id, number: candidate.number, patient: candidate.patient, patientName: candidate.patientName,
                kind: candidate.kind, state: candidate.state, issuedAt: candidate.issuedAt, lastDay: candidate.lastDay,
                isChosen: candidate.isChosen, isComplete: coverage.isComplete, lines: coverage.lines,
                explanationChinese: words.chinese, explanationEnglish: words.english)
        }
    }
}

/// A prescription that may be handed out today and that no other facility has claimed.
struct Candidate {
    let id: PrescriptionID
    let number: String
    let patient: PatientID
    let patientName: String
    let kind: PrescriptionKind
    let state: PrescriptionState
    let issuedAt: Instant
    let lastDay: CalendarDate
    let isChosen: Bool
    // Of its lines, in their order.
    let products: [ProductID]
    let quantities: [BaseUnits]
    let handedOut: [BaseUnits]
    let days: [Int]

    func openLines(today: CalendarDate) -> [OpenLine] {
        products.indices.compactMap { index in
            let open = quantities[index] - handedOut[index]
            guard open > 0 else { return nil }
            return OpenLine(
                line: index + 1, product: products[index], open: open,
                usedThrough: DispensingRules.usedThrough(
                    open, of: quantities[index], days: days[index], kind: kind, today: today))
        }
    }
}
