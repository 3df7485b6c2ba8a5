import Dispensing
import Foundation
import Primitives
import Web

/// A prescriber of the demonstration with a key of this run, who signs what the server prepares.
struct DemoSigner: Sendable {
    private let client: DemoClient
    private let person: String
    private let signer: SoftwareSigner

    /// Makes a key and registers it for the person.
    init(client: DemoClient, person: String) async throws {
        var random = SystemRandomNumberGenerator()
        let seed = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        guard let signer = SoftwareSigner(key: SigningKeyID(UUID.version7(at: TimeSource.system.now)), seed: seed) else {
            throw CommandFailure("No signing key could be made.")
        }
        (self.client, self.person, self.signer) = (client, person, signer)
        let me = try await client.get("/me", as: person)
        let registration = try signer.registration(
            of: PersonID(try me.number("person")), in: ConsortiumID(try me.number("consortium")))
        try await client.post(
            "/signing-keys",
            .of([
                "key": .string(signer.key.description), "algorithm": .string(registration.algorithm.rawValue),
                "publicKey": .string(registration.publicKey), "proof": .string(registration.proof),
            ]), as: person)
    }

    /// Writes a prescription, signed.
    func issue(patient: String, kind: String, content: JSONValue) async throws -> JSONValue {
        let id = UUID.version7(at: TimeSource.system.now).uuidString.lowercased()
        let draft: [JSONValue.Member] = [
            .init("prescription", .string(id)), .init("patient", .string(patient)), .init("kind", .string(kind)),
            .init("content", content),
        ]
        let prepared = try await client.post("/prescriptions/canonical", .object(draft), as: person)
        guard let bytes = Data(base64Encoded: try prepared.text("bytes")) else {
            throw CommandFailure("What is to be signed is not Base64.")
        }
        let signature: JSONValue = .of([
            "key": .string(signer.key.description), "signedAt": .string(try prepared.text("signedAt")),
            "signature": .string(try signer.sign(Array(bytes))),
        ])
        return try await client.post("/prescriptions", .object(draft + [.init("signature", signature)]), as: person)
    }
}
