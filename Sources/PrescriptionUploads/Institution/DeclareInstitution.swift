import Audit
import Identity
import PlatformExchange
public import Postgres
public import Primitives

/// Writes down, or changes, what the service hall calls a facility.
public struct DeclareInstitution: Sendable {
    public var institution: InsuredInstitution

    public init(_ institution: InsuredInstitution) { self.institution = institution }

    /// - Throws: `PlatformExchangeRefusal` when there is no account at the platform; ``PrescriptionUploadsRefusal`` for a text that is
    ///   missing or a facility that is not the consortium's.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        let accounts = try ExchangeReadings(transaction, of: principal.consortium).accounts()
        guard accounts.contains(where: { $0.platform == institution.platform }) else {
            throw PlatformExchangeRefusal(.accountUnknown, "platform \(institution.platform)", field: "platform")
        }
        let texts = [
            ("code", institution.code), ("name", institution.name), ("division", institution.division),
            ("pharmacyCode", institution.pharmacyCode), ("pharmacyName", institution.pharmacyName),
        ]
        for (field, text) in texts where text.allSatisfy(\.isWhitespace) {
            throw PrescriptionUploadsRefusal(.institutionIncomplete, field, field: field)
        }
        try UploadsStore(transaction, principal.consortium).write(institution)
        try AuditTrail(transaction).append(
            "prescription-uploads.declare-institution", subject: "facility \(institution.facility)", by: principal, at: now,
            detail: ["platform": institution.platform, "code": institution.code])
    }
}

/// Writes down, or changes, what the insurer calls a physician or a pharmacist.
public struct DeclareClinician: Sendable {
    public var clinician: InsuredClinician

    public init(_ clinician: InsuredClinician) { self.clinician = clinician }

    /// - Throws: ``PrescriptionUploadsRefusal`` for a code that is missing, a certificate without its kind, a person who is not the
    ///   consortium's.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        guard !clinician.code.allSatisfy(\.isWhitespace) else {
            throw PrescriptionUploadsRefusal(.clinicianIncomplete, "code", field: "code")
        }
        guard clinician.certificate.isEmpty == clinician.certificateKind.isEmpty else {
            throw PrescriptionUploadsRefusal(.clinicianIncomplete, "certificateKind", field: "certificateKind")
        }
        try UploadsStore(transaction, principal.consortium).write(clinician)
        // The certificate identifies a person and is not repeated.
        try AuditTrail(transaction).append(
            "prescription-uploads.declare-clinician", subject: "person \(clinician.person)", by: principal, at: now,
            detail: ["code": clinician.code])
    }
}
