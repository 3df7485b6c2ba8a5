import Formulary

/// Finds the substances that generic names name.
///
/// Names are compared byte by byte, and only with the names that begin with the same character, so that a catalogue of
/// hundreds of substances costs microseconds.
struct SubstanceIndex: Sendable {
    private struct Entry: Sendable {
        let name: [UInt8]
        let substance: Int
    }

    private struct Match: Comparable {
        let start: Int
        let end: Int
        let substance: Int

        static func < (left: Match, right: Match) -> Bool { (left.start, left.substance) < (right.start, right.substance) }
    }

    private let substances: [Substance]
    private let excluding: [[[UInt8]]]
    private let entriesByFirst: [UInt32: [Entry]]

    init(_ substances: [Substance]) {
        self.substances = substances
        excluding = substances.map { $0.excluding.map { Array($0.utf8) } }
        var entries: [UInt32: [Entry]] = [:]
        for (number, substance) in substances.enumerated() {
            for name in substance.names {
                let bytes = Array(name.utf8)
                guard let key = Self.key(bytes, 0) else { continue }
                entries[key, default: []].append(Entry(name: bytes, substance: number))
            }
        }
        entriesByFirst = entries
    }

    /// What a generic name names.
    struct Named {
        /// In the order in which the name has them.
        var substances: [Substance] = []
        /// Whether the name tells that order: no two of them begin at the same place.
        var isOrdered = true
    }

    func substances(in product: Product) -> Named {
        guard product.kind != .consumable, !substances.isEmpty else { return Named() }
        let name = Array(product.genericName.utf8)
        var matches: [Match] = []
        for start in name.indices {
            guard let key = Self.key(name, start), let entries = entriesByFirst[key] else { continue }
            for entry in entries where Self.has(entry.name, in: name, at: start) {
                guard substances[entry.substance].isPiece == (product.kind == .herbal) else { continue }
                let match = Match(start: start, end: start + entry.name.count, substance: entry.substance)
                if !isExcluded(match, in: name) { matches.append(match) }
            }
        }
        var seen: Set<Int> = []
        let firsts = matches.sorted().filter { seen.insert($0.substance).inserted }
        return Named(
            substances: firsts.map { substances[$0.substance] }, isOrdered: Set(firsts.map(\.start)).count == firsts.count)
    }

    /// Whether the match lies within a longer name of something else.
    private func isExcluded(_ match: Match, in name: [UInt8]) -> Bool {
        excluding[match.substance].contains { other in
            guard other.count <= name.count else { return false }
            let earliest = max(0, match.end - other.count)
            let latest = min(match.start, name.count - other.count)
            return earliest <= latest && (earliest...latest).contains { Self.has(other, in: name, at: $0) }
        }
    }

    private static func has(_ part: [UInt8], in name: [UInt8], at start: Int) -> Bool {
        start + part.count <= name.count && part.indices.allSatisfy { name[start + $0] == part[$0] }
    }

    /// The first three bytes: one Chinese character.
    private static func key(_ bytes: [UInt8], _ start: Int) -> UInt32? {
        guard start + 2 < bytes.count else { return nil }
        return UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
    }
}
