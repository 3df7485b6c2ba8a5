import Foundation

/// The form in which codes are compared: half-width, upper case, without blanks.
///
/// Source: the normalisation of approval numbers, which serves every code: full-width forms become half-width, blanks
/// go, letters become capitals.
struct CodeText {
    let text: String

    init(_ received: String) {
        text = received.precomposedStringWithCompatibilityMapping.filter { !$0.isWhitespace }.uppercased()
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

/// The check digit of GTINs, which the national drug code shares: weights 3, 1, 3, … from the right of the body.
///
/// `digits` holds the body and the check digit, ASCII digits only.
func hasMod10CheckDigit(_ digits: String) -> Bool {
    let values = digits.utf8.reversed().map { Int($0) - 48 }
    let sum = values.enumerated().dropFirst().reduce(0) { $0 + $1.element * ($1.offset.isMultiple(of: 2) ? 1 : 3) }
    return values.first == (10 - sum % 10) % 10
}
