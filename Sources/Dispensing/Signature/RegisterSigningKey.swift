import Audit
import Foundation
import Identity
public import Postgres
public import Primitives

/// Registers the public key by which a prescriber's signatures are verified from now on.
public struct RegisterSigningKey: Sendable {
    public var key: SigningKeyID
    public var algorithm: SignatureAlgorithm
    /// Base64.
    public var publicKey: String
    /// The last day on which it signs; a year from today unless told.
    public var validThrough: CalendarDate?
    /// A signature over ``SigningKey/proofBytes(_:algorithm:publicKey:person:consortium:)`` with the private part, in Base64.
    public var proof: String

    /// The longest that a key signs, in days.
    public static let daysMax = 3 * 366

    public init(
        key: SigningKeyID, algorithm: SignatureAlgorithm, publicKey: String, validThrough: CalendarDate? = nil, proof: String
    ) {
        self.key = key
        self.algorithm = algorithm
        self.publicKey = publicKey
        self.validThrough = validThrough
        self.proof = proof
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber; ``DispensingRefusal``: no key of the algorithm, a last day that
    ///   has passed or is too far, a proof that the private part is not there, a key or id that is taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> SigningKey {
        try principal.require(oneOf: [.prescriber])
        let today = now.businessDay
        guard let bytes = Data(base64Encoded: publicKey), algorithm.isKey(Array(bytes)) else {
            throw DispensingRefusal(.keyInvalid, "no public key of \(algorithm.rawValue) in Base64", field: "publicKey")
        }
        let last = validThrough ?? today.adding(days: 365)
        guard today <= last, last.days(since: today) <= Self.daysMax else {
            throw DispensingRefusal(.keyInvalid, "valid through \(last), at most \(Self.daysMax) days", field: "validThrough")
        }
        let proven = SigningKey.proofBytes(
            key, algorithm: algorithm, publicKey: publicKey, person: principal.person, consortium: principal.consortium)
        guard let proof = Data(base64Encoded: proof), algorithm.verifies(Array(proof), over: proven, by: Array(bytes)) else {
            throw DispensingRefusal(.keyProofInvalid, "not made by the private part of the key", field: "proof")
        }
        let registered = SigningKey(
            id: key, person: principal.person, algorithm: algorithm, publicKey: bytes.base64EncodedString(), registeredAt: now,
            validThrough: last, revokedAt: nil, revocation: nil)
        try SigningKeyStore(transaction, principal.consortium).add(registered, bytes: Array(bytes))
        try AuditTrail(transaction).append(
            "dispensing.register-signing-key", subject: "signing-key \(key)", by: principal, at: now,
            detail: ["algorithm": algorithm.rawValue])
        return registered
    }
}

/// Ends a key. One that others may have makes everything it signed doubtful; one that was only replaced does not.
public struct RevokeSigningKey: Sendable {
    public var key: SigningKeyID
    public var revocation: KeyRevocation

    public init(key: SigningKeyID, revocation: KeyRevocation) {
        self.key = key
        self.revocation = revocation
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber or a supervisor; ``DispensingRefusal``: unknown, another's key
    ///   when the caller is no supervisor, revoked already.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> SigningKey {
        try principal.require(oneOf: [.prescriber, .supervisor])
        let store = SigningKeyStore(transaction, principal.consortium)
        guard let known = try store.key(key), known.person == principal.person || principal.roles.contains(.supervisor) else {
            throw DispensingRefusal(.keyUnknown, "key \(key)")
        }
        guard try store.revoke(key, revocation, by: principal.person, at: now), let revoked = try store.key(key) else {
            throw DispensingRefusal(.keyRevoked, "key \(known.id)")
        }
        try AuditTrail(transaction).append(
            "dispensing.revoke-signing-key", subject: "signing-key \(key)", by: principal, at: now,
            detail: ["revocation": revocation.rawValue])
        return revoked
    }
}
