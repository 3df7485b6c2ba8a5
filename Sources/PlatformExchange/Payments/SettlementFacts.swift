import Outbox
import PlatformMessages
import Postgres
import Primitives

/// What the messages of a settlement say; its number on the platform is looked up when they are told.
struct SettlementContent: Sendable, Hashable, Codable {
    /// Ours.
    let number: String
    /// The platform's code of who is paid, and its name.
    let supplier: String
    let supplierName: String
    /// The platform's numbers of the deliveries, and of the note of each.
    let deliveryLines: [String]
    let notes: [String]
}

/// Settlements: a number, the lines, the submission, the examination, one after the other.
struct SettlementFacts: FactKeeper {
    /// In the order in which they are told.
    static let steps: [PlatformFactKind] = [.createSettlement, .addToSettlement, .submitSettlement, .examineSettlement]
    let kinds = Set(SettlementFacts.steps)

    func fact(
        of message: OutboxMessage, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformFact {
        let content: SettlementContent = try content(of: message)
        let settlement = PlatformSettlement(
            number: content.number, supplier: content.supplier, supplierName: content.supplierName,
            deliveryLines: content.deliveryLines, notes: content.notes,
            platformSettlement: try SettlementsStore(transaction, consortium, platform).platformNumber(of: content.number))
        return switch PlatformFactKind(rawValue: message.kind) {
        case .createSettlement: .createSettlement(settlement)
        case .addToSettlement: .addToSettlement(settlement)
        case .submitSettlement: .submitSettlement(settlement)
        default: .examineSettlement(settlement)
        }
    }

    func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {
        let settlements = SettlementsStore(transaction, consortium, platform)
        let (settlement, state): (PlatformSettlement, SettlementState)
        switch fact {
        case .createSettlement(let told): (settlement, state) = (told, .created)
        case .addToSettlement(let told): (settlement, state) = (told, .filled)
        case .submitSettlement(let told): (settlement, state) = (told, .submitted)
        case .examineSettlement(let told): (settlement, state) = (told, .passed)
        default: return
        }
        try settlements.acknowledge(settlement.number, becoming: state, platformNumber: acknowledgement.document, at: now)
    }
}
