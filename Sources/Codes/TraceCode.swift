/// A drug trace code (药品追溯码) of the common scheme: 20 digits, of which the first seven name product and pack level.
///
/// Nothing but blanks and hyphens around and between the digits is taken away: a trace code is never padded, cut or
/// repaired. No check digit is published.
public struct TraceCode: CodeValue {
    public static let assurance = CodeAssurance.wellFormed
    public let text: String

    public init?(_ received: String) {
        let digits = received.filter { !$0.isWhitespace && $0 != "-" }
        guard digits.utf8.count == 20, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        text = digits
    }

    /// What is in the box and at which level of packing.
    public var identification: DrugIdentificationCode { DrugIdentificationCode(of: self) }
    /// Thirteen digits, one box each.
    public var serial: String { String(text.dropFirst(7)) }
}

/// A drug identification code (药品标识码): the first seven digits of a trace code. Each pack level of a product has its own.
public struct DrugIdentificationCode: CodeValue {
    public static let assurance = CodeAssurance.wellFormed
    public let text: String

    public init?(_ received: String) {
        let code = CodeText(received)
        guard code.consists(of: [.digits(7)]) else { return nil }
        text = code.text
    }

    init(of code: TraceCode) { text = String(code.text.prefix(7)) }
}
