import Testing

@testable import PlatformExchange

@Suite("Bodies as they are kept")
struct MaskingTests {
    @Test("secrets are replaced wherever they stand, the longer first, and texts that are too short are none")
    func masks() {
        let masking = Masking(["secret", "secret-of-ours", "ab"])
        #expect(masking.text(Array("x secret-of-ours y secret ab".utf8)) == "x *** y *** ab")
    }

    @Test("what text cannot hold is replaced, and what is too long is cut")
    func repairs() {
        let masking = Masking([String]())
        #expect(masking.text([0x61, 0x00, 0xFF, 0x62]) == "a\u{FFFD}\u{FFFD}b")
        #expect(masking.text(Array(repeating: 0x61, count: Masking.charactersMost + 1)).count == Masking.charactersMost + 1)
        #expect(masking.text(Array(repeating: 0x61, count: Masking.charactersMost + 500)).hasSuffix("a…"))
    }
}
