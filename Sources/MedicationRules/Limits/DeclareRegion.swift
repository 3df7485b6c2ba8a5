import Audit
import Identity
public import Postgres
public import Primitives

/// Says in which city a consortium practises, whose limits then hold for it.
public struct DeclareRegion: Sendable {
    /// Six digits (GB/T 2260).
    public var region: String

    public init(region: String) { self.region = region }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor; ``MedicationRulesRefusal`` for what is no region.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        guard let region = Region(region) else { throw MedicationRulesRefusal(.regionInvalid, self.region, field: "region") }
        try LimitsStore(transaction).set(region, by: principal, at: now)
        try AuditTrail(transaction).append(
            "medication-rules.declare-region", subject: "region \(region.code)", by: principal, at: now)
    }
}
