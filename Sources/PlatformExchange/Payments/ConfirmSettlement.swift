import Audit
import Identity
import Outbox
import PlatformMessages
public import Postgres
public import Primitives

/// A person has seen on the platform's pages that a settlement was submitted, or examined and found good, of which the platform's
/// answer tells nothing.
public struct ConfirmSettlement: Sendable {
    /// Ours: `JS-2026-000123`.
    public var number: String
    public var platform: String
    /// ``SettlementState/submitted`` or ``SettlementState/passed``: the step after where it stands.
    public var state: SettlementState

    public init(_ number: String, at platform: String, is state: SettlementState) {
        self.number = number
        self.platform = platform
        self.state = state
    }

    /// - Throws: `IdentityRefusal` for anyone but supervisors; ``PlatformExchangeRefusal``: no such settlement, or its message to this
    ///   effect does not wait for a person.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> PlacedSettlement {
        try principal.require(oneOf: [.supervisor])
        let settlements = SettlementsStore(transaction, principal.consortium, platform)
        let found = try settlements.settlement(number)
        guard let step = Self.steps[state], let message = try settlements.waitingMessage(of: number, step) else {
            throw PlatformExchangeRefusal(.settlementNotConfirmable, "\(number) is \(found.state.rawValue)", field: "state")
        }
        try DecideMessage(message, .discard, reason: "seen on the platform: \(state.rawValue)")
            .run(in: transaction, by: principal, at: now)
        try settlements.acknowledge(number, becoming: state, platformNumber: nil, at: now)
        try AuditTrail(transaction).append(
            "platform-exchange.confirm-settlement", subject: "settlement \(number)", by: principal, at: now,
            detail: ["platform": platform, "state": state.rawValue])
        return try settlements.settlement(number)
    }

    private static let steps: [SettlementState: PlatformFactKind] = [
        .submitted: .submitSettlement, .passed: .examineSettlement,
    ]
}
