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
    static func answer(_ document: [UInt8]) -> FaceAnswer {
        let open = #"<ns2:sendRecvResponse xmlns:ns2="\#(namespace)"><return>"#
        return FaceAnswer(
            contentType: "text/xml;charset=UTF-8", body: envelope(open, escaped(document), "</return></ns2:sendRecvResponse>"))
    }

    /// - Parameter text: without anything that is markup.
    static func fault(_ text: String) -> FaceAnswer {
        let body = envelope("<soap:Fault><faultcode>soap:Client</faultcode><faultstring>", Array(text.utf8), "</faultstring></soap:Fault>")
        return FaceAnswer(status: 500, contentType: "text/xml;charset=UTF-8", body: body)
    }

    private static func envelope(_ open: String, _ content: [UInt8], _ close: String) -> [UInt8] {
        Array(#"<soap:Envelope xmlns:soap="\#(envelopeNamespace)"><soap:Body>\#(open)"#.utf8) + content
            + Array("\(close)</soap:Body></soap:Envelope>".utf8)
    }

    /// A document as the text of an element. It has been written as XML, so it holds no character that may not stand there.
    private static func escaped(_ document: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(document.count + document.count / 2)
        for byte in document {
            switch byte {
            case UInt8(ascii: "&"): text.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): text.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): text.append(contentsOf: "&gt;".utf8)
            default: text.append(byte)
            }
        }
        return text
    }
}
