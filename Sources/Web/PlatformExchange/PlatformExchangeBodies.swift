import Outbox
import PlatformExchange
import Postgres
import Primitives

/// A message that waits for a person.
struct FailedMessage: Codable, Sendable {
    let message: OutboxMessageID
    let platform: String
    /// The document whose later messages wait for this one.
    let document: String
    let kind: String
    let businessKey: String
    let state: MessageState
    let reason: String
    /// Times it was sent.
    let tries: Int
    let writtenAt: Instant
    let changedAt: Instant
    /// What it says: a JSON document, as text.
    let content: String

    init(_ message: OutboxMessage) {
        self.message = message.id
        platform = message.document.destination
        document = message.document.key
        kind = message.kind
        businessKey = message.businessKey
        state = message.state
        reason = message.reason
        tries = message.tries
        writtenAt = message.writtenAt
        changedAt = message.changedAt
        content = message.content.text
    }
}

/// What a person has decided about a message.
enum FailedMessageDecision: String, Codable, CaseIterable {
    /// It goes out again.
    case release
    /// It goes out no more.
    case discard
}

struct FailedMessageDecisionBody: Codable, Sendable {
    let decision: FailedMessageDecision
    let reason: String
    /// What it says from now on: a JSON document, as text. Only for what the platform has refused.
    let corrected: String?
}

/// A consortium's account at a platform, without what the program alone needs.
struct PlatformAccountView: Codable, Sendable {
    let platform: String
    let institution: String
    let address: String
    let isActive: Bool

    init(_ account: RegisteredAccount) {
        platform = account.platform
        institution = account.institution
        address = account.address
        isActive = account.isActive
    }
}

struct InvoiceDecisionBody: Codable, Sendable {
    let platform: String
    let decision: DecideInvoice.Decision
    let reason: String
}

struct PaymentBody: Codable, Sendable {
    let platform: String
    let invoices: [SupplierInvoiceID]
}

struct SettlementConfirmationBody: Codable, Sendable {
    let platform: String
    /// `submitted` or `passed`.
    let state: SettlementState
}

struct DifferenceSettlementBody: Codable, Sendable {
    let platform: String
    let reason: String
}
