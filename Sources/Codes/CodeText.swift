import Foundation

/// The form in which codes are compared: half-width, upper case, without blanks.
///
/// Source: the normalisation of approval numbers, which serves every code: full-width forms become half-width, blanks
/// go, letters become capitals.
package struct CodeText {
    package let text: String

    package init(_ received: String) {
        if received.unicodeScalars.allSatisfy(Self.staysAsItIs) {
            text = received
        } else {
            text = received.precomposedStringWithCompatibilityMapping.filter { !$0.isWhitespace }.uppercased()
        }
    }

    /// Visible ASCII without small letters, and unified ideographs: what nearly every code is made of, and none of which
    /// the normalisation changes.
    private static func staysAsItIs(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x61...0x7A: false
        case 0x21...0x7E, 0x4E00...0x9FFF: true
        default: false
        }
    }

    /// Whether the text is made of `parts` one after the other and nothing else.
    func consists(of parts: [Part]) -> Bool {
        var rest = text.utf8[...]
        for part in parts {
            let piece = rest.prefix(part.length)
            guard piece.count == part.length, piece.allSatisfy(part.accepts) else { return false }
            rest = rest.dropFirst(part.length)
        }
        return rest.isEmpty
    }

    /// A run of characters of one kind.
    enum Part {
        case letters(Int)
        case digits(Int)
        case lettersOrDigits(Int)
        case exactly(Character)

        var length: Int {
            switch self {
            case .letters(let count), .digits(let count), .lettersOrDigits(let count): count
            case .exactly: 1
            }
        }

        func accepts(_ byte: UInt8) -> Bool {
            let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            return switch self {
            case .letters: isLetter
            case .digits: isDigit
            case .lettersOrDigits: isLetter || isDigit
            case .exactly(let character): character.asciiValue == byte
            }
        }
    }
}
