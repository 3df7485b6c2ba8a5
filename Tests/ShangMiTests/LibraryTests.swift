import COpenSSL
import Primitives
import ShangMi
import Testing

@Suite("libcrypto behind the module")
struct LibraryTests {
    @Test("a failure leaves nothing in the thread's list of errors, which libpq and libcurl read too")
    func errorsAreTaken() throws {
        let key = try SM2PrivateKey(hexadecimal: SM2Tests.Annex.scalar)
        let cipher = try SM4Key([UInt8](repeating: 1, count: 16))
        let block = [UInt8](repeating: 1, count: 16)
        let failures: [() throws -> Bool] = [
            {
                _ = try cipher.decrypt(cipher.encrypt(block, mode: .ecb, padding: .none).reversed(), mode: .ecb)
                return false
            },
            { try key.publicKey.isValid(SM2Signature(raw: [UInt8](repeating: 0xff, count: 64)), of: [1]) },
            { try key.publicKey.isValid(key.sign([1]), of: [2]) },
            {
                _ = try SM2PublicKey(point: [UInt8](repeating: 1, count: 64))
                return true
            },
            {
                _ = try SM2PublicKey(pem: key.pem())
                return true
            },
            {
                _ = try SM2PrivateKey(pem: SM2KeyTests.encryptedPEM)
                return true
            },
            {
                _ = try SM2PrivateKey(pem: SM2KeyTests.otherCurvePEM)
                return true
            },
            {
                _ = try SM2PrivateKey(pem: SM2KeyTests.privatePEM).pem()
                return false
            },
        ]
        for (number, failure) in failures.enumerated() {
            ERR_clear_error()
            #expect((try? failure()) != true)
            #expect(ERR_peek_error() == 0, "failure \(number)")
        }
    }

    @Test("one key serves many tasks at once")
    func concurrency() async throws {
        let key = try SM2PrivateKey.generate()
        let cipher = try SM4Key([UInt8](repeating: 1, count: 16))
        let shared = SM3AuthenticationKey("secret".utf8)
        let expected = try shared.authenticationCode(of: [7])
        let sound = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var random = SeededGenerator(seed: UInt64(task))
                    var sound = 0
                    for _ in 0..<20 {
                        let message = random.bytes(100)
                        guard try key.publicKey.isValid(key.sign(message), of: message),
                            try cipher.decrypt(cipher.encrypt(message, mode: .ecb), mode: .ecb) == message,
                            try shared.authenticationCode(of: [7]) == expected
                        else { continue }
                        sound += 1
                    }
                    return sound
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sound == 160)
    }
}
