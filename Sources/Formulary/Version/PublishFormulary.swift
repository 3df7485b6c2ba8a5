import Audit
import Identity
public import Postgres
public import Primitives

/// Publishes a draft: it is in force from a day on, until the next version begins.
public struct PublishFormulary: Sendable {
    public var version: FormularyVersionID
    /// Today or later.
    public var validFrom: CalendarDate

    public init(version: FormularyVersionID, validFrom: CalendarDate) {
        self.version = version
        self.validFrom = validFrom
    }

    /// - Throws: ``FormularyRefusal``: an unknown version, one that is no draft, a day in the past, an empty draft, a day
    ///   on which another version begins.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> FormularyVersion {
        try principal.require(oneOf: [.formularyKeeper])
        let versions = FormularyVersionsStore(transaction, of: principal.consortium)
        let draft = try versions.lock(version)
        try Self.decide(draft, validFrom: validFrom, today: now.businessDay)
        try versions.publish(version, validFrom: validFrom, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "formulary.publish", subject: "formulary version \(version)", by: principal, at: now,
            detail: ["number": "\(draft.number)", "validFrom": "\(validFrom)", "entries": "\(draft.entries)"])
        return try versions.version(version)
    }

    /// - Throws: ``FormularyRefusal`` when `version` cannot be published to begin on `validFrom`.
    static func decide(_ version: FormularyVersion, validFrom: CalendarDate, today: CalendarDate) throws(FormularyRefusal)
    {
        try version.requireDraft()
        guard validFrom >= today else {
            throw FormularyRefusal(.validFromInPast, "\(validFrom) is before \(today)", field: "validFrom")
        }
        guard version.entries > 0 else {
            throw FormularyRefusal(.versionEmpty, "version \(version.number) has no entries")
        }
    }
}

/// Withdraws a draft, or a published version before its first day.
public struct WithdrawFormulary: Sendable {
    public var version: FormularyVersionID

    public init(version: FormularyVersionID) { self.version = version }

    /// - Throws: ``FormularyRefusal``: an unknown version, one withdrawn before, one that has come into force.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> FormularyVersion {
        try principal.require(oneOf: [.formularyKeeper])
        let versions = FormularyVersionsStore(transaction, of: principal.consortium)
        try Self.decide(try versions.lock(version), today: now.businessDay)
        try versions.withdraw(version)
        try AuditTrail(transaction).append(
            "formulary.withdraw", subject: "formulary version \(version)", by: principal, at: now)
        return try versions.version(version)
    }

    /// - Throws: ``FormularyRefusal`` when `version` cannot be withdrawn on `today`.
    static func decide(_ version: FormularyVersion, today: CalendarDate) throws(FormularyRefusal) {
        guard version.status != .withdrawn else {
            throw FormularyRefusal(.versionWithdrawn, "version \(version.number)")
        }
        if let validFrom = version.validFrom, validFrom <= today {
            throw FormularyRefusal(.versionInForce, "version \(version.number) began on \(validFrom)")
        }
    }
}
