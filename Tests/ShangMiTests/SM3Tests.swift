import Primitives
import ShangMi
import Testing

@Suite("SM3")
struct SM3Tests {
    @Test(
        "digests what the standard digests",
        arguments: [
            // GB/T 32905-2016, annex A
            ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
            (String(repeating: "abcd", count: 16), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
            ("", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
        ])
    func vectors(message: String, digest: String) throws {
        #expect(try SM3Digest(of: message.utf8).hexadecimal == digest)
        #expect(try SM3Digest(of: message.utf8).description == digest)
    }

    @Test("digests a message in pieces as it does the whole, around every boundary of a block", arguments: UInt64(0)..<50)
    func pieces(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for length in [0, 1, 31, 55, 56, 63, 64, 65, 119, 120, 127, 128, 129, 1_000] {
            let message = random.bytes(length)
            var hasher = try SM3Hasher()
            var rest = message[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 0...70, using: &random))
                try hasher.update(piece)
                rest = rest.dropFirst(piece.count)
            }
            #expect(try hasher.digest() == SM3Digest(of: message), "\(length) bytes")
        }
    }

    @Test("a copy of a hasher goes its own way, and a hasher goes on after its digest")
    func copies() throws {
        var one = try SM3Hasher()
        try one.update("ab".utf8)
        var other = one
        try other.update("X".utf8)
        #expect(try one.digest() == SM3Digest(of: "ab".utf8))
        try one.update("c".utf8)
        #expect(try one.digest() == SM3Digest(of: "abc".utf8))
        #expect(try other.digest() == SM3Digest(of: "abX".utf8))
    }

    @Test(
        "authenticates what others authenticate",
        arguments: [
            ("key", "Hello", "e4da9ded7c7189a86a8920c2332e887d7032cbbff5893cc7f43f2c01786fb6bd"),
            (
                "secret", "1700000000\n{\"infno\":\"ZJ9604\"}",
                "2e59e83b9db5dd401c10193ff764d1c6cca9f85fa15667e1e577b8b309f827c6"
            ),
        ])
    func authentication(key: String, message: String, code: String) throws {
        let made = try SM3AuthenticationKey(key.utf8).authenticationCode(of: message.utf8)
        #expect(made.hexadecimal == code)
        #expect(made == SM3AuthenticationCode(hexadecimal: code.uppercased()))
    }

    @Test("a key may be empty, and one longer than a block counts as its digest")
    func authenticationKeys() throws {
        let long = Array(repeating: UInt8(7), count: 65)
        let digest = try SM3Digest(of: long).bytes
        #expect(
            try SM3AuthenticationKey(long).authenticationCode(of: []) == SM3AuthenticationKey(digest).authenticationCode(of: []))
        // A key shorter than a block is filled with zeros.
        #expect(try SM3AuthenticationKey([]).authenticationCode(of: [1]) == SM3AuthenticationKey([0]).authenticationCode(of: [1]))
    }

    @Test("another key, another message and another code are not taken")
    func otherCodes() throws {
        let key = SM3AuthenticationKey("secret".utf8)
        let code = try key.authenticationCode(of: "a".utf8)
        #expect(try code != key.authenticationCode(of: "b".utf8))
        #expect(try code != SM3AuthenticationKey("Secret".utf8).authenticationCode(of: "a".utf8))
        for place in 0..<64 {
            var digits = Array(code.hexadecimal)
            digits[place] = digits[place] == "0" ? "1" : "0"
            #expect(code != SM3AuthenticationCode(hexadecimal: String(digits)))
        }
        #expect(SM3AuthenticationCode(hexadecimal: "") == nil)
        #expect(SM3AuthenticationCode(hexadecimal: String(code.hexadecimal.dropLast(2))) == nil)
        #expect(SM3AuthenticationCode(hexadecimal: code.hexadecimal + "00") == nil)
        #expect(SM3AuthenticationCode(hexadecimal: String(repeating: "g", count: 64)) == nil)
    }
}

extension SeededGenerator {
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}
