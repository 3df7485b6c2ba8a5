import Primitives
import ShangMi
import Testing

@Suite("SM4")
struct SM4Tests {
    static let block = "0123456789abcdeffedcba9876543210"

    @Test("encrypts what the standard encrypts")
    func vector() throws {
        let block = try Hexadecimal.bytes(of: Self.block)
        let key = try SM4Key(block)
        let ciphertext = try key.encrypt(block, mode: .ecb, padding: .none)
        #expect(Hexadecimal.lowercase(ciphertext) == "681edf34d206965e86b3e94f536e4246")
        #expect(try key.decrypt(ciphertext, mode: .ecb, padding: .none) == block)
    }

    @Test("encrypts a block a million times as the standard does")
    func millionTimes() throws {
        // CBC over zeros encrypts the block before, so one call goes round a million times.
        let block = try Hexadecimal.bytes(of: Self.block)
        let zeros = [UInt8](repeating: 0, count: 16_000_000)
        let ciphertext = try SM4Key(block).encrypt(zeros, mode: .cbc(initialisationVector: block), padding: .none)
        #expect(Hexadecimal.lowercase(ciphertext.suffix(16)) == "595298c7c6fd271f0402f804c33d3f66")
    }

    @Test("gives back what was encrypted, in lengths around every boundary of a block", arguments: UInt64(0)..<50)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let key = try SM4Key(random.bytes(16))
        for mode in [SM4Mode.ecb, .cbc(initialisationVector: random.bytes(16))] {
            for length in [0, 1, 15, 16, 17, 31, 32, 33, Int.random(in: 34...2_000, using: &random)] {
                let plaintext = random.bytes(length)
                let ciphertext = try key.encrypt(plaintext, mode: mode)
                #expect(ciphertext.count == (length / 16 + 1) * 16)
                #expect(try key.decrypt(ciphertext, mode: mode) == plaintext)
            }
            let blocks = random.bytes(16 * Int.random(in: 0...20, using: &random))
            let ciphertext = try key.encrypt(blocks, mode: mode, padding: .none)
            #expect(ciphertext.count == blocks.count)
            #expect(try key.decrypt(ciphertext, mode: mode, padding: .none) == blocks)
        }
    }

    @Test("a key and a vector have 16 bytes", arguments: [0, 15, 17, 32])
    func lengths(count: Int) throws {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(throws: ShangMiError.keyLength(found: count)) { try SM4Key(bytes) }
        let key = try SM4Key([UInt8](repeating: 1, count: 16))
        #expect(throws: ShangMiError.initialisationVectorLength(found: count)) {
            try key.encrypt([], mode: .cbc(initialisationVector: bytes))
        }
        #expect(throws: ShangMiError.initialisationVectorLength(found: count)) {
            try key.decrypt(
                bytes + [UInt8](repeating: 1, count: (16 - count % 16) % 16 + 16), mode: .cbc(initialisationVector: bytes))
        }
    }

    @Test("only whole blocks are decrypted, or encrypted without padding", arguments: [1, 15, 17, 31])
    func wholeBlocks(count: Int) throws {
        let key = try SM4Key([UInt8](repeating: 1, count: 16))
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(throws: ShangMiError.length(found: count)) { try key.encrypt(bytes, mode: .ecb, padding: .none) }
        #expect(throws: ShangMiError.length(found: count)) { try key.decrypt(bytes, mode: .ecb, padding: .none) }
        #expect(throws: ShangMiError.length(found: count)) { try key.decrypt(bytes, mode: .ecb) }
        #expect(throws: ShangMiError.length(found: 0)) { try key.decrypt([], mode: .ecb) }
        #expect(try key.decrypt([], mode: .ecb, padding: .none) == [])
    }

    @Test(
        "a plaintext that ends in no padding is refused",
        arguments: [
            // the last bytes of the last block
            [0], [17], [255], [1, 2], [2, 3, 3], [3, 2], Array(repeating: 16, count: 15),
        ] as [[UInt8]])
    func padding(end: [UInt8]) throws {
        let key = try SM4Key([UInt8](repeating: 1, count: 16))
        let block = [UInt8](repeating: 9, count: 16 - end.count) + end
        for mode in [SM4Mode.ecb, .cbc(initialisationVector: [UInt8](repeating: 2, count: 16))] {
            let ciphertext = try key.encrypt(block, mode: mode, padding: .none)
            #expect(throws: ShangMiError.padding) { try key.decrypt(ciphertext, mode: mode) }
        }
    }

    @Test("a ciphertext that lost its last block, or is of another key, is refused")
    func damaged() throws {
        var random = SeededGenerator(seed: 1)
        let key = try SM4Key(random.bytes(16))
        let ciphertext = try key.encrypt([UInt8](repeating: 65, count: 40), mode: .ecb)
        #expect(throws: ShangMiError.padding) { try key.decrypt(ciphertext.dropLast(16), mode: .ecb) }
        #expect(throws: ShangMiError.length(found: 47)) { try key.decrypt(ciphertext.dropLast(1), mode: .ecb) }
        var refused = 0
        for _ in 0..<1_000 {
            let other = try SM4Key(random.bytes(16))
            do {
                #expect(try other.decrypt(ciphertext, mode: .ecb) != [UInt8](repeating: 65, count: 40))
            } catch {
                #expect(error == ShangMiError.padding)
                refused += 1
            }
        }
        // One key in 256 gives an end that looks like a padding.
        #expect(refused > 980)
    }
}
