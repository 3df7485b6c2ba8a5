import Audit
import Identity
public import Postgres
public import Primitives

/// A person has settled a difference outside the program, and says how.
public struct SettleDifference: Sendable {
    public var difference: DifferenceID
    public var platform: String
    public var reason: String

    public init(_ difference: DifferenceID, at platform: String, reason: String) {
        self.difference = difference
        self.platform = platform
        self.reason = reason
    }

    /// - Throws: ``PlatformExchangeRefusal``: no reason, no such open difference.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        guard reason.saysSomething else {
            throw PlatformExchangeRefusal(.reasonMissing, "Say how it was settled.", field: "reason")
        }
        let store = DifferencesStore(transaction, principal.consortium, platform)
        guard try store.settle(difference, by: principal.person, reason: reason, at: now) else {
            throw PlatformExchangeRefusal(.differenceUnknown, "difference \(difference)")
        }
        try AuditTrail(transaction).append(
            "platform-exchange.settle-difference", subject: "difference \(difference)", by: principal, at: now,
            detail: ["reason": reason])
    }
}
