/// The trace code of an electronic prescription (处方追溯码, `rxTraceCode`): what the platform gave, up to 20 characters.
public struct PrescriptionTraceCode: CodeValue {
    public static let assurance = CodeAssurance.opaque
    public let text: String

    public init?(_ received: String) {
        guard isOpaqueText(received, lengthMax: 20) else { return nil }
        text = received
    }
}

/// The insurer's number of a prescription (医保处方编号, `hiRxno`): what the platform gave, up to 30 characters.
public struct InsurerPrescriptionNumber: CodeValue {
    public static let assurance = CodeAssurance.opaque
    public let text: String

    public init?(_ received: String) {
        guard isOpaqueText(received, lengthMax: 30) else { return nil }
        text = received
    }
}

/// Printable ASCII without blanks, kept as received: nothing in it is ours to normalise.
private func isOpaqueText(_ text: String, lengthMax: Int) -> Bool {
    (1...lengthMax).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
}
