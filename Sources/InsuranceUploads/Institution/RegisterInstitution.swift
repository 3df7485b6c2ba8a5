import Audit
import Identity
public import Postgres
public import Primitives

/// Writes down, or changes, whom an insurer knows a facility as. Every movement after it is told; what was there before is told by
/// a stock count.
///
/// The insurer's code may be corrected while messages wait: they are told with the new one. The platform may not be changed then.
public struct RegisterInstitution: Sendable {
    public var institution: Institution

    public init(_ institution: Institution) { self.institution = institution }

    /// - Throws: ``InsuranceUploadsRefusal``: a text that is missing, an unknown facility or account, another facility's code,
    ///   another platform while messages to the one before are open.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        for (field, text) in [("code", institution.code), ("name", institution.name), ("platform", institution.platform)]
        where !text.contains(where: { !$0.isWhitespace }) {
            throw InsuranceUploadsRefusal(.institutionIncomplete, field, field: field)
        }
        // What moved until now is told as it was registered until now. This also holds other feeders off.
        while try FeedUploads().run(in: transaction, for: principal.consortium, at: now).movements > 0 {}
        let store = InsuranceUploadsStore(transaction, principal.consortium)
        let known = try store.institutions().first { $0.facility == institution.facility }
        if let known, known.platform != institution.platform {
            let open = try store.openMessages(of: known)
            guard open == 0 else {
                throw InsuranceUploadsRefusal(.messagesOpen, "\(open) at \(known.platform)", field: "platform")
            }
        }
        do throws(PostgresError) {
            try store.register(institution, by: principal.person, at: now)
        } catch {
            switch error.constraint {
            case "institution_is_a_facility", "institution_is_told_through_an_account":
                throw InsuranceUploadsRefusal(.institutionIncomplete, "\(institution.facility) at \(institution.platform)")
            case "institution_code_is_one_facility":
                throw InsuranceUploadsRefusal(.codeTaken, institution.code, field: "code")
            default: throw error
            }
        }
        try AuditTrail(transaction).append(
            "insurance-uploads.register-institution", subject: "facility \(institution.facility)", by: principal, at: now,
            detail: ["platform": institution.platform, "code": institution.code, "isActive": "\(institution.isActive)"])
    }
}
