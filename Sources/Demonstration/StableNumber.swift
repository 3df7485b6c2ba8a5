import Foundation
import Primitives

/// A number that follows from words: the same words give the same number on every machine and in every run.
struct StableNumber: Hashable, Sendable {
    let value: UInt64

    /// FNV-1a, 64 bits, over the words and the gaps between them, then mixed once.
    init(_ words: String...) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in words.joined(separator: "\u{1F}").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        var generator = SeededGenerator(seed: hash)
        value = generator.next()
    }

    /// From 0 up to, but without, `bound`.
    func below(_ bound: Int) -> Int { Int(value % UInt64(bound)) }

    var generator: SeededGenerator { SeededGenerator(seed: value) }

    /// A version 7 UUID of a fixed moment, 2026-01-01T00:00:00Z.
    var uuid: UUID {
        var generator = generator
        return UUID.version7(at: Instant(microseconds: 1_767_225_600_000_000), using: &generator)
    }
}
