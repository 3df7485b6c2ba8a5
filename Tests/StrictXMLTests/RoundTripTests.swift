import Primitives
import StrictXML
import Testing

@Suite("Documents there and back")
struct RoundTripTests {
    private let writers = [
        XMLWriter(), XMLWriter(declaration: false, emptyElements: .single),
        XMLWriter(prefixes: ["p": "urn:a", "ns1": "urn:c", "q": "urn:b"]),
    ]

    @Test("what is written is read back as an equal tree, to the byte", arguments: UInt64(0)..<300)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let tree = RandomTree.make(&random)
        let writer = writers[Int(seed) % writers.count]
        let bytes = try writer.bytes(tree)
        let read = try XMLReader().read(bytes)
        #expect(read == tree)
        // Strings may be equal and differ in their bytes.
        #expect(try writer.bytes(read) == bytes)
        #expect(try XMLReader().read(try writer.text(tree)) == tree)
    }

    @Test("random changes of bytes end in a tree or a refusal", arguments: UInt64(0)..<100)
    func mutations(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let tree = RandomTree.make(&random)
        let text = try XMLWriter(declaration: false, prefixes: ["p": "urn:a"]).text(tree)
        let original: [UInt8] =
            switch seed % 4 {
            case 0: utf16(text, bigEndian: true)
            case 1: Array("<?xml version='1.0' encoding='GBK'?>".utf8) + Array(text.utf8)
            case 2: Array("<!DOCTYPE a [<!ENTITY x 'y'>]>\(text)".utf8)
            default: Array("\(declaration)\(text)<!-- c --><?p i?>".utf8)
            }
        for _ in 0..<30 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...5, using: &random) { Self.change(&bytes, &random) }
            do {
                let read = try XMLReader().read(bytes)
                let again = try XMLWriter().bytes(read)
                #expect(try XMLReader().read(again) == read)
            } catch let refusal as XMLRefusal {
                #expect(refusal.line >= 1 && refusal.column >= 1)
            }
        }
    }

    private static func change(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let marks = Array("<>&;'\"=!?-[]/: x#\u{0}".utf8)
        guard let place = bytes.indices.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(marks.randomElement(using: &random) ?? 0, at: place)
        case 4: bytes.removeSubrange(place..<min(place + Int.random(in: 1...20, using: &random), bytes.count))
        default:
            bytes.insert(contentsOf: bytes[place..<min(place + Int.random(in: 1...20, using: &random), bytes.count)], at: place)
        }
    }
}
