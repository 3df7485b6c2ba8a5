import Foundation
import Primitives

/// Names of the shipped catalogues, to make others of their shape from.
struct ShippedNames: Sendable {
    /// Names of products without their dosage form: 阿莫西林, 苯磺酸氨氯地平.
    let stems: [String]

    static let forms: [(name: String, code: String)] = [
        ("片", "tablet"), ("胶囊", "capsule"), ("注射液", "injection"), ("颗粒", "granule"), ("缓释片", "tablet_sustained"),
        ("分散片", "tablet_dispersible"), ("口服溶液", "oral_solution"), ("滴眼液", "eye_drops"), ("软膏", "ointment"), ("丸", "pill"),
    ]

    /// - Throws: when a catalogue cannot be read.
    init(catalogs: String) throws {
        var stems: Set<String> = []
        for folder in ["products", "herbal-pieces", "mongolian-medicines"] {
            let text = try String(contentsOfFile: "\(catalogs)/\(folder)/products.csv", encoding: .utf8)
            // Lines with quoted fields are few, and left out.
            for line in text.split(whereSeparator: \.isNewline).dropFirst() where !line.contains("\"") {
                let fields = line.split(separator: ",", omittingEmptySubsequences: false)
                guard fields.count > 2 else { continue }
                let form = Self.forms.map(\.name).filter { fields[2].hasSuffix($0) }.max { $0.count < $1.count } ?? ""
                let stem = fields[2].dropLast(form.count)
                let isChinese = stem.unicodeScalars.allSatisfy { $0.properties.isIdeographic }
                if isChinese, (2...8).contains(stem.count) { stems.insert(String(stem)) }
            }
        }
        self.stems = stems.sorted()
    }
}

extension SeededGenerator {
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int.random(in: 0..<elements.count, using: &self)] }
}
