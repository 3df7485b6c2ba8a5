import Foundation
public import Postgres
public import Primitives

/// The SQL statements about signing keys and signatures.
public struct SigningKeyStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let columns: SQL = """
        key_id, person_id, algorithm, public_key, registered_at, valid_through, revoked_at, revocation
        """

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: ``DispensingRefusal`` when the id or the key is taken.
    func add(_ key: SigningKey, bytes: [UInt8]) throws {
        try refusing("signing_key_id_is_unique", as: DispensingRefusal(.documentIDTaken, "key \(key.id)", field: "key")) {
            try refusing(
                "public_key_is_registered_once",
                as: DispensingRefusal(.keyInvalid, "the key is registered already", field: "publicKey")
            ) {
                try transaction.execute(
                    """
                    INSERT INTO dispensing.signing_key
                           (consortium_id, key_id, person_id, algorithm, public_key, registered_at, valid_through)
                    VALUES (\(consortium), \(key.id), \(key.person), \(key.algorithm), \(Bytes(bytes)), \(key.registeredAt),
                            \(key.validThrough))
                    """)
            }
        }
    }

    public func key(_ id: SigningKeyID) throws -> SigningKey? {
        try transaction.first(
            "SELECT \(Self.columns) FROM dispensing.signing_key WHERE consortium_id = \(consortium) AND key_id = \(id)",
            SigningKey.init)
    }

    /// Every key of a person, newest first.
    public func keys(of person: PersonID) throws -> [SigningKey] {
        try transaction.query(
            """
            SELECT \(Self.columns) FROM dispensing.signing_key
             WHERE consortium_id = \(consortium) AND person_id = \(person)
             ORDER BY registered_at DESC, key_id
            """, SigningKey.init)
    }

    /// - Returns: whether it was still good.
    func revoke(_ id: SigningKeyID, _ revocation: KeyRevocation, by person: PersonID, at now: Instant) throws -> Bool {
        try transaction.execute(
            """
            UPDATE dispensing.signing_key SET revoked_at = \(now), revocation = \(revocation), revoked_by_id = \(person)
             WHERE consortium_id = \(consortium) AND key_id = \(id)
               AND (revoked_at IS NULL OR revocation <> 'compromised' AND \(revocation == .compromised))
            """) == 1
    }

    // MARK: - Signatures

    func add(_ signature: PrescriptionSignature, of prescription: PrescriptionID, version: Int) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.prescription_signature
                   (consortium_id, prescription_id, version, key_id, signed_at, signature)
            VALUES (\(consortium), \(prescription), \(version), \(signature.key), \(signature.signedAt),
                    \(Bytes(Data(base64Encoded: signature.signature) ?? Data())))
            """)
    }
}

extension SigningKey {
    init(_ row: Row) throws {
        let bytes: Bytes = try row["public_key"]
        self.init(
            id: try row["key_id"], person: try row["person_id"], algorithm: try row["algorithm"],
            publicKey: Data(bytes.bytes).base64EncodedString(), registeredAt: try row["registered_at"],
            validThrough: try row["valid_through"], revokedAt: try row["revoked_at"], revocation: try row["revocation"])
    }
}

extension PrescriptionSignature {
    /// - Parameter row: `key_id`, `signed_at` and `signature`; all NULL where nothing was signed.
    static func read(_ row: Row) throws -> PrescriptionSignature? {
        guard let key: SigningKeyID = try row["key_id"], let bytes: Bytes = try row["signature"] else { return nil }
        return PrescriptionSignature(
            key: key, signedAt: try row["signed_at"], signature: Data(bytes.bytes).base64EncodedString())
    }
}
