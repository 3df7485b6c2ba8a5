import Primitives
import ShangMi
import TestSupport
import Testing

/// Holds the module against gmssl, which is SM2, SM3 and SM4 in Python alone. The package is in `scripts/python-tests`.
@Suite("Cryptography agrees with an independent implementation")
struct IndependentImplementationTests {
    @Test("on digests and authentication codes")
    func sm3() throws {
        var random = SeededGenerator(seed: 11)
        let lengths = Array(0...130) + (0..<100).map { _ in Int.random(in: 131...1_000, using: &random) }
        let questions = lengths.map { length in
            Question("sm3", [random.bytes(length)])
        }
        try compare(questions) { try SM3Digest(of: $0[0]).bytes }
        let keyed = lengths.map { length in
            Question("hmac", [random.bytes(Int.random(in: 0...130, using: &random)), random.bytes(length)])
        }
        try compare(keyed) { try SM3AuthenticationKey($0[0]).authenticationCode(of: $0[1]).bytes }
    }

    @Test("on what SM4 encrypts and decrypts")
    func sm4() throws {
        var random = SeededGenerator(seed: 12)
        let lengths = Array(0...64) + (0..<60).map { _ in Int.random(in: 65...800, using: &random) }
        let blockwise = lengths.map { Question("ecb-encrypt", [random.bytes(16), random.bytes($0)]) }
        try compare(blockwise) { try SM4Key($0[0]).encrypt($0[1], mode: .ecb) }
        let chained = lengths.map { Question("cbc-encrypt", [random.bytes(16), random.bytes(16), random.bytes($0)]) }
        try compare(chained) { try SM4Key($0[0]).encrypt($0[2], mode: .cbc(initialisationVector: $0[1])) }

        // They decrypt what we encrypted.
        let back = try blockwise.map { question in
            let (key, text) = (question.arguments[0], question.arguments[1])
            return Question("ecb-decrypt", [key, try SM4Key(key).encrypt(text, mode: .ecb)])
        }
        try compare(back) { try SM4Key($0[0]).decrypt($0[1], mode: .ecb) }
        let unchained = try chained.map { question in
            let (key, vector, text) = (question.arguments[0], question.arguments[1], question.arguments[2])
            return Question(
                "cbc-decrypt", [key, vector, try SM4Key(key).encrypt(text, mode: .cbc(initialisationVector: vector))])
        }
        try compare(unchained) { try SM4Key($0[0]).decrypt($0[2], mode: .cbc(initialisationVector: $0[1])) }
    }

    @Test("on the public keys of private ones")
    func points() throws {
        var random = SeededGenerator(seed: 13)
        let questions = (0..<40).map { _ in Question("point", [[1] + random.bytes(31)]) }
        try compare(questions) { Array(try SM2PrivateKey(scalar: $0[0]).publicKey.point.dropFirst()) }
    }

    @Test("on our signatures, sound and tampered with")
    func ourSignatures() throws {
        var random = SeededGenerator(seed: 14)
        let questions = try (0..<60).map { number in
            let key = try random.privateKey()
            let user =
                number.isMultiple(of: 4) ? Array("1234567812345678".utf8) : random.bytes(Int.random(in: 0...64, using: &random))
            let message = random.bytes(Int.random(in: 0...300, using: &random))
            var signature = try key.sign(message, by: SM2UserID(user)).raw
            if number.isMultiple(of: 3) { signature[Int.random(in: 0..<64, using: &random)] ^= 1 }
            return Question("verify", [Array(key.publicKey.point.dropFirst()), user, signature, message])
        }
        var valid = 0
        try compare(questions) { arguments in
            let key = try SM2PublicKey(point: arguments[0])
            let isValid = try key.isValid(SM2Signature(raw: arguments[2]), of: arguments[3], by: SM2UserID(arguments[1]))
            valid += isValid ? 1 : 0
            return [isValid ? 1 : 0]
        }
        if PythonTests.areThere() { #expect(valid == 40) }
    }

    @Test("on its signatures")
    func itsSignatures() throws {
        guard PythonTests.areThere() else { return }
        var random = SeededGenerator(seed: 15)
        let questions = (0..<40).map { _ in
            let user = random.bytes(Int.random(in: 0...64, using: &random))
            return Question(
                "sign", [[1] + random.bytes(31), random.bytes(32), user, random.bytes(Int.random(in: 0...300, using: &random))])
        }
        for (question, answer) in zip(questions, try answers(to: questions)) {
            let (user, message) = (try SM2UserID(question.arguments[2]), question.arguments[3])
            let key = try SM2PrivateKey(scalar: question.arguments[0]).publicKey
            let signature = try SM2Signature(raw: answer)
            #expect(key.isValid(signature, of: message, by: user), "\(question.line)")
            #expect(!key.isValid(signature, of: message + [0], by: user), "\(question.line)")
        }
    }

    private struct Question {
        let kind: String
        let arguments: [[UInt8]]

        init(_ kind: String, _ arguments: [[UInt8]]) { (self.kind, self.arguments) = (kind, arguments) }

        var line: String { ([kind] + arguments.map { Hexadecimal.lowercase($0) }).joined(separator: "\t") }
    }

    private func compare(
        _ questions: [Question], test: String = #function, sourceLocation: SourceLocation = #_sourceLocation,
        ours: ([[UInt8]]) throws -> [UInt8]
    ) throws {
        guard PythonTests.areThere(for: test) else { return }
        for (question, answer) in zip(questions, try answers(to: questions)) {
            #expect(try ours(question.arguments) == answer, "\(question.line)", sourceLocation: sourceLocation)
        }
    }

    private func answers(to questions: [Question]) throws -> [[UInt8]] {
        try PythonTests.answers(to: questions.map(\.line), from: "Tests/ShangMiTests/independent.py")
            .map { $0 == "=" ? [] : try Hexadecimal.bytes(of: $0) }
    }
}
