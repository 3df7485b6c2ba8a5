import Audit
import Codes
import Formulary
import Identity
public import Postgres
public import Primitives

/// Says which pack a seven-digit identification code names.
///
/// Source: codes.md §4 rule 4: exactly one.
public struct RegisterTracePrefix: Sendable {
    public var prefix: TracePrefix

    public init(prefix: TracePrefix) { self.prefix = prefix }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor or pharmacist; ``DispensingRefusal`` for a prefix that is not seven
    ///   digits, a level other than 1 to 3, or one that names another pack; `FormularyRefusal` for an unknown article.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> TracePrefix {
        try principal.require(oneOf: [.supervisor, .pharmacist])
        guard let code = DrugIdentificationCode(prefix.prefix), (1...3).contains(prefix.level) else {
            throw DispensingRefusal(.traceCodeInvalid, "seven digits, levels 1 to 3", field: "prefix")
        }
        guard try ProductsStore(transaction).articles([prefix.article])[prefix.article] != nil else {
            throw FormularyRefusal(.articleUnknown, "article \(prefix.article)", field: "article")
        }
        let named = TracePrefix(prefix: code.text, article: prefix.article, level: prefix.level)
        try TraceStore(transaction, principal.consortium).add(
            named, learntFrom: "registration", by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "dispensing.register-trace-prefix", subject: "trace-prefix \(code.text)", by: principal, at: now,
            detail: ["article": prefix.article.description, "level": String(prefix.level)])
        return named
    }
}
