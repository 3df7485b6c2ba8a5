/// What catalogues call the wires.
enum WireDialect: String, Sendable, Hashable, CaseIterable {
    case signedJSON = "signed-json"
    case soapXML = "soap-xml"
    case nationalEnvelope = "national-envelope"
    /// Nothing is known of it.
    case undescribed
}

/// How a platform's messages are wrapped.
enum WireMap: Sendable, Hashable {
    case signedJSON(SignedJSONMap)
    case soapXML(SoapXMLMap)
    case nationalEnvelope(NationalEnvelopeMap)
    case undescribed
    /// With messages of its own.
    case serviceHall(HallMap)

    /// How tokens are asked for; `nil` where there are none.
    var token: TokenMap? {
        switch self {
        case .signedJSON(let map): map.token
        case .soapXML, .serviceHall, .undescribed: nil
        case .nationalEnvelope(let map): map.token
        }
    }
}

struct TokenMap: Sendable, Hashable {
    var operation: String
    var place: MessagePlace
    var request: [RequestField]
    /// The answer's names of it.
    var names: [String]
    /// How long a token may be used from when it was handed out.
    var seconds: Int
    /// How long it may be used at least when it is handed out once more.
    var secondsLeft: Int
    /// Looked at before the platform's own.
    var codes: [CodeRule]
}

struct SignedJSONMap: Sendable, Hashable {
    var token: TokenMap
}

struct SoapXMLMap: Sendable, Hashable {
    enum HexCase: String, Sendable, Hashable, CaseIterable { case upper, lower }

    var namespace: String
    /// The element in the SOAP body; the answer's is called the same with `Response` behind it.
    var element: String
    /// Names of user, password, institution, version, message type, signature and document, in this order.
    var parameters: [String]
    var version: String
    var signature: HexCase
    /// The fields of HEAD.
    var head: [RequestField]
}
