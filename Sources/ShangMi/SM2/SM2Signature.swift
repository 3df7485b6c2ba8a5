/// A signature of SM2: two numbers, r and s.
///
/// That it has the right form says nothing of whether it is genuine: ``SM2PublicKey/isValid(_:of:by:)`` does.
public struct SM2Signature: Hashable, Sendable {
    /// r and s, 32 bytes each, the most significant byte first.
    public let raw: [UInt8]

    private static let numberLength = 32
    private static let integerTag: UInt8 = 0x02
    private static let sequenceTag: UInt8 = 0x30

    /// - Parameter raw: r and s, 32 bytes each.
    /// - Throws: ``ShangMiError/signatureMalformed``.
    public init(raw: some Collection<UInt8>) throws(ShangMiError) {
        guard raw.count == 2 * Self.numberLength else { throw .signatureMalformed }
        self.raw = Array(raw)
    }

    /// - Parameter der: a SEQUENCE of two INTEGERs and nothing behind it, in the one encoding that DER allows.
    /// - Throws: ``ShangMiError/signatureMalformed``.
    public init(der: some Collection<UInt8>) throws(ShangMiError) {
        let der = Array(der)
        var rest = der.dropFirst(2)
        guard let r = Self.number(from: &rest), let s = Self.number(from: &rest) else { throw .signatureMalformed }
        raw = r + s
        // What the reading did not look at must come out the same: tags, lengths, signs, needless zeros, what stands behind.
        guard self.der == der else { throw .signatureMalformed }
    }

    /// A SEQUENCE of the INTEGERs r and s: 8 to 72 bytes.
    public var der: [UInt8] {
        let integers = Self.integer(raw.prefix(Self.numberLength)) + Self.integer(raw.suffix(Self.numberLength))
        return [Self.sequenceTag, UInt8(integers.count)] + integers
    }

    private static func integer(_ number: ArraySlice<UInt8>) -> [UInt8] {
        var digits = Array(number.drop { $0 == 0 })
        // The first bit is the sign, and zero has one byte.
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return [integerTag, UInt8(digits.count)] + digits
    }

    private static func number(from rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard let length = rest.dropFirst().first else { return nil }
        let digits = rest.dropFirst(2).prefix(Int(length)).drop { $0 == 0 }
        rest = rest.dropFirst(2 + Int(length))
        guard digits.count <= numberLength else { return nil }
        return [UInt8](repeating: 0, count: numberLength - digits.count) + digits
    }
}
