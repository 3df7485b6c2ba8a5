import Crypto
import ShangMi
import StrictXML

/// What `sendRecv` carries. Source: the drug service's description: SOAP 1.1, document/literal wrapped, `arg0` to `arg6` in no
/// namespace, each a string.
struct SoapCall {
    let user: String
    let password: String
    let institution: String
    let version: String
    let type: String
    let signature: String
    /// The message, as it was signed.
    let document: String

    static let namespace = "http://main.service.local.wondersgroup.com/"
    static let envelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/"

    /// nil when it is no such call.
    init?(_ body: [UInt8]) {
        guard let envelope = try? XMLReader().read(body), envelope.name == XMLName("Envelope", in: Self.envelopeNamespace),
            let inner = envelope.first(XMLName("Body", in: Self.envelopeNamespace))?.elements, inner.count == 1,
            inner[0].name == XMLName("sendRecv", in: Self.namespace)
        else { return nil }
        let arguments = inner[0].elements
        let names = (0...6).map { XMLName("arg\($0)") }
        guard arguments.allSatisfy({ names.contains($0.name) && $0.elements.isEmpty }) else { return nil }
        let values = names.map { inner[0].first($0)?.text ?? "" }
        user = values[0]
        password = values[1]
        institution = values[2]
        version = values[3]
        type = values[4]
        signature = values[5]
        document = values[6]
    }

    /// SHA-1 over the message's bytes in UTF-8, without a key.
    func isSigned(_ wanted: ShanghaiOptions.SignatureCase) -> Bool {
        var hasher = Insecure.SHA1()
        Array(document.utf8).withUnsafeBytes { hasher.update(bufferPointer: $0) }
        let digest = Array(hasher.finalize())
        let (upper, lower) = (Hexadecimal.uppercase(digest), Hexadecimal.lowercase(digest))
        return switch wanted {
        case .upper: signature == upper
        case .lower: signature == lower
        case .either: signature == upper || signature == lower
        }
    }

    /// The answer around a message's answer.
    static func answer(_ document: String) -> FaceAnswer {
        let response = XMLTree(
            XMLName("sendRecvResponse", in: namespace), elements: [XMLTree("return", text: document)])
        return FaceAnswer(contentType: "text/xml;charset=UTF-8", body: envelope(response))
    }

    static func fault(_ text: String) -> FaceAnswer {
        let fault = XMLTree(
            XMLName("Fault", in: envelopeNamespace),
            elements: [XMLTree("faultcode", text: "soap:Client"), XMLTree("faultstring", text: text)])
        return FaceAnswer(status: 500, contentType: "text/xml;charset=UTF-8", body: envelope(fault))
    }

    private static func envelope(_ content: XMLTree) -> [UInt8] {
        let tree = XMLTree(
            XMLName("Envelope", in: envelopeNamespace),
            elements: [XMLTree(XMLName("Body", in: envelopeNamespace), elements: [content])])
        let writer = XMLWriter(declaration: false, prefixes: ["soap": envelopeNamespace, "ns2": namespace])
        return (try? writer.bytes(tree)) ?? []
    }
}
