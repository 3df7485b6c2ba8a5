import Primitives

/// What is kept of messages: the content in clear, but for who the patient is and for the files that say so.
enum HallShowing {
    /// Fields whose value names a person, proves who they are, or holds a file in which both stand.
    static let hidden: Set<String> = [
        "patnName", "psnName", "certno", "psnCertno", "psnNo", "mdtrtCertNo", "cardSn", "ecToken", "authNo", "iptOtpNo",
        "prscDrCertno", "pharCertno", "undoDrCertno", "originalValue", "originalRxFile", "rxFile",
    ]

    static func masked(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            .object(
                members.map { member in
                    .init(member.name, hidden.contains(member.name) ? .string(PlatformRequest.mask) : masked(member.value))
                })
        case .array(let elements): .array(elements.map(masked))
        default: value
        }
    }

    /// An envelope with its content in the place of `encData`.
    static func envelope(_ envelope: JSONValue, holding content: JSONValue?) -> [UInt8] {
        let members = envelope.members.map { member -> JSONValue.Member in
            guard member.name == "encData" else { return .init(member.name, masked(member.value)) }
            return .init("data", content.map(masked) ?? .string(PlatformRequest.mask))
        }
        return Array(JSONValue.object(members).text().utf8)
    }
}
