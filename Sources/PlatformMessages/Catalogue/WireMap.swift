/// How a platform's messages are wrapped.
enum WireMap: Sendable, Hashable {
    case signedJSON(SignedJSONMap)
    case soapXML(SoapXMLMap)
    /// With messages of its own.
    case serviceHall(HallMap)
}

struct SignedJSONMap: Sendable, Hashable {
    /// How long a token may be used from when it was handed out.
    var tokenSeconds: Int
    /// How long it may be used at least when it is handed out once more.
    var tokenSecondsLeft: Int
    var token: [RequestField]
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
